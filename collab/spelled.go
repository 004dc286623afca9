package collab

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"plenum/collab/delta"
)

// spelled is a content in which polls are lines of text, for files: the question,
// and what was counted as a list; while that is not known, the options with boxes,
// as on a ballot. It is said without words, as a file has no language. Of a poll
// of which nothing may be seen, nothing is left.
func spelled(content delta.Delta, polls []Poll) delta.Delta {
	if len(brings(content)) == 0 {
		return content
	}
	var out, line delta.Delta
	for _, o := range content {
		for rest := o.Text(); o.Kind() == delta.Text && rest != ""; {
			before, after, ends := strings.Cut(rest, "\n")
			if before != "" {
				line = append(line, delta.Write(before, o.Attributes()))
			}
			if ends {
				out = append(out, spelledLine(line, o.Attributes(), polls)...)
				line = nil
			}
			rest = after
		}
		if o.Kind() == delta.Embed {
			line = append(line, o)
		}
	}
	return append(out, line...).Normal()
}

// spelledLine is a line with its end. What stands beside a poll in it has lines of its own.
func spelledLine(line delta.Delta, ends delta.Attributes, polls []Poll) (out delta.Delta) {
	if len(brings(line)) == 0 {
		return append(line, delta.Write("\n", ends))
	}
	open := false
	for _, o := range line {
		name, poll := pollOf(o)
		if !poll {
			out, open = append(out, o), true
			continue
		}
		if open {
			out, open = append(out, delta.Write("\n", ends)), false
		}
		if place := slices.IndexFunc(polls, func(p Poll) bool { return p.Poll == name }); place >= 0 && polls[place].Asked != nil {
			out = append(out, polls[place].Asked.lines()...)
		}
	}
	if open || len(out) == 0 {
		out = append(out, delta.Write("\n", ends))
	}
	return out
}

// attributed is one attribute.
func attributed(name string, value delta.Value) delta.Attributes {
	return delta.Attributed(delta.Attribute{Name: name, Value: value})
}

// lines are the question as text.
func (a *Asked) lines() delta.Delta {
	var out delta.Delta
	for part := range strings.SplitSeq(a.Prompt, "\n") {
		out = append(out, delta.Write(part, attributed("bold", delta.True)), delta.Write("\n", nil))
	}
	if a.Picture != nil {
		out = append(out, delta.Write(a.Picture.Alt, attributed("italic", delta.True)), delta.Write("\n", nil))
	}
	list := attributed("list", `"unchecked"`)
	if a.Result != nil {
		list = attributed("list", `"bullet"`)
	}
	for _, o := range a.places() {
		out = append(out, delta.Write(o.says()+a.standing(o.ID), nil), delta.Write("\n", list))
	}
	if a.Result != nil {
		end := fmt.Sprintf("n = %d · %s", a.Result.People, time.UnixMilli(a.Closes).UTC().Format("2006-01-02 15:04 UTC"))
		out = append(out, delta.Write(end, attributed("italic", delta.True)), delta.Write("\n", nil))
	}
	return slices.DeleteFunc(out, func(o delta.Op) bool { return o.Len() == 0 })
}

// says is the option in words, with what its picture shows.
func (o Option) says() string {
	if o.Picture == nil {
		return o.Text
	}
	return o.Text + " (" + o.Picture.Alt + ")"
}

// places are what a vote can fall on: options, those with the most votes first
// once they are counted, or the steps of a scale.
func (a *Asked) places() []Option {
	if a.Kind != "rating" {
		all := slices.Clone(a.Options)
		if a.Kind == "pins" {
			all = append(all, a.parts()...)
		}
		if a.Result != nil && a.Kind != "axes" {
			slices.SortStableFunc(all, func(x, y Option) int { return cmp.Compare(a.votes()[y.ID], a.votes()[x.ID]) })
		}
		return all
	}
	var steps []Option
	for n := a.From; n <= a.To; n++ {
		text := strconv.Itoa(n)
		if label := map[int]string{a.From: a.Low, a.To: a.High}[n]; label != "" {
			text += " " + label
		}
		steps = append(steps, Option{ID: strconv.Itoa(n), Text: text})
	}
	return steps
}

// votes are what the bars on the screens show.
func (a *Asked) votes() map[string]int {
	if a.Kind == "points" || a.Method == "borda" {
		return a.Result.Points
	}
	return a.Result.Counts
}

// standing is what was counted for an option, and of options of which one is
// chosen, the share.
func (a *Asked) standing(option string) string {
	if a.Result == nil {
		return ""
	}
	switch a.Kind {
	case "dates", "grid":
		return a.row(option)
	case "axes":
		return a.middle(option)
	}
	votes, people := a.votes()[option], a.Result.People
	if a.Result.Counted != nil {
		people = *a.Result.Counted
	}
	if a.Kind == "points" || a.Method == "borda" || people == 0 {
		return fmt.Sprintf(": %d", votes)
	}
	return fmt.Sprintf(": %d (%d%%)", votes, (200*votes+people)/(2*people))
}

// row is what was counted in a row of a grid, under each of its columns. Yes, if
// need be and no are signs.
func (a *Asked) row(option string) string {
	columns := a.Columns
	switch {
	case a.Kind == "dates":
		columns = []Option{{ID: "yes", Text: "✓"}, {ID: "maybe", Text: "(✓)"}, {ID: "no", Text: "✗"}}
	case len(columns) == 0:
		for n := a.From; n <= a.To; n++ {
			columns = append(columns, Option{ID: strconv.Itoa(n), Text: strconv.Itoa(n)})
		}
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = fmt.Sprintf("%s %d", c.Text, a.Result.Counts[option+"/"+c.ID])
	}
	return ": " + strings.Join(parts, " · ")
}

// parts are where pins can be beside the areas, as signs: elsewhere, or the parts
// of a picture without areas, once something was counted.
func (a *Asked) parts() []Option {
	switch {
	case a.Result == nil:
		return nil
	case len(a.Options) > 0:
		return []Option{{ID: "-", Text: "…"}}
	}
	var all []Option
	for i, sign := range []string{"↖", "↑", "↗", "←", "•", "→", "↙", "↓", "↘"} {
		all = append(all, Option{ID: fmt.Sprintf("r%dc%d", i/3+1, i%3+1), Text: sign})
	}
	return all
}

// middle is how many placed an item, and where it is on average.
func (a *Asked) middle(option string) string {
	n := a.Result.Counts[option+"/n"]
	if n == 0 || a.X == nil || a.Y == nil {
		return fmt.Sprintf(": %d", n)
	}
	mean := func(of string) string {
		return strconv.FormatFloat(float64(a.Result.Counts[option+"/"+of])/float64(n), 'f', 1, 64)
	}
	return fmt.Sprintf(": %d · %s %s · %s %s", n, a.X.Title, mean("x"), a.Y.Title, mean("y"))
}
