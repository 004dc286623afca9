package polls

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
)

// has is what a member has of the quiz: points, rank, streak; and of a question.
func (s *script) has(who, label string) string {
	s.t.Helper()
	mine := s.poll.Mine(rooms.Member{ID: "id-" + who, Role: rooms.Participant}).(Mine)
	var told []string
	if m := mine.Score; m != nil {
		told = append(told, fmt.Sprintf("%d points, rank %d of %d, streak %d", m.Points, m.Rank, m.Of, m.Streak))
	}
	if g := mine.Ballots[s.labels[label]].Gain; g != nil {
		told = append(told, fmt.Sprintf("%d+%d right=%v in %d", g.Points, g.Bonus, g.Right, g.Took))
	}
	return strings.Join(told, "; ")
}

func (s *script) wants(who, label, want string) {
	s.t.Helper()
	if got := s.has(who, label); got != want {
		s.t.Errorf("%s has %q of %s, not %q", who, got, label, want)
	}
}

// rules are the quiz's from now on.
func (s *script) rules(r Rules) {
	s.t.Helper()
	s.must("rules", s.do("host", "rules", r))
}

// board is the leader board as it is shown.
func (s *script) board() string {
	s.t.Helper()
	s.must("rank", s.do("host", "rank", map[string]any{"show": "board"}))
	var rows []string
	for _, r := range s.poll.View(watchers()[0]).(AudienceView).Quiz.Board.Rows {
		rows = append(rows, fmt.Sprintf("%d %s %d (%d)", r.Rank, strings.TrimPrefix(r.Member, "id-"), r.Points, r.Was))
	}
	return strings.Join(rows, ", ")
}

func TestAQuizByWhatIsRight(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green|White right=1 worth=500 seconds=30
		host writes oil: multiple A|B|C|D right=0,2
		host opens tea
		ann votes tea: Green
		bob votes tea: White
		time +5s
		cid votes tea: Black
		cid votes tea: Green
		host reveals tea -> open
		host closes tea`)
	s.wants("ann", "tea", "")
	s.run("host reveals tea")
	s.wants("ann", "tea", "500 points, rank 1 of 3, streak 1; 500+0 right=true in 0")
	s.wants("bob", "tea", "0 points, rank 3 of 3, streak 0; 0+0 right=false in 0")
	s.wants("cid", "tea", "500 points, rank 1 of 3, streak 1; 500+0 right=true in 5000")
	s.run(`
		host opens tea -> shown
		save
		host opens oil
		ann votes oil: A, B
		bob votes oil: A, C
		cid votes oil: A
		dan votes oil: A, C, D
		cid votes oil: nothing
		host closes oil
		host reveals oil`)
	s.wants("ann", "oil", "500 points, rank 2 of 4, streak 0; 0+0 right=false in 0")
	s.wants("bob", "oil", "1000 points, rank 1 of 4, streak 1; 1000+0 right=true in 0")
	s.wants("cid", "oil", "500 points, rank 2 of 4, streak 0; 0+0 right=false in 0")
	s.wants("dan", "oil", "500 points, rank 2 of 4, streak 0; 500+0 right=false in 0")
	if got := s.board(); got != "1 bob 1000 (3), 2 ann 500 (1), 2 cid 500 (1), 2 dan 500 (0)" {
		t.Errorf("the board is %s", got)
	}
	// A flawed question is dropped, and nobody keeps its points.
	s.run("save\nhost drops oil")
	s.wants("bob", "tea", "0 points, rank 3 of 4, streak 1; 0+0 right=false in 0")
	// Another round takes the place of the one before.
	s.run(`
		host repeats tea
		host opens tea
		bob votes tea: Green
		host closes tea`)
	s.wants("ann", "tea", "500 points, rank 1 of 4, streak 0")
	s.run("host reveals tea")
	s.wants("ann", "tea", "0 points, rank 2 of 4, streak 0")
	s.wants("bob", "tea", "500 points, rank 1 of 4, streak 2; 500+0 right=true in 0")
}

func TestAQuizByTime(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green right=1 seconds=20 show=closed
		host writes oil: single A|B right=0 seconds=20 show=closed`)
	s.rules(Rules{Speed: true, Streak: true, Reading: 5})
	s.must("allow", s.do("host", "allow", map[string]any{"member": "id-dan", "more": 200}))
	s.must("allow", s.do("host", "allow", map[string]any{"member": "id-eve", "more": noLimit}))
	s.run(`
		host opens tea
		time +4s
		ann votes tea: Green -> closed
		host extends tea by 0 -> seconds
		time +2s
		ann votes tea: Green
		time +9s
		bob votes tea: Green
		cid votes tea: Green
		cid votes tea: Black
		dan votes tea: Green
		time +9s
		cid votes tea: Green
		time +1s
		cid votes tea: Green -> closed
		wake
		ann votes tea: Black -> closed
		time +200s
		wake
		eve votes tea: Green
		wake`)
	if c, _ := s.poll.deck.find(s.labels["tea"]); c.State != Closed || c.Closes != s.now {
		t.Fatalf("the last answer came, and it is %+v", c.Status)
	}
	s.wants("ann", "tea", "1000 points, rank 1 of 5, streak 1; 1000+0 right=true in 1000")
	s.wants("bob", "tea", "763 points, rank 4 of 5, streak 1; 763+0 right=true in 10000")
	s.wants("cid", "tea", "526 points, rank 5 of 5, streak 1; 526+0 right=true in 19000")
	s.wants("dan", "tea", "894 points, rank 3 of 5, streak 1; 894+0 right=true in 5000")
	s.wants("eve", "tea", "1000 points, rank 1 of 5, streak 1; 1000+0 right=true in 0")
	s.run(`
		save
		host opens oil
		time +5s
		bob votes oil: A
		host closes oil`)
	s.wants("bob", "oil", "1863 points, rank 1 of 5, streak 2; 1000+100 right=true in 0")
	s.wants("ann", "oil", "1000 points, rank 2 of 5, streak 0")
}

