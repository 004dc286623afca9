package hooks

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"plenum/rooms"
)

// States of a delivery.
const (
	waiting = "waiting"
	done    = "done"
	dropped = "dropped" // it may not be told any more
)

type hookRow struct {
	ID          string `gorm:"primaryKey"`
	Room        string
	URL         string `gorm:"column:url"`
	What        string
	Secret      []byte
	Former      []byte
	FormerUntil int64
	MadeBy      string
	MadeAt      int64
	Since       uint64
	OffAt       int64
	OffWhy      string
	Tries       int
	NextAt      int64
}

func (hookRow) TableName() string { return "hooks" }

// types are what it is told of. What is stored was written here.
func (r hookRow) types() (types []string) {
	if err := json.Unmarshal([]byte(r.What), &types); err != nil {
		panic(fmt.Errorf("hook %s: %w", r.ID, err))
	}
	return types
}

type deliveryRow struct {
	No     int64 `gorm:"primaryKey"`
	ID     string
	Hook   string
	Room   string
	Epoch  string
	Seq    uint64
	Type   string
	At     int64
	State  string
	Tries  int
	SentAt int64
	Status int
	Took   int64
	Answer string
}

func (deliveryRow) TableName() string { return "hook_deliveries" }

func (h *Hooks) read(ctx context.Context) *gorm.DB { return h.store.Read().WithContext(ctx) }

func (h *Hooks) roomsWithHooks(ctx context.Context) (map[string]bool, error) {
	var all []string
	if err := h.read(ctx).Raw("SELECT DISTINCT room FROM hooks").Scan(&all).Error; err != nil {
		return nil, fmt.Errorf("read the rooms with webhooks: %w", err)
	}
	found := make(map[string]bool, len(all))
	for _, room := range all {
		found[room] = true
	}
	return found, nil
}

func (h *Hooks) hooksOf(ctx context.Context, room string) (rows []hookRow, err error) {
	err = h.read(ctx).Where("room = ?", room).Order("made_at, id").Find(&rows).Error
	return rows, err
}

func (h *Hooks) find(ctx context.Context, room, id string) (row hookRow, err error) {
	result := h.read(ctx).Where("room = ? AND id = ?", room, id).Limit(1).Find(&row)
	if result.Error == nil && result.RowsAffected == 0 {
		return row, ErrHook
	}
	return row, result.Error
}

func (h *Hooks) list(ctx context.Context, room string) ([]Hook, error) {
	rows, err := h.hooksOf(ctx, room)
	if err != nil {
		return nil, err
	}
	all := make([]Hook, len(rows))
	for i, r := range rows {
		all[i] = Hook{ID: r.ID, URL: r.URL, What: r.types(), By: r.MadeBy, At: r.MadeAt, Off: r.OffAt, Why: r.OffWhy}
		if r.FormerUntil > h.now() {
			all[i].Both = r.FormerUntil
		}
		if err := h.read(ctx).Raw("SELECT count(*) FROM hook_deliveries WHERE hook = ? AND state = ?", r.ID, waiting).Scan(&all[i].Waiting).Error; err != nil {
			return nil, err
		}
		if r.Tries > 0 && all[i].Waiting > 0 && r.OffAt == 0 {
			all[i].Next = r.NextAt
		}
		var last []deliveryRow
		if err := h.read(ctx).Where("hook = ? AND sent_at > 0", r.ID).Order("sent_at DESC, no DESC").Limit(1).Find(&last).Error; err != nil {
			return nil, err
		}
		if len(last) > 0 {
			all[i].Last = last[0].last()
		}
	}
	return all, nil
}

func (r deliveryRow) last() *Answer {
	if r.SentAt == 0 {
		return nil
	}
	return &Answer{At: r.SentAt, Status: r.Status, Took: r.Took, Text: r.Answer}
}

