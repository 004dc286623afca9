package laws

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"plenum/rooms"
)

// fault is one way in which a board can break a law; sound is none.
type fault string

const (
	sound          fault = ""
	decideWrites   fault = "Decide changes the state"
	decideRolls    fault = "Decide uses randomness of its own"
	applyCounts    fault = "Apply depends on what was asked before"
	forgetsInSave  fault = "a part of the state is not saved"
	sharesView     fault = "the view is live state"
	sharesSave     fault = "the snapshot is live state"
	keepsEvent     fault = "the event's content is kept"
	viewByName     fault = "the view depends on the member"
	leaksView      fault = "hidden events are counted in the view"
	leaksDigest    fault = "hidden events are counted in a digest"
	leaksEvent     fault = "a visible event repeats what is hidden"
	missesEvent    fault = "the view shows what no event told"
	panicsAtJunk   fault = "Decide panics at odd content"
	acceptsJunk    fault = "Decide takes anything"
	plainError     fault = "Decide refuses without a code"
	changesText    fault = "half pairs are replaced in silence"
	knowsNoNote    fault = "a command of the table is unknown"
	neverDone      fault = "a command is always refused"
	takesUnknown   fault = "unknown commands are done"
	rowsCount      fault = "rows depend on what was projected before"
	wakesForEver   fault = "it wants to be woken again at once"
	revealsInWords fault = "the reveal is not announced to the room"
)

// board is a small kind with one of everything: public and hidden events, a
// reveal, digests, a personal part, a wake-up.
type board struct {
	fault fault
	s     boardState
	asked int
	kept  []json.RawMessage
}

type boardState struct {
	Notes  []string          // for everyone
	Hidden []string          // for hosts
	Stars  map[string]int    // nobody's, summed in a digest for hosts
	Own    map[string]string // the last note of each member
	Open   bool              // hosts' notes are shown to all
	Wake   int64
}

type boardView struct {
	Notes  []string
	Hidden []string `json:",omitempty"`
	Secret int      `json:",omitempty"`
}

func boardKind(f fault) rooms.Kind {
	projected := 0
	return rooms.Kind{
		Name: "board", Format: 1,
		Commands: map[string]rooms.Needs{
			"note": {Role: rooms.Participant}, "hide": {Role: rooms.Host}, "open": {Role: rooms.Host},
			"star": {Role: rooms.Viewer, Unnumbered: true}, "alarm": {Role: rooms.Host}, "wake": {Role: rooms.TheRoom},
		},
		Reads: map[string]rooms.Read{"past": {Least: rooms.Viewer, Do: boardPast}},
		New: func(json.RawMessage) (rooms.Activity, error) {
			return &board{fault: f, s: boardState{Stars: map[string]int{}, Own: map[string]string{}}}, nil
		},
		Reveals: func(e rooms.Event) bool { return e.Did == "opened" && f != revealsInWords },
		Rows: func(_ string, e rooms.Event) []rooms.Row {
			if projected++; f == rowsCount {
				return []rooms.Row{{Put: projected}}
			}
			return []rooms.Row{{Put: e.Did}}
		},
	}
}

// boardPast is a named read of all events, as they are on the wire.
func boardPast(ctx context.Context, r rooms.Reading) (any, error) {
	events, err := r.Events(ctx, 0, 0, 1000, false)
	var told []json.RawMessage
	for _, e := range events {
		told = append(told, must(onWire(e)))
	}
	return told, err
}

func boardPlan(f fault) Plan {
	return Plan{
		Kind: boardKind(f), Bare: []string{"open", "star", "alarm"},
		Mirror: func() Mirror { return &boardMirror{} },
		Command: func(r *rand.Rand, members []rooms.Member) rooms.Command {
			do := []string{"note", "note", "note", "hide", "hide", "star", "alarm", "open"}[r.IntN(8)]
			if do == "open" && r.IntN(10) > 0 {
				do = "note"
			}
			with := fmt.Sprintf(`{"text":"%d"}`, r.IntN(100))
			return rooms.Command{Do: do, With: json.RawMessage(with), From: members[r.IntN(len(members))]}
		},
		Alter: func(r *rand.Rand, e rooms.Event) (rooms.Event, bool) {
			e.With = json.RawMessage(fmt.Sprintf(`"%d"`, 1000+r.IntN(1000)))
			return e, e.Did == "hid"
		},
	}
}

func (b *board) Decide(c rooms.Command) ([]rooms.Event, error) {
	if b.asked++; b.fault == decideWrites {
		b.s.Notes = append(b.s.Notes, "asked")
	}
	switch c.Do {
	case "note", "hide":
		return b.decideText(c)
	case "open":
		return []rooms.Event{{Did: "opened", With: json.RawMessage(`{}`)}}, nil
	case "star":
		return []rooms.Event{{Did: "starred", To: rooms.Audience{Least: rooms.Nobody}}}, nil
	case "alarm":
		return []rooms.Event{{Did: "set", With: must(json.Marshal(c.At + 1000)), To: rooms.Audience{Least: rooms.Nobody}}}, nil
	case "wake":
		return []rooms.Event{{Did: "rang", With: json.RawMessage(`"ring"`)}}, nil
	}
	if b.fault == takesUnknown {
		return nil, nil
	}
	return nil, rooms.ErrUnknown
}

