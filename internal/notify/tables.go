package notify

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"plenum/rooms"
)

type noticeRow struct {
	ID       int64 `gorm:"primaryKey"`
	Person   string
	Room     string
	Activity string
	Key      string
	At       int64
	Seq      uint64
	Words    uint64
	Why      string
	ReadAt   int64 // 0: not yet
	Thread   uint64
}

func (noticeRow) TableName() string { return "notices" }

type levelRow struct {
	Room   string `gorm:"primaryKey"`
	Person string `gorm:"primaryKey"`
	Level  Level
}

func (levelRow) TableName() string { return "notice_levels" }

func (n *Notify) read(ctx context.Context) *gorm.DB { return n.store.Read().WithContext(ctx) }

func (n *Notify) place(ctx context.Context, room string) (rooms.Place, error) {
	var row struct {
		Epoch string
		Seq   uint64
	}
	err := n.read(ctx).Raw("SELECT epoch, seq FROM notice_places WHERE room = ?", room).Scan(&row).Error
	return rooms.Place{Room: room, Epoch: row.Epoch, Seq: row.Seq}, err
}

func (n *Notify) storePlaces(ctx context.Context, places map[string]rooms.Place) error {
	if len(places) == 0 {
		return nil
	}
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		for room, p := range places {
			err := tx.Exec("INSERT OR REPLACE INTO notice_places (room, epoch, seq) VALUES (?, ?, ?)", room, p.Epoch, p.Seq).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// keep makes changes, and tells whose notices are others now.
func (n *Notify) keep(ctx context.Context, changes []change) ([]string, error) {
	var whose map[string]bool
	err := n.store.Write(ctx, func(tx *gorm.DB) error {
		whose = map[string]bool{}
		for _, c := range changes {
			persons, err := n.apply(tx, c)
			if err != nil {
				return err
			}
			for _, person := range persons {
				whose[person] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("keep notices: %w", err)
	}
	return keys(whose), nil
}

func keys(of map[string]bool) []string {
	var all []string
	for key := range of {
		all = append(all, key)
	}
	return all
}

func (n *Notify) apply(tx *gorm.DB, c change) ([]string, error) {
	switch {
	case c.add != nil:
		return n.add(tx, *c.add)
	case c.read != nil:
		r := c.read
		done := tx.Exec("UPDATE notices SET read_at = ? WHERE person = ? AND room = ? AND activity = ? AND thread = ? AND seq <= ? AND read_at = 0",
			r.at, r.person, r.room, r.activity, r.thread, r.seq)
		return []string{r.person}, done.Error
	}
	p := c.piece
	var persons []string
	of := tx.Table("notices").Where("room = ? AND activity = ? AND key = ?", p.room, p.activity, p.key).Session(&gorm.Session{})
	if err := of.Pluck("person", &persons).Error; err != nil {
		return nil, err
	}
	if p.words == 0 {
		return persons, of.Delete(&noticeRow{}).Error
	}
	return persons, of.Update("words", p.words).Error
}

// add stores a notice, unless it is there: it was told before.
func (n *Notify) add(tx *gorm.DB, row noticeRow) ([]string, error) {
	added := tx.Exec("INSERT OR IGNORE INTO notices (person, room, activity, key, at, seq, words, why, thread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		row.Person, row.Room, row.Activity, row.Key, row.At, row.Seq, row.Words, row.Why, row.Thread)
	if added.Error != nil || added.RowsAffected == 0 {
		return nil, added.Error
	}
	if err := errors.Join(n.addPushes(tx, row), n.addDigest(tx, row.Person)); err != nil {
		return nil, err
	}
	return []string{row.Person}, tx.Exec(`DELETE FROM notices WHERE person = ? AND at <
		(SELECT at FROM notices WHERE person = ? ORDER BY at DESC LIMIT 1 OFFSET ?)`, row.Person, row.Person, keepMost-1).Error
}

// forget drops what is known of a room: all of it, or what a new numbering makes again.
func (n *Notify) forget(ctx context.Context, room string, gone bool) ([]string, error) {
	var persons []string
	err := n.store.Write(ctx, func(tx *gorm.DB) error {
		of := tx.Table("notices").Where("room = ? AND (? OR read_at = 0)", room, gone).Session(&gorm.Session{})
		if err := of.Distinct("person").Pluck("person", &persons).Error; err != nil {
			return err
		}
		if err := of.Delete(&noticeRow{}).Error; err != nil {
			return err
		}
		if gone {
			if err := tx.Exec("DELETE FROM notice_levels WHERE room = ?", room).Error; err != nil {
				return err
			}
		}
		return tx.Exec("DELETE FROM notice_places WHERE room = ?", room).Error
	})
	return persons, err
}

func (n *Notify) hasUnread(ctx context.Context, of readThrough) (bool, error) {
	var found bool
	err := n.read(ctx).Raw("SELECT EXISTS (SELECT 1 FROM notices WHERE person = ? AND room = ? AND activity = ? AND thread = ? AND seq <= ? AND read_at = 0)",
		of.person, of.room, of.activity, of.thread, of.seq).Scan(&found).Error
	return found, err
}

func (n *Notify) hasPiece(ctx context.Context, room, activity, key string) (bool, error) {
	var found bool
	err := n.read(ctx).Raw("SELECT EXISTS (SELECT 1 FROM notices WHERE room = ? AND activity = ? AND key = ?)", room, activity, key).Scan(&found).Error
	return found, err
}

func (n *Notify) newest(ctx context.Context, person string, most int) (rows []noticeRow, err error) {
	err = n.read(ctx).Where("person = ?", person).Order("at DESC, id DESC").Limit(most).Find(&rows).Error
	return rows, err
}

func (n *Notify) readSome(ctx context.Context, person string, ids []int64, at int64) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		return tx.Model(&noticeRow{}).Where("person = ? AND id IN ? AND read_at = 0", person, ids).Update("read_at", at).Error
	})
}

func (n *Notify) readAll(ctx context.Context, person string, through, at int64) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		return tx.Model(&noticeRow{}).Where("person = ? AND id <= ? AND read_at = 0", person, through).Update("read_at", at).Error
	})
}

