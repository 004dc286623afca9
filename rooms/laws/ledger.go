package laws

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"plenum/rooms"
)

// errDisk is what a commit fails with when the trial wants it to.
var errDisk = errors.New("the disk of this trial is at fault")

// ledger stands on both sides of a room: it sees every command that an activity
// decides and every batch that is stored, so it knows how often each command
// was really done.
type ledger struct {
	mu     sync.Mutex // guards what follows
	rand   *rand.Rand
	faulty bool // some commits fail
	hand   []deed
	done   map[deed]int
	wrongs []error
	gates  map[string]chan struct{} // activities that cannot be read now
}

// deed is one numbered command.
type deed struct {
	peer string
	n    uint64
}

func newLedger(seed uint64) *ledger {
	return &ledger{rand: source(seed), done: map[deed]int{}, gates: map[string]chan struct{}{}}
}

// wrong notes a broken law, from any goroutine.
func (l *ledger) wrong(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wrongs = append(l.wrongs, fmt.Errorf(format, args...))
}

func (l *ledger) err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Join(l.wrongs...)
}

func (l *ledger) times(d deed) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.done[d]
}

// setFaulty makes some commits fail from now on, or none.
func (l *ledger) setFaulty(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.faulty = on
}

// watchedLog is a log whose commits can fail, before or after they are stored.
type watchedLog struct {
	rooms.Log
	ledger *ledger
}

// Append stores, and settles in the ledger what the room had in hand. A room
// decides on the goroutine that appends, so what is in hand is of this batch.
func (w watchedLog) Append(ctx context.Context, b rooms.Batch) error {
	hand, fault := w.ledger.take()
	if fault == 1 {
		return errDisk
	}
	if err := w.Log.Append(ctx, b); err != nil {
		return err
	}
	w.ledger.commit(hand)
	if fault == 2 {
		return errDisk
	}
	return nil
}

// Events waits while the activity cannot be read.
func (w watchedLog) Events(ctx context.Context, q rooms.Query) ([]rooms.Event, error) {
	w.ledger.mu.Lock()
	gate := w.ledger.gates[q.Activity]
	w.ledger.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return w.Log.Events(ctx, q)
}

// shut makes reads of an activity wait until open is called.
func (l *ledger) shut(activity string) (open func()) {
	gate := make(chan struct{})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gates[activity] = gate
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.gates[activity] != nil {
			delete(l.gates, activity)
			close(gate)
		}
	}
}

// take empties the hand and says whether this commit fails: 1 before, 2 after
// it is stored.
func (l *ledger) take() (hand []deed, fault int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	hand, l.hand = l.hand, nil
	if l.faulty && l.rand.IntN(12) == 0 {
		fault = 1 + l.rand.IntN(2)
	}
	return hand, fault
}

func (l *ledger) commit(hand []deed) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range hand {
		l.done[d]++
	}
}

// watchedKind is a kind whose activities report to the ledger.
func (l *ledger) watchedKind(k rooms.Kind) rooms.Kind {
	inner := k.New
	k.New = func(settings json.RawMessage) (rooms.Activity, error) {
		a, err := inner(settings)
		if err != nil {
			return nil, err
		}
		w := &watchedActivity{inner: a, ledger: l, needs: k.Commands}
		_, saves := a.(rooms.Checkpointer)
		_, wants := a.(rooms.Wanter)
		_, recalls := a.(rooms.Recaller)
		_, veils := a.(rooms.Veiled)
		switch {
		case recalls:
			return watchedRecaller{watchedSaver{w}}, nil
		case saves && veils:
			return struct {
				watchedSaver
				watchedVeiled
			}{watchedSaver{w}, watchedVeiled{w}}, nil
		case saves && wants:
			return struct {
				watchedSaver
				watchedWanter
			}{watchedSaver{w}, watchedWanter{w}}, nil
		case saves:
			return watchedSaver{w}, nil
		}
		return w, nil
	}
	return k
}

