package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"plenum/rooms"
)

// projection collects the projected rows of a group of batches: for every key
// of every table the last thing that is to happen to it.
type projection struct {
	tx     *gorm.DB
	tables []*projected // in order of first use
	byType map[reflect.Type]*projected
}

// projected are the rows of one table.
type projected struct {
	schema *schema.Schema
	places map[string]int // by key, into last
	last   []rowChange
}

type rowChange struct {
	row  reflect.Value // a pointer to the model
	drop bool
}

func newProjection(tx *gorm.DB) *projection {
	return &projection{tx: tx, byType: map[reflect.Type]*projected{}}
}

// addBatch adds everything of a batch that replaces what was there: what is
// settled, the wake-up times and the rows of the activities.
func (p *projection) addBatch(b *rooms.Batch) error {
	for _, s := range b.Settled {
		row, err := newSettledRow(b.Room, s)
		if err != nil {
			return err
		}
		if err := p.add(rooms.Row{Put: row}); err != nil {
			return err
		}
	}
	for _, w := range b.Wakes {
		if err := p.add(wakeChange(b.Room, w)); err != nil {
			return err
		}
	}
	for _, r := range b.Rows {
		if err := p.add(r); err != nil {
			return err
		}
	}
	return nil
}

func wakeChange(room string, w rooms.Wake) rooms.Row {
	row := &wakeRow{Room: room, Activity: w.Activity, At: w.At}
	if w.At == 0 {
		return rooms.Row{Drop: row}
	}
	return rooms.Row{Put: row}
}

func (p *projection) add(r rooms.Row) error {
	if (r.Put == nil) == (r.Drop == nil) {
		return errors.New("a projected row is either put or dropped")
	}
	change := rowChange{row: reflect.ValueOf(r.Put)}
	if r.Put == nil {
		change = rowChange{row: reflect.ValueOf(r.Drop), drop: true}
	}
	if change.row.Kind() != reflect.Pointer || change.row.IsNil() {
		return fmt.Errorf("a projected row is a pointer to a model, not a %s", change.row.Type())
	}
	t, err := p.table(change.row)
	if err != nil {
		return err
	}
	key := t.key(change.row)
	if place, known := t.places[key]; known {
		t.last[place] = change
		return nil
	}
	t.places[key] = len(t.last)
	t.last = append(t.last, change)
	return nil
}

func (p *projection) table(row reflect.Value) (*projected, error) {
	if t := p.byType[row.Type()]; t != nil {
		return t, nil
	}
	stmt := &gorm.Statement{DB: p.tx}
	if err := stmt.Parse(row.Interface()); err != nil {
		return nil, err
	}
	if len(stmt.Schema.PrimaryFields) == 0 {
		return nil, fmt.Errorf("the model %s of a projected row has no primary key", stmt.Schema.Name)
	}
	t := &projected{schema: stmt.Schema, places: map[string]int{}}
	p.byType[row.Type()] = t
	p.tables = append(p.tables, t)
	return t, nil
}

// key is a row's primary key in one string, equal only for equal keys.
func (t *projected) key(row reflect.Value) string {
	var b strings.Builder
	for _, f := range t.schema.PrimaryFields {
		value, _ := f.ValueOf(context.Background(), row.Elem())
		fmt.Fprintf(&b, "%#v;", value)
	}
	return b.String()
}

// write makes all changes. Within a table no key comes twice, so that their
// order is of no account; drops go first to make room in other unique columns.
func (p *projection) write() error {
	for _, t := range p.tables {
		if err := t.drop(p.tx); err != nil {
			return fmt.Errorf("drop from %s: %w", t.schema.Table, err)
		}
		if err := t.put(p.tx); err != nil {
			return fmt.Errorf("put into %s: %w", t.schema.Table, err)
		}
	}
	return nil
}

// drop deletes by primary key, also where the model is of those that GORM only
// marks as deleted.
func (t *projected) drop(tx *gorm.DB) error {
	tx = tx.Session(&gorm.Session{SkipHooks: true}).Unscoped().Session(&gorm.Session{})
	for _, change := range t.last {
		if !change.drop {
			continue
		}
		if err := tx.Delete(change.row.Interface()).Error; err != nil {
			return err
		}
	}
	return nil
}

// put inserts the rows, or replaces every other column of those that exist.
func (t *projected) put(tx *gorm.DB) error {
	rows := reflect.MakeSlice(reflect.SliceOf(reflect.PointerTo(t.schema.ModelType)), 0, len(t.last))
	for _, change := range t.last {
		if !change.drop {
			rows = reflect.Append(rows, change.row)
		}
	}
	tx = tx.Session(&gorm.Session{SkipHooks: true}).Clauses(t.replacing()).Session(&gorm.Session{})
	done := 0
	for _, size := range statementSizes {
		for rows.Len()-done >= size {
			if err := tx.Create(rows.Slice(done, done+size).Interface()).Error; err != nil {
				return err
			}
			done += size
		}
	}
	return nil
}

// replacing names every column: GORM's UpdateAll would keep old creation times
// and columns with defaults.
func (t *projected) replacing() clause.OnConflict {
	var c clause.OnConflict
	var others []string
	for _, f := range t.schema.Fields {
		switch {
		case f.DBName == "":
		case f.PrimaryKey:
			c.Columns = append(c.Columns, clause.Column{Name: f.DBName})
		default:
			others = append(others, f.DBName)
		}
	}
	c.DoUpdates = clause.AssignmentColumns(others)
	c.DoNothing = len(others) == 0
	return c
}
