package rooms

import (
	"context"
	"encoding/json"
	"time"
)

// tell gives a committed turn to the fan-out, with the answers to its commands.
func (r *Room) tell(t *turn, b Batch) {
	told := r.encodeEvents(b.Events)
	replies := t.replies(b.Seq())
	seq, mark := b.Seq(), b.Mark
	r.fan.post(func() {
		r.fan.forget(b.Forget)
		r.fan.extend(told, seq, mark)
		for _, reply := range replies {
			reply()
		}
		r.fan.flush()
	})
	r.follow(b.Events)
	r.lookAfter(t)
	r.saveTouched(t)
	for s := range t.touched {
		r.unveil(s)
	}
	r.digestsChanged()
}

// tellEvents tells of events that were found committed.
func (r *Room) tellEvents(events []Event, head Head) {
	told := r.encodeEvents(events)
	gone := r.forgottenBy(events)
	r.fan.post(func() { r.fan.forget(gone); r.fan.extend(told, head.Seq, head.Mark); r.fan.flush() })
	r.follow(events)
}

// reply answers a turn that stored nothing.
func (r *Room) reply(t *turn, seq uint64) {
	replies := t.replies(seq)
	r.fan.post(func() {
		for _, reply := range replies {
			reply()
		}
	})
}

// answerLater answers one command outside a turn.
func (r *Room) answerLater(a *ask, ans answer) {
	ans.seq = r.head.Seq
	r.fan.post(func() { a.answer(ans) })
}

// replies are the answers of a turn, to be given on the fan-out's goroutine, so
// that they come in order with what is told.
func (t *turn) replies(seq uint64) []func() {
	replies := make([]func(), len(t.asks))
	for i, a := range t.asks {
		ans := t.answers[i]
		ans.seq = seq
		replies[i] = func() { a.answer(ans) }
	}
	return replies
}

// follow carries what the lobby's events mean to the fan-out: changed members
// and audiences, reveals.
func (r *Room) follow(events []Event) {
	for _, e := range events {
		if e.In == LobbyID {
			r.followLobby(e)
			continue
		}
		if k := r.kindOf(e.In); k.Reveals != nil && k.Reveals(e) {
			r.refresh(e.In)
		}
	}
}

func (r *Room) followLobby(e Event) {
	r.answerDoor(e)
	switch e.Did {
	case "entered", "named", "role", "removed", "muted":
		var c lobbyChange
		decode(e.With, &c)
		id := c.Member
		if id == "" {
			id = c.ID
		}
		m := r.lobby.s.Members[id]
		member, views := m.Member, m.Changed == e.Seq
		_, out := r.lobby.member(id)
		r.fan.post(func() { r.fan.change(member, out, views) })
	case "ended":
		if r.lobby.s.Ended {
			r.fan.post(func() { r.fan.cutBelow(Host, ErrEnded) })
		}
	case "deleted":
		if r.lobby.s.Deleted > 0 {
			r.fan.post(func() { r.fan.cutBelow(TheRoom, ErrDeleted) })
		}
	case "unscreened":
		var c lobbyChange
		decode(e.With, &c)
		r.fan.post(func() { r.fan.cutScreens(func(s *screening) bool { return s.id == c.ID }) })
	case "hidden", "binned", "shown", "restored":
		var c lobbyChange
		decode(e.With, &c)
		if a := r.lobby.s.Activities[c.ID]; a != nil {
			least := a.audience().Least
			r.fan.post(func() { r.fan.narrow(c.ID, least) })
			if least <= spectator.Role && e.Did != "binned" {
				r.fan.post(func() { r.fan.showAgain(c.ID) })
			}
		}
	}
}

// refresh sends fresh views of an activity to all who watch it.
func (r *Room) refresh(id string) {
	r.fan.post(func() {
		for _, p := range r.fan.watchers(id) {
			r.fan.hold(p, id)
			go r.post(func() { r.watch(p, map[string]*uint64{id: nil}) })
		}
	})
}

func (r *Room) encodeEvents(events []Event) []toldEvent {
	told := make([]toldEvent, 0, len(events))
	for _, e := range events {
		if e.To.Least == Nobody && e.To.Only == "" {
			continue
		}
		kind := r.kindOf(e.In)
		reveals := kind.Reveals != nil && kind.Reveals(e)
		raw := encodeEvent(e)
		if reveals {
			raw = append(raw[:len(raw)-1], `,"reveals":true}`...)
		}
		told = append(told, toldEvent{seq: e.Seq, in: e.In, to: e.To, peer: e.Peer, json: raw, reveals: reveals})
	}
	return told
}

