package hooks

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strings"

	"plenum/rooms"
)

// reader is what the follower brings events to. What is to be sent is stored with
// the place after it; an event that comes again has its id already.
type reader struct{ *Hooks }

var _ rooms.Reader = (*reader)(nil)

// Place implements rooms.Reader. A room without hooks has been taken.
func (r *reader) Place(ctx context.Context, room string) (rooms.Place, error) {
	if r.hasHooks(room) {
		return r.place(ctx, room)
	}
	head, err := r.tail.Head(ctx, room)
	if errors.Is(err, rooms.ErrNoRoom) {
		return rooms.Place{Room: room}, nil
	}
	return rooms.Place{Room: room, Epoch: head.Epoch, Seq: head.Seq}, err
}

// Take implements rooms.Reader.
func (r *reader) Take(ctx context.Context, events []rooms.Event, after rooms.Place) error {
	sight, err := r.sights.Of(ctx, after.Room)
	if err != nil {
		return err
	}
	hooks, err := r.hooksOf(ctx, after.Room)
	if err != nil {
		return err
	}
	var rows []deliveryRow
	for _, e := range events {
		what := rooms.TellsOf(r.kinds[sight.Kind(e.In)], e)
		if what == "" {
			continue
		}
		for _, hook := range hooks {
			if e.Seq > hook.Since && slices.Contains(hook.types(), what) {
				rows = append(rows, deliveryRow{
					ID: messageID(hook.ID, after.Epoch, e.Seq), Hook: hook.ID, Room: after.Room, Epoch: after.Epoch, Seq: e.Seq, Type: what, At: e.At, State: waiting,
				})
			}
		}
	}
	if err := r.take(ctx, rows, after); err != nil {
		return err
	}
	if len(rows) > 0 {
		r.bell.Ring()
	}
	return nil
}

// messageID is the same each time an event is taken for a hook.
func messageID(hook, epoch string, seq uint64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", hook, epoch, seq))
	return "msg_" + strings.TrimRight(base32.StdEncoding.EncodeToString(sum[:16]), "=")
}

// Forget implements rooms.Reader. A room that goes on under another numbering is
// told of from where it is now: what happened before was told.
func (r *reader) Forget(ctx context.Context, room string) error {
	head, err := r.tail.Head(ctx, room)
	if err != nil && !errors.Is(err, rooms.ErrNoRoom) {
		return err
	}
	if err != nil {
		r.withHooks(room, false)
	}
	return r.forget(ctx, room, head)
}
