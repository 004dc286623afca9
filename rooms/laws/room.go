package laws

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// How much one trial in a room tries, and how long it waits for anything
// before that is called lost.
const (
	roomSteps = 250
	patience  = 15 * time.Second
)

// CheckRoom holds a kind to the laws in a real room with a real database: every
// numbered command is settled once, across repeats, lost connections, failed
// commits and restarts (law 3); nothing is told before it is stored (2); what a
// client hears is the log as it may see it, without a hole (5, 6), and who comes
// late, resumes or was there sees the same (4, 5); refusals reach the sender
// alone (9); a client that does not read costs the others nothing (8); nobody
// waits while an activity is being read (10); what is forgotten is in no byte of
// the database any more.
func CheckRoom(t *testing.T, p Plan) {
	t.Helper()
	seed := Seed(t)
	trials := []struct {
		name string
		run  func(*trial) error
	}{
		{"crowd", (*trial).crowd},
		{"faults", (*trial).faults},
		{"stuck", (*trial).stuck},
		{"gated", (*trial).gated},
	}
	for _, x := range trials {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			if err := inRoom(t.Context(), t.TempDir(), p, seed, x.run); err != nil {
				t.Fatalf("%s in a room, with -laws.seed=%d: %v", p.Kind.Name, seed, err)
			}
		})
	}
}

// trial is a hall with one room, its database, and clients of every role.
type trial struct {
	ctx     context.Context
	plan    Plan
	rand    *rand.Rand
	ledger  *ledger
	path    string // of the database
	store   *store.Store
	vault   *store.Secrets
	witness *store.Store // the same database, by other connections
	hall    *rooms.Hall
	life    int          // how many halls there were
	ahead   atomic.Int64 // of the clock, in milliseconds
	news    chan struct{}

	code, room string
	it, hidden string // the activities: for all, and for hosts only
	onlyIt     bool   // nobody sends to the hidden one
	brief      bool   // so little is sent that perhaps nothing is forgotten
	people     []rooms.Member
	wanderer   int // the index of the member whose role changes
	clients    []*client
	tapes      map[string][]*tape // by member
	born       map[deed]int       // the hall's life in which a number was answered first
	tabs       int
}

func inRoom(ctx context.Context, dir string, p Plan, seed uint64, run func(*trial) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	x := &trial{
		ctx: ctx, plan: p, rand: source(seed), ledger: newLedger(seed),
		news: make(chan struct{}, 1), tapes: map[string][]*tape{}, born: map[deed]int{},
	}
	path := filepath.Join(dir, "room.db")
	x.path = path
	if x.store, err = store.Open(ctx, path, store.Options{}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.store.Close()) }()
	if x.vault, err = store.OpenSecrets(filepath.Join(dir, "secrets")); err != nil {
		return err
	}
	if x.witness, err = store.Open(ctx, path, store.Options{}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.witness.Close()) }()
	x.openHall()
	defer func() { err = errors.Join(err, x.hall.Close(context.WithoutCancel(ctx))) }()
	if err := x.furnish(); err != nil {
		return fmt.Errorf("furnish the room: %w", err)
	}
	return errors.Join(run(x), x.ledger.err())
}

