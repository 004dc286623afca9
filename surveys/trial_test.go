package surveys

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
)

// trial is a survey without a room.
type trial struct {
	t   *testing.T
	s   *Survey
	seq uint64
}

const twoWays = `{"changes":true,"pages":[
	{"id":"p1","questions":[
		{"id":"q1","kind":"single","prompt":"Were you there?","required":true,"options":[{"id":"yes","text":"Yes"},{"id":"no","text":"No"}],"jumps":[{"option":"no","go":"p3"}]}]},
	{"id":"p2","questions":[{"id":"q2","kind":"rating","prompt":"How was it?","from":1,"to":5,"required":true},{"id":"q3","kind":"multiple","prompt":"What was good?","options":[{"id":"a","text":"Food"},{"id":"b","text":"Talks"},{"id":"c","text":"People"}],"least":1,"most":2}]},
	{"id":"p3","questions":[{"id":"q4","kind":"long","prompt":"Anything else?"},{"id":"q5","kind":"number","prompt":"How far?","from":0,"to":100,"unit":"km"}]}]}`

func newTrial(t *testing.T, settings string) *trial {
	t.Helper()
	made, err := Kind.New(json.RawMessage(settings))
	if err != nil {
		t.Fatal(err)
	}
	return &trial{t: t, s: made.(*Survey)}
}

func opened(t *testing.T, settings string) *trial {
	t.Helper()
	w := newTrial(t, settings)
	w.must("host", "open", `{}`)
	return w
}

// do asks for something and lets happen what follows.
func (w *trial) do(who, do, with string) error {
	w.t.Helper()
	from := rooms.Member{ID: "id-" + who, Name: who, Role: rooms.Participant}
	if who == "host" {
		from.Role = rooms.Host
	}
	events, err := w.s.Decide(rooms.Command{Do: do, With: json.RawMessage(with), From: from, Seq: w.seq + 1, Seed: w.seq})
	for _, e := range events {
		w.seq++
		e.Seq, e.By, e.At, e.Format = w.seq, from.ID, int64(1000*w.seq), 1
		w.s.Apply(e)
	}
	w.balanced(do)
	return err
}

func (w *trial) must(who, do, with string) {
	w.t.Helper()
	if err := w.do(who, do, with); err != nil {
		w.t.Fatalf("%s %s %s: %v", who, do, with, err)
	}
}

func (w *trial) refused(who, do, with, code string) {
	w.t.Helper()
	if err := w.do(who, do, with); err == nil || rooms.AsRefusal(err).Code != code {
		w.t.Errorf("%s %s %s: %v, not %q", who, do, with, err, code)
	}
}

// balanced holds the counts to the answers.
func (w *trial) balanced(do string) {
	w.t.Helper()
	fresh, weight := w.s.newTally(), 0
	for _, p := range w.s.people.list {
		fresh.stand(p, 1)
		fresh.put(w.s.index, p.sent, 1)
		weight += p.weight()
	}
	if one, two := encode(w.s.now.saved()), encode(fresh.saved()); string(one) != string(two) || weight != w.s.people.weight {
		w.t.Fatalf("after %q it counts\n%s\nand its answers are\n%s", do, one, two)
	}
}

func (w *trial) view(role rooms.Role) View { return w.s.View(rooms.Member{Role: role}).(View) }

func (w *trial) mine(who string) Mine { return w.s.Mine(rooms.Member{ID: "id-" + who}).(Mine) }

func (w *trial) save() {
	w.t.Helper()
	state, err := w.s.Save()()
	if err != nil {
		w.t.Fatal(err)
	}
	loaded := newTrial(w.t, "{}")
	if err := loaded.s.Load(state); err != nil {
		w.t.Fatal(err)
	}
	w.s = loaded.s
}

// answersAll sends a survey of twoWays by the long way.
func (w *trial) answersAll(who string, rating int) {
	w.t.Helper()
	w.must(who, "begin", `{}`)
	w.must(who, "save", `{"page":"p1","answers":{"q1":["yes"]}}`)
	w.must(who, "save", fmt.Sprintf(`{"page":"p2","answers":{"q2":%d,"q3":["a","c"]}}`, rating))
	w.must(who, "send", fmt.Sprintf(`{"page":"p3","answers":{"q4":"said by %s","q5":12.5}}`, who))
}

