package delta

import "testing"

// counterexamples are the smallest cases in which a neighbouring set of rules
// goes wrong: over the history step by step, and over its composition, the late
// change would not do the same.
var counterexamples = []struct {
	wrong, document string
	history         [2]string
	late, want      string // want is the document at the end
}{
	{"an insert moves before a delete", "q", [2]string{`[{"retain":1},{"insert":"B"}]`, `[{"delete":1}]`}, `[{"insert":"L"}]`, `[{"insert":"LB"}]`},
	{"the late one goes left", "p", [2]string{`[{"delete":1}]`, `[{"insert":"H"}]`}, `[{"retain":1},{"insert":"L"}]`, `[{"insert":"HL"}]`},
	{"compose puts deletes first", "p", [2]string{`[{"delete":1}]`, `[{"insert":"H"}]`}, `[{"insert":"L"}]`, `[{"insert":"HL"}]`},
	{"compose forgets null", "p", [2]string{`[]`, `[{"retain":1,"attributes":{"b":null}}]`}, `[{"retain":1,"attributes":{"b":1}}]`, `[{"insert":"p"}]`},
	{"nobody yields an attribute", "p", [2]string{`[{"retain":1,"attributes":{"c":null}}]`, `[]`}, `[{"retain":1,"attributes":{"c":1}}]`, `[{"insert":"p"}]`},
	{"history squashed by a diff", "p", [2]string{`[{"delete":1}]`, `[{"insert":"p"}]`}, `[{"delete":1}]`, `[{"insert":"p"}]`},
	{"folded after it was sent", "p", [2]string{`[{"retain":1},{"insert":"W"}]`, `[]`}, `[{"delete":1}]`, `[{"insert":"W"}]`},
}

func TestCounterexamples(t *testing.T) {
	t.Parallel()
	for _, c := range counterexamples {
		t.Run(c.wrong, func(t *testing.T) {
			t.Parallel()
			h1, h2, late := parse(c.history[0]), parse(c.history[1]), parse(c.late)
			both := must(Compose(h1, h2))
			step, _ := Transform(late, h1)
			step, _ = Transform(step, h2)
			once, _ := Transform(late, both)
			if !step.Equal(once) {
				t.Errorf("step by step %s, at once %s", step, once)
			}
			end := must(Apply(must(Apply(Delta{Write(c.document, nil)}, both)), once))
			if end.String() != c.want {
				t.Errorf("got %s, want %s", end, c.want)
			}
		})
	}
}

