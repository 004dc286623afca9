package polls

import (
	"fmt"
	"strings"

	"plenum/rooms"
)

func (s *script) deck() string {
	seen := s.poll.View(rooms.Member{Role: rooms.Host}).(HostView)
	var out []string
	for _, q := range seen.Questions {
		text := s.words(q.Question, q.Status)
		if q.ID == seen.Present {
			text = "*" + text
		}
		out = append(out, text+s.counted(q.Question, q.Results))
	}
	return strings.Join(out, "; ")
}

func (s *script) stage() string {
	seen := s.poll.View(rooms.Member{Role: rooms.Participant}).(AudienceView)
	if seen.Question == nil {
		return "nothing"
	}
	text := fmt.Sprintf("%d/%d %s, %d voted", seen.Position, seen.Of, s.words(seen.Question.Question, seen.Question.Status), seen.Question.People)
	if seen.Question.Results != nil {
		text += s.counted(seen.Question.Question, *seen.Question.Results)
	}
	return text
}

func (s *script) words(q Question, now Status) string {
	text := q.Prompt + " " + string(now.State)
	if now.Round > 1 {
		text += fmt.Sprintf(" round %d", now.Round)
	}
	if now.Closes > 0 {
		text += fmt.Sprintf(" until %ds", (now.Closes-began)/1000)
	}
	if now.Shown {
		text += " shown"
	}
	return text
}

// counted is a tally in the words of the options, without what nobody chose.
func (s *script) counted(q Question, r Results) string {
	var counts map[string]int
	decode(r.Counts, &counts)
	text := fmt.Sprintf(" %d:", r.People)
	for slot := range q.slots() {
		if n := counts[q.slotName(slot)]; n > 0 {
			text += fmt.Sprintf(" %s=%d", s.slotText(q, slot), n)
		}
	}
	return text
}

func (s *script) slotText(q Question, slot int) string {
	if q.Kind == Rating {
		return q.slotName(slot)
	}
	return q.Options[slot].Text
}

func (s *script) mine(who string) string {
	own := s.poll.Mine(rooms.Member{ID: "id-" + who, Role: rooms.Participant}).(Mine)
	var out []string
	for _, c := range s.poll.deck {
		b, ok := own.Ballots[c.ID]
		if !ok {
			continue
		}
		text := fmt.Sprintf("%s (%d.%d)", c.Prompt, b.Round, b.Turn)
		if b.Score != nil {
			text += fmt.Sprintf(" %d", *b.Score)
		} else {
			for _, id := range *b.Options {
				text += " " + c.Options[c.slot(id)].Text
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// told are the names of the events that a role may see.
func (s *script) told(role rooms.Role) string {
	var did []string
	for _, e := range s.log {
		if e.To.Sees(rooms.Member{Role: role}) {
			did = append(did, e.Did)
		}
	}
	return strings.Join(did, " ")
}