// The way somebody goes, stops, comes back and changes their mind.
func TestOnesWay(t *testing.T) {
	t.Parallel()
	w := opened(t, twoWays)
	w.must("ann", "begin", `{}`)
	w.must("ann", "begin", `{}`)
	if mine := w.mine("ann"); mine.At != "p1" || len(mine.Answers) != 0 {
		t.Errorf("who has begun stands at %+v", mine)
	}
	w.refused("ann", "save", `{"page":"p1","answers":{}}`, "survey-missing")
	w.refused("ann", "save", `{"page":"p1","answers":{"q2":3}}`, "no-question")
	w.refused("ann", "save", `{"page":"p9","answers":{}}`, "no-page")
	w.refused("ann", "send", `{}`, "survey-missing")
	w.refused("cleo", "send", `{}`, "survey-unsent")
	w.must("ann", "save", `{"page":"p1","answers":{"q1":["yes"]}}`)
	w.save()
	if mine := w.mine("ann"); mine.At != "p2" {
		t.Errorf("after yes one stands at %q", mine.At)
	}
	w.must("ann", "save", `{"page":"p2","answers":{"q3":["b"]},"to":"p1"}`) // back, with something missing
	w.must("ann", "save", `{"page":"p1","answers":{"q1":["no"]}}`)
	if mine := w.mine("ann"); mine.At != "p3" || mine.Answers["q3"] == nil {
		t.Errorf("after no one stands at %q with %v", mine.At, mine.Answers)
	}
	w.refused("ann", "save", `{"page":"p2","answers":{}}`, "survey-path")
	w.refused("ann", "save", `{"page":"p3","answers":{},"to":"p2"}`, "survey-path")
	w.must("ann", "send", `{"page":"p3","answers":{"q5":7}}`)
	mine := w.mine("ann")
	if mine.Sent == 0 || mine.Changed || mine.Answers["q3"] != nil || mine.Answers["q5"] != json.Number("7") {
		t.Errorf("what was sent is %+v", mine)
	}
	if r := w.view(rooms.Host).Results; *r["p2"].Reached != 1 || r["p2"].Questions["q3"].People != 0 || *r["p3"].Left != 0 {
		t.Errorf("counted is %s", encode(r))
	}
	// A change counts when it is sent again.
	w.must("ann", "save", `{"page":"p1","answers":{"q1":["yes"]}}`)
	if r := w.view(rooms.Host).Results["p1"].Questions["q1"]; r.Counts[0] != 0 || !w.mine("ann").Changed {
		t.Errorf("before it was sent again, counted is %+v", r)
	}
	w.refused("ann", "send", `{}`, "survey-missing")
	w.must("ann", "save", `{"page":"p2","answers":{"q2":5}}`)
	w.must("ann", "send", `{}`)
	if v := w.view(rooms.Host); v.Results["p1"].Questions["q1"].Counts[0] != 1 || v.Figures.Sent != 1 || v.Figures.Started != 1 {
		t.Errorf("after it was sent again: %s", encode(v))
	}
	w.must("host", "set", `{"changes":false}`)
	w.refused("ann", "save", `{"page":"p1","answers":{"q1":["no"]}}`, "survey-sent")
	w.must("host", "close", `{}`)
	w.refused("ben", "begin", `{}`, "survey-closed")
}

// Who has reached what, and stopped there.
func TestFigures(t *testing.T) {
	t.Parallel()
	w := opened(t, twoWays)
	w.answersAll("ann", 4)
	w.must("ben", "begin", `{}`)
	w.must("cleo", "begin", `{}`)
	w.must("cleo", "save", `{"page":"p1","answers":{"q1":["yes"]}}`)
	w.must("dan", "save", `{"page":"p1","answers":{"q1":["no"]}}`) // without "begin"
	w.save()
	v := w.view(rooms.Host)
	var got []string
	for _, p := range v.Pages {
		got = append(got, fmt.Sprint(*v.Results[p.ID].Reached, "/", *v.Results[p.ID].Left))
	}
	if want := []string{"4/1", "2/1", "2/1"}; !slices.Equal(got, want) || v.Figures != (Figures{Started: 4, Sent: 1, Counted: 1}) {
		t.Errorf("reached and left are %v, not %v; %+v", got, want, v.Figures)
	}
	if r := v.Results["p3"].Questions["q5"]; r.Mean == nil || *r.Mean != 12.5 || r.Counts[2] != 1 {
		t.Errorf("the numbers are %s", encode(r))
	}
}

