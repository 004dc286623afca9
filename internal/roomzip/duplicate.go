package roomzip

import (
	"context"
	"errors"

	"plenum/rooms"
)

// Duplicate makes another room of the same parts, for a host of the first, who
// owns it: documents with their text, decks with their questions, and what else
// there is as it begins. Pictures are its own from then on.
func (z *Zips) Duplicate(ctx context.Context, code, person, title string) (string, rooms.Member, error) {
	release, err := z.reserve(ctx)
	if err != nil {
		return "", rooms.Member{}, err
	}
	defer release()
	host, outline, all, err := z.o.Hall.Contents(ctx, code, person)
	if err != nil {
		return "", rooms.Member{}, err
	}
	room, _, err := z.o.Hall.Member(ctx, code, person)
	if err != nil {
		return "", rooms.Member{}, err
	}
	outline.Title = title
	founding, err := z.o.Hall.Found(ctx, outline, rooms.Entry{Person: person, Name: host.Name})
	if err != nil {
		return "", rooms.Member{}, err
	}
	for _, part := range all {
		part.Settings, err = z.o.Hall.Copy(ctx, code, person, part.ID)
		if errors.Is(err, rooms.ErrNoActivity) {
			continue // somebody has just put it into the bin
		}
		if err != nil {
			return "", rooms.Member{}, err
		}
		hashes, err := named(part.Settings)
		if err != nil {
			return "", rooms.Member{}, err
		}
		if err := z.o.Files.Share(ctx, room, founding.Room, founding.Member, hashes); err != nil {
			return "", rooms.Member{}, err
		}
		if err := founding.Add(ctx, part); err != nil {
			return "", rooms.Member{}, err
		}
	}
	return founding.Open(ctx)
}