func (x *trial) openHall() {
	x.life++
	x.hall = rooms.NewHall(rooms.Options{
		Kinds: []rooms.Kind{x.ledger.watchedKind(x.plan.Kind)}, Log: watchedLog{x.store, x.ledger}, Secrets: x.vault, Build: "laws",
		Clock:  func() time.Time { return time.Now().Add(time.Duration(x.ahead.Load()) * time.Millisecond) },
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

// restart closes the hall and opens another on the same database.
func (x *trial) restart() error {
	if err := x.hall.Close(x.ctx); err != nil {
		return fmt.Errorf("close the hall: %w", err)
	}
	x.openHall()
	return nil
}

// furnish makes the room, its members and two activities.
func (x *trial) furnish() error {
	code, owner, err := x.hall.Create(x.ctx, "Trial", rooms.Entry{Person: "person-0", Name: "Owner"})
	if err != nil {
		return err
	}
	x.code, x.people = code, []rooms.Member{owner}
	if x.room, err = x.store.Find(x.ctx, code); err != nil {
		return err
	}
	roles := []rooms.Role{rooms.Host, rooms.Editor, rooms.Participant, rooms.Viewer, rooms.Participant, rooms.Viewer}
	for i, role := range roles {
		m, err := x.hall.Enter(x.ctx, code, rooms.Entry{Person: fmt.Sprintf("person-%d", i+1), Name: fmt.Sprintf("%s %d", role, i+1)})
		if err != nil {
			return err
		}
		m.Role = role
		if err := x.byOwner("role", map[string]any{"member": m.ID, "role": role}); err != nil {
			return err
		}
		x.people = append(x.people, m)
	}
	x.wanderer = len(x.people) - 1
	if x.it, err = x.add("it", rooms.Viewer); err != nil {
		return err
	}
	x.hidden, err = x.add("canary of the hosts", rooms.Host)
	return err
}

// byOwner is a command to the lobby, sent until it is settled.
func (x *trial) byOwner(do string, with any) error {
	_, err := x.do("person-0", rooms.Command{In: rooms.LobbyID, Do: do, With: must(json.Marshal(with))})
	return err
}

// do is a command over HTTP, sent again while the answer is to wait.
func (x *trial) do(person string, c rooms.Command) (json.RawMessage, error) {
	return x.patiently(func(ctx context.Context) (json.RawMessage, error) { return x.hall.Do(ctx, x.code, person, c) })
}

// view is what a person sees of an activity, over HTTP.
func (x *trial) view(person, activity string) (json.RawMessage, error) {
	return x.patiently(func(ctx context.Context) (json.RawMessage, error) {
		return x.hall.View(ctx, x.code, person, activity)
	})
}

// patiently asks again while the answer is to wait.
func (x *trial) patiently(ask func(context.Context) (json.RawMessage, error)) (json.RawMessage, error) {
	for {
		ctx, cancel := context.WithTimeout(x.ctx, patience)
		answer, err := ask(ctx)
		cancel()
		if err == nil || !rooms.Waits(rooms.AsRefusal(err)) {
			return answer, err
		}
		if err := x.await(5 * time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// add makes an activity and finds its id.
func (x *trial) add(title string, least rooms.Role) (string, error) {
	with := map[string]any{"kind": x.plan.Kind.Name, "title": title, "least": least, "settings": x.plan.Settings}
	if err := x.byOwner("add", with); err != nil {
		return "", err
	}
	raw, err := x.view("person-0", rooms.LobbyID)
	if err != nil {
		return "", err
	}
	var lobby struct {
		View struct {
			Activities []struct{ ID, Title string }
		}
	}
	if err := json.Unmarshal(raw, &lobby); err != nil {
		return "", err
	}
	for _, a := range lobby.View.Activities {
		if a.Title == title {
			return a.ID, nil
		}
	}
	return "", fmt.Errorf("the activity %q is not in %s", title, raw)
}

// enter brings a new tab of a member into the room.
func (x *trial) enter(who int) (*client, error) {
	x.tabs++
	m := x.people[who]
	c := &client{
		trial: x, person: fmt.Sprintf("person-%d", who), member: m, name: fmt.Sprintf("tab-%05d", x.tabs),
		next: 1, settled: map[uint64]string{}, watches: map[string]*watched{x.it: {}},
	}
	c.watches[x.hidden] = &watched{hidden: m.Role < rooms.Host}
	x.clients = append(x.clients, c)
	return c, c.join()
}

// wake says that something has arrived.
func (x *trial) wake() {
	select {
	case x.news <- struct{}{}:
	default:
	}
}

// await waits for news, but not longer than said.
func (x *trial) await(most time.Duration) error {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-x.news:
	case <-timer.C:
	case <-x.ctx.Done():
	}
	return x.ctx.Err()
}

// until reads all tapes until something holds, or patience ends; why says what
// was missing.
func (x *trial) until(holds func() bool, why func() error) error {
	end := time.Now().Add(patience)
	for {
		for _, c := range x.clients {
			if err := c.read(); err != nil {
				return err
			}
		}
		if holds() {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("nothing more came: %w", why())
		}
		if err := x.await(10 * time.Millisecond); err != nil {
			return err
		}
	}
}

// calm waits until every client has an answer to everything.
func (x *trial) calm() error {
	return x.until(func() bool {
		for _, c := range x.clients {
			if !c.calm() {
				return false
			}
		}
		return true
	}, func() error {
		var open []error
		for _, c := range x.clients {
			if !c.calm() {
				open = append(open, fmt.Errorf("laws 3 and 5: %s waits for answers to %d commands, or to a watch: %s", c.name, len(c.open), c.waitsFor()))
			}
		}
		return errors.Join(open...)
	})
}
