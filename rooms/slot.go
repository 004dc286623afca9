package rooms

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"time"
)

// An activity is saved after this much since its last checkpoint.
const (
	saveEvents = 1000
	saveBytes  = 256 << 10
)

// slot is an activity's place in an open room. It is loaded when it is needed
// and let go when it has been idle.
type slot struct {
	id   string
	kind Kind
	act  Activity // nil until loaded

	loading   bool
	waiting   []*ask            // commands that wait for it, in order
	opened    []func(error)     // called when it is loaded, or cannot be
	failed    error             // why it cannot be
	reading   []*past           // commands that wait for a part of its past
	making    []*ask            // commands that wait for what is made for them: a secret, something worked out
	beginning map[string][]*ask // scopes whose secret is being made, and others that begin them

	looked map[string]bool // what a Looker was sent to look at since it is here

	veils    veils
	unveiled bool // it has heard of the secrets that are lost

	changed uint64 // the seq of the last event applied
	events  int    // applied since the last checkpoint
	bytes   int
	saving  bool
	wake    int64 // as stored
	dirty   bool  // its digests have changed
	used    time.Time
	views   map[Role]*sharedView
}

func (s *slot) ready() bool { return s.act != nil }

// apply places one event of this activity.
func (s *slot) apply(e Event) {
	s.act.Apply(e)
	s.changed = e.Seq
	s.events++
	s.bytes += len(e.With)
	s.dirty = true
	s.outdate(e)
}

// nextWake is the activity's wake-up time, if it differs from what is stored.
func (s *slot) nextWake() (at int64, changed bool) {
	w, ok := s.act.(Waker)
	if !ok {
		return 0, false
	}
	at = w.Wake()
	changed = at != s.wake
	s.wake = at
	return at, changed
}

// slotFor finds the place of an activity that a role may see.
func (r *Room) slotFor(id string, role Role) (*slot, bool) {
	if s, ok := r.slots[LobbyID]; id == LobbyID {
		return s, ok
	}
	entry, ok := r.lobby.sees(role, id)
	if !ok || entry.Binned && role != TheRoom {
		return nil, false
	}
	s, ok := r.slots[id]
	if !ok {
		kind, known := r.kinds[entry.Kind]
		if !known {
			return nil, false
		}
		s = &slot{id: id, kind: kind}
		r.slots[id] = s
	}
	s.used = r.clock()
	return s, true
}

// copyFor gives a duplicate command the settings that make the copy, or the
// place of the source if that has to be loaded first.
func (r *Room) copyFor(a *ask, lobby *slot) (*slot, Needs, error) {
	needs := lobby.kind.Commands[a.c.Do]
	var of lobbyAsk
	if err := json.Unmarshal(a.c.With, &of); err != nil {
		return nil, needs, ErrMalformed
	}
	source, ok := r.slotFor(of.ID, a.c.From.Role)
	if !ok || of.ID == LobbyID {
		return nil, needs, ErrNoActivity
	}
	if !source.ready() {
		return source, needs, nil
	}
	if c, ok := source.act.(Copier); ok {
		settings, err := c.Copy()
		if err != nil {
			return nil, needs, fmt.Errorf("copy %s: %w", of.ID, err)
		}
		a.c.copied = settings
	}
	return lobby, needs, nil
}

// listNew makes activities that this turn added: nothing is stored of them yet.
func (r *Room) listNew(events []Event) {
	for _, e := range events {
		if e.Did != "made" {
			continue
		}
		var made lobbyMade
		decode(e.With, &made)
		kind := r.kinds[r.lobby.s.Activities[made.ID].Kind]
		act, err := kind.New(made.Settings)
		if err != nil {
			panic(err) // the lobby has tried these settings
		}
		s := &slot{id: made.ID, kind: kind, act: act, used: r.clock(), dirty: true}
		r.slots[made.ID] = s
		r.lookAround(s)
	}
}

// park keeps a command, and what its peer sends after it, until the activity
// is loaded.
func (r *Room) park(s *slot, q *queue, a *ask) {
	q.hold()
	if len(s.waiting) >= inboxLength {
		r.answerLater(a, answer{refused: WaitLoading, after: 500})
		return
	}
	s.waiting = append(s.waiting, a)
	r.load(s)
}

// load opens an activity off the room's goroutine: checkpoint, then the events
// after it. Nothing can happen to the activity meanwhile, as its commands wait.
func (r *Room) load(s *slot) {
	if s.loading || s.ready() || r.ending {
		return
	}
	s.loading = true
	through, made, secrets := r.head.Seq, uint64(0), r.secretOf(s)
	if a, ok := r.lobby.activity(s.id); ok {
		made = a.Made
	}
	r.loaders.Add(1)
	go func() {
		defer r.loaders.Done()
		var l loadedActivity
		veils, err := r.veilsOf(secrets, s.kind)
		if err == nil {
			l, err = loadActivity(context.Background(), r.log, r.id, s.id, s.kind, made, through, veils)
		}
		r.post(func() { r.loaded(s, l, err) })
	}()
}

