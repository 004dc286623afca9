package chat

import (
	"slices"

	"plenum/rooms"
)

// MaxPins is how many messages may be pinned.
const MaxPins = 20

// ErrPins refuses one more.
var ErrPins = rooms.Refuse("pins", "At most 20 messages can be pinned. Take one down first.")

type pinned struct {
	Of uint64 `json:"of"`
	On bool   `json:"on"`
}

// decidePin pins a message, or takes it down.
func (c *Chat) decidePin(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		Seq uint64 `json:"seq"`
		On  *bool  `json:"on"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	if asked.On == nil {
		return nil, rooms.ErrMalformed
	}
	m, err := c.message(asked.Seq, command.Past)
	if err != nil {
		return nil, err
	}
	if slices.Contains(c.pins, m.Seq) == *asked.On {
		return nil, nil
	}
	if *asked.On && len(c.pins) >= MaxPins {
		return nil, ErrPins
	}
	return happened("pinned", Message{}, 0, pinned{Of: m.Seq, On: *asked.On})
}

func (c *Chat) applyPin(e rooms.Event) {
	var with pinned
	if err := read(e, &with); err != nil {
		panic(err)
	}
	c.pins = slices.DeleteFunc(slices.Clone(c.pins), func(seq uint64) bool { return seq == with.Of })
	if with.On {
		c.pins = append(c.pins, with.Of)
	}
}

// unpin takes down what was deleted.
func (c *Chat) unpin(e rooms.Event) {
	var with pinned
	if err := read(e, &with); err != nil {
		panic(err)
	}
	if slices.Contains(c.pins, with.Of) {
		c.pins = slices.DeleteFunc(slices.Clone(c.pins), func(seq uint64) bool { return seq == with.Of })
	}
}

// decideRead notes how far a member has read the chat, or a thread in which they
// take part. It only goes forward, and is told
// to the member alone: their other tabs and devices have read it too.
func (c *Chat) decideRead(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		Seq    uint64 `json:"seq"`
		Thread uint64 `json:"thread"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	if asked.Seq == 0 || asked.Seq >= command.Seq {
		return nil, rooms.ErrMalformed
	}
	through := c.read[command.From.ID]
	if asked.Thread > 0 {
		at := c.known(asked.Thread)
		if at < 0 {
			return nil, nil
		}
		takes := false
		if through, takes = c.threads[at].reads(command.From.ID); !takes {
			return nil, nil // nothing of it is counted for them
		}
	}
	if asked.Seq <= through {
		return nil, nil
	}
	events, err := happened("read", Message{Thread: asked.Thread}, 0, readThrough{Seq: asked.Seq, Thread: asked.Thread})
	if err == nil {
		events[0].To = rooms.Audience{Only: command.From.ID}
	}
	return events, err
}

type readThrough struct {
	Seq    uint64 `json:"seq"`
	Thread uint64 `json:"thread,omitempty"`
}

func (c *Chat) applyRead(e rooms.Event) {
	var with readThrough
	if err := read(e, &with); err != nil {
		panic(err)
	}
	if e.Thread > 0 {
		c.applyReadThread(e, with.Seq)
		return
	}
	if c.read == nil {
		c.read = map[string]uint64{}
	}
	c.read[e.By] = max(c.read[e.By], with.Seq)
}
