package rooms

import (
	"context"
	"time"
)

// looksWithin is how long a command waits for its images at most.
const looksWithin = 10 * time.Second

// Image is a stored image of a room, in pixels.
type Image struct{ Width, Height int }

// Imager is an activity that shows images of its room. Images are the files that
// a command names as such; what the room has of them comes with the command. It
// changes nothing.
type Imager interface{ Images(Command) []string }

// LooksFor finds images among the files of a room: nil for a name that is none.
type LooksFor func(ctx context.Context, room string, names []string) (map[string]Image, error)

// images lets a command wait until it is known which of the images that it names
// are there, with what its peer sends after it. It reports whether it waits.
func (r *Room) images(s *slot, q *queue, a *ask) bool {
	i, ok := s.act.(Imager)
	if !ok || r.looksFor == nil || a.c.Images != nil {
		return false
	}
	var names []string
	if err := sound(func() error { names = i.Images(a.c); return nil }); err != nil {
		r.unsound(s.id, err)
	}
	if len(names) == 0 {
		return false
	}
	q.hold()
	s.making = append(s.making, a)
	r.make(s, a, func() (taken func() error) {
		ctx, cancel := context.WithTimeout(context.Background(), looksWithin)
		defer cancel()
		found, err := r.looksFor(ctx, r.id, names)
		return func() error {
			if err != nil {
				r.logger.Error("the files of a room cannot be read", "room", r.id, "error", err)
				return WaitLoading
			}
			a.c.Images = found
			return nil
		}
	})
	return true
}
