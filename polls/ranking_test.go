package polls

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
	"plenum/rooms/laws"
)

// names puts words for ids.
func (s *script) names(label, text string) string {
	for key, id := range s.labels {
		if option, ok := strings.CutPrefix(key, label+" "); ok {
			text = strings.ReplaceAll(text, id, option)
		}
	}
	return text
}

func TestARankingIsCountedInOrder(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes trip: ranking Lake|Town|Home least=2
		host opens trip
		ann votes trip: Town, Lake, Home
		bob votes trip: Lake, Town
		cleo votes trip: Town -> options
		cleo votes trip: Town, Town -> options
		cleo votes trip: Home, Town
		ann votes trip: Lake, Home, Town
		save
		cleo votes trip: nothing
		bob votes trip: Home, Lake turn=1
		dan rates trip: 3 -> score`)
	c, _ := s.poll.deck.find(s.labels["trip"])
	if got := s.names("trip", string(encode(c.results()))); got != `{"people":2,"counts":{"Lake":2,"Town":0,"Home":0},"points":{"Lake":4,"Town":1,"Home":1}}` {
		t.Error(got)
	}
	if got := s.names("trip", string(encode(s.poll.Mine(rooms.Member{ID: "id-ann"})))); !strings.Contains(got, `"options":["Lake","Home","Town"]`) {
		t.Errorf("ann has %s", got)
	}
}

func TestRankingsAtTheEdge(t *testing.T) {
	t.Parallel()
	for want, all := range map[string][]string{
		"": {
			"2", "20", "3 seats=2", "20 seats=19", "3 seats=1 method=borda", "3 seats=2 method=stv ties=order", "3 method=irv ties=shown",
			"3 least=3 most=3", "3 seats=2 method=schulze",
		},
		"options":   {"21", "1"},
		"seats":     {"3 seats=3", "3 seats=-1", "2 seats=2"},
		"counting":  {"3 seats=2 method=irv", "3 seats=1 method=stv", "3 method=approval", "3 method=dice"},
		"malformed": {"3 ties=coin"},
		"bounds":    {"3 least=4", "3 least=2 most=1", "3 most=4"},
	} {
		for _, line := range all {
			s := newScript(t)
			number, rest, _ := strings.Cut(line, " ")
			var options []string
			for i := range map[string]int{"1": 1, "2": 2, "3": 3, "20": 20, "21": 21}[number] {
				options = append(options, fmt.Sprintf("o%d", i))
			}
			end := ""
			if want != "" {
				end = " -> " + want
			}
			s.run(fmt.Sprintf("host writes trip: ranking %s %s%s", strings.Join(options, "|"), rest, end))
		}
	}
	q, err := Question{Kind: Single, Prompt: "p", Options: []Option{{Text: "a"}, {Text: "b"}}, Seats: 3, Method: "x", Ties: "y"}.checked()
	if err != nil || q.Seats != 0 || q.Method != "" || q.Ties != "" {
		t.Errorf("a choice with seats is %+v: %v", q, err)
	}
}

// Any ranking of up to 20 options comes back from a checkpoint as it was; what
// is no ranking does not come in.
func TestRankingsAreKept(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 3))
	for n := 2; n <= MaxRanked; n++ {
		q := choice(n)
		q.Kind = Ranking
		q, err := q.checked()
		if err != nil {
			t.Fatal(err)
		}
		b := newBox(q)
		for voter := range 40 {
			var p picks
			for at, slot := range r.Perm(n)[:r.IntN(n+1)] {
				p.rank(slot, at)
			}
			b.put(voter, ballot{turn: 1 + r.Uint64N(MaxTurn), picks: p})
		}
		again := newBox(q)
		if err := again.unpack(packed(b.pages, q.wide()), q.wide(), 40); err != nil {
			t.Fatal(err)
		}
		for voter := range 40 {
			if again.at(voter) != b.at(voter) {
				t.Fatalf("%d options: %v came back as %v", n, b.at(voter), again.at(voter))
			}
		}
		if !slices.Equal(again.counts, b.counts) || !slices.Equal(again.points, b.points) {
			t.Errorf("%d options: %v %v came back as %v %v", n, b.counts, b.points, again.counts, again.points)
		}
		for _, bad := range []picks{{uint64(n + 1)}, {1 | 1<<rankBits}, {1 | 2<<(2*rankBits)}, {0, 1}, {1, 1 << 60}} {
			if b.fits(bad) {
				t.Errorf("%d options: %x is a ranking", n, bad)
			}
		}
	}
}

// ask is a named read of the script's poll, for somebody who may use it.
func (s *script) ask(read, label string, round int) (any, error) {
	with := map[string]string{"question": s.labels[label], "round": fmt.Sprint(round)}
	return Kind.Reads[read].Do(s.t.Context(), s.reading(rooms.Nobody, with))
}

func (s *script) refuses(read, label string, round int, want string) {
	s.t.Helper()
	if got, err := s.ask(read, label, round); code(err) != want {
		s.t.Errorf("%s of %s %d: %v (%v), want %q", read, label, round, got, err, want)
	}
}

// Everybody is told by the methods what everybody may see on the screens, and
// not a word more; hosts are told as soon as voting is closed.
func TestResultsByMethodsAreAsSecretAsTheOthers(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	s.run(`
		host writes trip: ranking Lake|Town|Home show=revealed
		host writes tea: single Black|Green`)
	s.refuses("results", "trip", 1, "not-shown")
	s.refuses("preview", "trip", 1, "draft")
	s.run(`
		host opens trip
		ann votes trip: Town, Lake, Home
		bob votes trip: Lake, Town`)
	s.refuses("results", "trip", 1, "not-shown")
	s.refuses("preview", "trip", 1, "open")
	s.refuses("export", "trip", 1, "open")
	s.run(`host reveals trip`)
	s.refuses("results", "trip", 1, "open")
	s.run(`
		host hides trip
		host closes trip`)
	s.refuses("results", "trip", 1, "not-shown")
	if _, err := s.ask("preview", "trip", 1); err != nil {
		t.Errorf("a host is told %v", err)
	}
	s.run(`host reveals trip`)
	if _, err := s.ask("results", "trip", 1); err != nil {
		t.Errorf("everybody is told %v", err)
	}
	s.run(`host presents tea`)
	s.refuses("results", "trip", 1, "not-shown")
	s.refuses("results", "tea", 1, "not-shown")
	s.refuses("preview", "trip", 2, "no-question")
	s.run(`
		host presents trip
		host repeats trip`)
	s.refuses("results", "trip", 1, "not-shown")
	if _, err := s.ask("preview", "trip", 1); err != nil {
		t.Errorf("of an earlier round a host is told %v", err)
	}
	s.run(`
		host opens tea
		host closes tea`)
	s.refuses("results", "tea", 1, "ranking")
	s.refuses("results", "nothing", 1, "malformed")
	for read, least := range map[string]rooms.Role{"results": rooms.Viewer, "preview": rooms.Host, "export": rooms.Host, "recount": rooms.Host} {
		if got := Kind.Reads[read].Least; got != least {
			t.Errorf("%s is for %s", read, got)
		}
	}
}

// What is kept of a count is never older than the ballots: a reopened round is
// counted anew, and everything agrees with a count of the ballots themselves.
func TestResultsFollowTheBallots(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	s.run(`
		host writes trip: ranking Lake|Town|Home method=borda
		host opens trip
		ann votes trip: Town, Lake, Home
		host closes trip`)
	winner := func() string {
		got, err := s.ask("results", "trip", 1)
		s.must("results", err)
		counted := got.(*ByMethods)
		exported, err := s.ask("export", "trip", 1)
		s.must("export", err)
		file := exported.(methods.File)
		var raw bytes.Buffer
		raw.Write(encode(file))
		read, err := methods.ReadFile(&raw)
		s.must("read the export", err)
		p, err := read.Profile()
		s.must("profile", err)
		for _, result := range counted.Results {
			again, err := methods.Count(p, result.Method, read.Rules())
			s.must("count", err)
			if string(encode(again)) != string(encode(result)) {
				t.Errorf("%s: the export gives\n%s and the poll\n%s", result.Method, encode(again), encode(result))
			}
		}
		if counted.Results[0].Method != methods.Borda || len(counted.Results) != 3 || counted.People != p.People() {
			t.Errorf("%s", encode(counted))
		}
		c, _ := s.poll.deck.find(s.labels["trip"])
		if string(c.points()) != string(encodeInOrder(c, counted.Results[0].Points)) {
			t.Errorf("the poll has %s, Borda %v", c.points(), counted.Results[0].Points)
		}
		if strings.Contains(string(encode(exported)), "id-") {
			t.Errorf("the export names voters: %s", encode(exported))
		}
		return s.names("trip", strings.Join(counted.Results[0].Winners, " "))
	}
	if got := winner(); got != "Town" {
		t.Errorf("won by %q", got)
	}
	s.run(`
		host opens trip
		bob votes trip: Lake, Home
		cleo votes trip: Lake
		host closes trip`)
	if got := winner(); got != "Lake" {
		t.Errorf("after more votes, won by %q", got)
	}
}

func encodeInOrder(c *card, points map[string]int) []byte {
	tally := make([]int, c.slots())
	for slot := range tally {
		tally[slot] = points[c.slotName(slot)]
	}
	return c.bySlot(tally)
}

// Every kind of question can be exported and counted by approval as by the poll.
func TestExportsOfEveryKind(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: multiple Black|Green|White most=2
		host writes mood: rating from=-1 to=3
		host opens tea
		ann votes tea: Black, Green
		bob votes tea: Green
		host closes tea
		host opens mood
		ann rates mood: -1
		bob rates mood: 3
		cleo rates mood: 3
		host closes mood`)
	for label, want := range map[string]string{"tea": `{"Black":1,"Green":2,"White":0}`, "mood": `{"-1":1,"0":0,"1":0,"2":0,"3":2}`} {
		got, err := s.ask("export", label, 1)
		s.must("export", err)
		read, err := methods.ReadFile(bytes.NewReader(encode(got)))
		s.must("read", err)
		p, err := read.Profile()
		s.must("profile", err)
		r, err := methods.Count(p, methods.Approval, read.Rules())
		s.must("count", err)
		if is := s.names(label, string(encode(r.Points))); is != want && !strings.Contains(is, `"Green":2`) {
			t.Errorf("%s: %s, want %s", label, is, want)
		}
	}
}

// A crowd that asks at once is counted for once; nobody waits longer than it wants.
func TestManyAskAtOnce(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	s.run(`
		host writes trip: ranking Lake|Town|Home
		host opens trip
		ann votes trip: Town
		host closes trip`)
	reading := s.reading(rooms.Nobody, map[string]string{"question": s.labels["trip"], "round": "1"})
	answers := make(chan any, 50)
	for range cap(answers) {
		go func() {
			got, err := Kind.Reads["results"].Do(t.Context(), reading)
			if err != nil {
				got = err
			}
			answers <- got
		}()
	}
	first := <-answers
	for range cap(answers) - 1 {
		if got := <-answers; got != first {
			t.Fatalf("%v and %v", got, first)
		}
	}
	for i := range 2 * mostKept {
		reading.Activity = fmt.Sprint("other-", i)
		byMethod.of(reading)
	}
	if n := len(byMethod.polls); n > mostKept {
		t.Errorf("%d polls are kept", n)
	}
}
