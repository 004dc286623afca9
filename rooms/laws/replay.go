package laws

import (
	"encoding/json"
	"fmt"
	"slices"

	"plenum/rooms"
)

// replay is law 4: at any place, the log alone and a checkpoint with the log
// after it give the state as it was lived.
func replay(w *world) error {
	saved, err := save(w.live)
	if err != nil {
		return err
	}
	through := 0 // events in the checkpoint
	for i := range Steps {
		if _, _, err := w.step(); err != nil {
			return err
		}
		if w.rand.IntN(30) == 0 {
			if err := w.replayed(saved, through); err != nil {
				return fmt.Errorf("after %d commands and %d events: %w", i+1, len(w.log), err)
			}
		}
		if w.rand.IntN(30) == 0 {
			state, err := save(w.live)
			if err != nil {
				return err
			}
			if state != nil {
				saved, through = state, len(w.log)
			}
		}
	}
	return w.replayed(saved, through)
}

func (w *world) replayed(saved []byte, through int) error {
	lived, err := w.picture(w.live)
	if err != nil {
		return err
	}
	again, err := w.fresh()
	if err != nil {
		return err
	}
	if err := w.relive(again, w.log, lived); err != nil {
		return fmt.Errorf("replayed from the start: %w", err)
	}
	if again, err = w.fresh(); err != nil {
		return err
	}
	if err := w.relive(again, w.noise(), lived); err != nil {
		return fmt.Errorf("replayed from the start, without the secrets that are not needed: %w", err)
	}
	if saved == nil {
		return nil
	}
	if again, err = w.fresh(); err != nil {
		return err
	}
	state := slices.Clone(saved)
	if err := again.(rooms.Checkpointer).Load(state); err != nil {
		return fmt.Errorf("load its own checkpoint: %w", err)
	}
	scribble(state)
	if recaller, ok := again.(rooms.Recaller); ok {
		recaller.Recall(w.words(through))
	}
	if err := w.relive(again, w.log[through:], lived); err != nil {
		return fmt.Errorf("replayed from the checkpoint after %d events: %w", through, err)
	}
	return nil
}

func (w *world) relive(a rooms.Activity, log []rooms.Event, lived picture) error {
	for _, e := range log {
		a.Apply(copyOf(e))
	}
	is, err := w.picture(a)
	if err != nil {
		return err
	}
	return same(lived, is)
}

// decide is the first half of the plug's contract: Decide changes nothing, and
// the same command at the same state is decided in the same way.
func decide(w *world) error {
	for range Steps {
		c, err := w.command()
		if err != nil {
			return err
		}
		before, err := w.picture(w.live)
		if err != nil {
			return err
		}
		events, err := w.decide(w.live, c)
		if err != nil {
			return err
		}
		again, err := w.decide(w.live, c)
		if err != nil {
			return err
		}
		if one, other := must(json.Marshal(events)), must(json.Marshal(again)); string(one) != string(other) {
			return fmt.Errorf("%q was decided twice and differently:\n%s", c.Do, difference(one, other))
		}
		after, err := w.picture(w.live)
		if err != nil {
			return err
		}
		if err := same(before, after); err != nil {
			return fmt.Errorf("Decide of %q with %s changed the state: %w", c.Do, c.With, err)
		}
		for _, e := range events {
			w.apply(e)
		}
	}
	return nil
}

// rows: the projection of an event is a pure function of it.
func rows(w *world) error {
	if w.plan.Kind.Rows == nil {
		return nil
	}
	for range Steps {
		_, events, err := w.step()
		if err != nil {
			return err
		}
		for _, e := range events {
			given := copyOf(e)
			one, err := encode(w.plan.Kind.Rows("room", given))
			if err != nil {
				return err
			}
			other, err := encode(w.plan.Kind.Rows("room", copyOf(e)))
			if err != nil {
				return err
			}
			if string(one) != string(other) {
				return fmt.Errorf("the rows of %q differ from one call to the next:\n%s", e.Did, difference(one, other))
			}
			if string(given.With) != string(e.With) {
				return fmt.Errorf("making the rows of %q changed the event", e.Did)
			}
		}
	}
	return nil
}

// scribble makes bytes unusable for whoever still holds on to them.
func scribble(b []byte) {
	for i := range b {
		b[i] = '#'
	}
}