func (h *Hooks) deliveries(ctx context.Context, id string) ([]Delivery, error) {
	var rows []deliveryRow
	err := h.read(ctx).Where("hook = ?", id).Order("no DESC").Limit(listed).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	all := make([]Delivery, len(rows))
	for i, r := range rows {
		all[i] = Delivery{ID: r.ID, Type: r.Type, At: r.At, State: r.State, Tries: r.Tries, Last: r.last()}
	}
	return all, nil
}

// add stores a hook; the room is followed from where it is, if it was not.
func (h *Hooks) add(ctx context.Context, row hookRow, head rooms.Head) error {
	return h.store.Write(ctx, func(tx *gorm.DB) error {
		err := tx.Exec("INSERT INTO hook_places (room, epoch, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", head.Room, head.Epoch, head.Seq).Error
		if err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
}

// remove takes a hook away and tells how many the room has left.
func (h *Hooks) remove(ctx context.Context, row hookRow) (left int, err error) {
	err = h.store.Write(ctx, func(tx *gorm.DB) error {
		if err := tx.Exec("DELETE FROM hook_deliveries WHERE hook = ?", row.ID).Error; err != nil {
			return err
		}
		if err := tx.Exec("DELETE FROM hooks WHERE id = ?", row.ID).Error; err != nil {
			return err
		}
		if err := tx.Raw("SELECT count(*) FROM hooks WHERE room = ?", row.Room).Scan(&left).Error; err != nil || left > 0 {
			return err
		}
		return tx.Exec("DELETE FROM hook_places WHERE room = ?", row.Room).Error
	})
	return left, err
}

// change changes a hook and looks whether something is due.
func (h *Hooks) change(ctx context.Context, id string, to map[string]any) error {
	err := h.store.Write(ctx, func(tx *gorm.DB) error { return tx.Model(&hookRow{ID: id}).Updates(to).Error })
	h.bell.Ring()
	return err
}

func (h *Hooks) place(ctx context.Context, room string) (rooms.Place, error) {
	var row struct {
		Epoch string
		Seq   uint64
	}
	err := h.read(ctx).Raw("SELECT epoch, seq FROM hook_places WHERE room = ?", room).Scan(&row).Error
	return rooms.Place{Room: room, Epoch: row.Epoch, Seq: row.Seq}, err
}

// take stores what is to be sent with the place after it. A hook for which too
// much waits is switched off.
func (h *Hooks) take(ctx context.Context, rows []deliveryRow, after rooms.Place) error {
	return h.store.Write(ctx, func(tx *gorm.DB) error {
		for _, row := range rows {
			if err := insert(tx, row); err != nil {
				return err
			}
		}
		if len(rows) > 0 {
			err := tx.Exec(`UPDATE hooks SET off_at = ?, off_why = ? WHERE room = ? AND off_at = 0
				AND (SELECT count(*) FROM hook_deliveries WHERE hook = hooks.id AND state = ?) > ?`, h.now(), offFull, after.Room, waiting, MaxWaiting).Error
			if err != nil {
				return err
			}
			// What is off and has a full queue takes no more: the newest go.
			err = tx.Exec(`DELETE FROM hook_deliveries WHERE no IN (SELECT d.no FROM hook_deliveries d JOIN hooks ON hooks.id = d.hook
				WHERE hooks.room = ? AND d.state = ? AND d.no > coalesce((SELECT no FROM hook_deliveries WHERE hook = d.hook AND state = ? ORDER BY no LIMIT 1 OFFSET ?), d.no))`,
				after.Room, waiting, waiting, MaxWaiting-1).Error
			if err != nil {
				return err
			}
		}
		return tx.Exec("INSERT OR REPLACE INTO hook_places (room, epoch, seq) VALUES (?, ?, ?)", after.Room, after.Epoch, after.Seq).Error
	})
}

func insert(tx *gorm.DB, row deliveryRow) error {
	return tx.Exec("INSERT INTO hook_deliveries (id, hook, room, epoch, seq, type, at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		row.ID, row.Hook, row.Room, row.Epoch, row.Seq, row.Type, row.At, row.State).Error
}

func (h *Hooks) queue(ctx context.Context, row deliveryRow) error {
	return h.store.Write(ctx, func(tx *gorm.DB) error { return insert(tx, row) })
}

func (h *Hooks) again(ctx context.Context, hook, delivery string) error {
	return h.store.Write(ctx, func(tx *gorm.DB) error {
		result := tx.Exec("UPDATE hook_deliveries SET state = ? WHERE hook = ? AND id = ? AND state <> ?", waiting, hook, delivery, waiting)
		if result.Error == nil && result.RowsAffected == 0 {
			return ErrSending
		}
		return result.Error
	})
}

// forget drops what was taken of a room; the hooks of one that goes on are told
// of what happens after its head.
func (h *Hooks) forget(ctx context.Context, room string, head rooms.Head) error {
	return h.store.Write(ctx, func(tx *gorm.DB) error {
		for _, table := range []string{"hook_deliveries", "hook_places"} {
			if err := tx.Exec("DELETE FROM "+table+" WHERE room = ?", room).Error; err != nil {
				return err
			}
		}
		if head.Room == "" {
			return tx.Exec("DELETE FROM hooks WHERE room = ?", room).Error
		}
		return tx.Exec("UPDATE hooks SET since = ? WHERE room = ?", head.Seq, room).Error
	})
}

// dueHooks are those for which something waits, the first that is due first.
func (h *Hooks) dueHooks(ctx context.Context) (rows []hookRow, err error) {
	h.mu.Lock()
	busy := make([]string, 0, len(h.busy)+1)
	for id := range h.busy {
		busy = append(busy, id)
	}
	h.mu.Unlock()
	busy = append(busy, "")
	err = h.read(ctx).Raw(`SELECT * FROM hooks WHERE off_at = 0 AND id NOT IN ? AND EXISTS
		(SELECT 1 FROM hook_deliveries WHERE hook = hooks.id AND state = ?) ORDER BY next_at, id LIMIT 100`, busy, waiting).Scan(&rows).Error
	return rows, err
}

// oldest is what is sent next to a hook that is on.
func (h *Hooks) oldest(ctx context.Context, id string) (hook hookRow, d deliveryRow, found bool, err error) {
	result := h.read(ctx).Where("id = ? AND off_at = 0", id).Limit(1).Find(&hook)
	if result.Error != nil || result.RowsAffected == 0 || hook.NextAt > h.now() {
		return hook, d, false, result.Error
	}
	result = h.read(ctx).Where("hook = ? AND state = ?", id, waiting).Order("no").Limit(1).Find(&d)
	return hook, d, result.RowsAffected > 0, result.Error
}

func (h *Hooks) drop(ctx context.Context, d deliveryRow) error {
	return h.store.Write(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE hook_deliveries SET state = ? WHERE no = ?", dropped, d.No).Error
	})
}

// keep stores what came of a delivery, and what that means for its hook. Older ones
// than are listed go.
func (h *Hooks) keep(ctx context.Context, d deliveryRow, a Answer, state string, change map[string]any) error {
	return h.store.Write(ctx, func(tx *gorm.DB) error {
		err := tx.Exec("UPDATE hook_deliveries SET state = ?, tries = tries + 1, sent_at = ?, status = ?, took = ?, answer = ? WHERE no = ?",
			state, a.At, a.Status, a.Took, a.Text, d.No).Error
		if err != nil {
			return err
		}
		if err := tx.Model(&hookRow{ID: d.Hook}).Updates(change).Error; err != nil {
			return err
		}
		return tx.Exec(`DELETE FROM hook_deliveries WHERE hook = ? AND state <> ? AND no <=
			coalesce((SELECT no FROM hook_deliveries WHERE hook = ? AND state <> ? ORDER BY no DESC LIMIT 1 OFFSET ?), 0)`,
			d.Hook, waiting, d.Hook, waiting, listed).Error
	})
}
