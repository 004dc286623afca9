package collab

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
)

// discussed is a document with people who comment on it.
type discussed struct {
	*Document
	t   testing.TB
	seq uint64
	log []rooms.Event
}

var (
	eve = rooms.Member{ID: "m1", Name: "Eve", Colour: 3, Role: rooms.Participant}
	bob = rooms.Member{ID: "m2", Name: "Bob", Colour: 4, Role: rooms.Participant}
	ada = rooms.Member{ID: "m3", Name: "Ada", Colour: 5, Role: rooms.Editor}
	zoe = rooms.Member{ID: "m4", Name: "Zoe", Colour: 6, Role: rooms.Host}
)

func discuss(t testing.TB, content string) *discussed {
	t.Helper()
	return &discussed{Document: written(t, content), t: t}
}

// does is what a command leads to: a refusal's code, or its events, which happen.
func (d *discussed) does(from rooms.Member, do, with string) (string, []rooms.Event) {
	d.t.Helper()
	first := d.seq + 1
	events, err := d.Decide(rooms.Command{Do: do, With: json.RawMessage(with), From: from, Peer: "of-" + from.ID, N: first, Seq: first})
	if err != nil {
		return code(err), nil
	}
	for i := range events {
		d.seq++
		e := &events[i]
		e.Seq, e.At = d.seq, 1000+int64(d.seq)
		if !e.Unsigned {
			e.By, e.Peer, e.N = from.ID, "of-"+from.ID, first
		}
		d.Apply(*e)
		d.log = append(d.log, *e)
	}
	return "", events
}

func (d *discussed) must(from rooms.Member, do, with string) uint64 {
	d.t.Helper()
	first := d.seq + 1
	if refusal, _ := d.does(from, do, with); refusal != "" {
		d.t.Fatalf("%s %s: %s", do, with, refusal)
	}
	return first
}

// hangs is the text that a thread hangs on.
func (d *discussed) hangs(thread uint64) string {
	var text string
	for piece := range d.text.pieces() {
		for _, o := range piece {
			if o.Attributes().Get(anchorOf(thread)) != "" {
				text += o.Text()
			}
		}
	}
	return text
}

func TestCommentHangsOnItsText(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one two three\nfour\n"}]`)
	for _, change := range []string{`[{"insert":"Zero. "}]`, `[{"retain":13},{"delete":1}]`} { // what others wrote meanwhile
		d.must(ada, "change", fmt.Sprintf(`{"base":%d,"change":%s}`, d.rev, change))
	}
	id := d.must(eve, "comment", `{"base":0,"from":4,"to":18,"text":" why? "}`)
	if got := d.hangs(id); got != "twothreefour" {
		t.Fatalf("it hangs on %q", got)
	}
	of := d.talk.threads[0]
	if c := of.Comments[0]; of.Quote != "twothree four" || c.Text != "why?" || c.By != eve.ID || c.Name != "Eve" || c.Seq != id || of.ID != id {
		t.Errorf("the thread is %+v", of)
	}
	last := d.log[len(d.log)-1]
	if last.Did != "changed" || !last.Unsigned || last.By != "" {
		t.Errorf("the anchor came by %+v", last)
	}
	// It moves with its text, dies with it and comes back with it.
	d.must(ada, "change", fmt.Sprintf(`{"base":%d,"change":[{"insert":"x"},{"retain":9},{"delete":2}]}`, d.rev))
	if got := d.hangs(id); got != "wothreefour" {
		t.Errorf("edited, it hangs on %q", got)
	}
	d.must(ada, "change", fmt.Sprintf(`{"base":%d,"change":[{"delete":22}]}`, d.rev))
	if got := d.hangs(id); got != "" || len(d.talk.threads) != 1 {
		t.Errorf("deleted, it hangs on %q", got)
	}
	d.must(ada, "change", fmt.Sprintf(`{"base":%d,"change":[{"insert":"back","attributes":{"%s":true}}]}`, d.rev, anchorOf(id)))
	if got := d.hangs(id); got != "back" {
		t.Errorf("brought back, it hangs on %q", got)
	}
}

func TestCommentIsNobodysChange(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one\n"}]`)
	d.must(ada, "change", `{"base":0,"change":[{"insert":"a"}]}`)
	d.must(ada, "comment", `{"base":1,"from":0,"to":3,"text":"mine"}`)
	// Ada's next change is still based on her last: the anchor is not hers.
	d.must(ada, "change", `{"base":1,"change":[{"retain":1},{"insert":"b"}]}`)
	if got := delta.Delta(d.text.content()).String(); got != `[{"insert":"a","attributes":{"comment-2":true}},{"insert":"b"},{"insert":"on","attributes":{"comment-2":true}},{"insert":"e\n"}]` {
		t.Error(got)
	}
}

