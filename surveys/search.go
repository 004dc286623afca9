package surveys

import (
	"strings"

	"plenum/rooms"
)

// Texts are the pages with their questions, as search can find them.
func (s *Survey) Texts() []rooms.Text {
	var texts []rooms.Text
	to := s.audience()
	if s.Intro != "" {
		texts = append(texts, rooms.Text{Key: "intro", Text: s.Intro, To: to})
	}
	for _, p := range s.Pages {
		var lines []string
		for _, line := range []string{p.Title, p.Text} {
			if line != "" {
				lines = append(lines, line)
			}
		}
		for _, q := range p.Questions {
			lines = append(lines, q.Prompt)
			for _, o := range q.Options {
				lines = append(lines, o.Text)
			}
		}
		texts = append(texts, rooms.Text{Key: "page-" + p.ID, Text: strings.Join(lines, "\n"), To: to})
	}
	return texts
}
