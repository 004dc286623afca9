package notify

import (
	"context"

	"gorm.io/gorm"

	"plenum/internal/mail"
)

type digestRow struct {
	Person  string `gorm:"primaryKey"`
	Off     bool
	NextAt  int64
	SentAt  int64
	Through int64
}

func (digestRow) TableName() string { return "digests" }

// address is where somebody's mail goes, and in which language it is; none is "".
type address struct{ Email, Language string }

// mostUnread is how many notices are looked at for one mail.
const mostUnread = 100

// addDigest lets a person who has just got a notice be mailed, if they have an
// address that is theirs and nothing waits for it yet.
func (n *Notify) addDigest(tx *gorm.DB, person string) error {
	if n.mails == nil {
		return nil
	}
	return tx.Exec(`INSERT INTO digests (person, next_at)
		SELECT person, ? FROM accounts WHERE person = ? AND verified_at > 0
		ON CONFLICT (person) DO UPDATE SET next_at = max(excluded.next_at, sent_at + ?) WHERE next_at = 0 AND off = 0`,
		n.clock().Add(n.unreadFor).UnixMilli(), person, digestEvery.Milliseconds()).Error
}

func (n *Notify) nextDigest(ctx context.Context) (row digestRow, found bool, err error) {
	result := n.read(ctx).Where("next_at > 0").Order("next_at").Limit(1).Find(&row)
	return row, result.RowsAffected > 0, result.Error
}

func (n *Notify) addressOf(ctx context.Context, person string) (to address, err error) {
	err = n.read(ctx).Raw("SELECT email, language FROM accounts WHERE person = ? AND verified_at > 0", person).Scan(&to).Error
	return to, err
}

// unread are the notices of a person after one, the oldest first.
func (n *Notify) unread(ctx context.Context, person string, after int64) (rows []noticeRow, err error) {
	err = n.read(ctx).Where("person = ? AND id > ? AND read_at = 0", person, after).Order("id").Limit(mostUnread).Find(&rows).Error
	return rows, err
}

// digestLater looks at a person's mail again at a time, or with their next notice (0).
func (n *Notify) digestLater(ctx context.Context, person string, at int64) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		return tx.Model(&digestRow{Person: person}).Update("next_at", at).Error
	})
}

// mailed stores a letter, if there was something to write, and what it went
// through: nothing is mailed twice. What has come since waits for the next.
func (n *Notify) mailed(ctx context.Context, row digestRow, through int64, letter *mail.Letter) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		sent, next := row.SentAt, int64(0)
		if letter != nil {
			if err := n.mails.Put(tx, *letter); err != nil {
				return err
			}
			sent = n.clock().UnixMilli()
		}
		var waits bool
		err := tx.Raw("SELECT EXISTS (SELECT 1 FROM notices WHERE person = ? AND id > ? AND read_at = 0)", row.Person, through).Scan(&waits).Error
		if err != nil {
			return err
		}
		if waits {
			next = max(n.clock().Add(n.unreadFor).UnixMilli(), sent+digestEvery.Milliseconds())
		}
		return tx.Model(&row).Updates(map[string]any{"next_at": next, "sent_at": sent, "through": through}).Error
	})
}

func (n *Notify) setDigest(ctx context.Context, person string, off bool) error {
	return n.store.Write(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`INSERT INTO digests (person, off) VALUES (?, ?)
			ON CONFLICT (person) DO UPDATE SET off = excluded.off, next_at = CASE WHEN excluded.off THEN 0 ELSE next_at END`, person, off).Error
	})
}

// mailsTo tells whether a person is mailed; nil if they cannot be.
func (n *Notify) mailsTo(ctx context.Context, person string) (*bool, error) {
	to, err := n.addressOf(ctx, person)
	if err != nil || n.mails == nil || to.Email == "" {
		return nil, err
	}
	var off bool
	err = n.read(ctx).Raw("SELECT coalesce((SELECT off FROM digests WHERE person = ?), 0)", person).Scan(&off).Error
	on := !off
	return &on, err
}
