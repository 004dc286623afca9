package collab

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
	"plenum/rooms/laws"
)

func plan() laws.Plan {
	return laws.Plan{Kind: Kind, Aimed: randomChange, Mirror: func() laws.Mirror { return &mirror{} }}
}

func TestLaws(t *testing.T)   { t.Parallel(); laws.Check(t, plan()) }
func TestRoom(t *testing.T)   { t.Parallel(); laws.CheckRoom(t, plan()) }
func TestGolden(t *testing.T) { t.Parallel(); laws.Golden(t, plan(), "testdata/doc-8.jsonl") }

// The logs of format 1, before versions had names, and of format 2, before there
// were comments, of format 3, before there were images, of format 4, before
// there were suggestions, of format 5, before there were polls, of format 6,
// before there were tables, and of format 7, before code had languages, are replayed
// for ever.
func TestGoldenOfFormerFormats(t *testing.T) {
	t.Parallel()
	laws.GoldenOf(t, plan(), "testdata/doc.jsonl")
	laws.GoldenOf(t, plan(), "testdata/doc-7.jsonl")
	laws.GoldenOf(t, plan(), "testdata/doc-6.jsonl")
	laws.GoldenOf(t, plan(), "testdata/doc-5.jsonl")
	laws.GoldenOf(t, plan(), "testdata/doc-4.jsonl")
	laws.GoldenOf(t, plan(), "testdata/doc-3.jsonl")
	laws.GoldenOf(t, plan(), "testdata/doc-2.jsonl")
}

// randomChange is mostly an edit of what the member sees. Some are based on an
// older revision, of which only the length is guessed: those may be refused.
func randomChange(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	from := members[r.IntN(len(members))]
	raw, _ := see(from)
	var view seen
	if err := json.Unmarshal(raw, &view); err != nil {
		panic(err)
	}
	if r.IntN(8) == 0 {
		return randomVersion(r, from, view)
	}
	if r.IntN(8) == 0 {
		return randomLook(r)
	}
	if r.IntN(4) == 0 {
		return randomMotion(r, from, view)
	}
	putsPoll := r.IntN(10) == 0
	if !putsPoll && r.IntN(5) > 1 && view.Content.Len() > 1 {
		return randomTalk(r, members, from, view)
	}
	base, change := view.Rev, typist{r}.change(view.Content)
	sort := r.IntN(12)
	switch sort {
	case 3: // brings an anchor along, or one that it may not have
		thread := 1 + r.Uint64N(400)
		if n := len(view.Threads); n > 0 && r.IntN(4) > 0 {
			thread = view.Threads[r.IntN(n)].ID
		}
		mark := delta.Attributed(delta.Attribute{Name: anchorOf(thread), Value: delta.True})
		change = delta.Delta{delta.Write(typist{r}.word(), mark)}
		if r.IntN(4) == 0 {
			change = delta.Delta{delta.Keep(1, mark)}
		}
	case 0:
		base -= min(base, r.Uint64N(6))
	case 1:
		change = append(change, delta.Keep(1+r.IntN(1000), nil))
	case 2:
		base += r.Uint64N(2)
	}
	if putsPoll {
		name := delta.String(fmt.Sprintf("poll-%c/q%d", 'a'+rune(r.IntN(2)), 1+r.IntN(2)))
		change = delta.Delta{delta.Put("poll", name, nil)}
	}
	if r.IntN(6) == 0 && view.Content.Len() <= 3 {
		return importing(r, from)
	}
	asked := map[string]any{"base": base, "change": change}
	do := "change"
	if sort > 3 && r.IntN(2) == 0 {
		do = randomSuggestion(r, from, view, asked)
	}
	if r.IntN(10) == 0 {
		asked["restores"] = r.Uint64N(view.Rev + 2)
	}
	with, err := json.Marshal(asked)
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: do, With: with, From: from}
}

// randomMotion puts a suggestion to the room, votes on it, or takes it back; now
// and then one that is not there.
func randomMotion(r *rand.Rand, from rooms.Member, view seen) rooms.Command {
	id := "m1-zz"
	if n := len(view.Suggestions); n > 0 && r.IntN(8) > 0 {
		id = view.Suggestions[r.IntN(n)].ID
	}
	do := []string{"put", "put", "vote", "vote", "vote", "vote", "recall"}[r.IntN(7)]
	with := fmt.Appendf(nil, `{"suggestion":%q,"needs":%q,"votes":%d,"agree":%t}`,
		id, []string{"side", "majority"}[r.IntN(2)], r.IntN(4), r.IntN(2) == 0)
	return rooms.Command{Do: do, With: with, From: from}
}

