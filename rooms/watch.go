package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
)

// A catch-up of more than this is told as a view.
const (
	catchUpEvents = 2000
	catchUpBytes  = 256 << 10
)

// watch answers a peer's wish to hear activities: known maps each to the seq
// through which it is known, or nil. Called on the room's goroutine.
func (r *Room) watch(p *Peer, known map[string]*uint64) {
	if r.moving {
		r.settled(func() { r.watch(p, known) })
		return
	}
	m, err := r.who(p)
	if err != nil {
		return // the peer is being closed
	}
	for id, since := range known {
		r.watchOne(p, m, id, since)
	}
}

func (r *Room) watchOne(p *Peer, m Member, id string, since *uint64) {
	if p.screen != nil && id != p.screen.activity {
		r.refuseWatch(p, id, ErrNoActivity)
		return
	}
	if id == PulseID {
		r.fan.post(func() { r.fan.watchPulse(p) })
		return
	}
	s, ok := r.slotFor(id, m.Role)
	if !ok {
		r.refuseWatch(p, id, ErrNoActivity)
		return
	}
	if since != nil && *since <= r.head.Seq && *since >= r.lobby.changed(m.ID, id) {
		from := *since
		r.fan.post(func() { r.fan.resume(p, id, from) })
		r.warm(s)
		return
	}
	r.whenReady(s, func(err error) {
		switch {
		case errors.Is(err, WaitMoving):
			r.watch(p, map[string]*uint64{id: since})
		case err != nil:
			r.refuseWatch(p, id, AsRefusal(err))
		default:
			r.begin(p, s)
		}
	})
}

func (r *Room) refuseWatch(p *Peer, id string, why *Refusal) {
	answer := refusedWatch(why)
	r.fan.post(func() { r.fan.refuse(p, id, answer) })
}

func refusedWatch(why *Refusal) []byte {
	return mustJSON(map[string]string{"refused": why.Code, "say": why.Say})
}

// warm loads an activity that has digests to tell, although nobody needs a view.
func (r *Room) warm(s *slot) {
	if !s.ready() {
		r.load(s)
	}
}

// whenReady calls f when the activity is loaded, at once if it is.
func (r *Room) whenReady(s *slot, f func(error)) {
	if s.ready() {
		f(nil)
		return
	}
	s.opened = append(s.opened, f)
	r.load(s)
}

// begin gives the fan-out the view of an activity for a peer. The fan-out has
// been told of everything through the head before, and of nothing after it.
func (r *Room) begin(p *Peer, s *slot) {
	m, err := r.who(p) // as it is now: loading takes a while
	if err != nil {
		return
	}
	if _, ok := r.lobby.sees(m.Role, s.id); !ok && s.id != LobbyID {
		r.refuseWatch(p, s.id, ErrNoActivity)
		return
	}
	shown, err := r.show(s, m)
	if err != nil {
		r.refuseWatch(p, s.id, AsRefusal(err))
		return
	}
	r.fan.post(func() { r.fan.show(p, shown) })
}

// takeSignal checks a signal as a command is checked, and passes it on.
func (r *Room) takeSignal(p *Peer, in incoming) {
	m, err := r.lobby.member(p.of)
	if err != nil {
		return
	}
	if in.In == LobbyID {
		r.takeTap(p, m, in)
		return
	}
	entry, ok := r.lobby.sees(m.Role, in.In)
	if !ok {
		return
	}
	needs, ok := r.kinds[entry.Kind].Signals[in.Signal]
	if !ok || m.Role < needs.Role || len(in.With) > MaxSignal {
		p.reject(in, ErrRole)
		return
	}
	if err := r.lobby.brake(m, needs, r.now()); err != nil {
		p.reject(in, AsRefusal(err))
		return
	}
	key := signalKey{in: in.In, name: in.Signal, peer: p.id}
	if needs.One {
		if key.to, ok = r.towards(m, in.With); !ok {
			p.reject(in, ErrMalformed)
			return
		}
	}
	content := in.With
	if string(content) == "null" {
		content = nil
	}
	r.fan.post(func() {
		if p.gone {
			return
		}
		if needs.One {
			r.fan.passing.turn(p, key, m, r.clock())
		}
		if !needs.One || key.to != "" {
			r.fan.passing.set(key, m, content, r.clock())
		}
		r.fan.flush()
	})
}

// towards is the member for whom a signal is; "" where it is over: it names nobody.
func (r *Room) towards(from Member, content json.RawMessage) (to string, ok bool) {
	if len(content) == 0 || string(content) == "null" {
		return "", true
	}
	var with struct {
		To string `json:"to"`
	}
	if json.Unmarshal(content, &with) != nil || with.To == from.ID {
		return "", false
	}
	_, ok = r.lobby.who(with.To)
	return with.To, ok
}

// The fan-out's side, on its goroutine.

// show gives a peer an activity's view as soon as that is encoded, which may
// take a while and is done elsewhere.
func (f *fan) show(p *Peer, s *shown) {
	if p.gone {
		return
	}
	f.tellNow(p, map[frameKey][]byte{})
	if p.gone {
		return
	}
	w := f.hold(p, s.activity)
	f.reads.Add(1)
	go func() {
		defer f.reads.Done()
		answer, err := s.answer(p)
		f.post(func() { f.begin(p, w, s, answer, err) })
	}()
}

