package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Part is an activity that a room is made of: how it is listed, and the settings
// that it is made with; nil: as its kind begins.
type Part struct {
	ID       string // in the room; "": any. What shows another part knows it by this
	Kind     string
	Title    string
	Least    Role
	Settings json.RawMessage
}

// Outline is what a new room is to be called, and what its code gives.
type Outline struct {
	Title    string
	CodeRole Role // 0: as every new room
}

// Founding is a room that is being made of parts. Until it is opened it counts as
// deleted: nobody is in it, nobody comes in, and what a crash leaves of it the
// eraser finds.
type Founding struct {
	Room   string
	Member string // who will own it

	hall    *Hall
	code    string
	outline Outline
	owner   Entry
}

// Check tells why a room cannot have a part; nil if it can. It makes the
// activity once, as founding does later.
func (h *Hall) Check(p Part) error {
	kind, known := h.kinds[p.Kind]
	if !known || kind.Everywhere {
		return errKind
	}
	if p.Least < Viewer || p.Least > Host || p.ID != "" && !isPartID(p.ID, p.Kind) {
		return errSettings
	}
	if _, err := cleanTitle(p.Title); err != nil {
		return err
	}
	return sound(func() error {
		if _, err := kind.New(p.Settings); err != nil {
			return errSettings
		}
		return nil
	})
}

var idEnd = regexp.MustCompile(`^-[0-9a-z]{1,40}$`)

// isPartID tells whether an activity of a kind can have an id.
func isPartID(id, kind string) bool {
	end, ok := strings.CutPrefix(id, kind)
	return ok && idEnd.MatchString(end)
}

// CheckOutline tells why a room cannot be called so, or its owner.
func CheckOutline(o Outline, e Entry) error {
	_, title := cleanTitle(o.Title)
	_, name := CleanName(e.Name)
	if o.CodeRole != 0 && (o.CodeRole < Viewer || o.CodeRole > Editor) {
		return errSettings
	}
	return errors.Join(title, name)
}

// Found begins a room. It has to be opened, or is erased in the end.
func (h *Hall) Found(ctx context.Context, o Outline, e Entry) (*Founding, error) {
	if err := CheckOutline(o, e); err != nil {
		return nil, err
	}
	head, err := h.found(ctx)
	if err != nil {
		return nil, err
	}
	f := &Founding{Room: head.Room, Member: "m" + short(newSeed(), 7), hall: h, code: head.Code, outline: o, owner: e}
	return f, h.doAsRoom(ctx, head.Room, "delete", map[string]any{"on": true})
}

// found stores a new room under a free code.
func (h *Hall) found(ctx context.Context) (Head, error) {
	head := Head{Room: newRoomID(), Epoch: newEpoch(), Term: 1}
	for {
		head.Code = newCode()
		err := h.o.Log.Create(ctx, head)
		if err == nil {
			return head, nil
		}
		if !errors.Is(err, ErrCodeTaken) {
			return Head{}, fmt.Errorf("create room: %w", err)
		}
	}
}

// Add puts a part behind those that the room has.
func (f *Founding) Add(ctx context.Context, p Part) error {
	add := map[string]any{"kind": p.Kind, "title": p.Title, "least": p.Least}
	if p.ID != "" {
		add["as"] = p.ID
	}
	if p.Settings != nil {
		add["settings"] = p.Settings
	}
	return f.hall.doAsRoom(ctx, f.Room, "add", add)
}

// Open gives the room to its owner, whole, in one commit.
func (f *Founding) Open(ctx context.Context) (code string, m Member, err error) {
	found := map[string]any{"person": f.owner.Person, "name": f.owner.Name, "member": f.Member, "title": f.outline.Title}
	if f.outline.CodeRole != 0 {
		found["role"] = f.outline.CodeRole
	}
	if err := f.hall.doAsRoom(ctx, f.Room, "found", found); err != nil {
		return "", Member{}, err
	}
	m, err = f.hall.member(ctx, f.code, f.owner.Person)
	return f.code, m, err
}

// decideFound makes a room that was made of parts one like all others.
func (l *lobby) decideFound(c Command, ask lobbyAsk) ([]Event, error) {
	if l.s.Deleted == 0 || len(l.s.Members) > 0 || ask.Member == "" {
		return nil, ErrMalformed
	}
	events, err := l.decideTitle(ask)
	if err != nil {
		return nil, err
	}
	if ask.Role != 0 {
		role, err := l.decideDoor(Command{Do: "codeRole", At: c.At}, ask)
		if err != nil {
			return nil, err
		}
		events = append(events, role...)
	}
	e := lobbyEntered{Person: ask.Person, Member: l.newMember(c.Seed, 0, Owner)}
	e.ID = ask.Member
	if e.Name, err = CleanName(ask.Name); err != nil {
		return nil, err
	}
	events = append(events, one("entered", Audience{Least: Nobody}, e)...)
	return append(events, one("deleted", Audience{}, map[string]any{"on": false})...), nil
}
