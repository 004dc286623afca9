package collab

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"plenum/collab/delta"
	"plenum/internal/store"
	"plenum/rooms"
)

// notebook writes the log of a document as people who type, a key at a time,
// straight into the store, and knows its text.
type notebook struct {
	*aging
	log      []rooms.Event
	rev      int
	seq      uint64
	length   int // UTF-16 units
	changing *Document
}

// key is one change by somebody.
func (n *notebook) key(by string, change delta.Delta) {
	n.rev++
	n.seq++
	n.pass(time.Duration(80+n.rand.IntN(250)) * time.Millisecond)
	with := fmt.Appendf(nil, `{"rev":%d,"change":%s}`, n.rev, change)
	e := rooms.Event{Seq: n.seq, In: n.doc, Did: "changed", With: with, By: by, Peer: "p-of-" + by + "-3f9c21", N: uint64(n.rev), At: n.now().UnixMilli(), Format: Kind.Format}
	n.changing.Apply(e)
	n.log = append(n.log, e)
	n.length += change.Growth()
	if len(n.log) == 1000 {
		n.flush()
	}
}

// flush stores what was written, in batches as turns make them.
func (n *notebook) flush() {
	n.t.Helper()
	if len(n.log) == 0 {
		return
	}
	head, err := n.store.Head(n.t.Context(), n.room)
	if err != nil {
		n.t.Fatal(err)
	}
	b := rooms.Batch{Room: n.room, Term: head.Term, After: head.Seq, Events: n.log, Mark: fmt.Sprint("mark-", n.rev)}
	if err := n.store.Append(n.t.Context(), b); err != nil {
		n.t.Fatal(err)
	}
	n.log = nil
}

// close stores the rest, and the checkpoint.
func (n *notebook) close() {
	n.t.Helper()
	n.flush()
	state, err := n.changing.Save()()
	if err != nil {
		n.t.Fatal(err)
	}
	c := rooms.Checkpoint{Room: n.room, Activity: n.doc, Seq: n.seq, Format: Kind.Format, State: state}
	if err := n.store.SaveCheckpoint(n.t.Context(), c); err != nil {
		n.t.Fatal(err)
	}
}

func openNotebook(t *testing.T, r *rand.Rand) *notebook {
	n := &notebook{aging: openAging(t, r)}
	if err := n.hall.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	head, err := n.store.Head(t.Context(), n.room)
	if err != nil {
		t.Fatal(err)
	}
	n.seq = head.Seq
	n.changing = written(t, `[{"insert":"From the beginning\n"}]`)
	n.length = n.changing.text.length
	return n
}

// types writes some text at a place, with slips that are put right.
func (n *notebook) types(by string, at int, text string) (typed int) {
	for _, c := range text {
		if n.rand.IntN(25) == 0 { // a slip
			n.key(by, delta.Delta{delta.Keep(at+typed, nil), delta.Write("q", nil)}.Normal())
			n.key(by, delta.Delta{delta.Keep(at+typed, nil), delta.Drop(1)}.Normal())
		}
		n.key(by, delta.Delta{delta.Keep(at+typed, nil), delta.Write(string(c), nil)}.Normal())
		typed += delta.Units(string(c))
	}
	return typed
}

var prose = strings.Fields(`the plan for next week is to meet again and to write down what was decided so that nobody has to ask
	who brings what and when we begin with the part that was left open last time because there were too few of us`)

func (n *notebook) sentence() string {
	words := make([]string, 6+n.rand.IntN(14))
	for i := range words {
		words[i] = prose[n.rand.IntN(len(prose))]
	}
	return strings.Join(words, " ") + ". "
}

// bytes are the pages that a table has in a copy without free ones, and its indexes.
func (n *notebook) bytes() map[string]int64 {
	n.t.Helper()
	path := filepath.Join(n.t.TempDir(), "copy.db")
	if err := store.Backup(n.t.Context(), n.path, path); err != nil {
		n.t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		n.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	pages := func() (count int64) {
		n.t.Helper()
		if err := db.QueryRow("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&count); err != nil {
			n.t.Fatal(err)
		}
		return count
	}
	all := map[string]int64{"all": pages()}
	for _, table := range []string{"frames", "events", "words", "checkpoints", "file_uses", "settled"} {
		before := pages()
		for _, do := range []string{"DELETE FROM " + table, "VACUUM"} {
			if _, err := db.Exec(do); err != nil {
				n.t.Fatal(err)
			}
		}
		all[table] = before - pages()
	}
	return all
}

// live are the bytes of the pages in use of the database itself.
func (n *notebook) live() (bytes int64) {
	n.t.Helper()
	err := n.store.Read().Raw("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size").Row().Scan(&bytes)
	if err != nil {
		n.t.Fatal(err)
	}
	return bytes
}

// ready reads the history until it is prepared.
func (n *notebook) ready() {
	n.t.Helper()
	for {
		_, err := n.read("person-0", "timeline", nil)
		if err == nil {
			return
		}
		if !errors.Is(err, ErrPreparing) {
			n.t.Fatal(err)
		}
	}
}

// An ordinary week of two people is kept in less than three times its text once
// it is old: the log with its rows, the words, and what is kept to read it fast.
func TestOrdinaryWritingStaysSmall(t *testing.T) {
	n := openNotebook(t, seeded(t))
	for day := range 6 {
		n.at.Store((time.UnixMilli(1_700_000_000_000).AddDate(0, 0, day)).UnixMilli())
		for range 4 { // sessions
			by := fmt.Sprint("mabc12", n.rand.IntN(2))
			for range 5 + n.rand.IntN(10) { // paragraphs, with a pause before most
				n.pass(time.Duration(n.rand.IntN(240)) * time.Second)
				at := n.length - 1
				if n.rand.IntN(3) == 0 {
					at = n.rand.IntN(n.length)
				}
				for range 2 + n.rand.IntN(5) {
					at += n.types(by, at, n.sentence())
				}
				n.types(by, at, "\n")
				if n.rand.IntN(4) == 0 { // something is taken out again
					n.key(by, delta.Delta{delta.Keep(max(0, at-40), nil), delta.Drop(min(at, 40))}.Normal())
				}
			}
			n.pass(2 * time.Hour)
		}
	}
	n.close()
	n.openHall()
	n.ready()
	text := int64(len(n.changing.text.content().String()))
	was, live := n.bytes(), n.live()
	n.pass(31 * 24 * time.Hour)
	gone := n.compact()
	n.ready()
	is := n.bytes()
	t.Logf("%d changes, %d bytes of text; %d events are gone", n.rev, text, gone)
	for _, part := range []string{"all", "events", "words", "frames", "checkpoints"} {
		t.Logf("%-12s %9d bytes before (%.2f times the text), %8d after (%.2f)", part, was[part], float64(was[part])/float64(text), is[part], float64(is[part])/float64(text))
	}
	t.Logf("pages in use %9d bytes before, %8d after", live, n.live())
	if kept := is["events"] + is["words"] + is["frames"] + is["file_uses"]; kept >= 3*text {
		t.Errorf("the history of %d bytes of text has %d, %.2f times as much", text, kept, float64(kept)/float64(text))
	}
}