// The last of the counterexamples is about what was sent (x) and what was not
// (y): folded together they do not end where they end one by one.
func TestFoldingWhatWasSent(t *testing.T) {
	t.Parallel()
	h, x, y := parse(`[{"retain":1},{"insert":"W"}]`), parse(`[{"delete":1}]`), parse(`[{"insert":"L"}]`)
	document := Delta{Write("p", nil)}
	x2, h2 := Transform(x, h)
	y2, _ := Transform(y, h2)
	apart := must(Apply(document, must(ComposeAll([]Delta{h, x2, y2}))))
	folded, _ := Transform(must(Compose(x, y)), h)
	together := must(Apply(document, must(Compose(h, folded))))
	if apart.String() != `[{"insert":"WL"}]` || together.String() != `[{"insert":"LW"}]` {
		t.Errorf("apart %s, folded %s", apart, together)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	compose := func(a, b string) func() string {
		return func() string { return must(Compose(parse(a), parse(b))).String() }
	}
	late := func(x, a string) func() string {
		return func() string { x, _ := Transform(parse(x), parse(a)); return x.String() }
	}
	committed := func(x, a string) func() string {
		return func() string { _, a := Transform(parse(x), parse(a)); return a.String() }
	}
	normal := func(d string) func() string { return func() string { return parse(d).Normal().String() } }
	invert := func(x, d string) func() string {
		return func() string { return must(Invert(parse(x), parse(d))).String() }
	}
	cases := []struct {
		rule string
		got  func() string
		want string
	}{
		{"R1 delete, insert stays", normal(`[{"delete":1},{"insert":"a"}]`), `[{"delete":1},{"insert":"a"}]`},
		{"R1 insert, delete stays", normal(`[{"insert":"a"},{"delete":1}]`), `[{"insert":"a"},{"delete":1}]`},
		{"R2 deletes merge", normal(`[{"delete":1},{"delete":2}]`), `[{"delete":3}]`},
		{"R2 retains merge", normal(`[{"retain":1},{"retain":2},{"delete":1}]`), `[{"retain":3},{"delete":1}]`},
		{"R2 null counts", normal(`[{"retain":1,"attributes":{"b":null}},{"retain":2}]`), `[{"retain":1,"attributes":{"b":null}}]`},
		{"R2 texts merge", normal(`[{"insert":"a"},{"insert":"b"},{"insert":"c","attributes":{"b":1}}]`), `[{"insert":"ab"},{"insert":"c","attributes":{"b":1}}]`},
		{"R2 embeds do not", normal(`[{"insert":{"image":1}},{"insert":{"image":1}}]`), `[{"insert":{"image":1}},{"insert":{"image":1}}]`},
		{"R2 not across another", normal(`[{"delete":1},{"insert":"a"},{"delete":1}]`), `[{"delete":1},{"insert":"a"},{"delete":1}]`},
		{"R2 no idle retain at the end", normal(`[{"insert":"a"},{"retain":3}]`), `[{"insert":"a"}]`},
		{"R3 (i) before (ii)", compose(`[{"delete":1}]`, `[{"insert":"a"}]`), `[{"insert":"a"},{"delete":1}]`},
		{"R3 (i) before all deletes of the gap", compose(`[{"delete":1},{"insert":"x"},{"delete":1}]`, `[{"insert":"a"},{"delete":1}]`), `[{"insert":"a"},{"delete":2}]`},
		{"R3 delete over retain", compose(`[{"retain":2}]`, `[{"delete":1}]`), `[{"delete":1}]`},
		{"R3 delete over insert", compose(`[{"insert":"ab"}]`, `[{"delete":1}]`), `[{"insert":"b"}]`},
		{"R4 committed goes left, late", late(`[{"insert":"L"}]`, `[{"insert":"C"}]`), `[{"retain":1},{"insert":"L"}]`},
		{"R4 committed goes left, committed", committed(`[{"insert":"L"}]`, `[{"insert":"C"}]`), `[{"insert":"C"}]`},
		{"R4 both delete", late(`[{"delete":2}]`, `[{"retain":1},{"delete":2}]`), `[{"delete":1}]`},
		{"R5 committed wins", late(`[{"retain":1,"attributes":{"a":1,"b":1}}]`, `[{"retain":1,"attributes":{"b":2}}]`), `[{"retain":1,"attributes":{"a":1}}]`},
		{"R5 also with null", late(`[{"retain":1,"attributes":{"b":1}}]`, `[{"retain":1,"attributes":{"b":null}}]`), `[]`},
		{"R5 also with the same", late(`[{"retain":1,"attributes":{"b":1}}]`, `[{"retain":1,"attributes":{"b":1}}]`), `[]`},
		{"R5 committed keeps all", committed(`[{"retain":1,"attributes":{"b":1}}]`, `[{"retain":1,"attributes":{"b":1}}]`), `[{"retain":1,"attributes":{"b":1}}]`},
		{"R5 null stays on retains", compose(`[{"retain":1,"attributes":{"b":1}}]`, `[{"retain":1,"attributes":{"b":null}}]`), `[{"retain":1,"attributes":{"b":null}}]`},
		{"R5 no null on inserts", compose(`[{"insert":"a","attributes":{"b":1}}]`, `[{"retain":1,"attributes":{"b":null,"c":null}}]`), `[{"insert":"a"}]`},
		{"R5 no net change is kept", compose(`[{"retain":1,"attributes":{"b":null}}]`, `[{"retain":1,"attributes":{"b":1}}]`), `[{"retain":1,"attributes":{"b":1}}]`},
		{"R6 the pair of rules", late(`[{"insert":"L"}]`, `[{"insert":"H"},{"delete":1}]`), `[{"retain":1},{"insert":"L"}]`},
		{"R7 in order", invert(`[{"insert":"x"},{"delete":1},{"retain":1},{"delete":1},{"insert":"y"}]`, `[{"insert":"abc"}]`), `[{"delete":1},{"insert":"a"},{"retain":1},{"insert":"c"},{"delete":1}]`},
		{"R7 attributes", invert(`[{"retain":2,"attributes":{"b":2,"c":null}}]`, `[{"insert":"a","attributes":{"b":1}},{"insert":"d","attributes":{"c":1}}]`), `[{"retain":1,"attributes":{"b":1,"c":null}},{"retain":1,"attributes":{"b":null,"c":1}}]`},
		{"R10 unsent edits fold", compose(`[{"insert":"a"}]`, `[{"retain":1},{"insert":"b"}]`), `[{"insert":"ab"}]`},
		{"R11 squashed by compose", compose(`[{"delete":1}]`, `[{"insert":"p"}]`), `[{"insert":"p"},{"delete":1}]`},
	}
	for _, c := range cases {
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			if got := c.got(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// R8: a catch-up is cut at the asking client's own commits. What was committed
// before it (h1) and after it (h2) must reach what the client has not sent yet
// (y) on its own side each; the client's own x in the middle is no foreign one.
func TestCatchUpIsCutAtOwn(t *testing.T) {
	t.Parallel()
	w := writer{seeded(t)}
	for range 2000 {
		document := w.document()
		x, h1 := w.change(document), w.change(document)
		mine := must(Apply(document, x))
		y := w.change(mine)
		x1, f1 := Transform(x, h1)
		y1, g1 := Transform(y, f1)
		committed := must(Apply(must(Apply(document, h1)), x1))
		h2 := w.change(committed)
		y2, g2 := Transform(y1, h2)
		client := must(Apply(must(Apply(must(Apply(mine, y)), g1)), g2))
		server := must(Apply(must(Apply(committed, h2)), y2))
		if !client.Equal(server) {
			t.Fatalf("the client has %s, the server %s", client, server)
		}
	}
}

func must(d Delta, err error) Delta {
	if err != nil {
		panic(err)
	}
	return d
}