// randomSuggestion makes a suggestion of a change, or settles all that there are.
func randomSuggestion(r *rand.Rand, from rooms.Member, view seen, asked map[string]any) (do string) {
	change := asked["change"].(delta.Delta)
	if r.IntN(5) == 0 {
		asked["change"] = settled(slices.Values([]delta.Delta{view.Content}), view.Content.Len(), anySuggestion, outcome(r.IntN(2)))
		return "change"
	}
	from.Colour = max(1, from.Colour)
	asked["change"] = suggesting(change, view.Content, from, fmt.Sprintf("%s-%c", from.ID, 'a'+rune(r.IntN(4))))
	return "suggest"
}

// randomVersion names a revision, gives it another name or takes it away; now
// and then one that there is not.
func randomVersion(r *rand.Rand, from rooms.Member, view seen) rooms.Command {
	rev := r.Uint64N(view.Rev + 2)
	if r.IntN(3) == 0 {
		if len(view.Versions) > 0 && r.IntN(4) > 0 {
			rev = view.Versions[r.IntN(len(view.Versions))].Rev
		}
		return rooms.Command{Do: "unname", With: fmt.Appendf(nil, `{"rev":%d}`, rev), From: from}
	}
	name, err := json.Marshal(typist{r}.word() + typist{r}.word())
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: "name", With: fmt.Appendf(nil, `{"rev":%d,"name":%s}`, rev, name), From: from}
}

// randomTalk says something about the text, or about what was said.
func randomTalk(r *rand.Rand, members []rooms.Member, from rooms.Member, view seen) rooms.Command {
	with := map[string]any{}
	do := []string{"comment", "comment", "reply", "reply", "amend", "amend", "amend", "erase", "resolve", "reopen"}[r.IntN(10)]
	thread, of := 1+r.Uint64N(400), 1+r.Uint64N(400)
	if n := len(view.Threads); n == 0 && r.IntN(10) > 0 {
		do = "comment"
	} else if n > 0 && r.IntN(10) > 0 {
		one := view.Threads[r.IntN(n)]
		c := one.Comments[r.IntN(len(one.Comments))]
		thread, of = one.ID, c.Seq
		if i := slices.IndexFunc(members, func(m rooms.Member) bool { return m.ID == c.By }); r.IntN(8) > 0 && (do == "amend" || do == "erase") {
			from = members[i]
		}
	}
	switch do {
	case "comment":
		units := places(view.Content)
		start := r.IntN(len(units) - 1)
		end := min(len(units)-1, start+1+r.IntN(12))
		with["base"], with["from"], with["to"] = view.Rev-min(view.Rev, r.Uint64N(3)), units[start].at, units[end].at
	case "amend", "erase":
		with["of"] = of
		fallthrough
	default:
		with["thread"] = thread
	}
	if do == "comment" || do == "reply" || do == "amend" {
		text := laws.Secret(r)
		if r.IntN(3) == 0 {
			text += " @Ben"
			with["mentions"] = []rooms.Mention{{ID: members[0].ID, Name: "Ben"}}
		}
		if r.IntN(30) == 0 {
			text += strings.Repeat("x", MaxCommentUnits)
		}
		with["text"] = text
	}
	encoded, err := json.Marshal(with)
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: do, With: encoded, From: from}
}

// importing fills a document, if that is empty.
func importing(r *rand.Rand, from rooms.Member) rooms.Command {
	w := typist{r}
	with, err := imported("text/markdown", []byte("# "+words[w.IntN(len(words))]+"\n\n- [x] "+words[w.IntN(len(words))]))
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: "import", With: with, From: from}
}

// seen is a View as a client reads it.
type seen struct {
	Rev     uint64      `json:"rev"`
	Content delta.Delta `json:"content"`

	Versions []Version `json:"versions,omitempty"`
	Threads  []Thread  `json:"threads,omitempty"`

	Suggestions []Suggestion `json:"suggestions,omitempty"`
	Polls       []Poll       `json:"polls,omitempty"`

	Language string `json:"language,omitempty"`
}

// mirror is a client's copy of a document, as the front end keeps it.
type mirror struct{ seen seen }

func (m *mirror) Open(view json.RawMessage) error {
	m.seen = seen{}
	return json.Unmarshal(view, &m.seen)
}