func (r *Room) kindOf(activity string) Kind {
	if a, ok := r.lobby.activity(activity); ok {
		return r.kinds[a.Kind]
	}
	return Kind{}
}

// digestPace spreads digests over time, at the pace of the crowd.
type digestPace struct {
	last  time.Time
	timer *time.Timer
}

func (d *digestPace) due() <-chan time.Time {
	if d.timer == nil {
		return nil
	}
	return d.timer.C
}

// digestsChanged tells the digests now, if the pace allows, or later.
func (r *Room) digestsChanged() {
	if r.digests.timer != nil {
		return
	}
	rest := r.fan.digestPeriod() - r.clock().Sub(r.digests.last)
	if rest <= 0 {
		r.tellDigests()
		return
	}
	r.digests.timer = time.NewTimer(rest)
}

// tellDigests pulls the digests of every activity that has changed.
func (r *Room) tellDigests() {
	if r.digests.timer != nil {
		r.digests.timer.Stop()
		r.digests.timer = nil
	}
	r.digests.last = r.clock()
	for _, s := range r.slots {
		d, ok := s.act.(Digester)
		if !ok || !s.dirty {
			s.dirty = false
			continue
		}
		s.dirty = false
		err := sound(func() error {
			for _, role := range Told {
				for _, digest := range d.Digests(role) {
					r.tellDigest(s.id, role, digest)
				}
			}
			return nil
		})
		if err != nil {
			r.unsound(s.id, err)
		}
	}
}

func (r *Room) tellDigest(activity string, role Role, d Digest) {
	content, err := json.Marshal(d.With)
	if err != nil {
		r.logger.Error("digest cannot be encoded", "room", r.id, "activity", activity, "error", err)
		return
	}
	seq := r.head.Seq
	r.fan.post(func() { r.fan.setDigest(activity, role, d.Key, seq, content) })
}

// saveTouched saves activities whose tail since the last checkpoint is long.
func (r *Room) saveTouched(t *turn) {
	for s := range t.touched {
		if s.events >= saveEvents || s.bytes >= saveBytes {
			r.save(s)
		}
	}
}

// saveAll saves what has a tail, when the room closes.
func (r *Room) saveAll() {
	for _, s := range r.slots {
		if s.ready() && s.events > 0 {
			r.save(s)
		}
	}
}

// save takes a snapshot of committed state and stores it off the goroutine.
func (r *Room) save(s *slot) {
	saved, ok := s.act.(Checkpointer)
	if !ok || s.saving || r.moving || r.ending {
		return
	}
	encode := saved.Save()
	if encode == nil {
		return
	}
	c := Checkpoint{Room: r.id, Activity: s.id, Seq: s.changed, Format: s.kind.Format}
	made := uint64(0)
	if entry, ok := r.lobby.s.Activities[s.id]; ok {
		made = entry.Made
	}
	s.saving, s.events, s.bytes = true, 0, 0
	r.loaders.Add(1)
	go func() {
		defer r.loaders.Done()
		err := sound(func() (err error) { c.State, err = encode(); return err })
		if err == nil {
			err = r.log.SaveCheckpoint(context.Background(), c)
		}
		if err != nil {
			r.logger.Error("checkpoint", "room", r.id, "activity", s.id, "error", err)
		} else if s.kind.Frame != nil {
			r.keepFrames(s.kind, c, made)
		}
		r.post(func() { s.saving = false })
	}()
}

// keepFrames lets a kind keep frames of its past through a checkpoint. They can
// be made later, so a failure costs nobody anything but time.
func (r *Room) keepFrames(kind Kind, c Checkpoint, made uint64) {
	all := committed{r.log, r.logger, r.id, c.Activity, kind, made, c.Seq}.reading(Member{Role: Nobody})
	if _, err := steady(func() (any, error) { return nil, sound(func() error { return kind.Frame(context.Background(), all) }) }); err != nil {
		r.logger.Error("frames", "room", r.id, "activity", c.Activity, "error", err)
	}
}
