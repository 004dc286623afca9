package chat

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

func plan() laws.Plan {
	return laws.Plan{
		Kind:   Kind,
		Aimed:  randomCommand,
		Mirror: func() laws.Mirror { return &mirror{size: map[uint64]int{}} },
	}
}

func TestLaws(t *testing.T)   { t.Parallel(); laws.Check(t, plan()) }
func TestRoom(t *testing.T)   { t.Parallel(); laws.CheckRoom(t, plan()) }
func TestGolden(t *testing.T) { t.Parallel(); laws.Golden(t, plan(), "testdata/threads.jsonl") }

// The logs of former formats still give what they gave.
func TestGoldenOfFormerFormats(t *testing.T) {
	t.Parallel()
	laws.GoldenOf(t, plan(), "testdata/chat.jsonl")
	laws.GoldenOf(t, plan(), "testdata/changes.jsonl")
	laws.GoldenOf(t, plan(), "testdata/files.jsonl")
}

// randomText is mostly something short, sometimes nothing, sometimes too much.
func randomText(r *rand.Rand) string {
	words := []string{"yes", "no", "perhaps", "e\u0301", "😀", "<b>", "\"", "\\ud800", "  ", "\n", "كيف", "�", " @here ", "@Ben"}
	var text strings.Builder
	for range r.IntN(8) {
		text.WriteString(words[r.IntN(len(words))])
	}
	if text.Len() > 0 {
		text.WriteString(laws.Secret(r))
	}
	switch r.IntN(100) {
	case 0, 1, 2, 3, 4, 5:
		text.WriteString(strings.Repeat("x", MaxUnits-r.IntN(60)))
	case 6:
		text.WriteString("\x00")
	}
	return text.String()
}

// randomFile is one of few, or none that can be.
func randomFile(r *rand.Rand) File {
	f := File{Hash: rooms.FilePrefix + strings.Repeat(string("0af!"[r.IntN(4)]), 64), Name: "Plan.pdf", Size: 1 + r.Int64N(9)}
	if r.IntN(2) == 0 {
		f.Width, f.Height = 640, 480*r.IntN(2)
	}
	return f
}

// randomCommand is aimed at a message that is there, or at a place where one may
// have been.
func randomCommand(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	from := members[r.IntN(len(members))]
	raw, own := see(from)
	var view View
	var mine Mine
	if err := errors.Join(json.Unmarshal(raw, &view), json.Unmarshal(own, &mine)); err != nil {
		panic(err)
	}
	with := map[string]any{}
	do := "say" // mostly, so that the window is left behind
	if r.IntN(5) > 2 {
		do = []string{"edit", "edit", "edit", "delete", "react", "react", "react", "pin", "read"}[r.IntN(9)]
	}
	if n := len(view.Messages); n > 0 {
		m := view.Messages[r.IntN(n)]
		with["seq"] = m.Seq
		if i := slices.IndexFunc(members, func(who rooms.Member) bool { return who.ID == m.By }); i >= 0 && r.IntN(4) > 0 && (do == "edit" || do == "delete") {
			from = members[i]
		}
		if r.IntN(4) == 0 {
			with["seq"] = 1 + r.Uint64N(view.Messages[n-1].Seq+1)
		}
	} else if do != "say" {
		with["seq"] = 1 + r.Uint64N(40)
	}
	if n := len(mine.Threads); n > 0 && r.IntN(3) == 0 { // a reply, or in a thread
		in := mine.Threads[r.IntN(n)]
		with["thread"] = in.Thread
		if n := len(in.Seqs); n > 0 {
			with["seq"] = in.Seqs[r.IntN(n)]
		}
	}
	switch do {
	case "say":
		if with["seq"] != nil && r.IntN(3) == 0 {
			with["to"] = with["seq"]
		}
		if with["seq"] != nil && with["thread"] == nil && r.IntN(4) == 0 {
			with["thread"] = with["seq"]
		}
		delete(with, "seq")
		if r.IntN(4) == 0 {
			with["file"] = randomFile(r)
		}
		fallthrough
	case "edit":
		text := randomText(r)
		if with["text"] = text; strings.Contains(text, "@Ben") {
			with["mentions"] = []Mention{{ID: members[0].ID, Name: "Ben"}}
		}
	case "react":
		with["emoji"], with["on"] = []string{"👍", "❤️", "😀", "🏳️‍🌈", "x", "1️⃣"}[r.IntN(6)], r.IntN(4) > 0
	case "pin":
		with["on"] = r.IntN(4) > 0
	}
	encoded, err := json.Marshal(with)
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: do, With: encoded, From: from}
}