// watchedActivity passes everything on. It must be used by one goroutine at a
// time, with ever higher seqs (law 1), and by those who may (law 6).
type watchedActivity struct {
	inner  rooms.Activity
	ledger *ledger
	needs  map[string]rooms.Needs
	inUse  atomic.Bool
	seq    uint64
}

func (w *watchedActivity) use() func() {
	if !w.inUse.CompareAndSwap(false, true) {
		w.ledger.wrong("law 1: two goroutines are in one activity")
	}
	return func() { w.inUse.Store(false) }
}

func (w *watchedActivity) Decide(c rooms.Command) ([]rooms.Event, error) {
	defer w.use()()
	if needs, ok := w.needs[c.Do]; !ok || c.From.Role < needs.Role {
		w.ledger.wrong("law 6: %q reached the activity from the role %s", c.Do, c.From.Role)
	}
	if c.Seq <= w.seq {
		w.ledger.wrong("law 1: a command is to begin at %d, after %d", c.Seq, w.seq)
	}
	events, err := w.inner.Decide(c)
	if err == nil && c.N > 0 {
		w.ledger.mu.Lock()
		w.ledger.hand = append(w.ledger.hand, deed{c.Peer, c.N})
		w.ledger.mu.Unlock()
	}
	return events, err
}

func (w *watchedActivity) Apply(e rooms.Event) {
	defer w.use()()
	if e.Seq <= w.seq {
		w.ledger.wrong("law 1: event %d was applied after event %d", e.Seq, w.seq)
	}
	w.seq = e.Seq
	w.inner.Apply(e)
}

func (w *watchedActivity) View(m rooms.Member) any {
	defer w.use()()
	return w.inner.View(m)
}

func (w *watchedActivity) Mine(m rooms.Member) any {
	defer w.use()()
	return mineOf(w.inner, m)
}

func (w *watchedActivity) Digests(role rooms.Role) []rooms.Digest {
	defer w.use()()
	return digestsOf(w.inner, role)
}

func (w *watchedActivity) Wake() int64 {
	if waker, ok := w.inner.(rooms.Waker); ok {
		return waker.Wake()
	}
	return 0
}

func (w *watchedActivity) Admits(c rooms.Command) error {
	defer w.use()()
	if admits, ok := w.inner.(rooms.Admitter); ok {
		return admits.Admits(c)
	}
	return nil
}

// watchedWanter is a watched activity that asks for its past.
type watchedWanter struct{ w *watchedActivity }

func (w watchedWanter) Wants(c rooms.Command) []uint64 {
	defer w.w.use()()
	return w.w.inner.(rooms.Wanter).Wants(c)
}

// watchedRecaller is a watched activity whose checkpoints leave words out.
type watchedRecaller struct{ watchedSaver }

func (w watchedRecaller) Recall(events []rooms.Event) {
	defer w.use()()
	w.inner.(rooms.Recaller).Recall(events)
}

// watchedVeiled is a watched activity in which people act without their names.
type watchedVeiled struct{ w *watchedActivity }

func (w watchedVeiled) Veil(c rooms.Command) (scope string, begins bool) {
	defer w.w.use()()
	return w.w.inner.(rooms.Veiled).Veil(c)
}

func (w watchedVeiled) Veils() []string {
	defer w.w.use()()
	return w.w.inner.(rooms.Veiled).Veils()
}

func (w watchedVeiled) MineUnder(m rooms.Member, alias func(string) string) any {
	defer w.w.use()()
	return w.w.inner.(rooms.Veiled).MineUnder(m, alias)
}

// watchedSaver is a watched activity that has checkpoints.
type watchedSaver struct{ *watchedActivity }

func (w watchedSaver) Save() func() ([]byte, error) {
	defer w.use()()
	return w.inner.(rooms.Checkpointer).Save()
}

func (w watchedSaver) Load(state []byte) error {
	defer w.use()()
	return w.inner.(rooms.Checkpointer).Load(state)
}
