package rooms

import (
	"context"
	"errors"
	"fmt"
)

// ErrNoTexts means that there is no such activity, or none that is a Texter.
var ErrNoTexts = errors.New("this activity has no texts of its own")

// Texts replays an activity from its room's log, asks it for its texts, and
// tells when it changed last, in Unix milliseconds. ErrNoTexts if it has none.
func (s *Sights) Texts(ctx context.Context, room, activity string) (texts []Text, at int64, err error) {
	sight, err := s.Of(ctx, room)
	if err != nil {
		return nil, 0, err
	}
	a, ok := sight.all[activity]
	kind, known := s.kinds[a.Kind]
	if !ok || !known {
		return nil, 0, ErrNoTexts
	}
	head, err := s.past.Head(ctx, room)
	if err != nil {
		return nil, 0, err
	}
	l, err := loadActivity(ctx, s.past, room, activity, kind, a.made, head.Seq, nil)
	if err != nil {
		return nil, 0, fmt.Errorf("read %s of room %s: %w", activity, room, err)
	}
	t, ok := l.act.(Texter)
	if !ok {
		return nil, 0, ErrNoTexts
	}
	if err := sound(func() error { texts = t.Texts(); return nil }); err != nil {
		return nil, 0, fmt.Errorf("read the texts of %s in room %s: %w", activity, room, err)
	}
	at, err = s.lastOf(ctx, room, activity, a.made, head.Seq)
	return texts, at, err
}

// lastOf is when an activity changed last, or was made.
func (s *Sights) lastOf(ctx context.Context, room, activity string, made, through uint64) (int64, error) {
	last, err := s.past.Events(ctx, Query{Room: room, Activity: activity, Through: through, Limit: 1, Newest: true})
	if err == nil && len(last) == 0 && made > 0 {
		last, err = s.past.Events(ctx, Query{Room: room, Activity: LobbyID, After: made - 1, Through: made})
	}
	if err != nil || len(last) == 0 {
		return 0, err
	}
	return last[0].At, nil
}
