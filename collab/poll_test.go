package collab

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

// randomLook is what the room itself sends after something has become of a poll.
func randomLook(r *rand.Rand) rooms.Command {
	look := rooms.Command{Do: "look", With: fmt.Appendf(nil, `{"at":"poll-%c"}`, 'a'+rune(r.IntN(3))), From: rooms.Member{Role: rooms.TheRoom}}
	if r.IntN(6) > 0 {
		look.Seen = polled(1+r.IntN(2), []string{"draft", "open", "closed", "closed"}[r.IntN(4)], r.IntN(2) == 0, r.IntN(9))
	}
	return look
}

// polled is a poll as everybody sees it while a question of it is presented.
func polled(question int, state string, shown bool, votes int) json.RawMessage {
	results := ""
	if shown {
		results = fmt.Sprintf(`,"results":{"people":%d,"counts":{"o1":%d,"o2":0}}`, votes, votes)
	}
	return fmt.Appendf(nil, `{"present":"q","position":1,"of":1,"question":{"id":"q%d","kind":"single","prompt":"Which day?",`+
		`"options":[{"id":"o1","text":"Monday"},{"id":"o2","text":"Friday"}],"from":0,"to":0,"low":"","high":"","show":"live",`+
		`"state":%q,"round":1,"opened":5,"closes":%d,"shown":%t,"people":%d%s}}`, question, state, 60_000, shown, votes, results)
}

// polling is a document in which a poll stands between two lines.
func polling(t *testing.T) *Document {
	t.Helper()
	d := documentOf(t, `[{"insert":"Before\n"},{"insert":{"poll":"poll-a/q1"}},{"insert":"\nAfter\n"}]`)
	return d
}

