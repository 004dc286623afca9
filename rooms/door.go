package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Entry is a person at the door.
type Entry struct {
	Person string // from accounts: who the token belongs to
	Name   string
	Key    string // the secret of an invite link, or ""
	// Passcode is what the person says at a door that asks for one.
	Passcode string
	// Account tells that the person has an account.
	Account bool
}

// About is what may be told of a room to somebody at its door.
type About struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Locked bool   `json:"locked"`
	Ended  bool   `json:"ended,omitempty"` // hosts have ended it for all but themselves
	// Passcode tells that who comes by the code is asked for one.
	Passcode bool `json:"passcode,omitempty"`
	// Archived tells that the room can be read, and nothing in it changed.
	Archived bool   `json:"archived,omitempty"`
	Door     Policy `json:"door"`
	People   int    `json:"people"`
	// Waiting tells that the asking person waits to be let in.
	Waiting bool    `json:"waiting,omitempty"`
	Member  *Member `json:"member,omitempty"` // who the asking person is in it
}

// Create makes a room; the person is its owner.
func (h *Hall) Create(ctx context.Context, title string, e Entry) (code string, m Member, err error) {
	if _, err := cleanTitle(title); err != nil {
		return "", Member{}, err
	}
	if _, err := CleanName(e.Name); err != nil {
		return "", Member{}, err
	}
	head, err := h.found(ctx)
	if err != nil {
		return "", Member{}, err
	}
	enter := map[string]any{"person": e.Person, "name": e.Name, "role": Owner}
	if err := h.doAsRoom(ctx, head.Room, "enter", enter); err != nil {
		return "", Member{}, err
	}
	if err := h.doAsRoom(ctx, head.Room, "title", map[string]any{"title": title}); err != nil {
		return "", Member{}, err
	}
	for _, kind := range h.o.Start {
		if err := h.doAsRoom(ctx, head.Room, "add", map[string]any{"kind": kind}); err != nil {
			return "", Member{}, err
		}
	}
	m, err = h.member(ctx, head.Code, e.Person)
	return head.Code, m, err
}

// Enter makes the person a member, or finds the member that the person is. It
// is ErrWaiting if the person has to wait for a host.
func (h *Hall) Enter(ctx context.Context, code string, e Entry) (Member, error) {
	room, err := h.o.Log.Find(ctx, NormalCode(code))
	if err != nil {
		return Member{}, err
	}
	enter := map[string]any{"person": e.Person, "name": e.Name, "account": e.Account}
	if e.Key != "" {
		enter["hash"] = hashKey(e.Key)
	} else if enter["passed"], err = h.passed(ctx, code, e.Passcode); err != nil {
		return Member{}, err
	}
	if err := h.doAsRoom(ctx, room, "enter", enter); err != nil {
		return Member{}, err
	}
	m, err := h.member(ctx, code, e.Person)
	if errors.Is(err, ErrNotMember) {
		return Member{}, ErrWaiting
	}
	return m, err
}

// About tells what is known at the door; person may be "".
func (h *Hall) About(ctx context.Context, code, person string) (About, error) {
	var about About
	var refused error
	err := h.with(ctx, code, func(r *Room) {
		if r.lobby.s.Deleted > 0 {
			refused = ErrDeleted
			return
		}
		about = About{Code: r.code, Title: r.lobby.s.Title, Locked: r.lobby.s.Locked, Ended: r.lobby.s.Ended, Archived: r.lobby.s.Archived, Passcode: r.lobby.s.Passcode != "", Door: r.lobby.s.Door, People: int(r.fan.crowd.Load() - r.fan.screens.Load())}
		if person == "" {
			return
		}
		w, waits := r.lobby.s.Waiting[person]
		about.Waiting = waits && !w.Turned
		m, err := r.lobby.person(person)
		if err == nil {
			about.Member = &m
		} else if errors.Is(err, ErrRemoved) {
			refused = err
		}
	})
	return about, errors.Join(err, refused)
}

func (h *Hall) member(ctx context.Context, code, person string) (Member, error) {
	var m Member
	var refused error
	err := h.with(ctx, code, func(r *Room) { m, refused = r.lobby.person(person) })
	if err != nil {
		return m, err
	}
	return m, refused
}

// doAsRoom gives the lobby a command of the room itself and waits for it.
func (h *Hall) doAsRoom(ctx context.Context, room, do string, with any) error {
	_, err := h.ask(ctx, room, ask{c: Command{In: LobbyID, Do: do, With: mustJSON(with), From: Member{Role: TheRoom}}})
	return err
}

// ask gives a room a command and waits for its answer. A refusal is the error.
// If the room closed before it took the command, the next one is asked.
func (h *Hall) ask(ctx context.Context, room string, what ask) (answer, error) {
	for {
		r, err := h.room(ctx, room)
		if err != nil {
			return answer{}, err
		}
		if what.c.N > 0 {
			err := h.bind(ctx, r, what.c.Peer, what.member, 0)
			if errors.Is(err, errClosed) {
				continue
			}
			if err != nil {
				return answer{}, err
			}
		}
		a := what
		ans, err := r.ask(ctx, &a)
		if !errors.Is(err, errClosed) {
			return ans, err
		}
	}
}

