package polls

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/polls/intake"
	"plenum/rooms"
)

// taken is what a file becomes.
func taken(t *testing.T, file string) imports {
	t.Helper()
	raw, err := fromFile("text/plain", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	var with imports
	decode(raw, &with)
	return with
}

// What a file says is what is asked, with keys and times; what cannot be asked
// is named by its line.
func TestAFileBecomesQuestions(t *testing.T) {
	t.Parallel()
	with := taken(t, strings.Join([]string{
		"question,type,option 1,option 2,right,seconds,points",
		"Fruit?,,Leek,Tomato,2,20,500",
		"Open?,,yes,no,,,",
		"High?,estimate,,,1.25:0.5,,",
		"Word?,,,,Tea;tee,,",
		"One option?,,only,,,,",
		"Pi?,estimate,,,3.14159,,",
		strings.Repeat("x", MaxPrompt+1) + ",,a,b,,,",
		"Long?,,a,b,,4000,",
		"All?,single,a,b,\"1,2\",,",
	}, "\n"))
	if len(with.Questions) != 4 {
		t.Fatalf("there are %d questions", len(with.Questions))
	}
	fruit, open, high, word := with.Questions[0], with.Questions[1], with.Questions[2], with.Questions[3]
	if fruit.Key == nil || fruit.Key.Right[0] != 1 || fruit.Worth != 500 || fruit.Seconds != 20 || fruit.Show != ByReveal {
		t.Errorf("the quiz question is %+v", fruit)
	}
	if open.Key != nil || open.Show != Live || open.Kind != Single {
		t.Errorf("the question without a right answer is %+v", open)
	}
	if *high.Truth != 1.25 || high.Decimals != 2 || high.Key.Within != 0.5 {
		t.Errorf("the estimate is %+v", high)
	}
	if word.Kind != Words || word.Most != 1 || len(word.Key.Accept) != 2 {
		t.Errorf("the word is %+v", word)
	}
	faults := ""
	for _, f := range with.Faults {
		faults += fmt.Sprintf("%d %s\n", f.Line, f.Because)
	}
	if want := "6 options\n7 decimals\n8 prompt\n9 seconds\n10 answer-key\n"; faults != want {
		t.Errorf("what cannot be asked is\n%swant\n%s", faults, want)
	}
}

func TestTheEdgesOfAFile(t *testing.T) {
	t.Parallel()
	rows := func(n, options int) string {
		var out strings.Builder
		out.WriteString("question")
		for i := range options {
			fmt.Fprintf(&out, ",option %d", i+1)
		}
		for q := range n {
			fmt.Fprintf(&out, "\nquestion %d", q)
			for i := range options {
				fmt.Fprintf(&out, ",answer %d", i)
			}
		}
		return out.String()
	}
	if with := taken(t, rows(MaxQuestions, MaxOptions)); len(with.Questions) != MaxQuestions || len(with.Questions[99].Options) != MaxOptions || with.Faults != nil {
		t.Errorf("of the largest file %d questions are read, with the faults %v", len(with.Questions), with.Faults)
	}
	if with := taken(t, rows(MaxQuestions+2, 2)); len(with.Questions) != MaxQuestions || len(with.Faults) != 2 || with.Faults[0].Because != "questions" || with.Faults[0].Line != 102 {
		t.Errorf("beyond the last question there is %v", with.Faults)
	}
	if with := taken(t, rows(1, MaxOptions+1)); len(with.Questions) != 0 || with.Faults[0].Because != "options" {
		t.Errorf("101 options are %v", with.Faults)
	}
	if with := taken(t, "question,option 1"+strings.Repeat("\nx,a", mostFaults+9)); len(with.Faults) != mostFaults {
		t.Errorf("%d faults are named", len(with.Faults))
	}
	if _, err := fromFile("text/csv", []byte("question,type\n")); code(err) != "no-questions" {
		t.Errorf("a table without rows: %v", err)
	}
}

// All questions are added, or none; nobody but hosts hears of them.
func TestImport(t *testing.T) {
	t.Parallel()
	s := run(t, "host writes tea: single Black|Green")
	raw, err := fromFile("text/plain", []byte("Which?{=a ~b}\n\nHigh?{#5}\n\nWhat? {}"))
	s.must("read", err)
	s.must("import", s.do("host", "import", json.RawMessage(raw)))
	ids := map[string]bool{}
	for _, c := range s.poll.deck {
		ids[c.ID] = true
		for _, o := range c.Options {
			ids[o.ID] = true
		}
	}
	if s.deck() != "tea draft 0:; Which? draft 0:; High? draft 0:; What? draft 0:" || len(ids) != 8 {
		t.Errorf("the deck is %s, with %d ids", s.deck(), len(ids))
	}
	if c := s.poll.deck[2]; c.Truth == nil || *c.Truth != 5 || c.Key == nil {
		t.Errorf("the estimate has no truth: %+v", c.Question)
	}
	if told := s.told(rooms.Participant); told != "" {
		t.Errorf("everybody is told %s", told)
	}
	before := s.deck()
	many := imports{}
	for range MaxQuestions - 3 {
		many.Questions = append(many.Questions, choice(2))
	}
	for name, c := range map[string]struct {
		with any
		want string
	}{
		"faults":       {imports{Questions: []Question{choice(2)}, Faults: []intake.Fault{{Line: 1}}}, "unread"},
		"nothing":      {imports{}, "no-questions"},
		"one is bad":   {imports{Questions: []Question{choice(2), choice(1)}}, "options"},
		"one too many": {many, "questions"},
		"junk":         {[]int{1}, "malformed"},
	} {
		if err := s.do("host", "import", c.with); code(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if s.deck() != before {
			t.Errorf("%s: the deck has become %s", name, s.deck())
		}
	}
	s.must("an id", s.do("host", "import", imports{Questions: []Question{with(func(q *Question) { q.ID = "q" })}}))
	if s.poll.deck.has("q") {
		t.Error("a question was imported under an id that it chose")
	}
	many.Questions = many.Questions[:MaxQuestions-len(s.poll.deck)]
	s.must("the last ones", s.do("host", "import", many))
	big := map[string]string{"note": strings.Repeat("x", mostAsked)}
	if err := s.do("host", "import", big); code(err) != "too-big" {
		t.Errorf("more than a command may hold: %v", err)
	}
}

// Looking at a file does nothing, and is for hosts, as adding it is.
func TestAFileIsLookedAt(t *testing.T) {
	t.Parallel()
	p := openPlace(t, 1, choice(2))
	file, ask := []byte("question,option 1,option 2,right\nWhich?,a,b,2\nOdd?,a,b,5\n"), rooms.Command{In: p.poll, Do: "import", Peer: "peer-of-person-0", N: p.n + 1}
	raw, err := p.hall.LookFile(t.Context(), p.code, "person-0", ask, "text/csv", file)
	if err != nil {
		t.Fatal(err)
	}
	var with imports
	if decode(raw, &with); len(with.Questions) != 1 || with.Questions[0].Key.Right[0] != 1 || len(with.Faults) != 1 || with.Faults[0].Line != 3 {
		t.Errorf("the file has %s", raw)
	}
	for name, try := range map[string]func(string, []byte) error{
		"look": func(who string, file []byte) error {
			_, err := p.hall.LookFile(t.Context(), p.code, who, ask, "text/csv", file)
			return err
		},
		"add": func(who string, file []byte) error {
			_, err := p.hall.DoFile(t.Context(), p.code, who, ask, "text/csv", file)
			return err
		},
	} {
		if err := try(person(1), file); code(err) != "role" {
			t.Errorf("%s by a participant: %v", name, err)
		}
		if err := try("person-0", []byte("Dear Ada")); code(err) != "questions-file" {
			t.Errorf("%s of a letter: %v", name, err)
		}
	}
	if n := len(p.deck().Questions); n != 1 {
		t.Errorf("looking has made %d questions", n)
	}
	if _, err := p.hall.DoFile(t.Context(), p.code, "person-0", ask, "text/csv", file); code(err) != "unread" {
		t.Errorf("a file with a fault: %v", err)
	}
	ask.N++
	if _, err := p.hall.DoFile(t.Context(), p.code, "person-0", ask, "text/csv", file[:bytes.Index(file, []byte("Odd"))]); err != nil {
		t.Error(err)
	}
	if deck := p.deck().Questions; len(deck) != 2 || deck[1].Prompt != "Which?" || deck[1].Key == nil {
		t.Errorf("the deck is %+v", deck)
	}
}

// As much as a room does at once.
func BenchmarkImport(b *testing.B) {
	var all imports
	for len(encode(all)) < mostAsked-4_000 {
		all.Questions = append(all.Questions, choice(MaxOptions))
	}
	p, with := &Poll{voters: newRoll()}, encode(all)
	b.SetBytes(int64(len(with)))
	for b.Loop() {
		if _, err := p.Decide(rooms.Command{Do: "import", With: with, From: rooms.Member{Role: rooms.Host}}); err != nil {
			b.Fatal(err)
		}
	}
}
