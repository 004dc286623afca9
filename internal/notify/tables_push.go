package notify

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type keyRow struct {
	ID        int64 `gorm:"primaryKey"`
	Public    string
	Private   string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
}

func (keyRow) TableName() string { return "push_keys" }

type subscriptionRow struct {
	ID        int64 `gorm:"primaryKey"`
	Person    string
	Token     []byte
	Endpoint  string
	P256dh    string `gorm:"column:p256dh"`
	Auth      string
	Language  string
	Site      string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
}

func (subscriptionRow) TableName() string { return "push_subscriptions" }

type quietRow struct {
	Person string `gorm:"primaryKey"`
	Begins int
	Ends   int
	Zone   string
}

func (quietRow) TableName() string { return "quiet_hours" }

// ownKeys are the server's keys, made when there are none.
func (n *Notify) ownKeys(ctx context.Context) (row keyRow, err error) {
	fresh, err := n.newKeys()
	if err != nil {
		return row, err
	}
	err = n.store.Write(ctx, func(tx *gorm.DB) error {
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
			return err
		}
		return tx.Where("id = 1").Take(&row).Error
	})
	if err != nil {
		return row, fmt.Errorf("read the keys for pushes: %w", err)
	}
	return row, nil
}

// subscribe stores a device, and lets the oldest go that are too many.
func (n *Notify) subscribe(ctx context.Context, row subscriptionRow) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		// Pushes that wait for the same device and another person are not theirs to hear.
		if err := tx.Exec(`DELETE FROM pushes WHERE subscription IN
			(SELECT id FROM push_subscriptions WHERE endpoint = ? AND person <> ?)`, row.Endpoint, row.Person).Error; err != nil {
			return err
		}
		err := tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "endpoint"}},
			DoUpdates: clause.AssignmentColumns([]string{"person", "token", "p256dh", "auth", "language", "site", "created_at"}),
		}).Omit("id").Create(&row).Error
		if err != nil {
			return err
		}
		return dropDevices(tx, `SELECT id FROM push_subscriptions WHERE person = ? ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?`, row.Person, mostDevices)
	})
}

func (n *Notify) unsubscribe(ctx context.Context, person, endpoint string) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		return dropDevices(tx, "SELECT id FROM push_subscriptions WHERE person = ? AND endpoint = ?", person, endpoint)
	})
}

func (n *Notify) dropDevice(ctx context.Context, id int64) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error { return dropDevices(tx, "SELECT ?", id) })
}

// dropDevices drops subscriptions whose ids a query finds, and what waits for them.
func dropDevices(tx *gorm.DB, ids string, args ...any) error {
	if err := tx.Exec("DELETE FROM pushes WHERE subscription IN ("+ids+")", args...).Error; err != nil {
		return err
	}
	return tx.Exec("DELETE FROM push_subscriptions WHERE id IN ("+ids+")", args...).Error
}

// addPushes lets a notice that was just stored wait for the devices of its person.
func (n *Notify) addPushes(tx *gorm.DB, row noticeRow) error {
	now, until := n.clock(), row.At+pushFor.Milliseconds()
	if until <= now.UnixMilli() {
		return nil
	}
	return tx.Exec(`INSERT INTO pushes (notice, subscription, until, next_at) SELECT notices.id, push_subscriptions.id, ?, ?
		FROM notices JOIN push_subscriptions ON push_subscriptions.person = notices.person
		WHERE notices.person = ? AND room = ? AND activity = ? AND key = ? AND at = ?`,
		until, now.Add(n.grace).UnixMilli(), row.Person, row.Room, row.Activity, row.Key, row.At).Error
}

// duePushes are those whose time has come, each to a device whose token is valid; and
// when the next one is due if there are none, 0 if none waits.
func (n *Notify) duePushes(ctx context.Context, now int64, most int) (due []push, next int64, err error) {
	if err := n.dropDead(ctx, now); err != nil {
		return nil, 0, err
	}
	err = n.read(ctx).Raw(`SELECT pushes.until, pushes.tries, pushes.next_at,
			n.id AS n_id, n.person AS n_person, n.room AS n_room, n.activity AS n_activity, n.key AS n_key, n.at AS n_at, n.seq AS n_seq,
			n.words AS n_words, n.why AS n_why, n.read_at AS n_read_at,
			s.id AS s_id, s.endpoint AS s_endpoint, s.p256dh AS s_p256dh, s.auth AS s_auth, s.language AS s_language, s.site AS s_site
		FROM pushes JOIN notices AS n ON n.id = notice JOIN push_subscriptions AS s ON s.id = subscription
		WHERE next_at <= ? ORDER BY next_at LIMIT ?`, now, most).Scan(&due).Error
	if err != nil || len(due) > 0 {
		return due, 0, err
	}
	err = n.read(ctx).Raw("SELECT coalesce(min(next_at), 0) FROM pushes").Scan(&next).Error
	return nil, next, err
}

// dropDead drops devices whose token is worth nothing any more, and pushes that
// are due and have lost their notice or their device.
func (n *Notify) dropDead(ctx context.Context, now int64) error {
	const dead = `SELECT id FROM push_subscriptions WHERE id IN (SELECT subscription FROM pushes WHERE next_at <= ?)
		AND NOT EXISTS (SELECT 1 FROM tokens WHERE hash = token AND revoked_at = 0)`
	const lost = `FROM pushes WHERE next_at <= ? AND (notice NOT IN (SELECT id FROM notices) OR subscription NOT IN (SELECT id FROM push_subscriptions))`
	var some bool
	err := n.read(ctx).Raw("SELECT EXISTS ("+dead+") OR EXISTS (SELECT 1 "+lost+")", now, now).Scan(&some).Error
	if err != nil || !some {
		return err
	}
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		if err := dropDevices(tx, dead, now); err != nil {
			return err
		}
		return tx.Exec("DELETE "+lost, now).Error
	})
}

func (n *Notify) dropPush(ctx context.Context, p push) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM pushes WHERE notice = ? AND subscription = ?", p.Notice.ID, p.To.ID).Error
	})
}

func (n *Notify) pushLater(ctx context.Context, p push, at int64) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE pushes SET tries = tries + 1, next_at = ? WHERE notice = ? AND subscription = ?", at, p.Notice.ID, p.To.ID).Error
	})
}

func (n *Notify) quietOf(ctx context.Context, person string) (*Quiet, error) {
	var rows []quietRow
	if err := n.read(ctx).Where("person = ?", person).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, err
	}
	return &Quiet{From: rows[0].Begins, To: rows[0].Ends, Zone: rows[0].Zone}, nil
}

func (n *Notify) setQuiet(ctx context.Context, person string, q *Quiet) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		if q == nil {
			return tx.Where("person = ?", person).Delete(&quietRow{}).Error
		}
		return tx.Save(&quietRow{Person: person, Begins: q.From, Ends: q.To, Zone: q.Zone}).Error
	})
}