// begin tells a peer a view and what has happened in the activity since, and
// lets it hear what follows. It asks for another view if the ring does not go
// back that far, or if something since reveals more than it carries.
func (f *fan) begin(p *Peer, w *watch, s *shown, answer []byte, err error) {
	if p.gone || p.watches[s.activity] != w {
		return // something newer answers this watch
	}
	if err != nil {
		f.refuse(p, s.activity, refusedWatch(AsRefusal(err)))
		return
	}
	since, ok := f.since(s.activity, s.seq)
	if !ok {
		go f.r.post(func() { f.r.watch(p, map[string]*uint64{s.activity: nil}) })
		return
	}
	f.tellNow(p, map[frameKey][]byte{})
	if p.gone {
		return
	}
	f.hear(p, s.activity)
	f.answerWatch(p, s.activity, answer)
	var events [][]byte
	for _, e := range since {
		if e.to.Sees(p.member) {
			events = append(events, e.json)
		}
	}
	if len(events) > 0 {
		var out frame
		out.through(p.told, p.mark)
		out.list("events", events)
		p.frames++
		p.conn.Send(out.bytes())
	}
}

// since is what has happened in an activity after a seq; false if that cannot
// be told event by event.
func (f *fan) since(id string, seq uint64) (events []toldEvent, ok bool) {
	if seq < f.start {
		return nil, false
	}
	for _, e := range f.after(seq) {
		switch {
		case e.in != id:
		case e.reveals:
			return nil, false
		default:
			events = append(events, e)
		}
	}
	return events, true
}

// hear starts a watch.
func (f *fan) hear(p *Peer, id string) {
	p.watches[id] = &watch{}
	p.rekey()
}

// hold starts a watch whose answer is under way.
func (f *fan) hold(p *Peer, id string) *watch {
	w := &watch{held: true}
	p.watches[id] = w
	p.rekey()
	return w
}

// answerWatch sends the answer to a watch, with the newest passing things.
func (f *fan) answerWatch(p *Peer, id string, answer []byte) {
	var out frame
	out.add("watch", map[string]json.RawMessage{id: answer})
	signals, digests := f.passing.about(p, id)
	if len(signals) > 0 {
		out.list("signals", signals)
	}
	if len(digests) > 0 {
		out.list("digests", digests)
	}
	p.conn.Send(out.bytes())
}

func (f *fan) refuse(p *Peer, id string, answer []byte) {
	if p.gone {
		return
	}
	f.unwatch(p, id)
	var out frame
	out.add("watch", map[string]json.RawMessage{id: answer})
	p.conn.Send(out.bytes())
}

func (f *fan) unwatch(p *Peer, id string) {
	if _, ok := p.watches[id]; ok {
		delete(p.watches, id)
		p.rekey()
	}
}

// resume tells a peer what it missed of an activity: from the ring, from the
// log, or as a view if that is too much or not kept singly any more.
func (f *fan) resume(p *Peer, id string, since uint64) {
	if p.gone {
		return
	}
	if since >= f.start {
		f.tellNow(p, map[frameKey][]byte{})
		if !p.gone {
			f.hear(p, id)
			f.answerEvents(p, id, since, nil)
		}
		return
	}
	w := f.hold(p, id)
	through := f.seq
	f.reads.Add(1)
	go func() {
		defer f.reads.Done()
		events, err := f.r.log.Events(context.Background(), Query{Room: f.r.id, Activity: id, After: since, Through: through, Limit: catchUpEvents + 1})
		if err != nil {
			f.r.logger.Error("catch-up", "room", f.r.id, "activity", id, "error", err)
		}
		f.r.post(func() { f.r.caughtUp(p, id, w, through, events, err) })
	}()
}

// caughtUp gives the fan-out what was read of the log, if it can be told as events.
func (r *Room) caughtUp(p *Peer, id string, w *watch, through uint64, events []Event, err error) {
	told := r.encodeEvents(events)
	size := 0
	for _, e := range told {
		size += len(e.json)
	}
	view := func() { r.post(func() { r.watch(p, map[string]*uint64{id: nil}) }) }
	if err != nil || len(events) > catchUpEvents || size > catchUpBytes || folds(events) {
		view()
		return
	}
	r.fan.post(func() {
		if p.gone || p.watches[id] != w {
			return // something newer answers this watch
		}
		if through < r.fan.start {
			go view()
			return
		}
		r.fan.tellNow(p, map[frameKey][]byte{})
		if !p.gone {
			r.fan.hear(p, id)
			r.fan.answerEvents(p, id, through, told)
		}
	})
}

// answerEvents answers a watch with the events found in the log and those in
// the ring after since, unless one of them reveals more than it carries.
func (f *fan) answerEvents(p *Peer, id string, since uint64, found []toldEvent) {
	events := [][]byte{}
	for _, e := range append(found, f.after(since)...) {
		if e.in != id || e.seq > p.told {
			continue
		}
		if e.reveals {
			f.hold(p, id)
			go f.r.post(func() { f.r.watch(p, map[string]*uint64{id: nil}) })
			return
		}
		if e.to.Sees(p.member) {
			events = append(events, e.json)
		}
	}
	var out frame
	if len(events) > 0 {
		out.list("events", events)
	}
	out.raw("seq", strconv.AppendUint(nil, p.told, 10))
	f.answerWatch(p, id, out.bytes())
}

// watchers are the peers that watch an activity.
func (f *fan) watchers(id string) []*Peer {
	var all []*Peer
	for _, p := range f.peers {
		if _, ok := p.watches[id]; ok {
			all = append(all, p)
		}
	}
	return all
}
