package laws

import (
	"fmt"

	"plenum/rooms"
)

// handed is something that an activity has given away, as it was then.
type handed struct {
	what string
	v    any
	save func() ([]byte, error) // in the place of v, a snapshot to be encoded later
	was  string
}

// apart: what an activity hands out does not change when the activity does,
// and what it was given may be overwritten. A view depends on the role only.
func apart(w *world) error {
	w.scribbles = true
	var out []handed
	for range Steps {
		if _, _, err := w.step(); err != nil {
			return err
		}
		if w.rand.IntN(20) != 0 {
			continue
		}
		if err := w.roleOnly(); err != nil {
			return err
		}
		more, err := w.handOut()
		if err != nil {
			return err
		}
		out = append(out, more...)
	}
	for _, h := range out {
		if err := h.unchanged(); err != nil {
			return err
		}
	}
	if err := w.replayed(nil, 0); err != nil {
		return fmt.Errorf("after overwriting what it was given: %w", err)
	}
	return nil
}

// handOut takes everything that the activity gives.
func (w *world) handOut() ([]handed, error) {
	var out []handed
	for _, m := range w.members {
		out = append(out,
			handed{what: "view of " + m.Name, v: w.live.View(m)},
			handed{what: "own part of " + m.Name, v: mineOf(w.live, m)},
			handed{what: "digests of " + m.Name, v: digestsOf(w.live, m.Role)})
	}
	for i := range out {
		is, err := encode(out[i].v)
		if err != nil {
			return nil, err
		}
		out[i].was = string(is)
	}
	if checkpointer, ok := w.live.(rooms.Checkpointer); ok {
		is, err := save(w.live)
		if err != nil {
			return nil, err
		}
		if is != nil {
			out = append(out, handed{what: "snapshot", save: checkpointer.Save(), was: string(is)})
		}
	}
	return out, nil
}

func (h handed) unchanged() error {
	is, err := h.now()
	if err != nil {
		return err
	}
	if string(is) != h.was {
		return fmt.Errorf("the %s changed after it was handed out:\n%s", h.what, difference([]byte(h.was), is))
	}
	return nil
}

func (h handed) now() ([]byte, error) {
	if h.save != nil {
		return h.save()
	}
	return encode(h.v)
}

// roleOnly compares the views of members of one role.
func (w *world) roleOnly() error {
	seen := map[rooms.Role]string{}
	for _, m := range w.members {
		view, err := encode(w.live.View(m))
		if err != nil {
			return err
		}
		was, ok := seen[m.Role]
		if ok && was != string(view) {
			return fmt.Errorf("two members with the role %s have different views:\n%s", m.Role, difference([]byte(was), view))
		}
		seen[m.Role] = string(view)
	}
	return nil
}
