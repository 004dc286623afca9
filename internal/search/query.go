package search

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"plenum/rooms"
)

// What is looked at of a query at most; the person is told what is not.
const (
	longestQuery = 200 // characters
	mostTerms    = 16
)

// Note tells the person what a query asks for that was not searched as asked.
type Note struct {
	Because string `json:"because"`
	Say     string `json:"say"`
	At      string `json:"at,omitempty"` // the part of the query
}

// What is not searched as it was typed.
var (
	errLong   = rooms.Refuse("query-long", "Only the first 200 characters are searched for.")
	errMany   = rooms.Refuse("too-many", "Only the first 16 words are searched for.")
	errFilter = rooms.Refuse("unknown-filter", "There is no such filter; it was searched for as words.")
	errType   = rooms.Refuse("unknown-type", "Nothing here is of this type.")
	errHas    = rooms.Refuse("unknown-has", "One can search for has:link only.")
	errDate   = rooms.Refuse("bad-date", "Write a date as 2026-11-25, or today or yesterday.")
)

// query is what somebody asks for: all terms and phrases, and every filter; of
// the values of one filter any.
type query struct {
	terms   []term
	phrases []string // folded
	in      []string // folded, as the next two
	from    []string
	types   []string
	link    bool
	since   int64 // Unix milliseconds; 0: no bound
	until   int64
	notes   []Note
}

// term is one word, or a pair of characters.
type term struct {
	text   string
	prefix bool // also what begins with it
	exact  bool // as it is, without typos
}

// empty tells whether nothing is asked for.
func (q *query) empty() bool {
	return len(q.terms)+len(q.phrases)+len(q.in)+len(q.from)+len(q.types) == 0 && !q.link && q.since == 0 && q.until == 0
}

// piece is a part of what was typed.
type piece struct {
	name   string // of a filter, or ""
	text   string
	quoted bool
	raw    string
}

// parse reads what was typed. Every text is a query. today is the beginning of
// the day where the person is.
func parse(text string, kinds []string, today time.Time) query {
	var q query
	text = strings.ToValidUTF8(text, " ")
	if utf8.RuneCountInString(text) > longestQuery {
		text = string([]rune(text)[:longestQuery])
		q.note(errLong, "")
	}
	pieces := split(text)
	for i, p := range pieces {
		if p.name != "" && q.filter(p, kinds, today) {
			continue
		}
		last := i == len(pieces)-1 && !p.quoted && !strings.HasSuffix(text, " ")
		q.words(p, last)
	}
	if len(q.terms) > mostTerms {
		q.terms = q.terms[:mostTerms]
		q.note(errMany, "")
	}
	return q
}

func (q *query) note(why *rooms.Refusal, at string) {
	q.notes = append(q.notes, Note{Because: why.Code, Say: why.Say, At: at})
}

// split cuts a query at its spaces, but not within quotation marks.
func split(text string) []piece {
	var pieces []piece
	rest := []rune(text)
	for len(rest) > 0 {
		if unicode.IsSpace(rest[0]) || unicode.IsControl(rest[0]) {
			rest = rest[1:]
			continue
		}
		p, used := next(rest)
		p.raw = string(rest[:used])
		if p.text != "" {
			pieces = append(pieces, p)
		}
		rest = rest[used:]
	}
	return pieces
}

// next reads one piece from the beginning and tells how long it is.
func next(from []rune) (p piece, used int) {
	i := 0
	for i < len(from) && from[i] < 0x80 && unicode.IsLetter(from[i]) {
		i++
	}
	if i > 0 && i+1 < len(from) && (from[i] == ':' || from[i] == '：') && from[i+1] != '/' && !unicode.IsSpace(from[i+1]) {
		p.name = strings.ToLower(string(from[:i]))
		i++
	} else {
		i = 0
	}
	if quotes(from[i]) {
		for j := i + 1; j < len(from); j++ {
			if quotes(from[j]) {
				p.text, p.quoted = string(from[i+1:j]), true
				return p, j + 1
			}
		}
		i++ // a mark that is not closed yet
	}
	end := i
	for end < len(from) && !unicode.IsSpace(from[end]) {
		end++
	}
	p.text = string(from[i:end])
	return p, end
}

func quotes(r rune) bool {
	return r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»'
}

// words adds the words of a piece. A run of more than two characters is also a
// phrase: its pairs alone might stand apart.
func (q *query) words(p piece, last bool) {
	text := p.text
	if p.name != "" {
		text = p.raw
	}
	found := tokens(text)
	for i, t := range found {
		if t.run && len(t.letters) > 1 {
			t.terms(func(pair string) {
				if utf8.RuneCountInString(pair) > 1 {
					q.add(term{text: pair, exact: true})
				}
			})
			if len(t.letters) > 2 && !p.quoted {
				q.phrases = append(q.phrases, t.text)
			}
			continue
		}
		q.add(term{text: t.text, prefix: t.run || last && i == len(found)-1, exact: t.run || p.quoted})
	}
	if p.quoted && len(found) > 1 {
		q.phrases = append(q.phrases, strings.Join(strings.Fields(folded(p.text)), " "))
	}
}

func (q *query) add(t term) {
	if !slices.Contains(q.terms, t) {
		q.terms = append(q.terms, t)
	}
}