// dropOld drops what is older than a time, and what is of people whom nobody
// can be any more: every token of theirs is revoked, and they have no account.
func (n *Notify) dropOld(ctx context.Context, before int64) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("DELETE FROM notices WHERE at < ?", before).Error; err != nil {
			return err
		}
		for _, table := range []string{"notices", "notice_levels", "quiet_hours", "push_subscriptions", "digests"} {
			err := tx.Exec("DELETE FROM " + table + ` WHERE person IN (SELECT DISTINCT person FROM ` + table + ` AS held
				WHERE NOT EXISTS (SELECT 1 FROM tokens WHERE tokens.person = held.person AND revoked_at = 0)
				AND NOT EXISTS (SELECT 1 FROM accounts WHERE accounts.person = held.person))`).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (n *Notify) levelsOf(ctx context.Context, room string) (map[string]Level, error) {
	var rows []levelRow
	if err := n.read(ctx).Where("room = ?", room).Find(&rows).Error; err != nil {
		return nil, err
	}
	levels := map[string]Level{}
	for _, row := range rows {
		levels[row.Person] = row.Level
	}
	return levels, nil
}

func (n *Notify) levelsBy(ctx context.Context, person string) ([]RoomLevel, error) {
	levels := []RoomLevel{}
	err := n.read(ctx).Raw("SELECT code AS room, level FROM notice_levels JOIN rooms ON id = room WHERE person = ? ORDER BY code", person).Scan(&levels).Error
	return levels, err
}

func (n *Notify) setLevel(ctx context.Context, row levelRow) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		if row.Level == Mentions {
			return tx.Delete(&row).Error
		}
		return tx.Save(&row).Error
	})
}