func (b *board) decideText(c rooms.Command) ([]rooms.Event, error) {
	text, err := b.parse(c)
	if err != nil {
		return nil, err
	}
	switch {
	case b.fault == knowsNoNote && c.Do == "note":
		return nil, rooms.ErrUnknown
	case b.fault == neverDone && c.Do == "note":
		return nil, rooms.Refuse("never", "Never.")
	case b.fault == decideRolls:
		text += fmt.Sprint(b.asked)
	case b.fault == leaksEvent && c.Do == "note":
		text += strings.Join(b.s.Hidden, " ")
	}
	did, to := "noted", rooms.Everyone
	if c.Do == "hide" {
		did, to = "hid", rooms.Host
	}
	if b.s.Open {
		to = rooms.Everyone
	}
	return []rooms.Event{{Did: did, With: must(json.Marshal(text)), To: rooms.Audience{Least: to}}}, nil
}

func (b *board) parse(c rooms.Command) (string, error) {
	var with struct{ Text *string }
	err := json.Unmarshal(c.With, &with)
	switch {
	case b.fault == panicsAtJunk:
		return string(c.With[:2]), nil
	case b.fault == acceptsJunk && (err != nil || with.Text == nil):
		return "anything", nil
	case b.fault == plainError && err != nil:
		return "", err
	case err != nil || with.Text == nil:
		return "", rooms.ErrMalformed
	case b.fault != changesText && (strings.Contains(*with.Text, "\uFFFD") || !utf8.Valid(c.With)):
		return "", rooms.ErrMalformed
	}
	return *with.Text, nil
}

func (b *board) Apply(e rooms.Event) {
	text := strings.Trim(string(e.With), `"`)
	switch e.Did {
	case "noted":
		if b.fault == applyCounts && b.asked%2 == 1 {
			text += "!"
		}
		b.s.Notes = append(b.s.Notes, text)
		b.s.Own[e.By] = text
	case "hid":
		b.s.Hidden = append(b.s.Hidden, text)
	case "opened":
		b.s.Open = true
	case "starred":
		b.s.Stars[e.By]++
	case "set":
		if _, err := fmt.Sscan(text, &b.s.Wake); err != nil {
			panic(err)
		}
	case "rang":
		b.s.Notes = append(b.s.Notes, text)
		if b.fault != wakesForEver {
			b.s.Wake = 0
		}
	}
	b.kept = append(b.kept, e.With)
	if len(b.s.Notes) > 20 {
		b.s.Notes = append(b.s.Notes[:0], b.s.Notes[len(b.s.Notes)-20:]...)
	}
}

func (b *board) View(m rooms.Member) any {
	v := boardView{Notes: append([]string{}, b.s.Notes...)}
	if m.Role >= rooms.Host || b.s.Open {
		v.Hidden = append([]string{}, b.s.Hidden...)
	}
	switch b.fault {
	case sharesView:
		v.Notes = b.s.Notes
	case viewByName:
		v.Notes = append(v.Notes, m.Name)
	case leaksView:
		v.Secret = len(b.s.Hidden)
	case missesEvent:
		v.Secret = len(b.s.Own)
	case keepsEvent:
		for _, kept := range b.kept {
			v.Notes = append(v.Notes, string(kept))
		}
	}
	return v
}

func (b *board) Mine(m rooms.Member) any { return b.s.Own[m.ID] }
func (b *board) Wake() int64             { return b.s.Wake }

func (b *board) Digests(role rooms.Role) []rooms.Digest {
	if role >= rooms.Host || b.fault == leaksDigest {
		return []rooms.Digest{{Key: "hidden", With: len(b.s.Hidden)}}
	}
	return nil
}

func (b *board) Save() func() ([]byte, error) {
	s := b.s
	s.Notes = append([]string{}, s.Notes...)
	s.Stars, s.Own = maps.Clone(s.Stars), maps.Clone(s.Own)
	switch b.fault {
	case forgetsInSave:
		s.Own = map[string]string{}
	case sharesSave:
		s.Notes = b.s.Notes
	}
	return func() ([]byte, error) { return json.Marshal(s) }
}

func (b *board) Load(state []byte) error { return json.Unmarshal(state, &b.s) }

// boardMirror is a client's board.
type boardMirror struct{ v boardView }

func (m *boardMirror) Open(view json.RawMessage) error {
	m.v = boardView{}
	return json.Unmarshal(view, &m.v)
}

func (m *boardMirror) Apply(event json.RawMessage) error {
	var told struct {
		Did  string
		With any
	}
	if err := json.Unmarshal(event, &told); err != nil {
		return err
	}
	text, _ := told.With.(string)
	switch told.Did {
	case "noted", "rang":
		m.v.Notes = append(m.v.Notes, text)
		m.v.Notes = m.v.Notes[max(0, len(m.v.Notes)-20):]
	case "hid":
		m.v.Hidden = append(m.v.Hidden, text)
	}
	return nil
}

func (m *boardMirror) View() any { return m.v }