// Nobody below a host is told what is right, by whatever way, before everybody
// is: two quizzes that differ in nothing else cannot be told apart.
func TestTheKeyIsToldToNobody(t *testing.T) {
	t.Parallel()
	one, other := newScript(t), newScript(t)
	both := func(line string, alike bool) {
		t.Helper()
		from, others := len(one.log), len(other.log)
		one.run(line)
		other.run(strings.NewReplacer("right=0", "right=1").Replace(line))
		for _, m := range append(watchers()[:3], rooms.Member{ID: "id-ann", Role: rooms.Participant}) {
			a, b := reaches(one.poll, m, one.log[from:]), reaches(other.poll, m, other.log[others:])
			if (a == b) != alike {
				t.Fatalf("after %q: alike is %v\n%s\n%s", line, a == b, a, b)
			}
		}
	}
	for _, line := range []string{
		"host writes tea: single Black|Green|White right=0 seconds=30", "host presents tea", "host opens tea",
		"ann votes tea: Black", "bob votes tea: Green", "host extends tea by 60", "save", "host presents nothing", "host presents tea",
		"host writes tea: single Black|Green|White right=0 seconds=20 show=closed", "host writes tea: single Black|Green|White right=0 show=revealed",
		"host closes tea", "save",
	} {
		both(line, true)
	}
	both("host reveals tea", false)
	// What is right cannot change under the ballots.
	one.run("host writes tea: single Black|Green|White right=2 -> voted")
}

