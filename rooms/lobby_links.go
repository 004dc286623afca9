package rooms

import (
	"context"
	"fmt"
	"time"
)

// Invite is what an invite link gives, and how long and how often it does.
type Invite struct {
	Role  Role  `json:"role"`
	Until int64 `json:"until,omitempty"` // Unix milliseconds, from when on it gives nothing; 0: never
	Uses  int   `json:"uses,omitempty"`  // how many people it gives it to; 0: any number
}

// MaxExpiry is how far ahead the end of a link may lie.
const MaxExpiry = 10 * 366 * 24 * time.Hour

// Why a link gives nothing.
var (
	ErrKey        = Refuse("key", "This link is not valid any more. Ask a host for a new one.")
	ErrKeyExpired = Refuse("key-expired", "The time of this link is over. Ask a host for a new one.")
	ErrKeyUsed    = Refuse("key-used", "This link was for fewer people, and they have come. Ask a host for a new one.")

	errLinks  = Refuse("links", fmt.Sprintf("A room has at most %d links. Revoke one first.", MaxLinks))
	errExpiry = Refuse("expiry", "A link ends at a time to come, within ten years.")
	errUses   = Refuse("uses", fmt.Sprintf("A link is for 1 to %d people, or for any number.", MaxMembers))
)

// roleByKey is an invite link with the hash of its secret.
type roleByKey struct {
	ID string `json:"id"`
	Invite
	Used int    `json:"used,omitempty"` // how many people it has brought
	Hash string `json:"hash,omitempty"`
}

// told is the link without what only the room needs.
func (k *roleByKey) told() roleByKey {
	t := *k
	t.Hash = ""
	return t
}

// refuses is why the link gives nothing at a time; nil if it does.
func (k *roleByKey) refuses(at int64) error {
	switch {
	case k.Until > 0 && at >= k.Until:
		return ErrKeyExpired
	case k.Uses > 0 && k.Used >= k.Uses:
		return ErrKeyUsed
	}
	return nil
}

// Link makes an invite link. The key is told only here.
func (h *Hall) Link(ctx context.Context, code, person string, what Invite) (id, key string, err error) {
	m, err := h.member(ctx, code, person)
	if err != nil {
		return "", "", err
	}
	if m.Role < Host {
		return "", "", ErrRole
	}
	room, err := h.o.Log.Find(ctx, NormalCode(code))
	if err != nil {
		return "", "", err
	}
	key = newKey()
	id = "k" + short(newSeed(), 8)
	link := map[string]any{"id": id, "role": what.Role, "until": what.Until, "uses": what.Uses, "hash": hashKey(key), "member": m.ID}
	if err := h.doAsRoom(ctx, room, "link", link); err != nil {
		return "", "", err
	}
	return id, key, nil
}

func (l *lobby) decideLink(c Command, ask lobbyAsk) ([]Event, error) {
	if c.Do == "revoke" {
		link, ok := l.s.Links[ask.ID]
		if !ok {
			return nil, ErrKey
		}
		return one("revoked", Audience{Least: Host}, map[string]any{"id": link.ID, "role": link.Role}), nil
	}
	switch {
	case l.s.Archived:
		return nil, ErrArchived
	case len(l.s.Links) >= MaxLinks:
		return nil, errLinks
	case ask.Role < Viewer || ask.Role > Host || ask.Hash == "":
		return nil, ErrMalformed
	case ask.Until != 0 && (ask.Until <= c.At || ask.Until > c.At+MaxExpiry.Milliseconds()):
		return nil, errExpiry
	case ask.Uses < 0 || ask.Uses > MaxMembers:
		return nil, errUses
	}
	link := roleByKey{ID: ask.ID, Invite: Invite{ask.Role, ask.Until, ask.Uses}, Hash: ask.Hash}
	events := append(one("keyed", Audience{Least: Nobody}, link), one("linked", Audience{Least: Host}, link.told())...)
	events[1].By = ask.Member
	return events, nil
}

func (l *lobby) linkOf(hash string) *roleByKey {
	for _, link := range l.s.Links {
		if link.Hash == hash {
			return link
		}
	}
	return nil
}

// use counts that a link has brought a member.
func (k *roleByKey) use(member string) []Event {
	events := one("used", Audience{Least: Host}, map[string]any{"id": k.ID, "role": k.Role, "used": k.Used + 1})
	events[0].By = member
	return events
}
