package polls

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// say puts a content into a ballot in words.
func (c *card) say(v *voted, of *content) {
	switch c.Kind {
	case Estimate:
		number := c.unscaled(of.Number)
		v.Number = &number
	case Points:
		v.Points = c.pointsByID(of.Points)
	case Dates, Grid:
		v.Rows = c.rowsByID(of.Cells)
	case Axes:
		v.Places = c.placesByID(of.Spots)
	case Pins:
		v.Pins = pairs(of.Spots)
	default:
		v.Answers = make([]answer, len(of.Answers))
		for i, a := range of.Answers {
			v.Answers[i] = answer{ID: a.ID, Text: a.Text}
		}
	}
}

// stored is the content of a ballot in words.
func (c *card) stored(v voted) (*content, error) {
	of := &content{}
	switch {
	case v.Number != nil:
		of.Number, _ = c.scaled(*v.Number)
	case v.Points != nil:
		of.Points = make([]int, c.slots())
		for id, points := range v.Points {
			slot := c.slot(id)
			if slot < 0 {
				return nil, fmt.Errorf("there is no option %q", id)
			}
			of.Points[slot] = points
		}
	case v.Rows != nil:
		var err error
		if of.Cells, err = c.cells(v.Rows); err != nil {
			return nil, fmt.Errorf("read the rows of a ballot: %w", err)
		}
	case v.Places != nil:
		var err error
		if of.Spots, err = c.spotsOfItems(v.Places); err != nil {
			return nil, fmt.Errorf("read the places of a ballot: %w", err)
		}
	case v.Pins != nil:
		var err error
		if of.Spots, err = spotsOfPins(v.Pins); err != nil {
			return nil, fmt.Errorf("read the pins of a ballot: %w", err)
		}
	default:
		for _, a := range v.Answers {
			of.Answers = append(of.Answers, answer{ID: a.ID, Text: a.Text})
		}
	}
	return of, nil
}

func textsOf(answers []answer) *[]string {
	if answers == nil {
		return nil
	}
	texts := make([]string, len(answers))
	for i, a := range answers {
		texts[i] = a.Text
	}
	return &texts
}

// keep takes over from another box what is not made of ballots.
func (b *box) keep(before *box) {
	switch sum := b.sum.(type) {
	case *cloud:
		if old, ok := before.sum.(*cloud); ok {
			sum.out = maps.Clone(old.out)
		}
	case *wall:
		if old, ok := before.sum.(*wall); ok {
			sum.last = old.last
		}
	}
}

// note puts the same into a checkpoint.
func (b *box) note(s *savedCard) {
	switch sum := b.sum.(type) {
	case *cloud:
		s.Out = slices.Sorted(maps.Keys(sum.out))
	case *wall:
		s.Last = sum.last
	}
}

// packed are the ballots of a checkpoint.
func (s savedCard) packed() ([]byte, error) {
	if specialOf(s.Kind) == nil {
		return packed(s.pages, s.wide()), nil
	}
	return packedContents(s.pages)
}

// packedContents are ballots in the order of the voters' numbers: each its
// turn, and if that is not 0, its content as JSON after its length; 0 if it was
// withdrawn.
func packedContents(pages []*page) ([]byte, error) {
	var out []byte
	end := 0 // of the last ballot
	for _, held := range pages {
		for i := range pageSize {
			var b ballot
			if held != nil {
				b = held.ballots[i]
			}
			if out = binary.AppendUvarint(out, b.turn); b.turn == 0 {
				continue
			}
			var encoded []byte
			if b.content != nil {
				var err error
				if encoded, err = json.Marshal(b.content); err != nil {
					return nil, fmt.Errorf("save a ballot: %w", err)
				}
			}
			out = append(binary.AppendUvarint(out, uint64(len(encoded))), encoded...)
			end = len(out)
		}
	}
	return out[:end], nil
}

// loadContents is what packedContents has written.
func (c *card) loadContents(s savedCard, voters int) error {
	if len(s.Out) > MaxWithheld || s.Last < 0 {
		return errCheckpoint
	}
	switch sum := c.box.sum.(type) {
	case *cloud:
		for _, id := range s.Out {
			sum.out[id] = true
		}
	case *wall:
		sum.last = s.Last
	}
	answers, from := 0, s.Ballots
	for voter := 0; len(from) > 0; voter++ {
		turn, n := binary.Uvarint(from)
		if n <= 0 || turn > MaxTurn || voter >= voters {
			return errCheckpoint
		}
		if from = from[n:]; turn == 0 {
			continue
		}
		length, n := binary.Uvarint(from)
		if n <= 0 || length > uint64(len(from)-n) {
			return errCheckpoint
		}
		now := ballot{turn: turn}
		if length > 0 {
			now.content = &content{}
			if err := json.Unmarshal(from[n:n+int(length)], now.content); err != nil || !specialOf(c.Kind).fits(c.Question, now.content) {
				return errCheckpoint
			}
			answers += len(now.content.Answers)
		}
		from = from[n+int(length):]
		c.box.put(voter, now)
	}
	if w, ok := c.box.sum.(*wall); ok && !w.sound(answers) {
		return errCheckpoint
	}
	return nil
}
