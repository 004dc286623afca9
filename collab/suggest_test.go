package collab

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
)

// suggesting is a change as a client makes it of what a person does who suggests:
// what is inserted has a mark, what is deleted stays with one, unless it is the
// person's own suggestion; formats are laid on their own text alone.
func suggesting(change, content delta.Delta, by rooms.Member, id string) delta.Delta {
	value := delta.Int(int64(by.Colour))
	adds := delta.Attribute{Name: addedPrefix + id, Value: value}
	removes := delta.Attribute{Name: removedPrefix + id, Value: value}
	c := newText(content)
	t := cursor{text: &c}
	at := 0
	var out delta.Delta
	for _, o := range change {
		if o.Inserts() {
			out = append(out, o.With(delta.Attributed(append(slices.Clone(o.Attributes()), adds)...)))
			continue
		}
		covered, err := t.slice(at, at+o.Len())
		if err != nil {
			panic(err)
		}
		at += o.Len()
		for _, piece := range covered {
			last := at == content.Len()
			own := addedBy(piece.Attributes(), by.ID) && !last
			switch {
			case o.Kind() == delta.Delete && own:
				out = append(out, delta.Drop(piece.Len()))
			case o.Kind() == delta.Delete && !last && marks(piece.Attributes()) < maxMarks:
				out = append(out, delta.Keep(piece.Len(), delta.Attributed(removes)))
			case own && o.Kind() == delta.Retain:
				out = append(out, delta.Keep(piece.Len(), o.Attributes()))
			default:
				out = append(out, delta.Keep(piece.Len(), nil))
			}
		}
	}
	return out.Normal()
}

// without is a content as if the suggestions of a member had been rejected.
func without(t testing.TB, content delta.Delta, by string) delta.Delta {
	t.Helper()
	return after(t, content, func(id string) bool { return suggestedBy(id) == by }, rejected)
}