func (r *Room) loaded(s *slot, l loadedActivity, err error) {
	if r.slots[s.id] != s {
		return // the room was reopened meanwhile
	}
	s.loading, s.failed = false, err
	if err != nil {
		r.logger.Error("activity cannot be opened", "room", r.id, "activity", s.id, "error", err)
	} else {
		s.act, s.changed, s.events, s.bytes, s.dirty = l.act, l.changed, l.events, l.bytes, true
		s.veils = l.veils
		if w, ok := s.act.(Waker); ok {
			s.wake = w.Wake()
		}
	}
	for _, f := range s.opened {
		f(err)
	}
	asks := s.waiting
	s.opened, s.waiting = nil, nil
	if s.ready() {
		r.unveil(s)
		r.lookAround(s)
	}
	r.unpark(asks, err)
	r.digestsChanged()
}

// unpark takes the commands that waited, with what their peers sent after them.
func (r *Room) unpark(asks []*ask, err error) {
	var all []*ask
	for _, a := range asks {
		all = append(all, a)
		if q := r.queues[a.c.Peer]; q != nil && a.c.N > 0 {
			all = append(all, q.parked...)
			q.parked = nil
		}
	}
	if err != nil {
		for _, a := range all {
			r.answerLater(a, answer{refused: AsRefusal(err), after: 500})
		}
		return
	}
	if len(all) > 0 {
		r.turn(all)
	}
}

type loadedActivity struct {
	act     Activity
	veils   veils
	changed uint64
	events  int
	bytes   int
}

// loadActivity builds an activity from its checkpoint and the events after it.
// A panic while replaying closes the activity, not the room.
// What is put together meanwhile makes it begin again, at the checkpoint that
// was stored before.
func loadActivity(ctx context.Context, log Past, room, id string, kind Kind, made, through uint64, veils veils) (l loadedActivity, err error) {
	return steady(func() (loadedActivity, error) { return loadOnce(ctx, log, room, id, kind, made, through, veils) })
}

func loadOnce(ctx context.Context, log Past, room, id string, kind Kind, made, through uint64, veils veils) (l loadedActivity, err error) {
	l.veils = veils
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("replay of %s panicked: %v\n%s", id, v, debug.Stack())
		}
	}()
	settings, err := settingsOf(ctx, log, room, made)
	if err != nil {
		return l, err
	}
	if l.act, err = kind.New(settings); err != nil {
		return l, fmt.Errorf("make %s: %w", id, err)
	}
	c, err := log.Checkpoint(ctx, room, id)
	if err != nil {
		return l, fmt.Errorf("read checkpoint: %w", err)
	}
	if saved, ok := l.act.(Checkpointer); ok && c.Seq > 0 && c.Seq <= through {
		if c.Format > kind.Format {
			return l, ErrNewer
		}
		if err := saved.Load(c.State); err != nil {
			return l, fmt.Errorf("load checkpoint: %w", err)
		}
		l.changed = c.Seq
		if recaller, ok := l.act.(Recaller); ok {
			if err := recall(ctx, log, Query{Room: room, Activity: id, Through: c.Seq, Words: true, Limit: saveEvents}, recaller); err != nil {
				return l, err
			}
		}
	}
	return l, l.replay(ctx, log, Query{Room: room, Activity: id, After: l.changed, Through: through}, kind)
}

// recall gives an activity what its checkpoint leaves out.
func recall(ctx context.Context, log Past, q Query, to Recaller) error {
	for {
		events, err := log.Events(ctx, q)
		if err != nil {
			return fmt.Errorf("read what the checkpoint leaves out: %w", err)
		}
		to.Recall(events)
		if len(events) < q.Limit {
			return nil
		}
		q.After = events[len(events)-1].Seq
	}
}

// replay applies stored events, a bounded number at a time.
func (l *loadedActivity) replay(ctx context.Context, log Past, q Query, kind Kind) error {
	q.Limit = saveEvents
	for {
		events, err := log.Events(ctx, q)
		if err != nil {
			return fmt.Errorf("read events: %w", err)
		}
		for _, e := range events {
			if e.Format > kind.Format {
				return ErrNewer
			}
			if kind.veiled() {
				if e, err = l.veils.opened(e); err != nil {
					return err
				}
			}
			if e.Folded > 0 && e.FoldedFrom <= l.changed {
				return fmt.Errorf("event %d of %s: %w", e.Seq, q.Activity, ErrMoved)
			}
			l.act.Apply(e)
			l.changed = e.Seq
			l.events++
			l.bytes += len(e.With)
		}
		if len(events) < q.Limit {
			return nil
		}
		q.After = l.changed
	}
}

func settingsOf(ctx context.Context, log Past, room string, made uint64) (json.RawMessage, error) {
	if made == 0 {
		return nil, nil
	}
	events, err := log.Events(ctx, Query{Room: room, Activity: LobbyID, After: made - 1, Through: made})
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	if len(events) != 1 {
		return nil, fmt.Errorf("settings at %d are missing", made)
	}
	var m lobbyMade
	if err := json.Unmarshal(events[0].With, &m); err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return m.Settings, nil
}
