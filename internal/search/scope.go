package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"plenum/rooms"
)

// scope is a room in which somebody searches, with what they may find there now
// and want to.
type scope struct {
	number  int64
	stale   bool // the index is of another epoch: nothing of it counts
	sight   *rooms.Sight
	member  rooms.Member
	open    map[string]rooms.Seen // the activities
	authors []string              // members, if only some are asked for
	whole   bool                  // in: does not exclude the room itself
}

// scopes are the rooms of a person, or the one with a code. Who is in them, and
// may see what, is what their logs say now.
func (s *Search) scopes(ctx context.Context, person, code string, q *query, in func([]string)) (all []*scope, err error) {
	places, err := s.index.placesOf(ctx, person)
	if err != nil {
		return nil, err
	}
	in(roomsOf(places))
	for _, p := range places {
		sight, err := s.sights.Of(ctx, p.room)
		if errors.Is(err, rooms.ErrNoRoom) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("look into a room: %w", err)
		}
		member, err := sight.Person(person)
		if err != nil || code != "" && sight.Code != code {
			continue
		}
		sc := &scope{number: p.number, stale: p.epoch != sight.Epoch, sight: sight, member: member}
		sc.narrow(q)
		all = append(all, sc)
	}
	return all, nil
}

// known is a room in the index.
type known struct {
	number      int64
	room, epoch string
}

// placesOf are the rooms that a person has ever been a member of.
func (x *index) placesOf(ctx context.Context, person string) (places []known, err error) {
	rows, err := x.db.Read.QueryContext(ctx,
		"SELECT number, rooms.room, epoch FROM persons JOIN rooms ON number = persons.room WHERE person = ? ORDER BY number DESC LIMIT ?", person, mostRooms)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var p known
		if err := rows.Scan(&p.number, &p.room, &p.epoch); err != nil {
			return nil, err
		}
		places = append(places, p)
	}
	return places, rows.Err()
}

func roomsOf(places []known) []string {
	names := make([]string, len(places))
	for i, p := range places {
		names[i] = p.room
	}
	return names
}

// narrow finds what of a room is asked for.
func (sc *scope) narrow(q *query) {
	title := folded(sc.sight.Title)
	sc.whole = len(q.in) == 0 || slices.ContainsFunc(q.in, func(in string) bool {
		return title != "" && strings.Contains(title, in) || folded(sc.sight.Code) == in
	})
	sc.open = map[string]rooms.Seen{}
	for _, a := range sc.sight.Activities(sc.member.Role) {
		if q.wants(a.Kind) && (sc.whole || called(a, q.in)) {
			sc.open[a.ID] = a
		}
	}
	if len(q.from) == 0 {
		return
	}
	sc.authors = []string{}
	sc.sight.Authors(func(m rooms.Member) {
		name := folded(m.Name)
		if slices.ContainsFunc(q.from, func(from string) bool {
			return strings.Contains(name, from) || from == "me" && m.ID == sc.member.ID
		}) && len(sc.authors) < mostAuthors {
			sc.authors = append(sc.authors, m.ID)
		}
	})
}

// called tells whether an activity is one of those that are asked for.
func called(a rooms.Seen, in []string) bool {
	title := folded(a.Title)
	return slices.ContainsFunc(in, func(in string) bool {
		return in == a.Kind || in == a.ID || title != "" && strings.Contains(title, in)
	})
}
