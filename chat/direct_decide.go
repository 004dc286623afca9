package chat

import (
	"encoding/json"
	"slices"

	"plenum/rooms"
)

// Decide says what follows from a command. Refusals are "unknown", those of this
// file, and those of a chat.
func (d *Talks) Decide(command rooms.Command) ([]rooms.Event, error) {
	switch command.Do {
	case "say":
		return d.decideSay(command)
	case "edit", "delete", "react":
		return d.decideChange(command)
	case "read":
		return d.decideRead(command)
	case "block":
		return d.decideBlock(command)
	}
	return nil, rooms.ErrUnknown
}

// Wants are the messages that a command is about: none is at hand.
func (d *Talks) Wants(command rooms.Command) []uint64 {
	var asked struct{ Seq, To uint64 }
	if err := json.Unmarshal(command.With, &asked); err != nil {
		return nil // Decide says so
	}
	seq := asked.Seq
	switch command.Do {
	case "say":
		seq = asked.To
	case "edit", "delete", "react":
	default:
		return nil
	}
	if seq == 0 {
		return nil
	}
	return []uint64{seq}
}

// decideSay writes to a member. The first message begins the talk.
func (d *Talks) decideSay(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		With string  `json:"with"`
		Text *string `json:"text"`
		To   uint64  `json:"to"`
		File *File   `json:"file"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	if asked.File != nil && !asked.File.valid() {
		return nil, ErrFile
	}
	from := command.From
	content, err := newSaid(asked.Text, nil, asked.File, from)
	if err != nil {
		return nil, err
	}
	content.Here = false // there is nobody else
	other, err := somebody(command, asked.With)
	switch {
	case err != nil:
		return nil, err
	case d.has(from.ID, other.ID):
		return nil, ErrBlocked
	}
	of, begun := d.between[pair(from.ID, other.ID)]
	var events []rooms.Event
	if !begun {
		if events, err = d.decideBegin(command, other); err != nil {
			return nil, err
		}
		of = command.Seq
	}
	if asked.To > 0 {
		if answered, ok := saidAt(asked.To, seenIn(command)); !ok || answered.Thread != of {
			return nil, ErrNoSuch
		}
		content.To = asked.To
	}
	content.Thread = of
	said, err := happened("said", Message{Thread: of}, 0, content)
	if err != nil {
		return nil, err
	}
	said[0].To = d.audience(from.ID, other.ID)
	return append(events, said...), nil
}

// decideBegin begins a talk. That it was begun is told to both, also to who has
// blocked the other: it says nothing yet, and is shown when they hear of each other.
func (d *Talks) decideBegin(command rooms.Command, other Person) ([]rooms.Event, error) {
	from := command.From
	if len(d.all) >= MaxTalks || d.begun[from.ID] >= MaxBegun {
		return nil, ErrTalks
	}
	events, err := happened("began", Message{}, 0, began{[2]Person{{from.ID, from.Name, from.Colour}, other}})
	if err == nil {
		events[0].To = rooms.Between(from.ID, other.ID)
	}
	return events, err
}

// somebody is another member of the room, by their id.
func somebody(command rooms.Command, id string) (Person, error) {
	switch {
	case id == "" || len(id) > 20:
		return Person{}, rooms.ErrMalformed
	case id == command.From.ID:
		return Person{}, ErrSelf
	case command.Who == nil:
		return Person{ID: id}, nil
	}
	m, ok := command.Who(id)
	if !ok {
		return Person{}, ErrLeft
	}
	return Person{m.ID, m.Name, m.Colour}, nil
}

// seenIn is the past of a command as far as its member sees it: of what others
// say to each other there is nothing.
func seenIn(command rooms.Command) []rooms.Event {
	return slices.DeleteFunc(slices.Clone(command.Past), func(e rooms.Event) bool { return !e.To.Sees(command.From) })
}

// saidAt is the message at a seq of a past.
func saidAt(seq uint64, past []rooms.Event) (rooms.Event, bool) {
	at := slices.IndexFunc(past, func(e rooms.Event) bool { return e.Seq == seq && e.Did == "said" })
	if at < 0 {
		return rooms.Event{}, false
	}
	return past[at], true
}

// decideChange changes a message as a chat does it, for those who see the
// message. There are no hosts here. Who was blocked changes nothing for the other
// any more: they only take back.
func (d *Talks) decideChange(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		Seq uint64 `json:"seq"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	command.Past = seenIn(command)
	command.From.Role = rooms.Participant
	events, err := new(Chat).Decide(command)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	of, ok := saidAt(asked.Seq, command.Past)
	if !ok {
		return nil, ErrNoSuch
	}
	events[0].To = of.To
	if of.To.And == "" || command.Do == "delete" {
		return events, nil
	}
	t := d.all[of.Thread]
	other := t.People[1-t.side(command.From.ID)].ID
	events[0].To = d.audience(command.From.ID, other)
	if command.Do == "edit" && events[0].To.And == "" {
		return d.without(other, asked.Seq, events)
	}
	return events, nil
}

// without is an edit of which somebody is not told: to them, who saw the message
// before they blocked its author, it is as if it was deleted.
func (d *Talks) without(member string, of uint64, edits []rooms.Event) ([]rooms.Event, error) {
	var with edited
	if err := read(edits[0], &with); err != nil {
		return nil, err
	}
	gone, err := happened("deleted", Message{Thread: edits[0].Thread}, 0,
		deleted{Of: of, Forgets: with.Forgets, inThread: inThread{Thread: edits[0].Thread}})
	if err != nil {
		return nil, err
	}
	gone[0].To = rooms.Audience{Only: member}
	return append(edits, gone...), nil
}

// decideRead notes how far a member has read a talk. It is told to the member
// alone: nobody hears whether they were read.
func (d *Talks) decideRead(command rooms.Command) ([]rooms.Event, error) {
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
	t := d.all[asked.Thread]
	if t == nil {
		return nil, nil
	}
	side := t.side(command.From.ID)
	if side < 0 || asked.Seq <= t.People[side].Read {
		return nil, nil // what is not theirs is as if it were not there
	}
	events, err := happened("read", Message{Thread: t.Of}, 0, readThrough{Seq: asked.Seq, Thread: t.Of})
	if err == nil {
		events[0].To = rooms.Audience{Only: command.From.ID}
	}
	return events, err
}

// decideBlock keeps what a member writes from another, or not any more. Nobody
// but who asks is told.
func (d *Talks) decideBlock(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		With string `json:"with"`
		On   *bool  `json:"on"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	if asked.On == nil {
		return nil, rooms.ErrMalformed
	}
	from := command.From.ID
	if d.has(from, asked.With) == *asked.On {
		return nil, nil
	}
	other := Person{ID: asked.With}
	if *asked.On {
		var err error
		if other, err = somebody(command, asked.With); err != nil {
			return nil, err
		}
		if len(d.blocks[from]) >= MaxBlocked {
			return nil, ErrBlocks
		}
	}
	events, err := happened("blocked", Message{}, 0, blockedEvent{other, *asked.On})
	if err == nil {
		events[0].To = rooms.Audience{Only: from}
	}
	return events, err
}
