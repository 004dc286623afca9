package polls

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
	"plenum/rooms/laws"
)

func anAxis(title string) *Axis { return &Axis{Title: title, Low: "little", High: "much"} }

// aPicture is a picture as a host would name it.
func aPicture() *Picture {
	return &Picture{File: rooms.FilePrefix + oneHash, Alt: "A house", Width: 640, Height: 480}
}

// areas are a rectangle, a triangle above it, and a shape with a bay.
func areas() []Option {
	return []Option{
		{Text: "The door", Area: []int{2000, 5000, 4000, 9000}},
		{Text: "The roof", Area: []int{0, 4000, 5000, 0, 10000, 4000}},
		{Text: "The shape", Area: []int{5000, 5000, 9000, 5000, 9000, 9000, 8000, 9000, 8000, 6000, 6000, 6000, 6000, 9000, 5000, 9000}},
	}
}

// fieldSays is what the English table calls a place of the tally.
func (q Question) fieldSays(name string) string {
	for slot := range q.fields() {
		if q.fieldName(slot) == name {
			return inEnglish.field(q, slot)
		}
	}
	return ""
}

// A question is asked at the edge of every limit, and refused beyond it.
func TestPlacesAreRefusedInWords(t *testing.T) {
	t.Parallel()
	axes := func(change func(*Question)) Question {
		q := Question{Kind: Axes, Options: many(2), Special: Special{X: anAxis("x"), Y: anAxis("y")}}
		change(&q)
		return q
	}
	pins := func(change func(*Question)) Question {
		q := Question{Kind: Pins, Options: areas(), Special: Special{Picture: aPicture()}}
		change(&q)
		return q
	}
	area := func(at ...int) Question {
		return pins(func(q *Question) { q.Options = []Option{{Text: "here", Area: at}} })
	}
	for name, c := range map[string]struct {
		q    Question
		want string
	}{
		"two items":         {axes(func(*Question) {}), ""},
		"twelve items":      {axes(func(q *Question) { q.Options = many(MaxItems) }), ""},
		"thirteen":          {axes(func(q *Question) { q.Options = many(MaxItems + 1) }), "items"},
		"no items":          {axes(func(q *Question) { q.Options = nil }), "items"},
		"no axis":           {axes(func(q *Question) { q.Y = nil }), "axes"},
		"no title":          {axes(func(q *Question) { q.X.Title = " " }), "axes"},
		"a long title":      {axes(func(q *Question) { q.X.Title = strings.Repeat("x", MaxLabel) }), ""},
		"a longer title":    {axes(func(q *Question) { q.X.Title = strings.Repeat("x", MaxLabel+1) }), "axes"},
		"a long end":        {axes(func(q *Question) { q.Y.High = strings.Repeat("x", MaxLabel+1) }), "axes"},
		"twenty steps":      {axes(func(q *Question) { q.To = fine }), ""},
		"eleven steps":      {axes(func(q *Question) { q.To = 11 }), "axes"},
		"from one":          {axes(func(q *Question) { q.From = 1 }), "axes"},
		"all items":         {axes(func(q *Question) { q.Least = 2 }), ""},
		"more than all":     {axes(func(q *Question) { q.Least = 3 }), "bounds"},
		"axes in a quiz":    {axes(func(q *Question) { q.Show, q.Key = ByReveal, &Key{Right: []int{0}} }), "answer-key"},
		"areas":             {pins(func(*Question) {}), ""},
		"no areas":          {pins(func(q *Question) { q.Options = nil }), ""},
		"ten pins":          {pins(func(q *Question) { q.Most = MaxPins }), ""},
		"eleven pins":       {pins(func(q *Question) { q.Most = MaxPins + 1 }), "many-pins"},
		"fewer than none":   {pins(func(q *Question) { q.Most = -1 }), "many-pins"},
		"no picture":        {pins(func(q *Question) { q.Picture = nil }), "picture"},
		"no file":           {pins(func(q *Question) { q.Picture.File = "https://elsewhere.example/a.png" }), "picture"},
		"no alt":            {pins(func(q *Question) { q.Picture.Alt = "\u200b " }), "picture-alt"},
		"a long alt":        {pins(func(q *Question) { q.Picture.Alt = strings.Repeat("x", MaxAlt) }), ""},
		"a longer alt":      {pins(func(q *Question) { q.Picture.Alt = strings.Repeat("x", MaxAlt+1) }), "picture-alt"},
		"no size":           {pins(func(q *Question) { q.Picture.Width = 0 }), "picture"},
		"too large":         {pins(func(q *Question) { q.Picture.Height = mostPx + 1 }), "picture"},
		"twenty-one areas":  {pins(func(q *Question) { q.Options = manyAreas(MaxAreas + 1) }), "areas"},
		"twenty areas":      {pins(func(q *Question) { q.Options = manyAreas(MaxAreas) }), ""},
		"all of it":         {area(0, 0, sideLength, sideLength), ""},
		"outside":           {area(0, 0, sideLength+1, sideLength), "area"},
		"before it":         {area(-1, 0, 5, 5), "area"},
		"inside out":        {area(5, 5, 4, 6), "area"},
		"a line":            {area(5, 5, 5, 6), "area"},
		"no numbers":        {area(), "area"},
		"an odd one":        {area(1, 2, 3, 4, 5), "area"},
		"twenty corners":    {area(corners(MaxCorners)...), ""},
		"too many corners":  {area(corners(MaxCorners + 1)...), "area"},
		"a nameless area":   {pins(func(q *Question) { q.Options[0].Text = "" }), "option"},
		"a right area":      {pins(func(q *Question) { q.Show, q.Key = ByReveal, &Key{Right: []int{2, 0}} }), ""},
		"no such area":      {pins(func(q *Question) { q.Show, q.Key = ByReveal, &Key{Right: []int{3}} }), "answer-key"},
		"right of two pins": {pins(func(q *Question) { q.Most, q.Show, q.Key = 2, ByReveal, &Key{Right: []int{0}} }), "answer-key"},
		"an option's alt":   {Question{Kind: Single, Options: []Option{{Text: "a", Picture: &Picture{File: aPicture().File, Width: 1, Height: 1}}, {Text: "b"}}}, "picture-alt"},
		"an option's file":  {Question{Kind: Multiple, Options: []Option{{Text: "a", Picture: &Picture{File: "x", Alt: "a", Width: 1, Height: 1}}, {Text: "b"}}}, "picture"},
		"a slide":           {Question{Kind: Slide, Special: Special{Text: strings.Repeat("x", MaxText)}}, ""},
		"a long slide":      {Question{Kind: Slide, Special: Special{Text: strings.Repeat("x", MaxText+1)}}, "slide-text"},
		"a slide's file":    {Question{Kind: Slide, Special: Special{Picture: &Picture{File: "x", Alt: "a", Width: 1, Height: 1}}}, "picture"},
		"options of it":     {Question{Kind: Slide, Options: many(2)}, "malformed"},
		"a slide in a quiz": {Question{Kind: Slide, Show: ByReveal, Key: &Key{Right: []int{0}}}, "live"},
	} {
		c.q.Prompt = "tea"
		s := newScript(t)
		if err := s.do("host", "write", map[string]any{"question": c.q}); code(err) != c.want {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func manyAreas(n int) []Option {
	all := many(n)
	for i := range all {
		all[i].Area = []int{i, i, i + 1, i + 1}
	}
	return all
}

func corners(n int) (area []int) {
	for i := range n {
		area = append(area, i, i*i)
	}
	return area
}

// What is refused changes neither the tally nor the table.
func TestBallotsOfPlacesAreRefusedInWords(t *testing.T) {
	t.Parallel()
	axes := Question{Kind: Axes, Options: many(3), Least: 2, Special: Special{X: anAxis("x"), Y: anAxis("y")}}
	pins := Question{Kind: Pins, Options: areas(), Most: 2, Special: Special{Picture: aPicture()}}
	for name, c := range map[string]struct {
		q       Question
		content string
		want    string
	}{
		"two items":         {axes, `"places":{"o1":[0,10],"o3":[10,0]}`, ""},
		"too few":           {axes, `"places":{"o1":[0,10]}`, "missing-items"},
		"none":              {axes, `"places":{}`, "missing-items"},
		"above":             {axes, `"places":{"o1":[0,11],"o2":[1,1]}`, "place"},
		"below":             {axes, `"places":{"o1":[-1,1],"o2":[1,1]}`, "place"},
		"one number":        {axes, `"places":{"o1":[1],"o2":[1,1]}`, "place"},
		"three numbers":     {axes, `"places":{"o1":[1,1,1],"o2":[1,1]}`, "place"},
		"unknown item":      {axes, `"places":{"o1":[1,1],"o9":[1,1]}`, "options"},
		"a fraction":        {axes, `"places":{"o1":[1.5,1],"o2":[1,1]}`, "malformed"},
		"not a number":      {axes, `"places":{"o1":[NaN,1],"o2":[1,1]}`, "malformed"},
		"words":             {axes, `"places":{"o1":["1",1],"o2":[1,1]}`, "malformed"},
		"beyond all":        {axes, `"places":{"o1":[1e400,1],"o2":[1,1]}`, "malformed"},
		"pins on axes":      {axes, `"pins":[[1,1]]`, "form"},
		"options":           {axes, `"options":["o1"]`, "form"},
		"a pin":             {pins, `"pins":[[0,10000]]`, ""},
		"two at one place":  {pins, `"pins":[[5,5],[5,5]]`, ""},
		"three pins":        {pins, `"pins":[[1,1],[2,2],[3,3]]`, "pins"},
		"no pin":            {pins, `"pins":[]`, "pins"},
		"outside":           {pins, `"pins":[[10001,0]]`, "pins"},
		"before":            {pins, `"pins":[[0,-1]]`, "pins"},
		"half a pin":        {pins, `"pins":[[5]]`, "pins"},
		"a fraction of one": {pins, `"pins":[[0.5,5]]`, "malformed"},
		"places on pins":    {pins, `"places":{"o1":[1,1]}`, "form"},
		"two ways":          {pins, `"pins":[[1,1]],"places":{"o1":[1,1]}`, "malformed"},
		"another round":     {pins, `"pins":[[1,1]],"round":2`, "round"},
		"pins for words":    {Question{Kind: Words}, `"pins":[[1,1]]`, "form"},
		"pins for options":  {with(func(*Question) {}), `"pins":[[1,1]]`, "form"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.q.Prompt, c.q.ID = "tea", "q1"
			made, err := Kind.New(encode(settings{Questions: []Question{c.q}}))
			if err != nil {
				t.Fatal(err)
			}
			s := newScript(t)
			s.poll, s.labels["tea"] = made.(*Poll), "q1"
			s.run("host opens tea")
			before := encode(s.tea().resultsFor(true))
			err = raw(s, `{"question":"q1","round":1,"turn":1,`+c.content+`}`)
			if code(err) != c.want || (err == nil) != (len(s.table) == 1) {
				t.Errorf("got %v and %d rows, want %q", err, len(s.table), c.want)
			}
			if after := encode(s.tea().resultsFor(true)); (string(after) == string(before)) != (err != nil) {
				t.Errorf("from %s to %s", before, after)
			}
		})
	}
}

// raw sends a ballot of ann's as it is written, also if it is no JSON.
func raw(s *script, content string) error {
	if json.Valid([]byte(content)) {
		return s.do("ann", "vote", json.RawMessage(content))
	}
	_, err := s.poll.Decide(rooms.Command{Do: "vote", With: json.RawMessage(content), From: rooms.Member{ID: "id-ann", Role: rooms.Participant}})
	return err
}

// In whatever order the ballots come, and however often they are changed, means,
// spreads and areas are those of a count from nothing, in the log and in the file.
func TestPlacesAddUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 39))
	for range 4 {
		for _, form := range []Form{Axes, Pins} {
			s := askedOf(t, randomSpecial(r, Question{Kind: form}))
			q, last := s.tea().Question, map[string]map[string]any{}
			for turn := range 150 {
				who, sent := fmt.Sprint("voter", r.IntN(30)), map[string]any{}
				if r.IntN(5) == 0 {
					sent["options"] = []string{}
					delete(last, who)
				} else {
					randomContent(r, q, sent)
					last[who] = maps.Clone(sent)
				}
				sent["question"], sent["round"], sent["turn"] = q.ID, 1, turn+1
				s.must("vote", s.do(who, "vote", sent))
			}
			want, heat := map[string]int{}, 0
			for _, sent := range last {
				places, _ := sent["places"].(map[string][]int)
				for id, at := range places {
					for what, n := range map[string]int{"n": 1, "x": at[0], "y": at[1], "xx": at[0] * at[0], "yy": at[1] * at[1]} {
						if n > 0 {
							want[id+"/"+what] += n
						}
					}
				}
				pins, _ := sent["pins"].([][]int)
				heat += len(pins)
				hit := map[string]bool{}
				for _, at := range pins {
					for _, slot := range q.fieldsOf([]spot{{X: at[0], Y: at[1]}}) {
						hit[q.fieldName(slot)] = true
					}
				}
				for name := range hit {
					want[name]++
				}
			}
			s.save()
			got := byPlace(s.tea().counts())
			maps.DeleteFunc(got, func(_ string, n int) bool { return n == 0 })
			if !maps.Equal(got, want) || s.tea().people() != len(last) {
				t.Fatalf("%s: %v of %d, want %v of %d", form, got, s.tea().people(), want, len(last))
			}
			if told := s.tea().answers(true); form == Pins && (told.Pins != heat || pinsIn(told.Heat) != heat || len(told.Heat) > heatSide*heatSide) {
				t.Errorf("%d pins are told of %d, and %d in the map", told.Pins, heat, pinsIn(told.Heat))
			}
			s.placesRecountTo(t, want, len(last))
		}
	}
}