// Hosts write in a draft, and nothing that people have answered changes.
func TestLife(t *testing.T) {
	t.Parallel()
	w := newTrial(t, `{}`)
	w.refused("host", "open", `{}`, "survey-empty")
	w.refused("host", "close", `{}`, "survey-closed")
	w.must("host", "write", `{"page":{"title":"One","questions":[{"kind":"short","prompt":"Name?"}]}}`)
	if v := w.view(rooms.Participant); len(v.Pages) != 0 || v.State != Draft {
		t.Errorf("a draft is seen: %s", encode(v))
	}
	w.must("host", "open", `{}`)
	page := w.s.Pages[0].ID
	w.refused("host", "write", `{"page":{"id":"`+page+`","questions":[]}}`, "not-draft")
	w.refused("host", "set", `{"unnamed":true}`, "not-draft")
	w.must("host", "draft", `{}`)
	w.must("host", "set", `{"unnamed":true,"intro":"Hello"}`)
	w.must("host", "open", `{}`)
	w.must("ann", "begin", `{}`)
	for _, do := range []string{"draft", "drop", "move", "write"} {
		w.refused("host", do, `{"page":"`+page+`","place":0}`, "survey-answered")
	}
	w.refused("host", "set", `{"unnamed":false}`, "survey-answered")
	w.must("host", "set", `{"ending":"Thanks"}`)
	w.must("host", "close", `{}`)
	w.must("host", "open", `{}`)
	copied, err := w.s.Copy()
	if err != nil {
		t.Fatal(err)
	}
	if c := newTrial(t, string(copied)); c.s.Pages[0].Title != "One" || c.s.state != Draft || c.s.begun() {
		t.Errorf("the copy is %s", copied)
	}
}

// Without names, nothing that hosts are told moves for a single person.
func TestWithoutNames(t *testing.T) {
	t.Parallel()
	w := opened(t, strings.Replace(twoWays, `{`, `{"unnamed":true,`, 1))
	w.must("host", "share", `{"shared":true}`)
	seen := func() string {
		v := w.view(rooms.Host)
		return fmt.Sprint(v.Figures.Sent, " ", v.Figures.Counted, " ", v.Results["p2"].Questions["q2"].Counts, " ", *v.Results["p1"].Reached)
	}
	for i := range 4 {
		w.answersAll(fmt.Sprint("p", i), 5)
	}
	if got := seen(); got != "4 0 [0 0 0 0 0] 0" {
		t.Errorf("after four: %s", got)
	}
	w.must("host", "close", `{}`)
	if got := seen(); got != "4 0 [0 0 0 0 0] 0" {
		t.Errorf("four, closed: %s", got)
	}
	w.must("host", "open", `{}`)
	w.answersAll("p4", 5)
	if got := seen(); got != "5 5 [0 0 0 0 5] 5" {
		t.Errorf("after five: %s", got)
	}
	w.answersAll("p5", 1)
	for range 10 { // one person who changes their mind is one
		w.must("p5", "send", `{"page":"p3","answers":{}}`)
	}
	w.save()
	w.answersAll("p6", 1)
	if got := seen(); got != "7 5 [0 0 0 0 5] 5" {
		t.Errorf("after two more: %s", got)
	}
	w.must("host", "close", `{}`)
	if got := seen(); got != "7 7 [2 0 0 0 5] 7" {
		t.Errorf("at the close: %s", got)
	}
}

// What is for everybody is counts, and only while hosts share them.
func TestWhoSeesResults(t *testing.T) {
	t.Parallel()
	w := opened(t, twoWays)
	w.answersAll("ann", 4)
	if v := w.view(rooms.Participant); v.Results != nil || v.Figures != (Figures{Sent: 1}) || len(w.s.Digests(rooms.Participant)) != 1 {
		t.Errorf("not shared, a participant sees %s", encode(v))
	}
	w.must("host", "share", `{"shared":true}`)
	told := string(encode(w.view(rooms.Participant))) + string(encode(w.s.Digests(rooms.Participant)))
	if strings.Contains(told, "said by") || strings.Contains(told, "id-ann") || !strings.Contains(told, `"counts":[0,0,0,1,0]`) || strings.Contains(told, "reached") {
		t.Errorf("shared, a participant sees %s", told)
	}
	w.must("host", "share", `{"shared":false}`)
	for _, d := range w.s.Digests(rooms.Participant)[1:] {
		if string(encode(d.With)) != "null" {
			t.Errorf("not shared any more, a participant is told %s", encode(d))
		}
	}
	for _, member := range []string{"ben", "host"} {
		if mine := w.mine(member); len(mine.Answers) != 0 {
			t.Errorf("%s is told %v", member, mine)
		}
	}
}
