package chat

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

func plan() laws.Plan {
	return laws.Plan{
		Kind:    Kind,
		Command: randomSay,
		Mirror:  func() laws.Mirror { return &mirror{} },
	}
}

func TestLaws(t *testing.T)   { t.Parallel(); laws.Check(t, plan()) }
func TestRoom(t *testing.T)   { t.Parallel(); laws.CheckRoom(t, plan()) }
func TestGolden(t *testing.T) { t.Parallel(); laws.Golden(t, plan(), "testdata/chat.jsonl") }

// randomSay is mostly something short, sometimes nothing, sometimes too much.
func randomSay(r *rand.Rand, members []rooms.Member) rooms.Command {
	words := []string{"yes", "no", "perhaps", "e\u0301", "😀", "<b>", "\"", "\\ud800", "  ", "\n", "كيف", "�"}
	var text strings.Builder
	for range r.IntN(8) {
		text.WriteString(words[r.IntN(len(words))])
	}
	switch r.IntN(200) {
	case 0:
		text.WriteString(strings.Repeat("x", MaxUnits-r.IntN(20)))
	case 1:
		text.WriteString("\x00")
	}
	with, err := json.Marshal(map[string]string{"text": text.String()})
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: "say", With: with, From: members[r.IntN(len(members))]}
}

// mirror is a client's copy of a chat, as the front end keeps it.
type mirror struct{ seen View }

func (m *mirror) Open(view json.RawMessage) error { return json.Unmarshal(view, &m.seen) }

func (m *mirror) Apply(event json.RawMessage) error {
	var told struct {
		Did  string
		With struct {
			Text, Name string
			Colour     int
		}
		By  string
		At  int64
		Seq uint64
	}
	if err := json.Unmarshal(event, &told); err != nil {
		return err
	}
	if told.Did != "said" {
		return fmt.Errorf("what is %q?", told.Did)
	}
	m.seen.Messages = append(m.seen.Messages, Message{
		Seq: told.Seq, At: told.At, By: told.By, Name: told.With.Name, Colour: told.With.Colour, Text: told.With.Text,
	})
	for len(m.seen.Messages) > WindowMessages || m.units() > WindowUnits && len(m.seen.Messages) > 1 {
		m.seen.Messages, m.seen.More = m.seen.Messages[1:], true
	}
	return nil
}

func (m *mirror) units() int {
	sum := 0
	for _, message := range m.seen.Messages {
		sum += units(message.Text)
	}
	return sum
}

func (m *mirror) View() any { return m.seen }
