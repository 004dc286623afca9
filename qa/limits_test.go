package qa

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

func TestTextsAtTheEdge(t *testing.T) {
	t.Parallel()
	const face = "😀" // two units
	for _, c := range []struct{ do, key, text, want string }{
		{"ask", "text", strings.Repeat("a", MaxText), ""},
		{"ask", "text", strings.Repeat("a", MaxText+1), "question"},
		{"ask", "text", strings.Repeat(face, MaxText/2), ""},
		{"ask", "text", strings.Repeat("a", MaxText-1) + face, "question"},
		{"ask", "text", " " + strings.Repeat("€", MaxText) + strings.Repeat("\n", 100), ""},
		{"ask", "text", " \n\u2003\u202e\u0007", "empty"},
		{"ask", "text", "a\ufffdb", "bad-text"},
		{"edit", "text", strings.Repeat("b", MaxText), ""},
		{"edit", "text", strings.Repeat("b", MaxText+1), "question"},
		{"edit", "text", "", "empty"},
		{"dismiss", "reason", strings.Repeat("a", MaxReason), ""},
		{"dismiss", "reason", strings.Repeat("a", MaxReason+1), "reason"},
		{"answer", "text", strings.Repeat("a", MaxAnswer), ""},
		{"answer", "text", strings.Repeat("a", MaxAnswer+1), "answer"},
		{"answer", "text", "\ufffd", "bad-text"},
	} {
		s := run(t, "host asks Tea")
		err := s.do("host", c.do, map[string]any{"question": s.ids["Tea"], c.key: c.text})
		if code(err) != c.want {
			t.Errorf("%s with %d units: %v, want %q", c.do, rooms.Units(c.text), err, c.want)
		}
	}
}

func TestTextsAreMadeClean(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	if err := s.do("ann", "ask", `{"text":"\ttwo\u202e\r\nlines\u0000, <b> e\u0301 "}`); err != nil {
		t.Fatal(err)
	}
	if got := s.qa.slots.all()[0].Text; got != "two\nlines, <b> e\u0301" {
		t.Errorf("%q", got)
	}
}

func (s *script) ask(who string, n int) error {
	return s.do(who, "ask", map[string]any{"text": fmt.Sprint("question", n)})
}

func TestOpenQuestionsOfOnePerson(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	for n := range MaxOpen {
		if err := s.ask("ann", n); err != nil {
			t.Fatalf("question %d: %v", n, err)
		}
	}
	if err := s.ask("ann", 99); code(err) != "many-open" {
		t.Errorf("one more: %v", err)
	}
	s.run("bob asks Tea")
	for i, free := range []string{"host answers question3", "host dismisses question4", "ann withdraws question5", "host merges question6 into Tea"} {
		s.run(free)
		if err := s.ask("ann", 100+i); err != nil {
			t.Errorf("after %q: %v", free, err)
		}
	}
	if err := s.ask("ann", 199); code(err) != "many-open" {
		t.Errorf("one more: %v", err)
	}
}

// full is an activity with as many questions as it holds, each of a person of
// their own.
func full(t *testing.T) *script {
	s := newScript(t)
	for n := range MaxQuestions {
		id := uint64(n + 1)
		s.seq = id
		by := rooms.Audience{Only: fmt.Sprint("id-p", n)}
		q := Question{ID: id, Text: fmt.Sprint("question", n), At: int64(n), State: Shown}
		for _, e := range []rooms.Event{event("asked", by, own{q}), event("listed", toAll, listed{Counted{q, 1}})} {
			e.Seq, e.By = id, by.Only
			s.apply(e)
		}
	}
	return s
}

func TestQuestionsAtTheEdge(t *testing.T) {
	t.Parallel()
	s := full(t)
	if err := s.ask("ann", 1); code(err) != "many-questions" {
		t.Errorf("one more: %v", err)
	}
	s.run("p77 withdraws question77")
	s.ids["question77"] = 0
	if err := s.ask("ann", 5000); err != nil {
		t.Errorf("in the place of another: %v", err)
	}
	if err := s.ask("bob", 5001); code(err) != "many-questions" {
		t.Errorf("one more: %v", err)
	}
	s.save()
	if err := s.ask("bob", 5001); code(err) != "many-questions" {
		t.Errorf("one more after a checkpoint: %v", err)
	}
}

// However many ask and withdraw, a digest counts at most a hundred questions
// and there are at most twenty of them; and only what changed is another.
func TestDigestsAreBounded(t *testing.T) {
	t.Parallel()
	s := full(t)
	for n := range 300 {
		s.run(fmt.Sprintf("p%d withdraws question%d", n, n))
		if err := s.ask(fmt.Sprint("p", n), 10_000+n); err != nil {
			t.Fatal(err)
		}
	}
	before := s.qa.Digests(rooms.Participant)
	s.run("zoe votes question1234")
	after := s.qa.Digests(rooms.Participant)
	changed := 0
	for i, d := range after {
		raw := encode(d.With)
		var told struct{ People map[string]int }
		decode(raw, &told)
		if len(told.People) > digestPage || len(raw) > 32*digestPage {
			t.Errorf("digest %s: %d questions, %d bytes", d.Key, len(told.People), len(raw))
		}
		if string(encode(before[i].With)) != string(raw) {
			changed++
		}
	}
	if len(after) != MaxQuestions/digestPage || changed != 1 {
		t.Errorf("%d digests, %d of them changed by a vote", len(after), changed)
	}
}

