package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"plenum/rooms"
)

// Notice is one as it is told to its person, with what it says now.
type Notice struct {
	ID     int64  `json:"id"`
	Room   string `json:"room"`  // its code
	Where  string `json:"where"` // its title
	In     string `json:"in"`
	Kind   string `json:"kind"`
	Title  string `json:"title,omitempty"` // of the activity
	Key    string `json:"key"`             // of the piece of the activity, as search names it
	Why    string `json:"why"`             // direct, mention, reply, here or said
	Text   string `json:"text"`            // how it begins, on one line
	Name   string `json:"name"`            // who said it, as they are called now
	Colour int    `json:"colour"`
	At     int64  `json:"at"`
	Read   bool   `json:"read,omitempty"`
}

// List are the newest notices of a person, the newest first.
type List struct {
	Unread  int      `json:"unread"` // of them
	Notices []Notice `json:"notices"`
}

// MostListed is how many notices are listed, and longestText how much of what
// one says, in UTF-16 units.
const (
	MostListed  = 100
	longestText = 200
)

// List is what a person may see of their notices now. Of a room that they are
// not in any more, an activity that is hidden from them and a message that was
// deleted there is nothing in it.
func (n *Notify) List(ctx context.Context, person string) (List, error) {
	rows, err := n.newest(ctx, person, MostListed)
	if err != nil {
		return List{}, err
	}
	list := List{Notices: []Notice{}}
	for _, row := range rows {
		told, ok, err := n.tell(ctx, row)
		if err != nil {
			return List{}, fmt.Errorf("list notices: %w", err)
		}
		if !ok {
			continue
		}
		list.Notices = append(list.Notices, told)
		if !told.Read {
			list.Unread++
		}
	}
	return list, nil
}

// tell is a notice as its person may see it now; false if they may not.
func (n *Notify) tell(ctx context.Context, row noticeRow) (told Notice, ok bool, err error) {
	sight, err := n.sights.Of(ctx, row.Room)
	if errors.Is(err, rooms.ErrNoRoom) {
		return told, false, nil
	}
	if err != nil {
		return told, false, err
	}
	member, err := sight.Person(row.Person)
	if err != nil {
		return told, false, nil // not in the room any more
	}
	in, open := sight.Opens(member.Role, row.Activity)
	if !open {
		return told, false, nil
	}
	e, found, err := n.event(ctx, row.Room, row.Activity, row.Words)
	if err != nil || !found || !e.To.Sees(member) {
		return told, false, err
	}
	said := n.noticesOf(in.Kind, e)
	at := slices.IndexFunc(said, func(one rooms.Notice) bool { return one.Key == row.Key && one.Text != "" })
	if at < 0 {
		return told, false, nil // forgotten
	}
	author, _ := sight.Author(e.By)
	return Notice{
		ID: row.ID, Room: sight.Code, Where: sight.Title, In: in.ID, Kind: in.Kind, Title: in.Title, Key: row.Key, Why: row.Why,
		Text: shortened(said[at].Text), Name: author.Name, Colour: author.Colour, At: row.At, Read: row.ReadAt > 0,
	}, true, nil
}

// event is one event of an activity.
func (n *Notify) event(ctx context.Context, room, activity string, seq uint64) (e rooms.Event, found bool, err error) {
	events, err := n.tail.Events(ctx, rooms.Query{Room: room, After: seq - 1, Through: seq})
	if err != nil || len(events) == 0 || events[0].In != activity {
		return e, false, err
	}
	return events[0], true, nil
}

// shortened is the beginning of a text on one line.
func shortened(text string) string {
	text = rooms.CleanLine(text)
	units := 0
	for i, r := range text {
		if units += rooms.Units(string(r)); units > longestText {
			return text[:i] + "…"
		}
	}
	return text
}

// Read notes that a person has read some of their notices, by their ids.
func (n *Notify) Read(ctx context.Context, person string, ids []int64) error {
	if err := n.readSome(ctx, person, ids, n.clock().UnixMilli()); err != nil {
		return fmt.Errorf("note what was read: %w", err)
	}
	n.changed([]string{person})
	return nil
}

// ReadThrough notes that a person has read all of their notices up to an id.
func (n *Notify) ReadThrough(ctx context.Context, person string, id int64) error {
	if err := n.readAll(ctx, person, id, n.clock().UnixMilli()); err != nil {
		return fmt.Errorf("note what was read: %w", err)
	}
	n.changed([]string{person})
	return nil
}
