package laws

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"plenum/rooms"
)

// The activity's id in its room.
const activity = "it"

// world is one activity with the people around it, and the log of what
// happened. It does to an activity what a room does, without a room.
type world struct {
	plan    Plan
	rand    *rand.Rand
	members []rooms.Member
	live    rooms.Activity
	log     []rooms.Event
	now     int64
	seq     uint64
	numbers map[string]uint64
	sent    []rooms.Command
	done    map[string]int // how often each command was done
	gone    [][]byte       // secrets that were forgotten
	// scribbles overwrites what the activity was given, after it was given.
	scribbles bool
}

func newWorld(p Plan, seed uint64) (*world, error) {
	w := &world{
		plan: p, rand: source(seed), members: People(),
		now: 1_700_000_000_000, seq: 7, numbers: map[string]uint64{}, done: map[string]int{},
	}
	var err error
	w.live, err = w.fresh()
	return w, err
}

// People are the members of every trial: each role, and two of the roles that
// usually are a crowd.
func People() []rooms.Member {
	var people []rooms.Member
	for _, role := range append(slices.Clone(rooms.Told), rooms.Viewer, rooms.Participant) {
		n := len(people) + 1
		people = append(people, rooms.Member{
			ID: fmt.Sprintf("m%d", n), Name: fmt.Sprintf("%s %d", role, n), Colour: n, Role: role,
		})
	}
	return people
}

// fresh is the activity before anything happened.
func (w *world) fresh() (rooms.Activity, error) {
	a, err := w.plan.Kind.New(slices.Clone(w.plan.Settings))
	if err != nil {
		return nil, fmt.Errorf("open a new %s: %w", w.plan.Kind.Name, err)
	}
	return a, nil
}

// command is the next thing that somebody asks for; time has passed before it.
func (w *world) command() (rooms.Command, error) {
	w.pass()
	if waker, ok := w.live.(rooms.Waker); ok {
		if at := waker.Wake(); at != 0 && at <= w.now {
			return w.fill(rooms.Command{Do: "wake", From: rooms.Member{Role: rooms.TheRoom}}), nil
		}
	}
	for range 1000 {
		c := w.ask()
		needs, ok := w.plan.Kind.Commands[c.Do]
		if !ok {
			return c, fmt.Errorf("the plan sends %q, which is not in the kind's table", c.Do)
		}
		if c.From.Role >= needs.Role && w.admits(c) {
			return w.fill(c), nil
		}
	}
	return rooms.Command{}, errors.New("the plan sends only what its members may not do")
}

// pass lets some time go by: mostly moments, sometimes nothing, sometimes hours.
func (w *world) pass() {
	switch w.rand.IntN(20) {
	case 0:
		w.now += w.rand.Int64N(7_200_000)
	case 1, 2, 3:
	default:
		w.now += w.rand.Int64N(5_000)
	}
	w.seq += uint64(w.rand.IntN(3)) // other activities of the room
}

func (w *world) ask() rooms.Command {
	if w.plan.Aimed == nil {
		return w.plan.Command(w.rand, w.members)
	}
	return w.plan.Aimed(w.rand, w.members, func(m rooms.Member) (view, mine json.RawMessage) {
		return must(json.Marshal(w.live.View(m))), must(json.Marshal(mineOf(w.live, m)))
	})
}

func must(encoded []byte, err error) json.RawMessage {
	if err != nil {
		panic(err) // a view that cannot be encoded
	}
	return encoded
}

func (w *world) fill(c rooms.Command) rooms.Command {
	c.In, c.At, c.Seed, c.Seq = activity, w.now, w.rand.Uint64(), w.seq+1
	if c.From.ID != "" {
		c.Peer = "peer-of-" + c.From.ID
	}
	if c.Peer != "" && !w.plan.Kind.Commands[c.Do].Unnumbered {
		w.numbers[c.Peer]++
		c.N = w.numbers[c.Peer]
	}
	return w.veil(c)
}

// decide asks the activity and stamps the events as a room does: a
// number that led to nothing is settled by an event of that name. Refused
// commands give no events.
func (w *world) decide(a rooms.Activity, c rooms.Command) ([]rooms.Event, error) {
	c.With = slices.Clone(c.With)
	c.Past = w.past(a, c)
	events, err := a.Decide(c)
	if err != nil {
		var refusal *rooms.Refusal
		if !errors.As(err, &refusal) || refusal.Code == "" || refusal.Say == "" {
			return nil, fmt.Errorf("%q was answered by %T (%v), not by a refusal with code and sentence", c.Do, err, err)
		}
		return nil, nil
	}
	stamped := slices.Clone(events)
	if len(events) == 0 && c.N > 0 {
		stamped = []rooms.Event{{Did: "nothing", To: rooms.Audience{Least: rooms.Nobody}}}
	}
	for i := range stamped {
		e := &stamped[i]
		e.Seq, e.In, e.At, e.Format = c.Seq+uint64(i), c.In, c.At, w.plan.Kind.Format
		if c.From.Role != rooms.TheRoom && e.By == "" && !e.Unsigned && e.Veil == "" {
			e.By, e.Peer, e.N = c.From.ID, c.Peer, c.N
		}
		if e.With == nil {
			e.With = json.RawMessage("null")
		}
		if err := w.veiled(e, c); err != nil {
			return nil, err
		}
		if !json.Valid(e.With) {
			return nil, fmt.Errorf("the event %q of %q is not JSON", e.Did, c.Do)
		}
	}
	return stamped, nil
}

// apply makes an event happen.
func (w *world) apply(e rooms.Event) {
	w.log = append(w.log, e)
	w.forget(e)
	w.seq = max(w.seq, e.Seq)
	given := copyOf(e)
	w.live.Apply(given)
	if w.scribbles {
		scribble(given.With)
	}
}

// step is one command from being asked to having happened.
func (w *world) step() (rooms.Command, []rooms.Event, error) {
	c, err := w.command()
	if err != nil {
		return c, nil, err
	}
	events, err := w.decide(w.live, c)
	if err != nil {
		return c, nil, err
	}
	w.sent = append(w.sent, c)
	for _, e := range events {
		w.apply(e)
	}
	if len(events) > 0 {
		w.done[c.Do]++
	}
	return c, events, w.awake(c)
}

// awake finds an activity that would keep its room awake for ever.
func (w *world) awake(c rooms.Command) error {
	if waker, ok := w.live.(rooms.Waker); ok && c.Do == "wake" {
		if at := waker.Wake(); at != 0 && at <= c.At {
			return fmt.Errorf("woken at %d, it wants to be woken at %d again", c.At, at)
		}
	}
	return nil
}

// copyOf is an event that shares nothing with the first.
func copyOf(e rooms.Event) rooms.Event {
	e.With = slices.Clone(e.With)
	return e
}