func after(t testing.TB, content delta.Delta, of func(string) bool, as outcome) delta.Delta {
	t.Helper()
	out, err := delta.Apply(content, settled(slices.Values([]delta.Delta{content}), content.Len(), of, as))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// people are two who suggest, and one who writes.
type suggesters struct {
	*rand.Rand
	d *discussed
}

func (s suggesters) content() delta.Delta { return s.d.text.content() }

// act is a random command of a random person; ids are few, so that they meet.
func (s suggesters) act() (from rooms.Member, do string, base uint64, change delta.Delta) {
	content := s.content()
	change = typist{s.Rand}.change(content)
	from = []rooms.Member{eve, bob, ada}[s.IntN(3)]
	id := fmt.Sprintf("%s-%c", from.ID, 'a'+rune(s.IntN(3)))
	if from.Role < rooms.Editor {
		do = "suggest"
	} else if do = "change"; s.IntN(2) == 0 {
		do = "suggest"
	}
	switch {
	case do == "suggest" && s.IntN(4) > 0, do == "change" && s.IntN(3) == 0:
		change = suggesting(change, content, from, id)
	case s.IntN(2) == 0: // marks anywhere, of anybody
		change = s.forged(change)
	}
	return from, do, s.d.rev, change
}

// forged puts marks of anybody on anything.
func (s suggesters) forged(change delta.Delta) delta.Delta {
	out := slices.Clone(change)
	for i, o := range out {
		if o.Kind() == delta.Delete || s.IntN(3) == 0 {
			continue
		}
		name := []string{addedPrefix, removedPrefix}[s.IntN(2)] + fmt.Sprintf("m%d-%c", 1+s.IntN(3), 'a'+rune(s.IntN(3)))
		mark := delta.Attribute{Name: name, Value: delta.Int(3)}
		if !o.Inserts() && s.IntN(3) == 0 {
			mark.Value = delta.Null
		}
		out[i] = o.With(delta.Attributed(append(slices.Clone(o.Attributes()), mark)...))
	}
	return out
}

// TestWhatIsSuggestedChangesNothing: whatever shape a change has, of whatever
// role, and however late it comes: what is taken as a suggestion leaves the text
// as it was, but for the member's own suggestions; and what a client makes is taken.
func TestWhatIsSuggestedChangesNothing(t *testing.T) {
	t.Parallel()
	r := seeded(t)
	counts := map[string]int{}
	for range simulations(t) {
		s := suggesters{r, discuss(t, `[{"insert":"one two three\n"},{"insert":"four\n","attributes":{}}]`)}
		for range 60 {
			s.round(t, counts)
		}
	}
	for _, what := range []string{"suggest", "suggest:suggestion", "change", "late"} {
		if counts[what] == 0 {
			t.Errorf("there was no %q: %v", what, counts)
		}
	}
	t.Log(counts)
}

func (s suggesters) round(t *testing.T, counts map[string]int) {
	t.Helper()
	from, do, base, change := s.act()
	for range s.IntN(3) { // what happens before it arrives
		other, do2, _, meanwhile := s.act()
		if do2 == "suggest" || s.IntN(2) == 0 {
			s.d.does(other, do2, asks(s.d.rev, meanwhile))
			counts["late"]++
		}
	}
	before := s.content()
	refusal, _ := s.d.does(from, do, asks(base, change))
	if refusal != "" {
		counts[do+":"+refusal]++
		if !s.content().Equal(before) {
			t.Fatalf("%s %s was refused, and the text is another", do, change)
		}
		return
	}
	counts[do]++
	if do != "suggest" {
		return
	}
	if was, is := without(t, before, from.ID), without(t, s.content(), from.ID); !was.Equal(is) {
		t.Fatalf("%s suggests %s\nin %s\nwhich without it was %s\nand now is         %s", from.Name, change, before, was, is)
	}
	if was, is := othersMarks(before, from.ID), othersMarks(s.content(), from.ID); !subset(is, was) {
		t.Fatalf("%s suggests %s\nin %s\nwith others' marks %v, now %v", from.Name, change, before, was, is)
	}
}

func asks(base uint64, change delta.Delta) string {
	with, err := json.Marshal(map[string]any{"base": base, "change": change})
	if err != nil {
		panic(err)
	}
	return string(with)
}

// othersMarks are the marks of others in a content, with what they are on.
func othersMarks(content delta.Delta, by string) (all []string) {
	for _, o := range content {
		for _, a := range o.Attributes() {
			if id, _, ok := marked(a.Name); ok && suggestedBy(id) != by {
				all = append(all, a.Name)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// subset: what is deleted of one's own takes the marks of others along, and undo
// brings back those of suggestions that are known.
func subset(is, was []string) bool {
	for _, name := range is {
		if !slices.Contains(was, name) && strings.HasPrefix(name, addedPrefix) {
			return false
		}
	}
	return true
}

func TestSuggestIsWhatClientsMake(t *testing.T) {
	t.Parallel()
	r := seeded(t)
	for range simulations(t) {
		d := discuss(t, `[{"insert":"one two three\nfour\n"}]`)
		for range 40 {
			content := d.text.content()
			change := suggesting(typist{r}.change(content), content, eve, "m1-a")
			if refusal, _ := d.does(eve, "suggest", asks(d.rev, change)); refusal != "" {
				t.Fatalf("%s in %s was refused: %s", change, content, refusal)
			}
		}
		if got := without(t, d.text.content(), eve.ID); got.String() != `[{"insert":"one two three\nfour\n"}]` {
			t.Fatalf("without it the text is %s", got)
		}
	}
}

func TestSuggestionShapes(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one two\n"}]`)
	d.must(bob, "suggest", `{"base":0,"change":[{"insert":"Bob ","attributes":{"added-m2-b":4}},{"retain":4},{"retain":3,"attributes":{"removed-m2-b":4}}]}`)
	d.must(eve, "suggest", `{"base":1,"change":[{"insert":"Eve ","attributes":{"added-m1-e":3}}]}`)
	if got := d.text.content().String(); got != `[{"insert":"Eve ","attributes":{"added-m1-e":3}},{"insert":"Bob ","attributes":{"added-m2-b":4}},{"insert":"one "},{"insert":"two","attributes":{"removed-m2-b":4}},{"insert":"\n"}]` {
		t.Fatal(got)
	}
	for change, want := range map[string]string{
		`[{"insert":"x"}]`: "suggestion",
		`[{"insert":"x","attributes":{"added-m2-b":4}}]`:                                           "suggestion", // in Bob's name
		`[{"insert":"x","attributes":{"removed-m1-e":3}}]`:                                         "suggestion",
		`[{"insert":"x","attributes":{"added-m1-e":3,"removed-m2-zz":4}}]`:                         "suggestion", // Bob never said so
		`[{"retain":8},{"delete":1}]`:                                                              "suggestion",
		`[{"retain":4},{"delete":1}]`:                                                              "suggestion", // Bob's
		`[{"retain":8},{"retain":1,"attributes":{"bold":true}}]`:                                   "suggestion",
		`[{"retain":8},{"retain":1,"attributes":{"added-m1-e":3}}]`:                                "suggestion", // what is there was not added
		`[{"retain":1,"attributes":{"added-m1-e":null}}]`:                                          "suggestion", // nor accepted by its author
		`[{"retain":12},{"retain":3,"attributes":{"removed-m2-b":null}}]`:                          "suggestion",
		`[{"retain":15},{"retain":1,"attributes":{"header":1}}]`:                                   "suggestion",
		`[{"retain":8},{"retain":1,"attributes":{"removed-m1-e":0}}]`:                              "format",
		`[{"retain":8},{"retain":1,"attributes":{"removed-m1-e":13}}]`:                             "format",
		`[{"retain":8},{"retain":1,"attributes":{"removed-m1-":3}}]`:                               "format",
		`[{"retain":8},{"retain":1,"attributes":{"removed-m1":3}}]`:                                "format",
		`[{"retain":8},{"retain":1,"attributes":{"removed-m1-e_":3}}]`:                             "format",
		`[{"retain":8},{"retain":1,"attributes":{"removed-` + strings.Repeat("m", 63) + `-e":3}}]`: "format",
		`[{"retain":8},{"retain":1,"attributes":{"comment-1":true}}]`:                              "format",
		`[{"insert":"x","attributes":{"added-m1-e":3,"bold":true}}]`:                               "",
		`[{"insert":"\n","attributes":{"added-m1-e":3,"header":1}}]`:                               "",
		`[{"retain":1,"attributes":{"italic":true}}]`:                                              "", // her own
		`[{"delete":1}]`: "",
		`[{"retain":4},{"retain":8,"attributes":{"removed-m1-f":3}}]`: "", // over Bob's and all
	} {
		copied := discuss(t, `[{"insert":"\n"}]`)
		copied.Document, copied.seq = again(t, d.Document), d.seq
		if got, _ := copied.does(eve, "suggest", `{"base":2,"change":`+change+`}`); got != want {
			t.Errorf("%s was answered %q", change, got)
		}
	}
	if got, _ := d.does(eve, "suggest", `{"base":2,"change":[{"delete":1}],"restores":1}`); got != "malformed" {
		t.Errorf("a suggestion that restores was answered %q", got)
	}
}

// again is the document as its checkpoint has it.
func again(t *testing.T, d *Document) *Document {
	t.Helper()
	state, err := d.Save()()
	if err != nil {
		t.Fatal(err)
	}
	copied := newDocument(nil)
	if err := copied.Load(state); err != nil {
		t.Fatal(err)
	}
	return copied
}

// The last newline stays when what added it is rejected, so it is nobody's own.
func TestTheLastNewlineIsEverybodys(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one\n"}]`)
	d.must(ada, "change", `{"base":0,"change":[{"retain":3},{"retain":1,"attributes":{"added-m1-e":3}}]}`)
	if got, _ := d.does(eve, "suggest", `{"base":1,"change":[{"retain":3},{"retain":1,"attributes":{"header":1}}]}`); got != "suggestion" {
		t.Errorf("a heading of all was answered %q", got)
	}
}

// A suggestion that was settled while its author was writing on: what they still
// delete is other people's text by now.
func TestSuggestionIsCheckedAsItMeetsTheText(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one\n"}]`)
	d.must(eve, "suggest", `{"base":0,"change":[{"insert":"new ","attributes":{"added-m1-e":3}}]}`)
	d.must(ada, "change", `{"base":1,"change":[{"retain":4,"attributes":{"added-m1-e":null}}]}`)
	if got, _ := d.does(eve, "suggest", `{"base":1,"change":[{"delete":4}]}`); got != "suggestion" {
		t.Errorf("deleting what was accepted was answered %q", got)
	}
	d.must(eve, "suggest", `{"base":1,"change":[{"retain":4},{"insert":"er ","attributes":{"added-m1-e":3}}]}`)
	if got := d.text.content().String(); got != `[{"insert":"new "},{"insert":"er ","attributes":{"added-m1-e":3}},{"insert":"one\n"}]` {
		t.Error(got)
	}
	// What others wrote before it moves it, and what is there by then is looked at.
	d.must(ada, "change", `{"base":3,"change":[{"insert":"A lot "}]}`)
	d.must(eve, "suggest", `{"base":3,"change":[{"retain":4},{"delete":3}]}`)
	if got := d.text.content().String(); got != `[{"insert":"A lot new one\n"}]` {
		t.Error(got)
	}
}

func TestWhoSuggestsIsKnown(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one\n"}]`)
	_, events := d.does(eve, "suggest", `{"base":0,"change":[{"insert":"a","attributes":{"added-m1-e":3}},{"retain":1,"attributes":{"removed-m1-f":3}}]}`)
	if len(events) != 2 || events[0].Did != "suggested" || string(events[0].With) != `{"ids":["m1-e","m1-f"],"name":"Eve","colour":3}` || events[1].Did != "changed" {
		t.Fatalf("%+v", events)
	}
	if _, events = d.does(eve, "suggest", `{"base":1,"change":[{"insert":"b","attributes":{"added-m1-e":3}}]}`); len(events) != 1 {
		t.Errorf("going on with it led to %+v", events)
	}
	want := []Suggestion{{"m1-e", 1001, "m1", "Eve", 3, nil}, {"m1-f", 1001, "m1", "Eve", 3, nil}}
	if !slices.Equal(d.suggestions, want) || !slices.Equal(again(t, d.Document).suggestions, want) {
		t.Errorf("known are %+v", d.suggestions)
	}
	// An editor brings a suggestion back that nobody knows: it is nobody's.
	d.must(ada, "change", `{"base":2,"change":[{"insert":"c","attributes":{"added-m9-q":7}}]}`)
	if len(d.suggestions) != 2 {
		t.Errorf("known are %+v", d.suggestions)
	}
}

func TestSuggestionsAreBounded(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"`+strings.Repeat("x", 2000)+`\n"}]`)
	begin := func(from, n int) string {
		var change delta.Delta
		for i := range n {
			change = append(change, delta.Keep(1, delta.Attributed(delta.Attribute{Name: fmt.Sprintf("removed-m1-%d", from+i), Value: "3"})))
		}
		return asks(d.rev, append(delta.Delta{delta.Keep(from+1, nil)}, change...))
	}
	if got, _ := d.does(eve, "suggest", begin(0, maxNewSuggestions+1)); got != "too-big" {
		t.Errorf("too many at once were answered %q", got)
	}
	for i := 0; i < MaxSuggestions; i += maxNewSuggestions {
		d.must(eve, "suggest", begin(i, maxNewSuggestions))
	}
	if got, _ := d.does(eve, "suggest", begin(MaxSuggestions, 1)); got != "suggestions-full" {
		t.Errorf("one too many was answered %q", got)
	}
	// With two settled there is room for one, and what is settled is forgotten.
	d.must(ada, "change", fmt.Sprintf(`{"base":%d,"change":[{"retain":1},{"delete":2}]}`, d.rev))
	_, events := d.does(eve, "suggest", begin(MaxSuggestions, 1))
	if len(events) != 2 || !strings.Contains(string(events[0].With), `"drops":["m1-0","m1-1"]`) || len(d.suggestions) != MaxSuggestions-1 {
		t.Errorf("%d are known, %+v", len(d.suggestions), events)
	}
}

func TestMarksOnOneTextAreBounded(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one\n"}]`)
	for i := range maxMarks {
		d.must(bob, "suggest", fmt.Sprintf(`{"base":%d,"change":[{"retain":1,"attributes":{"removed-m2-%d":3}}]}`, d.rev, i))
	}
	if got, _ := d.does(bob, "suggest", fmt.Sprintf(`{"base":%d,"change":[{"retain":1,"attributes":{"removed-m2-z":3}}]}`, d.rev)); got != "suggestions-here" {
		t.Errorf("a mark too many was answered %q", got)
	}
}
