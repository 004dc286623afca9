package rooms

import (
	"encoding/json"
	"slices"
)

// Looker is an activity that shows what others of its room are like. Looks are
// their ids, each once, and change only with its state. After something was told
// of one of them, and when the looker is opened, the room itself sends the looker
// the command "look" {at: id}, which must be in its Kind's Commands with the role
// TheRoom. What a look has to add, it does; what is as it was, changes nothing.
type Looker interface{ Looks() []string }

// Shower is an activity that was made to be shown in another one, a Looker: the
// room opens that when something is told of the shower, so that it looks.
type Shower interface{ ShownIn() string }

// look is the content of the command.
type look struct {
	At string `json:"at"`
}

// mostSeen bounds what a look gives its activity, in bytes.
const mostSeen = 256 << 10

// lookAfter sends the looks that a committed turn leads to. A crash before they
// are committed loses nothing: the looker looks when it is opened.
func (r *Room) lookAfter(t *turn) {
	told := map[string]bool{}
	for _, e := range t.events {
		if e.In != LobbyID && e.To.Least < Nobody {
			told[e.In] = true
		}
	}
	if len(told) == 0 {
		return
	}
	for _, s := range r.slots {
		l, ok := s.act.(Looker)
		if !ok {
			continue
		}
		for _, id := range l.Looks() {
			if told[id] {
				r.sendLook(s, id)
			}
		}
	}
	for s := range t.touched {
		r.lookAround(s)
		if shower, ok := s.act.(Shower); ok && told[s.id] && shower.ShownIn() != "" {
			if looker, ok := r.slotFor(shower.ShownIn(), TheRoom); ok && !looker.ready() {
				r.load(looker)
			}
		}
	}
}

// lookAround lets a looker see what it has not seen since it was opened.
func (r *Room) lookAround(s *slot) {
	l, ok := s.act.(Looker)
	if !ok {
		return
	}
	for _, id := range l.Looks() {
		if !s.looked[id] {
			r.sendLook(s, id)
		}
	}
}

func (r *Room) sendLook(s *slot, id string) {
	if s.looked == nil {
		s.looked = map[string]bool{}
	}
	s.looked[id] = true
	a := &ask{
		c:      Command{In: s.id, Do: "look", With: mustJSON(look{At: id}), From: Member{Role: TheRoom}},
		answer: func(answer) {},
	}
	go r.post(func() { r.turn([]*ask{a}) }) // a turn of its own, after this one
}

// looks gives a look what there is to be seen, as all who may see the looker see
// it. It reports whether the command waits until that is loaded.
func (r *Room) looks(s *slot, a *ask) (waits bool) {
	if _, ok := s.act.(Looker); !ok || a.c.Do != "look" {
		return false
	}
	var at look
	if err := json.Unmarshal(a.c.With, &at); err != nil {
		return false
	}
	other, ok := r.slotFor(at.At, TheRoom)
	if !ok || other == s || at.At == LobbyID {
		return false
	}
	if !other.ready() {
		r.park(other, nil, a)
		return true
	}
	a.c.Seen = r.seenFrom(s, other)
	return false
}

// seenFrom is what everybody who may see one activity may see of another; nil if
// that is nothing. What only hosts see of it is never in it.
func (r *Room) seenFrom(s, other *slot) json.RawMessage {
	least := Viewer
	if from, ok := r.lobby.s.Activities[s.id]; ok {
		least = max(least, from.Least)
	}
	if _, ok := r.lobby.sees(least, other.id); !ok {
		return nil
	}
	var seen json.RawMessage
	err := sound(func() (err error) {
		seen, err = json.Marshal(other.act.View(Member{Role: min(least, Editor)}))
		return err
	})
	if err != nil {
		r.unsound(other.id, err)
		return nil
	}
	if len(seen) > mostSeen {
		return nil
	}
	return slices.Clip(seen)
}