func TestTurnsAtTheEdge(t *testing.T) {
	t.Parallel()
	s := run(t, "ann asks Tea")
	for turn, want := range map[int]string{0: "malformed", -1: "malformed", MaxTurn + 1: "malformed"} {
		if err := s.do("bob", "vote", map[string]any{"question": s.ids["Tea"], "turn": turn}); code(err) != want {
			t.Errorf("turn %d: %v", turn, err)
		}
	}
	s.run(fmt.Sprintf(`
		bob votes Tea turn=%d
		all: Tea by ann 2
		save
		bob votes Tea turn=%d
		all: Tea by ann 2`, MaxTurn, MaxTurn-1))
}

func TestMergedAtTheEdge(t *testing.T) {
	t.Parallel()
	s := run(t, "ann asks Tea")
	for n := range MaxMerged + 1 {
		if err := s.ask(fmt.Sprint("p", n), n); err != nil {
			t.Fatal(err)
		}
		want := ""
		if n == MaxMerged {
			want = " -> many-merged"
		}
		s.run(fmt.Sprintf("host merges question%d into Tea%s", n, want))
	}
	if q := s.qa.slots.find(s.ids["Tea"]); q.people != MaxMerged+1 {
		t.Errorf("%d people", q.people)
	}
	s.run("bob asks Cake\nhost merges question50 into Cake\nhost merges Cake into Tea -> many-merged")
}

// Of what is over, a person is told the newest of theirs.
func TestMineIsBounded(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	for n := range MaxPast + 5 {
		if err := s.ask("ann", n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			s.run(fmt.Sprintf("host dismisses question%d", n))
		}
	}
	mine := s.qa.Mine(rooms.Member{ID: "id-ann"}).(Mine)
	if n := len(mine.Questions); n != MaxPast+1 || mine.Questions[0].Text != "question24" || mine.Questions[n-1].Text != "question0" {
		t.Errorf("%d questions: %+v", n, mine.Questions)
	}
}

func TestContentAsSent(t *testing.T) {
	t.Parallel()
	s := run(t, "ann asks Tea")
	id := fmt.Sprint(s.ids["Tea"])
	for _, c := range []struct{ do, with, want string }{
		{"ask", `{}`, "malformed"}, {"ask", `{"text":null}`, "malformed"}, {"ask", `{"text":17}`, "malformed"}, {"ask", `null`, "malformed"},
		{"ask", `{"text":"a","unnamed":1}`, "malformed"}, {"ask", "{\"text\":\"\xff\"}", "bad-text"}, {"ask", `{"text":"\ud83d"}`, "bad-text"},
		{"vote", `{"turn":1}`, "malformed"}, {"vote", `{"question":` + id + `}`, "malformed"}, {"vote", `{"question":"` + id + `","turn":1}`, "malformed"},
		{"vote", `{"question":-1,"turn":1}`, "malformed"}, {"vote", `{"question":1.5,"turn":1}`, "malformed"}, {"vote", `{"question":0,"turn":1}`, "no-question"},
		{"vote", `{"question":` + id + `,"turn":1e99}`, "malformed"}, {"approve", `{}`, "malformed"}, {"approve", `{"question":7777}`, "no-question"},
		{"pin", `{"question":` + id + `}`, "malformed"}, {"merge", `{"question":` + id + `}`, "malformed"}, {"merge", `{"question":` + id + `,"into":0}`, "no-question"},
		{"take", `{}`, "malformed"}, {"set", `{"closed":"yes"}`, "malformed"}, {"shout", `{}`, "unknown"},
		{"answer", `{"question":` + id + `,"text":"` + strings.Repeat("a", mostAsked) + `"}`, "too-big"},
	} {
		if err := s.do("host", c.do, json.RawMessage(c.with)); code(err) != c.want {
			t.Errorf("%s %.60s: %v, want %q", c.do, c.with, err, c.want)
		}
	}
	s.run("all: Tea by ann 1")
}

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "null", "{}", `{"moderated":true}`} {
		if _, err := Kind.New(json.RawMessage(good)); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"[]", `"a"`, "{", `{"closed":1}`} {
		if _, err := Kind.New(json.RawMessage(bad)); code(err) != "malformed" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestBadCheckpoints(t *testing.T) {
	t.Parallel()
	good := `{"listed":2,"voters":["a"],"questions":[{"id":1,"state":"shown","asker":0,"votes":"AAE="},{"id":2,"state":"merged","into":1,"asker":0}]}`
	if err := newScript(t).qa.Load([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]string{
		{good, ""}, {good, "[]"}, {`["a"]`, `["a","a"]`}, {`"listed":2`, `"listed":3`}, {`"listed":2`, `"listed":2,"shown":3`}, {`"listed":2`, `"listed":2,"now":7`},
		{`"asker":0}]`, `"asker":1}]`}, {`"id":2`, `"id":1`}, {`"AAE="`, `"AQE="`}, {`"AAE="`, `"AAA="`}, {`"AAE="`, `"AA=="`},
		{`"into":1`, `"into":2`}, {`"into":1`, `"into":9`}, {`"state":"shown"`, `"state":"merged","into":2`},
	} {
		bad := strings.Replace(good, pair[0], pair[1], 1)
		if err := newScript(t).qa.Load([]byte(bad)); err == nil {
			t.Errorf("%s was loaded", bad)
		}
	}
}
