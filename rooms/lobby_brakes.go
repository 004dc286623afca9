package rooms

import (
	"fmt"
	"slices"
)

// Brakes stop classes of commands, for everyone or for one member, and hosts
// never, unless the room is archived: a class that is stopped for the room (frozen, quiet, paused, still, no direct messages), a member
// who is muted, and the slow mode, in which nobody says things one after the
// other.

// What a brake refuses.
var (
	ErrFrozen = Refuse("frozen", "Writing is frozen for now. A host will open it again.")
	ErrQuiet  = Refuse("quiet", "Chat and questions are quiet for now. A host will open them again.")
	ErrPaused = Refuse("paused", "Voting is paused. It goes on when a host says so.")
	ErrMuted  = Refuse("muted", "A host has muted you. You can read along.")
	ErrStill  = Refuse("still", "A host has switched reactions off.")
	ErrDirect = Refuse("no-direct", "A host has switched direct messages off.")
)

var (
	errPace  = Refuse("pace", fmt.Sprintf("A slow mode has one of these paces, in seconds: %v.", slowPaces))
	errMutes = Refuse("mutes", "Hosts are not muted. Make them participants first.")
)

// slowPaces are the seconds that a slow mode can keep people waiting; 0 is none.
var slowPaces = []int{0, 5, 10, 30, 60, 300}

// stopped are the classes that a host can stop, and how each is refused then.
var stopped = map[Class]*Refusal{Write: ErrFrozen, Talk: ErrQuiet, Vote: ErrPaused, React: ErrStill, Direct: ErrDirect}

// brake is why a member may not do now what the role allows; nil if nothing is
// in the way.
func (l *lobby) brake(m Member, needs Needs, now int64) error {
	switch {
	case l.s.Archived && m.Role < TheRoom && needs.Class != See:
		return ErrArchived
	case m.Role >= Host:
		return nil
	case slices.Contains(l.s.Brakes, needs.Class):
		return stopped[needs.Class]
	case needs.Class == React && slices.Contains(l.s.Brakes, Talk):
		return ErrQuiet
	case m.Muted && (needs.Class == Talk || needs.Class == React || needs.Class == Direct):
		return ErrMuted
	case needs.Says && l.s.Slow > 0:
		if left := l.s.Spoke[m.ID] + int64(l.s.Slow)*1000 - now; left > 0 {
			return tooSoon(l.s.Slow, left)
		}
	}
	return nil
}

// tooSoon refuses what is said within the pace of the slow mode.
func tooSoon(pace int, left int64) *Refusal {
	seconds := (left + 999) / 1000
	r := Refuse("slow", fmt.Sprintf("Slow mode: one message every %s. You can write again in %s.", duration(pace), duration(int(seconds))))
	r.After = left
	return r
}

func duration(seconds int) string {
	switch {
	case seconds == 1:
		return "second"
	case seconds%60 == 0 && seconds > 60:
		return fmt.Sprintf("%d minutes", seconds/60)
	}
	return fmt.Sprintf("%d seconds", seconds)
}

func (l *lobby) decideBrake(do string, ask lobbyAsk) ([]Event, error) {
	switch do {
	case "brake":
		if _, ok := stopped[ask.Class]; !ok || ask.On == nil {
			return nil, ErrMalformed
		}
		return one("braked", Audience{}, map[string]any{"class": ask.Class, "on": *ask.On}), nil
	case "slow":
		if ask.Seconds == nil || !slices.Contains(slowPaces, *ask.Seconds) {
			return nil, errPace
		}
		return one("slowed", Audience{}, map[string]any{"seconds": *ask.Seconds}), nil
	}
	m, ok := l.s.Members[ask.Member]
	switch {
	case !ok || m.Removed:
		return nil, errNoMember
	case ask.On == nil:
		return nil, ErrMalformed
	case *ask.On && m.Role >= Host:
		return nil, errMutes
	}
	return one("muted", Audience{Least: Host}, map[string]any{"id": m.ID, "name": m.Name, "on": *ask.On}), nil
}

func (l *lobby) applyBrake(e Event, c lobbyChange) {
	switch e.Did {
	case "braked":
		l.s.Brakes = slices.DeleteFunc(slices.Clone(l.s.Brakes), func(class Class) bool { return class == c.Class })
		if c.On {
			l.s.Brakes = append(l.s.Brakes, c.Class)
			slices.Sort(l.s.Brakes)
		}
	case "slowed":
		l.s.Slow = c.Seconds
		if c.Seconds == 0 {
			clear(l.s.Spoke)
		}
	case "muted":
		l.s.Members[c.ID].Muted = c.On
	case "spoke":
		l.s.Spoke[c.ID] = e.At
	}
}

// spoke notes in the room's log that a member said something, so that the slow
// mode outlives the room's being closed.
func (t *turn) spoke(a *ask) {
	s := t.r.slots[LobbyID]
	e := one("spoke", Audience{Least: Nobody}, map[string]any{"id": a.c.From.ID})[0]
	e.Seq, e.In, e.At, e.Format = t.r.head.Seq+uint64(len(t.events))+1, LobbyID, a.c.At, s.kind.Format
	s.apply(e)
	t.events = append(t.events, e)
	t.touched[s] = struct{}{}
}
