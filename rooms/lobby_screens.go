package rooms

import (
	"fmt"
	"maps"
	"slices"
)

// MaxScreens is how many screen links a room has.
const MaxScreens = 50

// ScreenLink is what a screen link shows, and how long it does.
type ScreenLink struct {
	Activity string `json:"activity"`
	Code     bool   `json:"code,omitempty"`  // it tells the room's join code
	Until    int64  `json:"until,omitempty"` // Unix milliseconds, from when on it shows nothing; 0: never
}

// ErrScreen means that a screen link shows nothing, or nothing any more.
var ErrScreen = Refuse("screen", "This screen is not shown any more. Ask a host for a new link.")

var (
	errScreens   = Refuse("screens", fmt.Sprintf("A room has at most %d screen links. Revoke one first.", MaxScreens))
	errScreenEnd = Refuse("screen-end", "A screen link ends at a time to come, within ten years.")
)

// screenByKey is a screen link with the hash of its secret.
type screenByKey struct {
	ID string `json:"id"`
	ScreenLink
	Hash string `json:"hash,omitempty"`
}

// told is the link without what only the room needs.
func (k *screenByKey) told() screenByKey {
	t := *k
	t.Hash = ""
	return t
}

// spectator is who looks at a screen: nobody in the room, who sees what every
// viewer sees.
var spectator = Member{Role: Viewer}

// screen finds a screen link that shows something at a time: ErrScreen,
// ErrDeleted or ErrEnded if it does not.
func (l *lobby) screen(id string, at int64) (*screenByKey, error) {
	k, ok := l.s.Screens[id]
	switch {
	case l.s.Deleted > 0:
		return nil, ErrDeleted
	case !ok || k.Until > 0 && at >= k.Until:
		return nil, ErrScreen
	case l.s.Ended:
		return nil, ErrEnded
	}
	return k, nil
}

// decideScreen makes a screen link, or revokes one.
func (l *lobby) decideScreen(c Command, ask lobbyAsk) ([]Event, error) {
	if c.Do == "unscreen" {
		k, ok := l.s.Screens[ask.ID]
		if !ok {
			return nil, ErrScreen
		}
		return one("unscreened", Audience{Least: Host}, map[string]any{"id": k.ID, "activity": k.Activity}), nil
	}
	_, ok := l.s.Activities[ask.Activity]
	switch {
	case l.s.Archived:
		return nil, ErrArchived
	case !ok:
		return nil, ErrNoActivity
	case len(l.s.Screens) >= MaxScreens:
		return nil, errScreens
	case ask.ID == "" || ask.Hash == "":
		return nil, ErrMalformed
	case ask.Until != 0 && (ask.Until <= c.At || ask.Until > c.At+MaxExpiry.Milliseconds()):
		return nil, errScreenEnd
	}
	k := screenByKey{ID: ask.ID, ScreenLink: ScreenLink{ask.Activity, ask.Code, ask.Until}, Hash: ask.Hash}
	events := append(one("screenKeyed", Audience{Least: Nobody}, k), one("screened", Audience{Least: Host}, k.told())...)
	events[1].By = ask.Member
	return events, nil
}

// toldScreens are the screen links, as hosts are told of them.
func (l *lobby) toldScreens() (all []screenByKey) {
	for _, id := range slices.Sorted(maps.Keys(l.s.Screens)) {
		all = append(all, l.s.Screens[id].told())
	}
	return all
}