// mirror is a client's copy of a chat, as the front end keeps it.
type mirror struct {
	seen View
	size map[uint64]int // what a message counts for
}

func (m *mirror) Open(view json.RawMessage) error {
	if err := json.Unmarshal(view, &m.seen); err != nil {
		return err
	}
	for _, message := range m.seen.Messages {
		m.size[message.Seq] = rooms.Units(message.Text)
	}
	return nil
}

// told is an event as it is on the wire.
type told struct {
	Did  string
	With struct {
		Of, To, Thread uint64
		Text           *string
		Name, Emoji    string
		Colour, Size   int
		Mentions       []Mention
		Here, On       bool
		File           *File
		Forgets        [][2]uint64
		Replies        *Replies
	}
	By  string
	At  int64
	Seq uint64
}

func (m *mirror) Apply(event json.RawMessage) error {
	var e told
	if err := json.Unmarshal(event, &e); err != nil {
		return err
	}
	with := e.With
	at := slices.IndexFunc(m.seen.Messages, func(message Message) bool { return message.Seq == with.Of })
	if root := slices.IndexFunc(m.seen.Messages, func(message Message) bool { return message.Seq == with.Thread }); root >= 0 && with.Replies != nil {
		m.seen.Messages[root].Replies = with.Replies.shown()
	}
	switch e.Did {
	case "said":
		if with.Thread > 0 {
			return nil
		}
		m.seen.Messages = append(m.seen.Messages, Message{Seq: e.Seq, At: e.At, By: e.By})
		m.write(len(m.seen.Messages)-1, e)
	case "edited":
		if at >= 0 {
			m.write(at, e)
			m.seen.Messages[at].Edited, m.seen.Messages[at].Forgot = e.Seq, with.Forgets
		}
	case "deleted":
		if at >= 0 {
			was := m.seen.Messages[at]
			m.seen.Messages[at] = Message{Seq: was.Seq, At: was.At, By: was.By, Replies: was.Replies, Gone: true}
			m.size[was.Seq] = 0
		}
		m.pin(with.Of, false)
	case "reacted":
		if at >= 0 {
			m.react(&m.seen.Messages[at], e)
		}
	case "pinned":
		m.pin(with.Of, with.On)
	case "read", "nothing":
	default:
		return fmt.Errorf("what is %q?", e.Did)
	}
	for len(m.seen.Messages) > WindowMessages || m.units() > WindowUnits && len(m.seen.Messages) > 1 {
		m.seen.Messages, m.seen.More = m.seen.Messages[1:], true
	}
	return nil
}

func (m *mirror) write(at int, e told) {
	message := &m.seen.Messages[at]
	if e.With.Text == nil {
		m.size[message.Seq], message.Gone = e.With.Size, true
		return
	}
	m.size[message.Seq], message.Gone, message.Text = rooms.Units(*e.With.Text), false, *e.With.Text
	message.Name, message.Colour, message.To = e.With.Name, e.With.Colour, e.With.To
	message.Mentions, message.Here, message.File = e.With.Mentions, e.With.Here, e.With.File
}

func (m *mirror) react(message *Message, e told) {
	message.Changes++
	for i := range message.Reactions {
		r := &message.Reactions[i]
		if r.Emoji != e.With.Emoji {
			continue
		}
		if e.With.On {
			r.By = append(r.By, Mention{ID: e.By, Name: e.With.Name})
			return
		}
		r.By = slices.DeleteFunc(r.By, func(by Mention) bool { return by.ID == e.By })
		if len(r.By) == 0 {
			message.Reactions = slices.Delete(message.Reactions, i, i+1)
		}
		return
	}
	message.Reactions = append(message.Reactions, Reaction{e.With.Emoji, []Mention{{ID: e.By, Name: e.With.Name}}})
}

func (m *mirror) pin(seq uint64, on bool) {
	m.seen.Pins = slices.DeleteFunc(m.seen.Pins, func(pin uint64) bool { return pin == seq })
	if on {
		m.seen.Pins = append(m.seen.Pins, seq)
	}
}

func (m *mirror) units() int {
	sum := 0
	for _, message := range m.seen.Messages {
		sum += m.size[message.Seq]
	}
	return sum
}

func (m *mirror) View() any { return m.seen }
