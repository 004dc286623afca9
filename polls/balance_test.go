package polls

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"plenum/rooms"
)

// project does to a table what the store does with the rows of an event.
func project(table map[string]ballotRow, e rooms.Event) {
	for _, row := range Kind.Rows("room-1", e) {
		if row.Put != nil {
			put := row.Put.(*ballotRow)
			table[put.key()] = *put
			continue
		}
		delete(table, row.Drop.(*ballotRow).key())
	}
}

func (r ballotRow) key() string {
	return fmt.Sprintf("%s/%s/%s/%d/%s", r.Room, r.Activity, r.Question, r.Round, r.Voter)
}

// balanced compares every tally with its own ballots and with the table.
func balanced(p *Poll, table map[string]ballotRow) error {
	for _, c := range p.deck {
		again := c.box.recounted(c.Question)
		if again.people != c.box.people || !slices.Equal(again.counts, c.box.counts) || !slices.Equal(again.points, c.box.points) {
			return fmt.Errorf("%q counts %v of %d, recounted %v of %d", c.Prompt, c.box.counts, c.box.people, again.counts, again.people)
		}
		if c.veiled() {
			for _, row := range table {
				if row.Question == c.ID && row.Round == c.Round {
					return fmt.Errorf("%q is secret, and the table has %+v", c.Prompt, row)
				}
			}
			continue
		}
		if specialOf(c.Kind) != nil {
			if err := specialBalanced(c, table); err != nil {
				return err
			}
			continue
		}
		people, counts, points := 0, map[string]int{}, map[string]int{}
		for _, row := range table {
			if row.Question != c.ID || row.Round != c.Round {
				continue
			}
			people++
			for at, name := range row.names() {
				if c.Kind == Ranking {
					points[name] += len(c.Options) - 1 - at
				}
				if c.Kind != Ranking || at == 0 {
					counts[name]++
				}
			}
		}
		var told map[string]int
		decode(c.counts(), &told)
		maps.DeleteFunc(told, func(_ string, n int) bool { return n == 0 })
		if people != c.box.people || !maps.Equal(counts, told) {
			return fmt.Errorf("%q counts %v of %d, and the table has %v of %d", c.Prompt, told, c.box.people, counts, people)
		}
		for slot, n := range c.box.points {
			if name := c.slotName(slot); points[name] != n {
				return fmt.Errorf("%q gives %q %d points, and the table %d", c.Prompt, name, n, points[name])
			}
		}
	}
	return nil
}

// names are the options or the score of a stored ballot.
func (r ballotRow) names() []string {
	var content struct {
		Options []string
		Score   *json.Number
	}
	decode(r.Content, &content)
	if content.Score != nil {
		return []string{content.Score.String()}
	}
	return content.Options
}
