package surveys

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"plenum/rooms"
)

// recordPage is how many events are read at a time.
const recordPage = 1000

var errCannot = rooms.Refuse("survey-read", "The answers cannot be read here.")

// record is a survey as its log tells it, with the answers that hosts may see.
type record struct {
	*Survey
	rows []row
}

// row is what one person has sent.
type row struct {
	name    string // "" where hosts see no names
	member  string
	sentAt  int64
	answers []answer
}

// recordOf reads the log of a survey. Without names it has the answers that were
// told together last, in an order that tells nothing.
func recordOf(ctx context.Context, r rooms.Reading) (*record, error) {
	// A reading without the answers would look like one of no answers.
	if r.Reader.Role < rooms.Nobody {
		return nil, errCannot
	}
	settings, err := r.Settings(ctx)
	if err != nil {
		return nil, err
	}
	made, err := open(settings)
	if err != nil {
		return nil, err
	}
	all := &record{Survey: made.(*Survey)}
	for after := uint64(0); ; {
		events, err := r.Events(ctx, after, 0, recordPage, false)
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			after = e.Seq
			if err := all.take(e); err != nil {
				return nil, fmt.Errorf("event %d did %q: %w", e.Seq, e.Did, err)
			}
		}
		if len(events) < recordPage {
			break
		}
	}
	if !all.Unnamed {
		all.rows = all.sent()
		return all, all.name(ctx, r)
	}
	return all, all.shuffle()
}

// take follows an event; without names it notes what is told by it.
func (all *record) take(e rooms.Event) error {
	if e.Blank() {
		return nil
	}
	step := all.step
	if err := all.apply(e); err != nil {
		return err
	}
	if all.step != step {
		all.rows = all.sent()
	}
	return nil
}

func (all *record) sent() []row {
	rows := make([]row, 0, all.now.sent)
	for i, p := range all.people.list {
		if p.sent != nil {
			rows = append(rows, row{member: all.people.names[i], sentAt: p.sentAt, answers: p.sent})
		}
	}
	return rows
}

// name puts people in the order of their names.
func (all *record) name(ctx context.Context, r rooms.Reading) error {
	ids := make([]string, len(all.rows))
	for i, one := range all.rows {
		ids[i] = one.member
	}
	people, err := r.People(ctx, ids)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, m := range people {
		names[m.ID] = m.Name
	}
	for i := range all.rows {
		all.rows[i].name = names[all.rows[i].member]
	}
	slices.SortFunc(all.rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), cmp.Compare(a.member, b.member))
	})
	return nil
}

// shuffle puts answers in an order that depends on nothing but themselves, and
// leaves of their authors nothing.
func (all *record) shuffle() error {
	type keyed struct {
		key uint64
		raw string
		row row
	}
	some := make([]keyed, len(all.rows))
	for i, one := range all.rows {
		raw, err := json.Marshal(all.index.answersOf(one.answers))
		if err != nil {
			return err
		}
		h := fnv.New64a()
		_, _ = h.Write(raw) // never fails
		some[i] = keyed{h.Sum64(), string(raw), row{answers: one.answers}}
	}
	slices.SortFunc(some, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.raw, b.raw)) })
	for i, one := range some {
		all.rows[i] = one.row
	}
	return nil
}
