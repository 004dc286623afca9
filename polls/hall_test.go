package polls

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// place is a poll in a real room on a real database. Person 0 is its owner,
// the others are participants.
type place struct {
	t     *testing.T
	store *store.Store
	path  string // of the database
	// secrets is their folder; "" if the hall has none.
	secrets string
	hall    *rooms.Hall
	account func(context.Context, string) (bool, error) // who is signed in
	ahead   atomic.Int64                                // of the clock, in milliseconds; may be negative
	code    string
	poll    string // the activity
	tea     HostQuestion
	n       uint64
}

func openPlace(t *testing.T, people int, question Question) *place {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "plenum.db")
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, store: db, path: path, secrets: filepath.Join(folder, "secrets")}
	p.openHall()
	t.Cleanup(func() {
		if err := p.hall.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if err := p.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if p.code, _, err = p.hall.Create(t.Context(), "Trial", rooms.Entry{Person: "person-0", Name: "Host"}); err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= people; i++ {
		if _, err := p.hall.Enter(t.Context(), p.code, rooms.Entry{Person: person(i), Name: person(i)}); err != nil {
			t.Fatal(err)
		}
	}
	p.add()
	p.host("write", map[string]any{"question": question})
	p.tea = p.deck().Questions[0]
	return p
}

func person(i int) string { return fmt.Sprintf("person-%d", i) }

func (p *place) openHall() {
	o := rooms.Options{
		Kinds: []rooms.Kind{Kind}, Log: p.store, Build: "test", Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Clock: func() time.Time { return time.Now().Add(time.Duration(p.ahead.Load()) * time.Millisecond) },
	}
	if p.secrets != "" {
		secrets, err := store.OpenSecrets(p.secrets)
		if err != nil {
			p.t.Fatal(err)
		}
		o.Secrets = secrets
	}
	o.Account = p.account
	p.hall = rooms.NewHall(o)
}

// restart ends the hall and opens another on the same database.
func (p *place) restart() {
	p.t.Helper()
	if err := p.hall.Close(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	p.openHall()
}

func (p *place) add() {
	p.t.Helper()
	p.send("person-0", rooms.LobbyID, "add", map[string]any{"kind": "poll", "title": "Lunch"})
	var lobby struct {
		View struct{ Activities []struct{ ID string } }
	}
	decode(p.view("person-0", rooms.LobbyID), &lobby)
	p.poll = lobby.View.Activities[0].ID
}

// send is a numbered command of a person that must be done.
func (p *place) send(who, in, do string, with any) {
	p.t.Helper()
	p.n++
	c := rooms.Command{In: in, Do: do, With: encode(with), Peer: "peer-of-" + who, N: p.n}
	if _, err := p.hall.Do(p.t.Context(), p.code, who, c); err != nil {
		p.t.Fatalf("%s: %v", do, err)
	}
}

func (p *place) host(do string, with map[string]any) {
	p.t.Helper()
	if with["question"] == nil {
		with["question"] = p.tea.ID
	}
	p.send("person-0", p.poll, do, with)
}

// vote casts a ballot, as often as the room says that it is busy.
func (p *place) vote(who string, turn int, options ...string) error {
	with := map[string]any{"question": p.tea.ID, "round": 1, "turn": turn, "options": append([]string{}, options...)}
	for {
		_, err := p.hall.Do(p.t.Context(), p.code, who, rooms.Command{In: p.poll, Do: "vote", With: encode(with)})
		if err == nil || !rooms.Waits(rooms.AsRefusal(err)) {
			return err
		}
	}
}

func (p *place) view(who, activity string) json.RawMessage {
	p.t.Helper()
	view, err := p.hall.View(p.t.Context(), p.code, who, activity)
	if err != nil {
		p.t.Fatal(err)
	}
	return view
}

func (p *place) deck() HostView {
	p.t.Helper()
	var seen struct{ View HostView }
	decode(p.view("person-0", p.poll), &seen)
	return seen.View
}

// table is what the database has of the question's ballots, as a tally.
func (p *place) table() (rows []ballotRow, counts map[string]int) {
	p.t.Helper()
	if err := p.store.Read().Order("seq").Find(&rows, "activity = ? AND question = ?", p.poll, p.tea.ID).Error; err != nil {
		p.t.Fatal(err)
	}
	counts = map[string]int{}
	for _, row := range rows {
		for _, name := range row.names() {
			counts[name]++
		}
	}
	return rows, counts
}

// agree fails if the tally is not what the table says.
func (p *place) agree(people int) {
	p.t.Helper()
	rows, counts := p.table()
	var told map[string]int
	got := p.deck().Questions[0]
	decode(got.Counts, &told)
	for _, o := range p.tea.Options {
		if told[o.ID] != counts[o.ID] {
			p.t.Errorf("%s counts %d, and the table has %d", o.Text, told[o.ID], counts[o.ID])
		}
	}
	if got.People != people || len(rows) != people {
		p.t.Errorf("%d people and %d rows, want %d", got.People, len(rows), people)
	}
}

// await asks again until something holds, or nothing is to be hoped for any more.
func (p *place) await(what string, holds func() bool) {
	p.t.Helper()
	patience, enough := context.WithTimeout(p.t.Context(), time.Minute)
	defer enough()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-patience.Done():
			p.t.Fatal(what)
		}
	}
}

