package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"
)

// turn is one turn of a room: commands decided one after the other on a state
// that runs ahead of the log, then one commit, then telling.
type turn struct {
	r         *Room
	started   time.Time
	bytes     int
	events    []Event
	rows      []Row
	asks      []*ask
	answers   []answer
	queues    map[*queue]queueState // as they were before
	touched   map[*slot]struct{}
	forgot    map[*slot]struct{} // activities that forgot something
	forgotten []Forgotten
	broken    *ask // in hand when Apply panicked
}

// turn takes the given commands and what else waits in the inbox.
func (r *Room) turn(first []*ask) {
	t := r.newTurn()
	for _, a := range first {
		t = t.with(a)
	}
	for t.goesOn() {
		select {
		case a := <-r.inbox:
			t = t.with(a)
			continue
		default:
		}
		break
	}
	t.commit()
}

func (r *Room) newTurn() *turn {
	r.used = r.clock()
	return &turn{r: r, started: r.used, queues: map[*queue]queueState{}, touched: map[*slot]struct{}{}, forgot: map[*slot]struct{}{}}
}

// goesOn tells whether more may be taken before the commit.
func (t *turn) goesOn() bool {
	return t.broken == nil && len(t.asks) < turnCommands && t.bytes < turnBytes && t.r.clock().Sub(t.started) < turnTime
}

// with takes a command, and returns the turn to go on with. A command that the
// room has failed with before has a turn of its own, so that it fails alone.
func (t *turn) with(a *ask) *turn {
	if t.r.deathsOf(a) == 0 {
		t.take(a)
		return t
	}
	t.commit()
	alone := t.r.newTurn()
	alone.take(a)
	alone.commit()
	return t.r.newTurn()
}

// take settles one command: refused, waiting, repeated, or decided and applied.
func (t *turn) take(a *ask) {
	r := t.r
	t.bytes += len(a.c.With)
	if r.moving {
		t.settle(a, answer{refused: WaitMoving, after: 500})
		return
	}
	q, repeated, wait := r.queueFor(a)
	if wait != nil {
		t.settle(a, answer{refused: wait, after: 200})
		return
	}
	if repeated != nil {
		t.settle(a, *repeated)
		return
	}
	if q != nil && q.parked != nil {
		q.park(a)
		return
	}
	s, needs, err := r.admit(a)
	if err == nil && !s.ready() {
		r.park(s, q, a)
		return
	}
	if err == nil && r.wants(s, q, a) {
		return
	}
	if err == nil {
		err = r.admitted(s, a)
	}
	if err == nil {
		var waits bool
		if waits, err = r.veil(s, q, a); waits {
			return
		}
	}
	if err == nil && r.images(s, q, a) {
		return
	}
	if err == nil && (r.prepares(s, q, a) || r.looks(s, a)) {
		return
	}
	var events []Event
	if err == nil {
		events, err = t.decide(s, a)
	}
	if err != nil {
		t.refuse(a, q, err)
		return
	}
	t.done(a, q, s, needs, events)
}

// admit looks up the member, the activity and the permission as they are now.
func (r *Room) admit(a *ask) (*slot, Needs, error) {
	if a.c.From.Role != TheRoom {
		m, err := r.lobby.asking(a.member, a.c)
		if err != nil {
			return nil, Needs{}, err
		}
		a.c.From = m
	}
	s, ok := r.slotFor(a.c.In, a.c.From.Role)
	if !ok {
		return nil, Needs{}, ErrNoActivity
	}
	needs, ok := s.kind.Commands[a.c.Do]
	switch {
	case !ok, needs.Unnumbered && a.c.N > 0:
		return nil, needs, ErrUnknown
	case a.c.From.Role < needs.Role:
		return nil, needs, ErrRole
	}
	if err := r.lobby.brake(a.c.From, needs, r.now()); err != nil && !opens(a.c) {
		return nil, needs, err
	}
	if needs.Guess && !a.posted {
		return nil, needs, ErrByPost
	}
	if r.deathsOf(a) >= 2 {
		return nil, needs, ErrBroken
	}
	if a.c.In == LobbyID && a.c.Do == "duplicate" {
		return r.copyFor(a, s)
	}
	return s, needs, nil
}

// decide lets the activity decide and applies what follows. A panic of Decide
// is a refusal; a panic of Apply ends the turn and reopens the room.
func (t *turn) decide(s *slot, a *ask) (events []Event, err error) {
	r := t.r
	a.c.At, a.c.Seed = r.now(), newSeed()
	a.c.Seq = r.head.Seq + uint64(len(t.events)) + 1
	a.c.Gone, a.c.Who = r.lobby.gone, r.lobby.who
	applying := false
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		r.logger.Error("activity panicked", "room", r.id, "activity", a.c.In, "command", a.c.Do, "applying", applying, "panic", v, "stack", string(debug.Stack()))
		if applying {
			t.broken = a
			r.deaths[a.key()]++
		}
		events, err = nil, ErrBroken
	}()
	events, err = s.act.Decide(a.c)
	if err != nil {
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			r.logger.Error("activity failed", "room", r.id, "activity", a.c.In, "command", a.c.Do, "error", err)
		}
		return nil, err
	}
	if len(events) == 0 && a.c.N > 0 {
		events = []Event{{Did: "nothing", With: json.RawMessage("null"), To: Audience{Least: Nobody}}}
	}
	applying = true
	for i := range events {
		t.place(s, a, &events[i], a.c.Seq+uint64(i))
		s.apply(events[i])
		events[i].Ready = nil
		if events[i], err = s.veils.closed(events[i]); err != nil {
			panic(err) // of a secret that the room has not handed out
		}
	}
	return events, nil
}