func TestAQuizIsRefusedInWords(t *testing.T) {
	t.Parallel()
	options := choice(3).Options
	truth := 5.0
	for name, c := range map[string]struct {
		q    Question
		want string
	}{
		"the first":          {Question{Kind: Single, Options: options, Key: &Key{Right: []int{0}}}, ""},
		"the last":           {Question{Kind: Single, Options: options, Key: &Key{Right: []int{2}}}, ""},
		"beyond":             {Question{Kind: Single, Options: options, Key: &Key{Right: []int{3}}}, "answer-key"},
		"before":             {Question{Kind: Single, Options: options, Key: &Key{Right: []int{-1}}}, "answer-key"},
		"none":               {Question{Kind: Single, Options: options, Key: &Key{}}, "answer-key"},
		"all":                {Question{Kind: Single, Options: options, Key: &Key{Right: []int{0, 1, 2}}}, "answer-key"},
		"all of several":     {Question{Kind: Multiple, Options: options, Key: &Key{Right: []int{0, 1, 2}}}, ""},
		"more than possible": {Question{Kind: Multiple, Most: 2, Options: options, Key: &Key{Right: []int{0, 1, 2}}}, "answer-key"},
		"live":               {Question{Kind: Single, Options: options, Show: Live, Key: &Key{Right: []int{0}}}, "live"},
		"a lot":              {Question{Kind: Single, Options: options, Worth: MaxWorth, Key: &Key{Right: []int{0}}}, ""},
		"too much":           {Question{Kind: Single, Options: options, Worth: MaxWorth + 1, Key: &Key{Right: []int{0}}}, "worth"},
		"less than nothing":  {Question{Kind: Single, Options: options, Worth: -1, Key: &Key{Right: []int{0}}}, "worth"},
		"a number":           {Question{Kind: Estimate, Special: Special{Truth: &truth}, Key: &Key{Within: 2}}, ""},
		"no number":          {Question{Kind: Estimate, Key: &Key{Within: 2}}, "answer-key"},
		"too near":           {Question{Kind: Estimate, Special: Special{Truth: &truth}, Key: &Key{Within: -1}}, "answer-key"},
		"a word":             {Question{Kind: Words, Most: 1, Key: &Key{Accept: slices.Repeat([]string{"Tea"}, MaxAccepted)}}, ""},
		"many words":         {Question{Kind: Words, Most: 1, Key: &Key{Accept: slices.Repeat([]string{"Tea"}, MaxAccepted+1)}}, "answer-key"},
		"guesses":            {Question{Kind: Words, Most: 2, Key: &Key{Accept: []string{"Tea"}}}, "answer-key"},
		"nothing to be seen": {Question{Kind: Wall, Most: 1, Key: &Key{Accept: []string{"\u200b"}}}, "answer-key"},
		"a rating":           {Question{Kind: Rating, Key: &Key{Right: []int{0}}}, "answer-key"},
	} {
		s := newScript(t)
		c.q.Prompt = "tea"
		if err := s.do("host", "write", map[string]any{"question": c.q}); code(err) != c.want {
			t.Errorf("%s: %v, not %q", name, err, c.want)
		}
	}
	s := newScript(t)
	for _, c := range []struct{ do, with, want string }{
		{"rules", `{"speed":true,"streak":true,"reading":60}`, ""},
		{"rules", `{"speed":true,"streak":true,"reading":61}`, "reading"},
		{"rules", `{"speed":true,"streak":true}`, "malformed"},
		{"allow", `{"member":"ann","more":175}`, "more-time"},
		{"allow", `{"member":"","more":150}`, "malformed"},
		{"rank", `{"show":"board"}`, "no-score"},
		{"rank", `{"show":"wall"}`, "malformed"},
	} {
		if err := s.do("host", c.do, rawOf(c.with)); code(err) != c.want {
			t.Errorf("%s %s: %v, not %q", c.do, c.with, err, c.want)
		}
	}
	for i := range mostMore {
		s.must("allow", s.do("host", "allow", map[string]any{"member": fmt.Sprintf("m%d", i), "more": 150}))
	}
	if err := s.do("host", "allow", map[string]any{"member": "one-more", "more": 150}); code(err) != "many-more" {
		t.Errorf("one more: %v", err)
	}
	s.must("allow", s.do("host", "allow", map[string]any{"member": "m7", "more": 0}))
	s.must("allow", s.do("host", "allow", map[string]any{"member": "one-more", "more": 150}))
}

// Texts and numbers are right as far as the key says.
func TestNumbersAndTextsOfAQuiz(t *testing.T) {
	t.Parallel()
	truth := 12.5
	s := newScript(t)
	for _, q := range []Question{
		{Kind: Estimate, Prompt: "high", Special: Special{Truth: &truth, Decimals: 1}, Key: &Key{Within: 0.5}},
		{Kind: Words, Prompt: "drink", Most: 1, Key: &Key{Accept: []string{"Tea", "café"}}},
	} {
		s.must("write", s.do("host", "write", map[string]any{"question": q}))
	}
	s.run("host opens high\nhost opens drink")
	for who, c := range map[string]struct {
		number float64
		text   string
	}{"ann": {12, " TEA "}, "bob": {13, "cafe\u0301"}, "cid": {13.1, "teas"}} {
		high, drink := s.labels["high"], s.labels["drink"]
		s.must(who, s.do(who, "vote", map[string]any{"question": high, "round": 1, "turn": 1, "number": c.number}))
		s.must(who, s.do(who, "vote", map[string]any{"question": drink, "round": 1, "turn": 1, "texts": []string{c.text}}))
	}
	s.run("save\nhost closes high\nhost reveals high\nhost closes drink\nhost reveals drink")
	s.wants("ann", "high", "2000 points, rank 1 of 3, streak 2; 1000+0 right=true in 0")
	s.wants("bob", "high", "2000 points, rank 1 of 3, streak 2; 1000+0 right=true in 0")
	s.wants("cid", "high", "0 points, rank 3 of 3, streak 0; 0+0 right=false in 0")
}

func rawOf(with string) any {
	var of any
	decode([]byte(with), &of)
	return of
}
