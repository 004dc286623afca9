package polls

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"plenum/polls/methods"
	"plenum/rooms"
)

// Limits of texts that people answer with.
const (
	MaxAnswers  = 10  // of one person on one question
	MaxWord     = 60  // UTF-16 units
	MaxWithheld = 200 // words that hosts take out of one question
)

// Why words are refused.
var (
	ErrAnswers    = rooms.Refuse("answers", "People can give 1 to 10 answers.")
	ErrTooMany    = rooms.Refuse("many-answers", "That is more answers than this question takes.")
	ErrWord       = rooms.Refuse("word", "An answer here has 1 to 60 characters.")
	ErrSameAnswer = rooms.Refuse("same-answer", "You have given this answer already.")
	ErrWithheld   = rooms.Refuse("withheld", "At most 200 words can be taken out of a question.")
)

func (q Question) checkedWords() (Question, error) {
	q.Special = Special{}
	return q.checkedTexts(3)
}

// checkedTexts is a question that is answered with texts, usually with so many.
func (q Question) checkedTexts(usual int) (Question, error) {
	if len(q.Options) > 0 {
		return q, rooms.ErrMalformed
	}
	q.Options, q.From, q.To, q.Low, q.High, q.Least = []Option{}, 0, 0, "", "", 1
	if q.Most == 0 {
		q.Most = usual
	}
	if q.Most < 1 || q.Most > MaxAnswers {
		return q, ErrAnswers
	}
	return q, nil
}

func readWords(q Question, sent voted, _ *content, _ ids) (*content, error) {
	texts, err := q.texts(sent, MaxWord, cleanLine, ErrWord)
	if err != nil {
		return nil, err
	}
	given := &content{Answers: make([]answer, len(texts))}
	for i, text := range texts {
		given.Answers[i] = answer{ID: methods.Fold(text), Text: text}
	}
	return given, nil
}

// texts are the clean texts of a ballot, no two of which are the same word.
func (q Question) texts(sent voted, most int, clean func(string, int, error) (string, error), tooLong error) ([]string, error) {
	if sent.Texts == nil {
		return nil, ErrForm
	}
	if len(*sent.Texts) == 0 {
		return nil, tooLong
	}
	if len(*sent.Texts) > q.Most {
		return nil, ErrTooMany
	}
	texts, seen := make([]string, len(*sent.Texts)), map[string]bool{}
	for i, text := range *sent.Texts {
		text, err := clean(text, most, tooLong)
		if err != nil {
			return nil, err
		}
		word := methods.Fold(text)
		if !visible(word) {
			return nil, tooLong
		}
		if seen[word] {
			return nil, ErrSameAnswer
		}
		texts[i], seen[word] = text, true
	}
	return texts, nil
}

// visible tells whether there is something to be seen in a text.
func visible(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
	})
}

func fitsWords(q Question, of *content) bool {
	seen := map[string]bool{}
	for _, a := range of.Answers {
		if a.ID == "" || a.Text == "" || seen[a.ID] || a.Place != 0 || a.Mark != Unmarked {
			return false
		}
		seen[a.ID] = true
	}
	return len(of.Answers) > 0 && len(of.Answers) <= q.Most && of.Number == 0 && of.Points == nil && of.Cells == nil && of.Spots == nil
}

// cloud counts words. A word that was taken out is counted on, and not shown.
type cloud struct {
	words  map[string]*word
	placed []*word  // by place; nil: free
	scores []uint64 // by place: the higher, the more it is to be seen; 0: not at all
	free   []int
	out    map[string]bool

	telling telling
}

// word is what people wrote alike, but for its spelling.
type word struct {
	id    string
	place int
	count int
	text  string         // the only spelling, if there is one
	texts map[string]int // all spellings, if there are or were several
}

func newCloud(Question, *box) sum {
	return &cloud{words: map[string]*word{}, out: map[string]bool{}}
}

func (c *cloud) add(_ int, of *content) {
	for _, a := range of.Answers {
		w := c.words[a.ID]
		if w == nil {
			w = c.place(a.ID)
		}
		w.spell(a.Text, 1)
		c.score(w)
	}
}

func (c *cloud) drop(_ int, of *content) {
	for _, a := range of.Answers {
		w := c.words[a.ID]
		w.spell(a.Text, -1)
		if c.score(w); w.count == 0 {
			delete(c.words, a.ID)
			c.placed[w.place] = nil
			c.free = append(c.free, w.place)
		}
	}
}

func (c *cloud) place(id string) *word {
	w := &word{id: id, place: len(c.placed)}
	if n := len(c.free); n > 0 {
		w.place, c.free = c.free[n-1], c.free[:n-1]
		c.placed[w.place] = w
	} else {
		c.placed, c.scores = append(c.placed, w), append(c.scores, 0)
	}
	c.words[id] = w
	return w
}

// spell counts one spelling of the word.
func (w *word) spell(text string, by int) {
	if w.texts == nil && w.count > 0 && w.text != text {
		w.texts = map[string]int{w.text: w.count}
	}
	w.count += by
	if w.texts == nil {
		w.text = text
		return
	}
	if w.texts[text] += by; w.texts[text] == 0 {
		delete(w.texts, text)
	}
}

// spelling is the most frequent one; of equal ones always the same.
func (w *word) spelling() string {
	if w.texts == nil {
		return w.text
	}
	return methods.Spelling(w.texts)
}

// score puts a word where its count belongs: words that are as frequent stand
// in an order that has nothing to do with when they came.
func (c *cloud) score(w *word) {
	c.telling.changed()
	c.scores[w.place] = 0
	if w.count > 0 && !c.out[w.id] {
		c.scores[w.place] = uint64(w.count)<<32 | uint64(methods.Hash(w.id))
	}
}

// hold takes a word out, or puts it back.
func (c *cloud) hold(id string, out bool) {
	if delete(c.out, id); out {
		c.out[id] = true
	}
	c.telling.changed()
	if w := c.words[id]; w != nil {
		c.score(w)
	}
}

func (c *cloud) told(host bool) *Answers {
	return c.telling.told(host,
		func() Answers {
			words, of := c.top()
			return Answers{Words: words, Of: of}
		},
		func(all *Answers) {
			for _, id := range slices.Sorted(maps.Keys(c.out)) {
				out := Word{Text: id}
				if w := c.words[id]; w != nil {
					out = Word{w.spelling(), w.count}
				}
				all.Out = append(all.Out, out)
			}
		})
}

// top are the most frequent words, and how many words there are. It looks at a
// number for each word, and orders only those that will be told.
func (c *cloud) top() (words []Word, of int) {
	places := make([]int, 0, mostWords+1)
	for place, score := range c.scores {
		if score == 0 {
			continue
		}
		of++
		if len(places) == mostWords && score <= c.scores[places[mostWords-1]] {
			continue
		}
		at, _ := slices.BinarySearchFunc(places, score, func(p int, s uint64) int { return cmp.Compare(s, c.scores[p]) })
		places = slices.Insert(places, at, place)
		places = places[:min(len(places), mostWords)]
	}
	words = make([]Word, len(places))
	for i, place := range places {
		words[i] = Word{c.placed[place].spelling(), c.placed[place].count}
	}
	slices.SortFunc(words, func(a, b Word) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text)) })
	return firsts(words, mostWords, func(w Word) int { return len(w.Text) }), of
}
