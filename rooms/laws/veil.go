package laws

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"plenum/rooms"
)

// aliasOf is the alias of a member in a scope of the world.
func aliasOf(member, scope string) string {
	sum := sha256.Sum256([]byte(member + " in " + scope))
	return hex.EncodeToString(sum[:16])
}

// veil puts a command under its alias, as a room does.
func (w *world) veil(c rooms.Command) rooms.Command {
	v, ok := w.live.(rooms.Veiled)
	if !ok || c.From.ID == "" {
		return c
	}
	if scope, begins := v.Veil(c); scope != "" && !begins {
		c.Alias, c.From, c.Peer = aliasOf(c.From.ID, scope), rooms.Member{Role: c.From.Role}, ""
	}
	return c
}

// admits tells whether a room would take a command at all.
func (w *world) admits(c rooms.Command) bool {
	a, ok := w.live.(rooms.Admitter)
	return !ok || a.Admits(c) == nil
}

// veiled stamps a sealed event, and finds what a room would refuse or what
// would name who acted.
func (w *world) veiled(e *rooms.Event, c rooms.Command) error {
	v, ok := w.live.(rooms.Veiled)
	if e.Veil == "" || !ok {
		return nil
	}
	e.Unsigned, e.At, e.To = true, e.At-e.At%3_600_000, rooms.Audience{Least: rooms.Nobody}
	switch {
	case c.Alias == "":
		return fmt.Errorf("%q was sealed although it was not decided under an alias", e.Did)
	case !slices.Contains(v.Veils(), e.Veil):
		return fmt.Errorf("%q was sealed under %q, which the activity does not list", e.Did, e.Veil)
	case len(e.With) > e.Pad:
		return fmt.Errorf("%q has %d bytes and is to be padded to %d", e.Did, len(e.With), e.Pad)
	}
	for _, m := range w.members {
		if e.By == m.ID || e.N != 0 || e.Peer != "" || strings.Contains(string(e.With), `"`+m.ID+`"`) {
			return fmt.Errorf("the sealed event %q names %s", e.Did, m.Name)
		}
	}
	return nil
}

// noise is the log as it can be read when all secrets are destroyed that are not
// needed any more.
func (w *world) noise() []rooms.Event {
	v, ok := w.live.(rooms.Veiled)
	if !ok {
		return w.log
	}
	needed, log := v.Veils(), slices.Clone(w.log)
	for i, e := range log {
		if e.Veil != "" && !slices.Contains(needed, e.Veil) {
			log[i].With = []byte("null")
		}
	}
	return log
}