func pinsIn(heat []int) (pins int) {
	for _, n := range heat {
		pins += max(0, n)
	}
	return pins
}

func (s *script) placesRecountTo(t *testing.T, want map[string]int, people int) {
	t.Helper()
	ask := map[string]string{"question": s.tea().ID, "round": "1"}
	got, err := recount(t.Context(), s.reading(rooms.Nobody, ask))
	s.must("recount", err)
	if sum := got.(Recount); sum.People != people || !maps.Equal(sum.Counts, want) {
		t.Errorf("recounted %v of %d, want %v of %d", sum.Counts, sum.People, want, people)
	}
	s.run("host closes tea")
	file, err := export(t.Context(), s.reading(rooms.Nobody, ask))
	s.must("export", err)
	read, err := methods.ReadFile(strings.NewReader(string(encode(file))))
	s.must("read the file", err)
	if read.People() != people {
		t.Errorf("the file has %d ballots, want %d", read.People(), people)
	}
	if s.tea().Kind == Axes {
		for i, m := range read.Middles() {
			id := read.Options[i].ID
			n := want[id+"/n"]
			if m.People != n || n > 0 && math.Abs(m.X*float64(n)-float64(want[id+"/x"])) > 1e-6 {
				t.Errorf("%s of the file is %+v, want the sums %v", id, m, want)
			}
		}
		return
	}
	hit, elsewhere := read.Hit()
	for i, n := range hit {
		if n != want[read.Options[i].ID] {
			t.Errorf("the file has %d for %q, want %d", n, read.Options[i].Text, want[read.Options[i].ID])
		}
	}
	if len(hit) > 0 && elsewhere != want["-"] {
		t.Errorf("the file has %d elsewhere, want %d", elsewhere, want["-"])
	}
}