func (m *mirror) Apply(event json.RawMessage) error {
	var told struct {
		Did  string
		By   string
		At   int64
		Seq  uint64
		With struct {
			changed
			Name     string
			Language string
		}
	}
	if err := json.Unmarshal(event, &told); err != nil {
		return err
	}
	if told.Did == "nothing" {
		return nil
	}
	if told.Did == "coded" {
		m.seen.Language = told.With.Language
		return nil
	}
	if moves(told.Did) {
		return m.moved(event)
	}
	if told.Did == "suggested" {
		return m.suggested(event)
	}
	if talks(told.Did) {
		return m.talk(event, Comment{Seq: told.Seq, At: told.At, By: told.By})
	}
	if told.Did == "named" || told.Did == "unnamed" {
		rev := told.With.Rev
		m.seen.Versions = slices.DeleteFunc(m.seen.Versions, func(v Version) bool { return v.Rev == rev })
		if told.Did == "named" {
			m.seen.Versions = append(m.seen.Versions, Version{rev, told.With.Name, told.By, told.At})
			slices.SortFunc(m.seen.Versions, func(a, b Version) int { return cmp.Compare(a.Rev, b.Rev) })
		}
		return nil
	}
	if told.Did != "changed" || told.With.Rev != m.seen.Rev+1 {
		return fmt.Errorf("%q of revision %d after %d", told.Did, told.With.Rev, m.seen.Rev)
	}
	content, err := delta.Apply(m.seen.Content, told.With.Change)
	if err != nil {
		return err
	}
	m.seen.Rev, m.seen.Content = told.With.Rev, content
	m.seen.Polls = visible(placed(m.seen.Polls, told.With.Polls))
	if told.With.Decided != nil {
		m.motion(told.With.Decided.Suggestion, func(*Motion) *Motion { return nil })
	}
	if hashed := told.With.Rev%hashEvery == 0; hashed != (told.With.Hash != "") || hashed && told.With.Hash != content.Hash() {
		return fmt.Errorf("revision %d has the hash %q, the copy %s", told.With.Rev, told.With.Hash, content.Hash())
	}
	return nil
}

// suggested hears who begins suggestions.
func (m *mirror) suggested(event json.RawMessage) error {
	var told struct {
		By   string
		At   int64
		With suggested
	}
	if err := json.Unmarshal(event, &told); err != nil {
		return err
	}
	for _, id := range told.With.IDs {
		m.seen.Suggestions = append(m.seen.Suggestions, Suggestion{id, told.At, told.By, told.With.Name, told.With.Colour, nil})
	}
	slices.SortFunc(m.seen.Suggestions, func(a, b Suggestion) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

// moved hears of what is before the room.
func (m *mirror) moved(event json.RawMessage) error {
	var told struct {
		Did  string
		By   string
		At   int64
		With struct {
			put
			Agree bool
			Name  string
			Drops []string
		}
	}
	if err := json.Unmarshal(event, &told); err != nil {
		return err
	}
	m.motion(told.With.Suggestion, func(was *Motion) *Motion {
		switch told.Did {
		case "put":
			return &Motion{told.By, told.At, told.With.Needs, told.With.Votes, []Cast{}}
		case "recalled":
			return nil
		}
		vote := Cast{told.By, told.With.Name, told.With.Agree}
		cast := slices.DeleteFunc(was.Cast, func(c Cast) bool { return slices.Contains(told.With.Drops, c.By) })
		if i := slices.IndexFunc(cast, func(c Cast) bool { return c.By == told.By }); i >= 0 {
			cast[i] = vote
		} else {
			cast = append(cast, vote)
		}
		was.Cast = cast
		return was
	})
	return nil
}

func (m *mirror) motion(of string, to func(*Motion) *Motion) {
	for i := range m.seen.Suggestions {
		if m.seen.Suggestions[i].ID == of {
			m.seen.Suggestions[i].Motion = to(m.seen.Suggestions[i].Motion)
		}
	}
}

// talk hears of comments.
func (m *mirror) talk(event json.RawMessage, c Comment) error {
	var told struct {
		Did  string
		With struct {
			Thread, Of uint64
			Text, Name string
			Quote      string
			Colour     int
			Mentions   []rooms.Mention
			Ends       bool
		}
	}
	if err := json.Unmarshal(event, &told); err != nil {
		return err
	}
	with := told.With
	c.Text, c.Name, c.Colour, c.Mentions = with.Text, with.Name, with.Colour, with.Mentions
	if told.Did == "commented" {
		m.seen.Threads = append(m.seen.Threads, Thread{ID: c.Seq, Quote: with.Quote, Comments: []Comment{c}})
		return nil
	}
	at := slices.IndexFunc(m.seen.Threads, func(of Thread) bool { return of.ID == with.Thread })
	if at < 0 {
		return fmt.Errorf("%s of a thread %d that is not there", told.Did, with.Thread)
	}
	of := &m.seen.Threads[at]
	i := slices.IndexFunc(of.Comments, func(c Comment) bool { return c.Seq == with.Of })
	switch told.Did {
	case "replied":
		of.Comments = append(of.Comments, c)
	case "amended":
		c.Seq, c.At, c.By, c.Edited = of.Comments[i].Seq, of.Comments[i].At, of.Comments[i].By, true
		of.Comments[i] = c
	case "erased":
		if with.Ends {
			m.seen.Threads = slices.Delete(m.seen.Threads, at, at+1)
		} else {
			of.Comments[i] = Comment{Seq: of.Comments[i].Seq, At: of.Comments[i].At, By: of.Comments[i].By, Gone: true}
		}
	case "resolved":
		of.Resolved = c.By
	case "reopened":
		of.Resolved = ""
	}
	return nil
}

func (m *mirror) View() any { return m.seen }
