package accounts

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// ErrNotIn means that a person is in no room with that code.
var ErrNotIn = errors.New("the person is not in the room")

// Room is a room that a person is in.
type Room struct {
	Code       string
	Title      string
	Role       string
	LastAt     int64 // when something last happened in it, Unix milliseconds
	Pinned     bool  // the person wants to have it at hand
	ArchivedAt int64 // 0: it is not
	DeletedAt  int64 // 0: it is not; only its owner is told of it
}

// MaxRooms bounds a list of rooms.
const MaxRooms = 500

// mine are the rooms that a person is in.
const mine = `FROM members
	JOIN rooms ON rooms.id = members.room
	LEFT JOIN removed_members ON removed_members.room = members.room AND removed_members.member = members.member
	WHERE members.person = ? AND removed_members.member IS NULL`

// Rooms are the rooms in which a person is a member, guest or not, pinned ones
// first, then the ones where something happened last. The lobbies keep the tables.
func (a *Accounts) Rooms(ctx context.Context, person string) ([]Room, error) {
	var found []Room
	err := a.database.Read().WithContext(ctx).Raw(`
		SELECT mine.code, coalesce(room_titles.title, '') AS title, member_roles.role, coalesce((
				SELECT at FROM events WHERE room = mine.room AND (to_only = '' OR mine.member IN (to_only, to_and)) ORDER BY seq DESC LIMIT 1
			), mine.created_at) AS last_at,
			pinned_rooms.room IS NOT NULL AS pinned, coalesce(archived_rooms.at, 0) AS archived_at,
			coalesce(deleted_rooms.at, 0) AS deleted_at
		FROM (SELECT members.room, members.member, rooms.code, rooms.seq, rooms.created_at `+mine+`) AS mine
		JOIN member_roles ON member_roles.room = mine.room AND member_roles.member = mine.member
		LEFT JOIN room_titles ON room_titles.room = mine.room
		LEFT JOIN archived_rooms ON archived_rooms.room = mine.room
		LEFT JOIN deleted_rooms ON deleted_rooms.room = mine.room
		LEFT JOIN pinned_rooms ON pinned_rooms.room = mine.room AND pinned_rooms.person = ?
		WHERE deleted_rooms.room IS NULL OR member_roles.role = 'owner'
		ORDER BY pinned DESC, last_at DESC, code LIMIT ?`, person, person, MaxRooms).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("list rooms: %w", err)
	}
	return found, nil
}

type pinnedRow struct {
	Person string `gorm:"primaryKey"`
	Room   string `gorm:"primaryKey"`
}

func (pinnedRow) TableName() string { return "pinned_rooms" }

// Pin keeps a room at hand for a person who is in it, or does so no longer;
// ErrNotIn if they are not.
func (a *Accounts) Pin(ctx context.Context, person, code string, on bool) error {
	return a.write(ctx, "pin a room", func(tx *gorm.DB) error {
		var room string
		if err := tx.Raw("SELECT members.room "+mine+" AND rooms.code = ?", person, code).Scan(&room).Error; err != nil {
			return err
		}
		if room == "" {
			return ErrNotIn
		}
		row := &pinnedRow{person, room}
		if !on {
			return tx.Delete(row).Error
		}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(row).Error
	})
}