func TestAnchorsCannotBeForged(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one two\n"}]`)
	id := d.must(eve, "comment", `{"base":0,"from":0,"to":3,"text":"x"}`)
	var many []string
	for i := range maxAnchors + 1 {
		many = append(many, fmt.Sprintf(`"comment-%d":true`, i+1))
	}
	d.seq += 100
	for change, want := range map[string]string{
		fmt.Sprintf(`[{"insert":"y","attributes":{"comment-%d":true}}]`, id):                    "",
		fmt.Sprintf(`[{"insert":"y","attributes":{"comment-%d":true}}]`, d.seq+50):              "format",
		fmt.Sprintf(`[{"insert":"\n","attributes":{"comment-%d":true}}]`, id):                   "format",
		fmt.Sprintf(`[{"insert":"y","attributes":{"comment-%d":1}}]`, id):                       "format",
		fmt.Sprintf(`[{"retain":5},{"retain":1,"attributes":{"comment-%d":true}}]`, id):         "format",
		fmt.Sprintf(`[{"retain":1,"attributes":{"comment-%d":null}}]`, id):                      "format",
		`[{"insert":"y","attributes":{"comment-":true}}]`:                                       "format",
		`[{"insert":"y","attributes":{"comment-0":true}}]`:                                      "format",
		`[{"insert":"y","attributes":{"comment-01":true}}]`:                                     "format",
		`[{"insert":"y","attributes":{"comment-9223372036854775808":true}}]`:                    "format",
		fmt.Sprintf(`[{"insert":"y","attributes":{%s}}]`, strings.Join(many, ",")):              "format",
		fmt.Sprintf(`[{"insert":"y","attributes":{%s}}]`, strings.Join(many[:maxAnchors], ",")): "",
	} {
		if got, _ := d.does(ada, "change", fmt.Sprintf(`{"base":%d,"change":%s}`, d.rev, change)); got != want {
			t.Errorf("%s was answered %q", change, got)
		}
	}
	if _, err := Kind.New(json.RawMessage(`{"content":[{"insert":"x","attributes":{"comment-1":true}},{"insert":"\n"}]}`)); code(err) != "format" {
		t.Errorf("a document was made with an anchor: %v", err)
	}
}

func TestCommentRefused(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one two\n\n\n"}]`)
	d.must(ada, "change", `{"base":0,"change":[{"retain":4},{"delete":3}]}`)
	id := d.must(eve, "comment", `{"base":1,"from":0,"to":3,"text":"x"}`)
	long := strings.Repeat("😀", MaxCommentUnits/2)
	named := `"mentions":[{"id":"m9","name":"Ben"}]`
	for _, c := range []struct {
		from     rooms.Member
		do, with string
		want     string
	}{
		{eve, "comment", `{"base":2,"from":0,"to":3,"text":"` + long + `"}`, ""},
		{eve, "comment", `{"base":2,"from":0,"to":3,"text":"` + long + `x"}`, "comment-length"},
		{eve, "comment", `{"base":2,"from":0,"to":3,"text":" \n "}`, "comment-length"},
		{eve, "comment", `{"base":2,"from":0,"to":3,"text":"\ud800"}`, "text"},
		{eve, "comment", `{"base":2,"from":0,"to":3,"text":"\u0000x"}`, "text"},
		{eve, "comment", "{\"base\":2,\"from\":0,\"to\":3,\"text\":\"\xff\"}", "text"},
		{eve, "comment", `{"base":2,"from":0,"to":3}`, "malformed"},
		{eve, "comment", `{"from":0,"to":3,"text":"x"}`, "malformed"},
		{eve, "comment", `{"base":9,"from":0,"to":3,"text":"x"}`, "behind"},
		{eve, "comment", `{"base":2,"from":3,"to":3,"text":"x"}`, "passage"},
		{eve, "comment", `{"base":2,"from":-1,"to":3,"text":"x"}`, "passage"},
		{eve, "comment", fmt.Sprintf(`{"base":2,"from":0,"to":%d,"text":"x"}`, MaxPassage+1), "passage"},
		{eve, "comment", `{"base":2,"from":0,"to":99,"text":"x"}`, "length"},
		{eve, "comment", `{"base":0,"from":4,"to":7,"text":"x"}`, "passage-gone"},
		{eve, "comment", `{"base":2,"from":4,"to":6,"text":"x"}`, "passage-gone"}, // only newlines
		{eve, "comment", `{"base":2,"from":0,"to":3,"text":"@Ben x",` + named + `}`, ""},
		{eve, "comment", `{"base":2,"from":0,"to":3,"text":"Ben x",` + named + `}`, "malformed"},
		{bob, "reply", fmt.Sprintf(`{"thread":%d,"text":"y"}`, id), ""},
		{bob, "reply", `{"thread":99,"text":"y"}`, "no-comment"},
		{bob, "amend", fmt.Sprintf(`{"thread":%d,"of":%d,"text":"y"}`, id, id), "comment-others"},
		{bob, "amend", fmt.Sprintf(`{"thread":%d,"of":99,"text":"y"}`, id), "no-comment"},
		{bob, "erase", fmt.Sprintf(`{"thread":%d,"of":%d}`, id, id), "comment-others"},
		{ada, "erase", fmt.Sprintf(`{"thread":%d,"of":%d}`, id, id), "comment-others"},
		{bob, "resolve", fmt.Sprintf(`{"thread":%d}`, id), "comment-others"},
		{ada, "resolve", fmt.Sprintf(`{"thread":%d}`, id), ""},
		{eve, "reopen", fmt.Sprintf(`{"thread":%d}`, id), ""},
		{eve, "resolve", `{"thread":99}`, "no-comment"},
		{eve, "resolve", `[]`, "malformed"},
		{zoe, "erase", fmt.Sprintf(`{"thread":%d,"of":%d}`, id, id), ""},
		{eve, "erase", fmt.Sprintf(`{"thread":%d,"of":%d}`, id, id), "no-comment"},
	} {
		before := d.talk
		got, _ := d.does(c.from, c.do, c.with)
		if got != c.want {
			t.Errorf("%s %.80s was answered %q, not %q", c.do, c.with, got, c.want)
		}
		if got != "" && len(before.threads) != len(d.talk.threads) {
			t.Errorf("%s %.80s was refused and changed something", c.do, c.with)
		}
	}
}