func documentOf(t *testing.T, content string) *Document {
	t.Helper()
	a, err := Kind.New(json.RawMessage(`{"content":` + content + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return a.(*Document)
}

// sees lets a document look at a poll, and returns what it notes.
func sees(t *testing.T, d *Document, at string, seen json.RawMessage) []rooms.Event {
	t.Helper()
	events, err := d.Decide(rooms.Command{Do: "look", With: fmt.Appendf(nil, `{"at":%q}`, at), Seen: seen, From: rooms.Member{Role: rooms.TheRoom}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		d.Apply(e)
	}
	return events
}

func askedNow(d *Document, name string) *Asked {
	if place, known := d.poll(name); known {
		return d.polls[place].Asked
	}
	return nil
}

// What was counted stays in the document, whatever becomes of the poll, until the
// question is opened or asked again.
func TestResultStays(t *testing.T) {
	t.Parallel()
	d := polling(t)
	if sees(t, d, "poll-a", polled(1, "open", true, 3)); askedNow(d, "poll-a/q1").Result != nil {
		t.Error("an open question has a result")
	}
	if n := len(sees(t, d, "poll-a", polled(1, "open", true, 4))); n != 0 {
		t.Error("a vote has changed the document")
	}
	sees(t, d, "poll-a", polled(1, "closed", false, 4))
	if a := askedNow(d, "poll-a/q1"); a.State != "closed" || a.Result != nil {
		t.Errorf("what is not shown is in the document: %+v", a)
	}
	rev := d.rev
	sees(t, d, "poll-a", polled(1, "closed", true, 4))
	if a := askedNow(d, "poll-a/q1"); a.Result == nil || a.Result.Counts["o1"] != 4 || d.rev != rev+1 {
		t.Errorf("the result is not in the document, at a revision of its own: %+v", a)
	}
	for what, seen := range map[string]json.RawMessage{
		"hidden": polled(1, "closed", false, 4), "gone": nil, "not on the screens": json.RawMessage(`{"question":null}`),
		"another is": polled(2, "open", true, 1), "the same": polled(1, "closed", true, 4),
	} {
		if events := sees(t, d, "poll-a", seen); len(events) > 0 {
			t.Errorf("%s: the document notes %s", what, events[0].With)
		}
	}
	if sees(t, d, "poll-a", polled(1, "open", true, 4)); askedNow(d, "poll-a/q1").Result != nil {
		t.Error("a question that is opened again has a result")
	}
	if sees(t, d, "poll-a", nil); askedNow(d, "poll-a/q1") != nil || len(d.View(rooms.Member{}).(View).Polls) != 0 {
		t.Error("what nobody may see any more is in the document")
	}
	if events := sees(t, d, "poll-b", polled(1, "open", true, 4)); len(events) > 0 {
		t.Error("a poll that is not in the text is noted")
	}
}

// What a poll tells that is none is refused and changes nothing.
func TestLookAtNonsense(t *testing.T) {
	t.Parallel()
	d := polling(t)
	for _, seen := range []string{`[]`, `{"question":7}`, `{"question":{"id":7}}`, `{"question":{"options":{}}}`} {
		_, err := d.Decide(rooms.Command{Do: "look", With: json.RawMessage(`{"at":"poll-a"}`), Seen: json.RawMessage(seen)})
		if !errors.Is(err, rooms.ErrMalformed) {
			t.Errorf("%s: %v", seen, err)
		}
	}
	for _, with := range []string{`{}`, `7`, `{"at":7}`} {
		if _, err := d.Decide(rooms.Command{Do: "look", With: json.RawMessage(with)}); !errors.Is(err, rooms.ErrMalformed) {
			t.Errorf("%s: %v", with, err)
		}
	}
}

// changing asks for a change at the head.
func changing(d *Document, change string) error {
	events, err := d.Decide(rooms.Command{Do: "change", With: fmt.Appendf(nil, `{"base":%d,"change":%s}`, d.rev, change), Peer: "p", From: rooms.Member{ID: "m1", Role: rooms.Editor}})
	for _, e := range events {
		d.Apply(e)
	}
	return err
}

func TestPollsThatCanStandInATextOnly(t *testing.T) {
	t.Parallel()
	for embed, ok := range map[string]bool{
		`{"poll":"poll-a2c4/q1"}`: true, `{"poll":"poll-a2c4/q1x"}`: true,
		`{"poll":"poll-a2c4"}`: false, `{"poll":"doc-a2c4/q1"}`: false, `{"poll":"poll-/q1"}`: false, `{"poll":"poll-a/q1/q2"}`: false,
		`{"poll":"poll-A/q1"}`: false, `{"poll":7}`: false, `{"poll":"poll-a/<b>"}`: false, `{"polls":"poll-a/q1"}`: false,
		`{"poll":"poll-a/` + strings.Repeat("q", 17) + `"}`: false, `{"poll":"poll-` + strings.Repeat("a", 41) + `/q1"}`: false,
	} {
		err := changing(documentOf(t, `[{"insert":"\n"}]`), `[{"insert":`+embed+`}]`)
		if ok && err != nil || !ok && !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", embed, err)
		}
	}
	if err := changing(polling(t), `[{"insert":{"poll":"poll-a/q1"},"attributes":{"alt":"x"}}]`); !errors.Is(err, ErrFormat) {
		t.Errorf("a poll with a format of images: %v", err)
	}
	d := polling(t)
	if err := changing(d, `[{"retain":8,"attributes":{"size":"small"}}]`); err != nil {
		t.Fatal(err)
	}
	if content := d.text.content().String(); strings.Contains(content, "small") {
		t.Errorf("a poll has the format of images: %s", content)
	}
	a, err := Source.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := changing(a.(*Document), `[{"insert":{"poll":"poll-a/q1"}}]`); !errors.Is(err, ErrFormat) {
		t.Errorf("a poll in a Markdown document: %v", err)
	}
}

// A document shows so many polls at most; one that is taken out and put back is one.
func TestMostPolls(t *testing.T) {
	t.Parallel()
	d := documentOf(t, `[{"insert":"\n"}]`)
	embed := func(n int) string { return fmt.Sprintf(`[{"insert":{"poll":"poll-a%d/q1"}}]`, n) }
	for n := range MaxPolls {
		if err := changing(d, embed(n)); err != nil {
			t.Fatal(n, err)
		}
	}
	if err := changing(d, embed(MaxPolls)); !errors.Is(err, ErrPolls) {
		t.Errorf("one too many: %v", err)
	}
	if err := errors.Join(changing(d, `[{"delete":1}]`), changing(d, embed(3))); err != nil {
		t.Error(err)
	}
	var many strings.Builder
	for n := range MaxPolls + 1 {
		fmt.Fprintf(&many, `{"insert":{"poll":"poll-a%d/q1"}},`, n)
	}
	if _, err := Kind.New(json.RawMessage(`{"content":[` + many.String() + `{"insert":"\n"}]}`)); !errors.Is(err, ErrPolls) {
		t.Errorf("a document that is made with too many: %v", err)
	}
	if looks := d.Looks(); len(looks) != MaxPolls || !slices.IsSorted(looks) {
		t.Errorf("it looks at %d", len(looks))
	}
}

// In files a poll is text: the result as a list, or the question as a ballot.
func TestPollsInFiles(t *testing.T) {
	t.Parallel()
	d := polling(t)
	written := func(format string) string {
		var out strings.Builder
		view := d.View(rooms.Member{}).(View)
		f, _ := formatOf(format)
		if err := f.Write(&out, "A title", spelled(d.text.content(), view.Polls)); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got, want := written("text"), "Before\n\nAfter\n"; got != want {
		t.Errorf("nothing may be seen of it: %q", got)
	}
	sees(t, d, "poll-a", polled(1, "open", true, 3))
	if got, want := written("text"), "Before\nWhich day?\n[ ] Monday\n[ ] Friday\nAfter\n"; got != want {
		t.Errorf("open: %q", got)
	}
	sees(t, d, "poll-a", polled(1, "closed", true, 3))
	for format, want := range map[string]string{
		"text":     "Before\nWhich day?\n- Monday: 3 (100%)\n- Friday: 0 (0%)\nn = 3 · 1970-01-01 00:01 UTC\nAfter\n",
		"markdown": "Before\\\n**Which day?**\n\n- Monday: 3 (100%)\n- Friday: 0 (0%)\n\n_n = 3 · 1970-01-01 00:01 UTC_\\\nAfter\n",
		"html":     "<p><b>Which day?</b></p>",
	} {
		got := written(format)
		if format == "html" && !(strings.Contains(got, "Which day?</b>") && strings.Contains(got, "<li>Monday: 3 (100%)")) || format != "html" && got != want {
			t.Errorf("%s: %q", format, got)
		}
	}
	texts := d.Texts()
	if len(texts) != 1 || !strings.Contains(texts[0].Text, "Which day?") {
		t.Errorf("search finds %v", texts)
	}
}

// Of points, rankings by points, scales and votes without anybody, what the bars show.
func TestResultsInWords(t *testing.T) {
	t.Parallel()
	two := 2
	options := []Option{{ID: "o1", Text: "A"}, {ID: "o2", Text: "B"}}
	for want, a := range map[string]Asked{
		"Q\n- A: ✓ 3 · (✓) 1 · ✗ 0\n- B: ✓ 0 · (✓) 0 · ✗ 4\n":   {Kind: "dates", Options: options, Result: &Result{People: 4, Counts: map[string]int{"o1/yes": 3, "o1/maybe": 1, "o2/no": 4}}},
		"Q\n- A: 1 0 · 2 2\n- B: 1 1 · 2 1\n":                   {Kind: "grid", Options: options, From: 1, To: 2, Result: &Result{People: 2, Counts: map[string]int{"o1/2": 2, "o2/1": 1, "o2/2": 1}}},
		"Q\n- A: x 2 · y 0\n- B: x 0 · y 1\n":                   {Kind: "grid", Options: options, Columns: []Option{{ID: "c1", Text: "x"}, {ID: "c2", Text: "y"}}, Result: &Result{People: 2, Counts: map[string]int{"o1/c1": 2, "o2/c2": 1}}},
		"Q\n- B: 5\n- A: 1\n":                                   {Kind: "points", Options: options, Result: &Result{People: 2, Counts: map[string]int{"o1": 1, "o2": 2}, Points: map[string]int{"o1": 1, "o2": 5}}},
		"Q\n- A: 3\n- B: 1\n":                                   {Kind: "ranking", Method: "borda", Options: options, Result: &Result{People: 2, Counts: map[string]int{"o1": 2}, Points: map[string]int{"o1": 3, "o2": 1}}},
		"Q\n- A: 0\n- B: 0\n":                                   {Kind: "single", Options: options, Result: &Result{Counts: map[string]int{"o1": 0, "o2": 0}}},
		"Q\n- A: 1 (50%)\n- B: 1 (50%)\n":                       {Kind: "single", Options: options, Result: &Result{People: 7, Counted: &two, Counts: map[string]int{"o1": 1, "o2": 1}}},
		"Q\n- 1 bad: 0 (0%)\n- 2: 1 (50%)\n- 3 good: 1 (50%)\n": {Kind: "rating", From: 1, To: 3, Low: "bad", High: "good", Result: &Result{People: 2, Counts: map[string]int{"2": 1, "3": 1}}},
		"Q\n": {Kind: "wall", Result: &Result{People: 3}},
	} {
		a.Prompt, a.State = "Q", "closed"
		var out strings.Builder
		f := markup.Formats[2]
		if err := f.Write(&out, "", a.lines()); err != nil {
			t.Fatal(err)
		}
		if got, _, _ := strings.Cut(out.String(), "n = "); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// Other text in the line of a poll has lines of its own, of the same sort.
func TestTextBesideAPoll(t *testing.T) {
	t.Parallel()
	d := documentOf(t, `[{"insert":"one"},{"insert":{"poll":"poll-a/q1"}},{"insert":"two"},{"insert":"\n","attributes":{"list":"bullet"}},{"insert":"end\n"}]`)
	sees(t, d, "poll-a", polled(1, "open", false, 0))
	got := spelled(d.text.content(), d.polls).String()
	want := `[{"insert":"one"},{"insert":"\n","attributes":{"list":"bullet"}},{"insert":"Which day?","attributes":{"bold":true}},{"insert":"\nMonday"},` +
		`{"insert":"\n","attributes":{"list":"unchecked"}},{"insert":"Friday"},{"insert":"\n","attributes":{"list":"unchecked"}},` +
		`{"insert":"two"},{"insert":"\n","attributes":{"list":"bullet"}},{"insert":"end\n"}]`
	if got != want {
		t.Errorf("%s", got)
	}
}

// History and playback show what was seen then; so does a document that was closed between.
func TestPollsInThePast(t *testing.T) {
	t.Parallel()
	d := polling(t)
	p := &archive{settings: json.RawMessage(`{"content":` + d.text.content().String() + `}`), frames: map[uint64]rooms.Frame{}}
	take := func(events []rooms.Event) {
		for _, e := range events {
			e.Seq = uint64(len(p.log) + 1)
			p.log = append(p.log, e)
		}
	}
	take(sees(t, d, "poll-a", polled(1, "open", false, 0)))
	take(sees(t, d, "poll-a", polled(1, "closed", true, 3)))
	take(sees(t, d, "poll-a", polled(1, "draft", false, 0)))
	for rev, want := range []string{"", "open", "closed", "draft"} {
		answer, err := revision(t.Context(), p.reading(map[string]string{"rev": fmt.Sprint(rev)}))
		if err != nil {
			t.Fatal(err)
		}
		polls := answer.(Revision).Polls
		if state := stateOf(polls); state != want {
			t.Errorf("revision %d shows %q", rev, state)
		}
	}
	w, err := walkTo(t.Context(), p.reading(nil), 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.end()
	if from, err := startFrom(p.reading(nil), p.frames[2]); err != nil || stateOf(from.polls) != "closed" {
		t.Errorf("a frame shows %v %v", from.polls, err)
	}
	answer, err := playback(t.Context(), p.reading(map[string]string{"from": "0"}))
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	for _, step := range answer.(Playback).Steps {
		states = append(states, stateOf(step.Polls))
	}
	if !slices.Equal(states, []string{"open", "closed", "draft"}) {
		t.Errorf("the playback shows %v", states)
	}
	missed, err := changes(t.Context(), p.reading(map[string]string{"from": "1"}))
	if err != nil || stateOf(missed.(Changes).Polls) != "draft" {
		t.Errorf("who comes back hears %+v %v", missed, err)
	}
	state, err := d.Save()()
	if err != nil {
		t.Fatal(err)
	}
	back := newDocument(delta.Delta{delta.Write("\n", nil)})
	if err := back.Load(state); err != nil || stateOf(back.polls) != "draft" || back.Looks()[0] != "poll-a" {
		t.Errorf("a checkpoint gives %v %v", back.polls, err)
	}
}

func stateOf(polls []Poll) string {
	if len(polls) == 0 || polls[0].Asked == nil {
		return ""
	}
	return polls[0].Asked.State
}
