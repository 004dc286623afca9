package polls

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"plenum/rooms/laws"
)

// No. 32: one person votes again and again, in fifty tabs at once, after the
// close, for what does not exist. One ballot counts, and the tally is the table.
func TestNo32OnePersonVotesOften(t *testing.T) {
	t.Parallel()
	seed := laws.Seed(t)
	p := openPlace(t, 2, Question{Kind: Multiple, Prompt: "tea", Options: choice(4).Options, Most: 2})
	p.host("open", map[string]any{})
	if err := p.vote(person(2), 1, p.tea.Options[0].ID); err != nil {
		t.Fatal(err)
	}
	var tabs sync.WaitGroup
	for _, i := range rand.New(rand.NewPCG(seed, 32)).Perm(50) {
		tabs.Go(func() {
			turn := i + 1
			for _, again := range []int{turn, turn, max(1, turn-7)} { // sent twice, and an old one late
				if err := p.vote(person(1), again, p.tea.Options[turn%4].ID); err != nil {
					t.Errorf("turn %d: %v", turn, err)
				}
			}
		})
	}
	tabs.Wait()
	p.agree(2)
	rows, _ := p.table()
	mine := string(p.view(person(1), p.poll))
	for _, row := range rows {
		if row.Turn != 1 && row.Turn != 50 {
			t.Errorf("the ballot of turn %d counts: %s", row.Turn, mine)
		}
	}
	for name, forged := range map[string][]string{
		"forged": {"q1"}, "twice": {p.tea.Options[0].ID, p.tea.Options[0].ID},
		"too many": {p.tea.Options[0].ID, p.tea.Options[1].ID, p.tea.Options[2].ID}, "negative": {"-1"},
	} {
		if err := p.vote(person(1), 51, forged...); code(err) != "options" {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.host("close", map[string]any{})
	if err := p.vote(person(1), 51, p.tea.Options[0].ID); code(err) != "closed" {
		t.Errorf("after the close: %v", err)
	}
	if after := string(p.view(person(1), p.poll)); len(after) == 0 || !p.same(rows) {
		t.Errorf("after the refusals: %s", after)
	}
	p.agree(2)
}

// same tells whether the table is still so.
func (p *place) same(rows []ballotRow) bool {
	now, _ := p.table()
	return fmt.Sprint(now) == fmt.Sprint(rows)
}

// No. 36: the server's clock goes back by an hour. No question closes early, no
// ballot is lost, what is closed stays closed, and new timers run as they should.
func TestNo36TheClockGoesBack(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green seconds=60
		host writes mood: rating seconds=60
		host writes cake: rating seconds=60
		host opens mood
		time +61s
		wake
		host opens tea
		time +30s
		ann votes tea: Black
		time -3600s
		wake
		stage: 1/3 tea open until 121s shown, 1 voted 1: Black=1
		ann rates mood: 3 -> closed
		host extends mood by 10 -> closed
		bob votes tea: Green
		ann votes tea: Green
		wake
		stage: 1/3 tea open until 121s shown, 2 voted 2: Green=2
		host closes tea
		cid votes tea: Green -> closed
		host opens cake
		ann rates cake: 4
		time +59s
		wake
		bob rates cake: 5
		time +1s
		cid rates cake: 5 -> closed
		wake
		save
		time -3600s
		cid rates cake: 5 -> closed
		cid votes tea: Green -> closed
		ann has: tea (1.2) Green; cake (1.1) 4`)
	if at := s.poll.Wake(); at != 0 {
		t.Errorf("it wants to be woken at %d", at)
	}
}

// No. 36 in a room: the clock goes back while a question is open.
func TestNo36InARoom(t *testing.T) {
	t.Parallel()
	p := openPlace(t, 2, Question{Kind: Multiple, Prompt: "tea", Options: choice(2).Options})
	p.host("open", map[string]any{"seconds": 30})
	p.ahead.Store(-3_600_000)
	for i := 1; i <= 2; i++ {
		if err := p.vote(person(i), 1, p.tea.Options[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	p.restart()
	p.agree(2)
	p.host("close", map[string]any{})
	p.host("again", map[string]any{})
	p.host("open", map[string]any{"seconds": 30})
	again := p.deck().Questions[0]
	if again.Round != 2 || again.Closes-again.Opened != 30_000 {
		t.Errorf("%+v", again.Status)
	}
	p.ahead.Add(31_000)
	p.await("the timer did not end", func() bool { return p.deck().Questions[0].State == Closed })
}
