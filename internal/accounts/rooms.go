package accounts

import (
	"context"
	"fmt"
)

// Room is a room that a person is in.
type Room struct {
	Code   string
	Title  string
	Role   string
	LastAt int64 // when something last happened in it, Unix milliseconds
}

// MaxRooms bounds a list of rooms.
const MaxRooms = 200

// Rooms are the rooms in which a person is a member, guest or not, the ones
// where something happened last first. The lobbies keep the tables.
func (a *Accounts) Rooms(ctx context.Context, person string) ([]Room, error) {
	var found []Room
	err := a.database.Read().WithContext(ctx).Raw(`
		SELECT rooms.code AS code, coalesce(room_titles.title, '') AS title, member_roles.role AS role,
			coalesce(events.at, rooms.created_at) AS last_at
		FROM members
		JOIN rooms ON rooms.id = members.room
		JOIN member_roles ON member_roles.room = members.room AND member_roles.member = members.member
		LEFT JOIN removed_members ON removed_members.room = members.room AND removed_members.member = members.member
		LEFT JOIN room_titles ON room_titles.room = members.room
		LEFT JOIN events ON events.room = rooms.id AND events.seq = rooms.seq
		WHERE members.person = ? AND removed_members.member IS NULL
		ORDER BY last_at DESC, code LIMIT ?`, person, MaxRooms).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("list rooms: %w", err)
	}
	return found, nil
}
