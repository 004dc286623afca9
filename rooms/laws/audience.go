package laws

import (
	"fmt"

	"plenum/rooms"
)

// watcher is one member's client, opened at some seq and told since.
type watcher struct {
	member rooms.Member
	mirror Mirror
	since  uint64
}

// audience is law 6, the way in: a view, and the events and digests after it
// that the member may see, make the later view. It is held for every member,
// and from many places of the log.
func audience(w *world) error {
	var watchers []*watcher
	for _, m := range w.members {
		watchers = append(watchers, &watcher{member: m})
	}
	for _, x := range watchers {
		if err := w.open(x); err != nil {
			return err
		}
	}
	for range Steps {
		_, events, err := w.step()
		if err != nil {
			return err
		}
		for _, x := range watchers {
			if err := w.tell(x, events); err != nil {
				return err
			}
		}
		if w.rand.IntN(15) == 0 { // another client of somebody
			x := watchers[w.rand.IntN(len(watchers))]
			if err := w.agrees(x, events); err != nil {
				return err
			}
			if err := w.open(x); err != nil {
				return err
			}
		}
	}
	for _, x := range watchers {
		if err := w.agrees(x, nil); err != nil {
			return err
		}
	}
	return nil
}

// open gives a client a fresh view.
func (w *world) open(x *watcher) error {
	view, err := encode(w.live.View(x.member))
	if err != nil {
		return err
	}
	x.mirror, x.since = w.plan.Mirror(), w.seq
	if err := x.mirror.Open(view); err != nil {
		return fmt.Errorf("the mirror of %s does not open with %s: %w", x.member.Name, view, err)
	}
	return nil
}

// tell brings a client what one command did, as a room does: the events it may
// see, a fresh view after a reveal, and the digests;
// then compares, now and then.
func (w *world) tell(x *watcher, events []rooms.Event) error {
	revealed := false
	for _, e := range events {
		revealed = revealed || w.plan.reveals(e)
		if !e.To.Sees(x.member) {
			continue
		}
		told, err := onWire(e)
		if err != nil {
			return err
		}
		if err := x.mirror.Apply(told); err != nil {
			return fmt.Errorf("the mirror of %s does not take %s: %w", x.member.Name, told, err)
		}
	}
	if revealed {
		return w.open(x)
	}
	if err := w.digest(x); err != nil {
		return err
	}
	if len(events) == 0 || w.rand.IntN(8) > 0 {
		return nil
	}
	return w.agrees(x, events)
}

func (w *world) digest(x *watcher) error {
	mirror, ok := x.mirror.(DigestMirror)
	if !ok {
		return nil
	}
	for _, d := range digestsOf(w.live, x.member.Role) {
		with, err := encode(d.With)
		if err != nil {
			return err
		}
		if err := mirror.Digest(d.Key, with); err != nil {
			return fmt.Errorf("the mirror of %s does not take the digest %s: %w", x.member.Name, with, err)
		}
	}
	return nil
}

// agrees compares a client with one that has just come.
func (w *world) agrees(x *watcher, events []rooms.Event) error {
	late := &watcher{member: x.member}
	if err := w.open(late); err != nil {
		return err
	}
	if err := w.digest(late); err != nil {
		return err
	}
	told, err := encode(x.mirror.View())
	if err != nil {
		return err
	}
	seen, err := encode(late.mirror.View())
	if err != nil {
		return err
	}
	if string(told) != string(seen) {
		return fmt.Errorf("%s, who watches since %d, does not see after %s what a newcomer sees:\n%s",
			x.member.Name, x.since, namesOf(events), difference(told, seen))
	}
	return nil
}

func namesOf(events []rooms.Event) string {
	did := make([]string, len(events))
	for i, e := range events {
		did[i] = fmt.Sprintf("%q (%d)", e.Did, e.Seq)
	}
	return fmt.Sprint(did)
}

func (p Plan) reveals(e rooms.Event) bool { return p.Kind.Reveals != nil && p.Kind.Reveals(copyOf(e)) }