// ask submits a command and waits for its answer; errClosed if the room ended
// without having taken it.
func (r *Room) ask(ctx context.Context, a *ask) (answer, error) {
	answers := make(chan answer, 1)
	a.answer = func(ans answer) { answers <- ans }
	if !r.submit(a) {
		select {
		case <-r.done:
			return answer{}, errClosed
		default:
			return answer{}, WaitBusy
		}
	}
	var ans answer
	select {
	case ans = <-answers:
	case <-ctx.Done():
		return answer{}, ctx.Err()
	case <-r.fan.done: // every answer that will be given has been
		select {
		case ans = <-answers:
		default:
			return answer{}, errClosed
		}
	}
	if ans.refused != nil {
		return ans, ans.refused
	}
	return ans, nil
}

// Do is one command over HTTP; only In, Do, With, Peer and N are read. The
// answer is ready to be sent. Errors are refusals.
func (h *Hall) Do(ctx context.Context, code, person string, c Command) (json.RawMessage, error) {
	if (c.N == 0) != (c.Peer == "") || c.N > maxNumber || c.Peer != "" && !peerName.MatchString(c.Peer) {
		return nil, ErrMalformed
	}
	m, err := h.asking(ctx, code, person, c)
	if err != nil {
		return nil, err
	}
	room, err := h.o.Log.Find(ctx, NormalCode(code))
	if err != nil {
		return nil, err
	}
	account, err := h.signedIn(ctx, person)
	if err != nil {
		return nil, err
	}
	c = Command{In: c.In, Do: c.Do, With: orNull(c.With), Peer: c.Peer, N: c.N, Account: account}
	ans, err := h.ask(ctx, room, ask{c: c, member: m.ID, posted: true})
	if err != nil {
		return nil, err
	}
	return encodeAnswer(c, m, ans), nil
}

// encodeAnswer is the answer to a command over HTTP.
func encodeAnswer(c Command, m Member, ans answer) json.RawMessage {
	var out frame
	if ans.mine != nil {
		out.add("mine", ans.mine)
	}
	var events [][]byte
	for _, e := range ans.events {
		if e.To.Sees(m) {
			events = append(events, encodeEvent(e))
		}
	}
	if len(events) > 0 {
		out.list("events", events)
	}
	if c.N > 0 {
		out.add("done", c.N)
	}
	out.raw("seq", strconv.AppendUint(nil, ans.seq, 10))
	return out.bytes()
}

// bind makes a peer's queue known to the room; errClosed if that has ended. What
// is stored of it is read before, outside the room's goroutine.
func (h *Hall) bind(ctx context.Context, r *Room, peer, member string, next uint64) error {
	stored, err := h.o.Log.Settled(ctx, r.id, peer)
	if err != nil {
		return fmt.Errorf("read settled: %w", err)
	}
	var refused error
	err = r.call(ctx, func() { _, refused = r.bind(peer, member, stored, next) })
	return errors.Join(err, refused)
}

// View is {"kind","seq","view","mine"} of an activity, as the person may see it.
func (h *Hall) View(ctx context.Context, code, person, activity string) (json.RawMessage, error) {
	shown, err := h.shown(ctx, code, person, activity)
	if err != nil {
		return nil, err
	}
	return shown.encode()
}

// shown is an activity as the person may see it now.
func (h *Hall) shown(ctx context.Context, code, person, activity string) (*shown, error) {
	shown, _, err := h.shownOf(ctx, code, byPerson(person), func(_ *Room, m Member) (string, Member) { return activity, m })
	return shown, err
}

// shownOf is the activity that of names, as the member that it gives may see it
// now, and who reads it.
func (h *Hall) shownOf(ctx context.Context, code string, who reader, of func(*Room, Member) (string, Member)) (*shown, Member, error) {
	type result struct {
		shown  *shown
		member Member
		err    error
	}
	results := make(chan result, 1)
	err := h.with(ctx, code, func(r *Room) {
		member, err := who(r)
		if err != nil {
			results <- result{err: err}
			return
		}
		activity, as := of(r, member)
		s, ok := r.slotFor(activity, as.Role)
		if !ok {
			results <- result{member: member, err: ErrNoActivity}
			return
		}
		r.whenReady(s, func(err error) {
			if err != nil {
				results <- result{member: member, err: err}
				return
			}
			shown, err := r.show(s, as)
			results <- result{shown, member, err}
		})
	})
	if err != nil {
		return nil, Member{}, err
	}
	select {
	case got := <-results:
		return got.shown, got.member, got.err
	case <-ctx.Done():
		return nil, Member{}, ctx.Err()
	}
}

// Read is a named read, outside the room. ErrUnknown if the kind has none of
// that name.
func (h *Hall) Read(ctx context.Context, code, person, activity, name string, ask map[string]string) (any, error) {
	return h.read(ctx, code, byPerson(person), activity, name, ask)
}

func (h *Hall) read(ctx context.Context, code string, who reader, activity, name string, ask map[string]string) (any, error) {
	o, err := h.opening(ctx, code, who, activity)
	if err != nil {
		return nil, err
	}
	read, ok := o.kind.Reads[name]
	switch {
	case !ok:
		return nil, ErrUnknown
	case o.reader.Role < read.Least:
		return nil, ErrRole
	}
	return steady(func() (any, error) { return read.Do(ctx, h.reading(o, read.Sees, ask)) })
}

// people are members of a room by their ids.
func (h *Hall) people(ctx context.Context, code string, ids []string) ([]Member, error) {
	found := make([]Member, 0, len(ids))
	err := h.with(ctx, code, func(r *Room) {
		for _, id := range ids {
			if m, ok := r.lobby.s.Members[id]; ok {
				found = append(found, m.Member)
			}
		}
	})
	return found, err
}