func TestMiddlesAndSpreads(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Axes, Options: many(2), Special: Special{X: anAxis("x"), Y: anAxis("y")}})
	one, two := s.tea().Options[0].ID, s.tea().Options[1].ID
	for who, places := range map[string]map[string][]int{"ann": {one: {2, 0}}, "bob": {one: {4, 0}, two: {9, 1}}, "cid": {one: {9, 3}}} {
		s.must(who, s.answers(who, map[string]any{"places": places}))
	}
	all := s.tea().middles(byPlace(s.tea().counts()))
	if got := fmt.Sprintf("%d %.2f %.2f %.2f %.2f", all[0].People, all[0].X, all[0].SpreadX, all[0].Y, all[0].SpreadY); got != "3 5.00 2.94 1.00 1.41" {
		t.Errorf("the first is %s", got)
	}
	if all[1] != (methods.Middle{People: 1, X: 9, Y: 1}) {
		t.Errorf("the second is %+v", all[1])
	}
}

// A place is in an area, also on its edge and at its corners; and what Inside says is.
func TestAreas(t *testing.T) {
	t.Parallel()
	door, roof, shape := areas()[0].Area, areas()[1].Area, areas()[2].Area
	for _, c := range []struct {
		area []int
		x, y int
		want bool
	}{
		{door, 2000, 5000, true}, {door, 4000, 9000, true}, {door, 4001, 9000, false}, {door, 3000, 4999, false},
		{roof, 5000, 0, true}, {roof, 0, 4000, true}, {roof, 5000, 4000, true}, {roof, 5000, 4001, false}, {roof, 2500, 2000, true}, {roof, 2499, 2000, false}, {roof, 5000, 2000, true},
		{shape, 7000, 5500, true}, {shape, 7000, 6000, true}, {shape, 7000, 6001, false}, {shape, 5500, 8000, true}, {shape, 8000, 9000, true}, {shape, 7999, 9000, false}, {shape, 4000, 5000, false},
	} {
		if got := methods.InArea(c.area, c.x, c.y); got != c.want {
			t.Errorf("%v has (%d, %d): %t", c.area, c.x, c.y, got)
		}
	}
	// The same is asked of the browser.
	file, err := os.ReadFile("testdata/areas.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Area []int
		X, Y int
		In   bool
	}
	decode(file, &all)
	for _, c := range all {
		if got := methods.InArea(c.Area, c.X, c.Y); got != c.In {
			t.Errorf("%v has (%d, %d): %t", c.Area, c.X, c.Y, got)
		}
	}
	r := rand.New(rand.NewPCG(laws.Seed(t), 5))
	for range 2000 {
		area := make([]int, 2*(3+r.IntN(MaxCorners-2)))
		for i := range area {
			area[i] = r.IntN(sideLength + 1)
		}
		if x, y := methods.Inside(area); !methods.InArea(area, x, y) {
			t.Fatalf("(%d, %d) is not in %v", x, y, area)
		}
	}
	for _, area := range [][]int{door, roof, shape} {
		if x, y := methods.Inside(area); !methods.InArea(area, x, y) {
			t.Errorf("(%d, %d) is not in %v", x, y, area)
		}
	}
}

// The heat map of many pins everywhere is told in bounds.
func TestTheHeatMapIsBounded(t *testing.T) {
	t.Parallel()
	h := newHeat(Question{Kind: Pins}, &box{counts: make([]int, roughly*roughly)}).(*heat)
	r := rand.New(rand.NewPCG(laws.Seed(t), 6))
	for voter := range 10_000 {
		spots := make([]spot, MaxPins)
		for i := range spots {
			spots[i] = spot{X: r.IntN(sideLength + 1), Y: r.IntN(sideLength + 1)}
		}
		h.add(voter, &content{Spots: inOrder(spots)})
	}
	if told := encode(h.told(false)); len(told) > mostBytes {
		t.Errorf("it has %d bytes", len(told))
	}
	if got := runs([]int{0, 0, 3, 1, 0, 0, 0}); fmt.Sprint(got) != "[-2 3 1]" {
		t.Errorf("runs are %v", got)
	}
}
