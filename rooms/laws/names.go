package laws

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"plenum/rooms"
)

// names: every command of the kind's table is handled and tried by the plan,
// and is done at least once, so that the other laws are about something; a
// command that is not in the table is refused. What happens seldom gets more
// runs, so that chance does not break this law.
func names(p Plan, seed uint64, runs int) error {
	done := map[string]int{}
	never := func() string {
		for _, name := range slices.Sorted(maps.Keys(p.Kind.Commands)) {
			if p.Kind.Commands[name].Role != rooms.TheRoom && done[name] == 0 {
				return name
			}
		}
		return ""
	}
	const seldom = 20
	for run := 0; run < runs || never() != "" && run < seldom*runs; run++ {
		err := try(p, seed+uint64(run), func(w *world) error {
			for range Steps {
				if _, _, err := w.step(); err != nil {
					return err
				}
			}
			for name, times := range w.done {
				done[name] += times
			}
			return w.handled()
		})
		if err != nil {
			return err
		}
	}
	if name := never(); name != "" {
		return fmt.Errorf("in %d runs of the plan, %q was never done", seldom*runs, name)
	}
	return nil
}

// handled asks for every name of the table, and for one that is not in it.
func (w *world) handled() error {
	for _, name := range slices.Sorted(maps.Keys(w.plan.Kind.Commands)) {
		tries := append([][]byte{[]byte(`{}`)}, w.samples(name)...)
		for _, with := range tries {
			if refusal := w.refusal(name, with); refusal != nil && refusal.Code == rooms.ErrUnknown.Code {
				return fmt.Errorf("%q is in the kind's table, and refused as unknown", name)
			}
		}
	}
	if w.refusal("no such command", []byte(`{}`)) == nil {
		return errors.New("a command that is not in the kind's table was done")
	}
	return nil
}

func (w *world) refusal(name string, with json.RawMessage) *rooms.Refusal {
	from := rooms.Member{ID: "m0", Name: "Nobody", Colour: 1, Role: rooms.TheRoom}
	if _, err := w.live.Decide(w.fill(rooms.Command{Do: name, With: with, From: from})); err != nil {
		return rooms.AsRefusal(err)
	}
	return nil
}
