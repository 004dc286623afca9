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
		again := c.box.recounted()
		if again.people != c.box.people || !slices.Equal(again.counts, c.box.counts) {
			return fmt.Errorf("%q counts %v of %d, recounted %v of %d", c.Prompt, c.box.counts, c.box.people, again.counts, again.people)
		}
		people, counts := 0, map[string]int{}
		for _, row := range table {
			if row.Question != c.ID || row.Round != c.Round {
				continue
			}
			people++
			for _, name := range row.names() {
				counts[name]++
			}
		}
		var told map[string]int
		decode(c.counts(), &told)
		maps.DeleteFunc(told, func(_ string, n int) bool { return n == 0 })
		if people != c.box.people || !maps.Equal(counts, told) {
			return fmt.Errorf("%q counts %v of %d, and the table has %v of %d", c.Prompt, told, c.box.people, counts, people)
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