func TestCommentsAreLimited(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"`+strings.Repeat("word ", 3000)+`\n"}]`)
	if got, _ := d.does(eve, "comment", fmt.Sprintf(`{"base":0,"from":0,"to":%d,"text":"x"}`, MaxPassage)); got != "" {
		t.Errorf("a passage of %d characters: %s", MaxPassage, got)
	}
	for i := range maxAnchors {
		want := ""
		if i == maxAnchors-1 {
			want = "passage-crowded"
		}
		if got, _ := d.does(eve, "comment", fmt.Sprintf(`{"base":%d,"from":2,"to":3,"text":"x"}`, d.rev)); got != want {
			t.Errorf("comment %d on one piece: %q", i+2, got)
		}
	}
	for i := len(d.talk.threads); i < MaxThreads; i++ {
		d.must(eve, "comment", fmt.Sprintf(`{"base":%d,"from":%d,"to":%d,"text":"x"}`, d.rev, 10_000+i, 10_001+i))
	}
	if got, _ := d.does(eve, "comment", fmt.Sprintf(`{"base":%d,"from":14000,"to":14001,"text":"x"}`, d.rev)); got != "comments-full" {
		t.Errorf("one more thread: %q", got)
	}
	id := d.talk.threads[0].ID
	for range MaxReplies {
		d.must(bob, "reply", fmt.Sprintf(`{"thread":%d,"text":"x"}`, id))
	}
	if got, _ := d.does(bob, "reply", fmt.Sprintf(`{"thread":%d,"text":"x"}`, id)); got != "replies" {
		t.Errorf("one more reply: %q", got)
	}
	for i := range MaxCommentEdits {
		d.must(eve, "amend", fmt.Sprintf(`{"thread":%d,"of":%d,"text":"x%d"}`, id, id, i))
	}
	if got, _ := d.does(eve, "amend", fmt.Sprintf(`{"thread":%d,"of":%d,"text":"more"}`, id, id)); got != "comment-edits" {
		t.Errorf("one more edit: %q", got)
	}
	long := strings.Repeat("x", MaxCommentUnits)
	var got string
	for i := 1; got == "" && i < 300; i++ {
		got, _ = d.does(bob, "reply", fmt.Sprintf(`{"thread":%d,"text":%q}`, d.talk.threads[1+i%400].ID, long))
	}
	if got != "comments-full" || d.talk.units > MaxTalkUnits || d.talk.units < MaxTalkUnits-MaxCommentUnits {
		t.Errorf("%d units of comments: %q", d.talk.units, got)
	}
}

func TestErasedCommentTakesItsAnchorAlong(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one two\nthree\n"}]`)
	before := d.text.content()
	id := d.must(eve, "comment", `{"base":0,"from":4,"to":13,"text":"secret"}`)
	reply := d.must(bob, "reply", fmt.Sprintf(`{"thread":%d,"text":"y"}`, id))
	d.must(eve, "erase", fmt.Sprintf(`{"thread":%d,"of":%d}`, id, id))
	of := d.talk.threads[0]
	if c := of.Comments[0]; !c.Gone || c.Text != "" || c.Name != "" || of.Quote == "" || d.hangs(id) != "twothree" {
		t.Errorf("erased under a reply: %+v, on %q", of, d.hangs(id))
	}
	d.must(bob, "erase", fmt.Sprintf(`{"thread":%d,"of":%d}`, id, reply))
	if len(d.talk.threads) != 0 || !d.text.content().Equal(before) || d.talk.units != 0 {
		t.Errorf("all is erased, and there are %+v on %s", d.talk.threads, d.text.content())
	}
	for _, e := range d.log {
		for _, b := range forgets(e) {
			if b.Seq >= e.Seq || strings.Contains(string(b.With), "secret") {
				t.Errorf("%s leaves %d as %s", e.Did, b.Seq, b.With)
			}
		}
	}
}

