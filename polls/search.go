package polls

import (
	"strings"

	"plenum/rooms"
)

// Texts are the questions, as search can find them. Only the presented one is
// for everybody, as in the view: what hosts prepare, and what is over, is theirs.
func (p *Poll) Texts() []rooms.Text {
	texts := make([]rooms.Text, len(p.deck))
	for i, c := range p.deck {
		lines := []string{c.Prompt}
		if c.Text != "" {
			lines = append(lines, c.Text)
		}
		for _, o := range c.Options {
			lines = append(lines, o.Text)
			if o.Picture != nil {
				lines = append(lines, o.Picture.Alt)
			}
		}
		for _, o := range c.Columns {
			lines = append(lines, o.Text)
		}
		for _, axis := range []*Axis{c.X, c.Y} {
			if axis != nil {
				lines = append(lines, axis.says())
			}
		}
		if c.Picture != nil {
			lines = append(lines, c.Picture.Alt)
		}
		if c.Low != "" || c.High != "" {
			lines = append(lines, c.Low, c.High)
		}
		texts[i] = rooms.Text{Key: c.ID, Text: strings.Join(lines, "\n"), To: p.audience(c)}
	}
	return texts
}