// Votes in, the server restarted: the table, the tally and the log agree.
func TestBallotsOutliveTheServer(t *testing.T) {
	t.Parallel()
	p := openPlace(t, 30, Question{Kind: Multiple, Prompt: "tea", Most: 2, Options: choice(3).Options})
	p.host("open", map[string]any{})
	a, b, c := p.tea.Options[0].ID, p.tea.Options[1].ID, p.tea.Options[2].ID
	votes := func(turn int) {
		for i := 1; i <= 30; i++ {
			for _, options := range [][]string{{a}, {b, c}, {}, {c, a}}[(i*turn)%4 : (i*turn)%4+1] {
				if err := p.vote(person(i), turn, options...); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	withdrawn := func(turn int) (n int) {
		for i := 1; i <= 30; i++ {
			if (i*turn)%4 == 2 {
				n++
			}
		}
		return n
	}
	votes(1)
	p.agree(30 - withdrawn(1))
	p.restart()
	p.agree(30 - withdrawn(1))
	votes(2)
	votes(3)
	p.agree(30 - withdrawn(3))
	votes(2) // late
	p.agree(30 - withdrawn(3))
	p.restart()
	p.agree(30 - withdrawn(3))
	p.recounted(30 - withdrawn(3))
}

// recounted reads the log as the named read would, with the ballots in sight.
func (p *place) recounted(people int) {
	p.t.Helper()
	room, err := p.store.Find(p.t.Context(), p.code)
	if err != nil {
		p.t.Fatal(err)
	}
	got, err := recount(p.t.Context(), rooms.Reading{
		Reader: rooms.Member{Role: rooms.Nobody}, Ask: map[string]string{"question": p.tea.ID, "round": "1"},
		Events: func(ctx context.Context, after, _ uint64, limit int, _ bool) ([]rooms.Event, error) {
			return p.store.Events(ctx, rooms.Query{Room: room, Activity: p.poll, After: after, Limit: limit})
		},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	_, counts := p.table()
	if sum := got.(Recount); sum.People != people || fmt.Sprint(sum.Counts) != fmt.Sprint(counts) {
		p.t.Errorf("recounted %+v, and the table has %v", sum, counts)
	}
}

// A timer runs on while the server is down, and ends when it is back.
func TestATimerOutlivesTheServer(t *testing.T) {
	t.Parallel()
	p := openPlace(t, 2, Question{Kind: Multiple, Prompt: "tea", Options: choice(2).Options, Show: AtClose})
	p.host("open", map[string]any{"seconds": 600})
	if err := p.vote(person(1), 1, p.tea.Options[0].ID); err != nil {
		t.Fatal(err)
	}
	opened := p.deck().Questions[0]
	p.restart()
	if err := p.vote(person(2), 1, p.tea.Options[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := p.hall.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.ahead.Store(700_000)
	p.openHall()
	var closed HostQuestion
	p.await("the question did not close", func() bool {
		closed = p.deck().Questions[0]
		return closed.State == Closed
	})
	if closed.Closes != opened.Closes || closed.Opened != opened.Opened || !closed.Shown || closed.People != 2 {
		t.Errorf("opened %+v, closed %+v", opened.Status, closed.Status)
	}
	if err := p.vote(person(2), 2, p.tea.Options[1].ID); code(err) != "closed" {
		t.Errorf("a vote after the close: %v", err)
	}
	if view := string(p.view(person(1), p.poll)); !strings.Contains(view, `"results":{"people":2`) {
		t.Errorf("the audience sees %s", view)
	}
	p.agree(2)
}
