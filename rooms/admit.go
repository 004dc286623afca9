package rooms

import (
	"context"
	"fmt"
)

// What those are told who try a secret out.
var (
	ErrCodeWrong = Refuse("code-wrong", "This code is wrong.")
	ErrByPost    = Refuse("by-post", "This is taken over HTTP alone.")
)

// admitted asks the activity, by name, whether a command is taken.
func (r *Room) admitted(s *slot, a *ask) error {
	admits, ok := s.act.(Admitter)
	if !ok || a.c.From.Role == TheRoom {
		return nil
	}
	var refused error
	if err := sound(func() error { refused = admits.Admits(a.c); return nil }); err != nil {
		r.unsound(s.id, err)
		return ErrBroken
	}
	return refused
}

// Guesses tells whether commands of a name try a secret out, in whatever kind:
// who sends them counts those that are refused with ErrCodeWrong.
func (h *Hall) Guesses(do string) bool {
	for _, kind := range h.kinds {
		if kind.Commands[do].Guess {
			return true
		}
	}
	return false
}

// signedIn tells whether a person has an account.
func (h *Hall) signedIn(ctx context.Context, person string) (bool, error) {
	if h.o.Account == nil {
		return false, nil
	}
	is, err := h.o.Account(ctx, person)
	if err != nil {
		return false, fmt.Errorf("look for an account: %w", err)
	}
	return is, nil
}