// place gives an event its number and its author.
func (t *turn) place(s *slot, a *ask, e *Event, seq uint64) {
	e.Seq, e.In, e.At, e.Format = seq, a.c.In, a.c.At, s.kind.Format
	e.Erasable = slices.Contains(s.kind.Forgettable, e.Did)
	if e.Veil != "" {
		e.Unsigned, e.To = true, Audience{Least: Nobody}
		e.At -= e.At % hour
	}
	if e.With == nil {
		e.With = json.RawMessage("null")
	}
	if a.c.From.Role != TheRoom && e.By == "" && !e.Unsigned {
		e.By, e.Peer, e.N = a.c.From.ID, a.c.Peer, a.c.N
	}
}

func (t *turn) refuse(a *ask, q *queue, err error) {
	refusal := AsRefusal(err)
	if q != nil && !Waits(refusal) {
		t.remember(q)
		q.refuse(a.c.N, refusal)
	}
	t.settle(a, answer{refused: refusal})
}

func (t *turn) done(a *ask, q *queue, s *slot, needs Needs, events []Event) {
	if q != nil {
		t.remember(q)
		q.last, q.expect = a.c.N, a.c.N+1
	}
	for _, e := range events {
		if s.kind.Rows != nil {
			t.rows = append(t.rows, s.kind.Rows(t.r.id, e)...)
		}
	}
	t.events = append(t.events, events...)
	for _, e := range events {
		t.forget(s, e)
	}
	t.touched[s] = struct{}{}
	if needs.Says && t.r.lobby.s.Slow > 0 && a.c.From.Role < Host {
		t.spoke(a)
	}
	if a.c.In == LobbyID {
		t.r.listNew(events)
	}
	ans := answer{done: true, events: events}
	if m, err := t.r.lobby.member(a.member); err == nil && needs.Unnumbered {
		ans.mine, _ = s.mine(m)
	}
	t.settle(a, ans)
}

func (t *turn) remember(q *queue) {
	if _, ok := t.queues[q]; !ok {
		t.queues[q] = q.queueState.clone()
	}
}

func (t *turn) settle(a *ask, ans answer) {
	t.asks, t.answers = append(t.asks, a), append(t.answers, ans)
}

// commit stores the turn and tells of it, or reopens the room.
func (t *turn) commit() {
	r := t.r
	if t.broken != nil {
		t.fail(errors.New("an activity panicked while applying"))
		return
	}
	if len(t.asks) == 0 {
		return
	}
	if len(t.events) == 0 {
		r.reply(t, r.head.Seq)
		return
	}
	t.blank()
	saved, err := t.savedAnew()
	if err != nil {
		t.fail(err)
		return
	}
	b := Batch{
		Room: r.id, Term: r.head.Term, After: r.head.Seq, Events: t.events, Mark: newMark(), Rows: t.rows,
		Forget: t.forgotten, Saved: saved,
	}
	for q := range t.queues {
		if q.last > 0 {
			b.Settled = append(b.Settled, q.row(r.id))
		}
	}
	for s := range t.touched {
		if at, changed := s.nextWake(); changed {
			b.Wakes = append(b.Wakes, Wake{Room: r.id, Activity: s.id, At: at})
		}
	}
	if err := r.log.Append(context.Background(), b); err != nil {
		if errors.Is(err, ErrUnstorable) {
			t.blame()
		}
		t.fail(fmt.Errorf("append: %w", err))
		return
	}
	r.head.Seq, r.head.Mark = b.Seq(), b.Mark
	if len(r.deaths) > turnCommands {
		clear(r.deaths)
	}
	r.tell(t, b)
}

// blame counts a death for every command that has led to events.
func (t *turn) blame() {
	for i, a := range t.asks {
		if len(t.answers[i].events) > 0 {
			t.r.deaths[a.key()]++
		}
	}
}

// fail gives up the turn: nothing of it was told, so nothing of it happened
// unless the log says so. The room reopens from its log.
func (t *turn) fail(err error) {
	r := t.r
	r.logger.Error("turn failed, the room reopens", "room", r.id, "error", err)
	for q, before := range t.queues {
		q.queueState = before
	}
	for i, ans := range t.answers {
		if ans.done || !Waits(ans.refused) {
			t.answers[i] = answer{refused: WaitMoving, after: 500}
		}
	}
	r.reply(t, r.head.Seq)
	r.reopen()
}