func TestWhatGoesOutHasNoAnchors(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one "},{"insert":"two","attributes":{"bold":true}},{"insert":" three\n"}]`)
	before := d.text.content()
	d.must(eve, "comment", `{"base":0,"from":2,"to":6,"text":"about the sea"}`)
	copied, err := d.Copy()
	if want := fmt.Sprintf(`{"content":%s}`, before); err != nil || string(copied) != want {
		t.Errorf("the copy is %s, %v", copied, err)
	}
	if got := bare(d.text.content()).Normal(); !got.Equal(before) {
		t.Errorf("without anchors it is %s", got)
	}
	texts := d.Texts()
	if len(texts) != 2 || texts[0].Text != "about the sea" || texts[0].By != eve.ID || texts[1].Text != "one two three" {
		t.Errorf("search finds %+v", texts)
	}
}

func TestAnchorsAreNoHistory(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one\n"}]`)
	d.must(ada, "change", `{"base":0,"change":[{"insert":"a"}]}`)
	d.must(bob, "comment", `{"base":1,"from":0,"to":3,"text":"x"}`)
	d.must(ada, "change", `{"base":2,"change":[{"insert":"b"}]}`)
	g := grouper{pause: basePause}
	for _, e := range d.log {
		if e.Did == "changed" {
			c, err := readChanged(e)
			if err != nil {
				t.Fatal(err)
			}
			g.add(e, c)
		}
	}
	if len(g.chunks) != 1 || g.chunks[0].To != 3 || len(g.chunks[0].By) != 1 || g.chunks[0].By[0] != (Share{ada.ID, 2}) {
		t.Errorf("the chunks are %+v", g.chunks)
	}
}

// A checkpoint holds none of the words, and gives them back with those of the log.
func TestCheckpointLeavesWordsOut(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one two\n"}]`)
	id := d.must(eve, "comment", `{"base":0,"from":0,"to":3,"text":"secret one @Bob","mentions":[{"id":"m2","name":"Bob"}]}`)
	d.must(bob, "reply", fmt.Sprintf(`{"thread":%d,"text":"secret two"}`, id))
	d.must(eve, "amend", fmt.Sprintf(`{"thread":%d,"of":%d,"text":"secret three"}`, id, id))
	state, err := d.Save()()
	if err != nil || strings.Contains(string(state), "secret") {
		t.Fatalf("%v: %s", err, state)
	}
	again := written(t, `[{"insert":"\n"}]`)
	if err := again.Load(state); err != nil {
		t.Fatal(err)
	}
	again.Recall(d.log[:2])
	again.Recall(d.log[2:])
	want, _ := json.Marshal(d.View(eve))
	if got, _ := json.Marshal(again.View(eve)); string(got) != string(want) || again.talk.units != d.talk.units {
		t.Errorf("%s\nwas %s", got, want)
	}
}

// What commenting costs in the biggest document, with as many threads as it can
// have. Erasing the last comment of a thread goes through the whole text.
func BenchmarkComment(b *testing.B) {
	d := discuss(b, `[{"insert":"`+strings.Repeat("word word ", (MaxUnits-2)/10)+`\n"}]`)
	for i := range MaxThreads - 1 {
		d.must(eve, "comment", fmt.Sprintf(`{"base":%d,"from":%d,"to":%d,"text":"x"}`, d.rev, 8000*i, 8000*i+100))
	}
	for b.Loop() {
		id := d.must(eve, "comment", fmt.Sprintf(`{"base":%d,"from":4000000,"to":4010000,"text":"x"}`, d.rev))
		d.must(eve, "erase", fmt.Sprintf(`{"thread":%d,"of":%d}`, id, id))
	}
}
