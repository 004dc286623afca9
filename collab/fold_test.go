package collab

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"plenum/collab/delta"
	"plenum/internal/store"
	"plenum/rooms"
)

// aging is a document in a room whose clock the test moves.
type aging struct {
	*inRoom
	rand    *rand.Rand
	at      atomic.Int64 // what its clock shows, Unix milliseconds
	members map[string]rooms.Member
	room    string
}

func openAging(t *testing.T, r *rand.Rand) *aging {
	p := &aging{inRoom: openRoom(t), rand: r, members: map[string]rooms.Member{}}
	p.at.Store(1_700_000_000_000)
	p.reopen()
	for i, role := range []string{"", "editor", "editor", "participant"} {
		who := fmt.Sprint("person-", i)
		if i > 0 {
			if _, err := p.hall.Enter(t.Context(), p.code, rooms.Entry{Person: who, Name: who}); err != nil {
				t.Fatal(err)
			}
		}
		_, m, err := p.hall.Member(t.Context(), p.code, who)
		if err != nil {
			t.Fatal(err)
		}
		if role != "" {
			p.send("person-0", rooms.LobbyID, "role", fmt.Sprintf(`{"member":%q,"role":%q}`, m.ID, role))
		}
		p.members[who] = m
	}
	var err error
	if p.room, err = p.store.Find(t.Context(), p.code); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *aging) now() time.Time { return time.UnixMilli(p.at.Load()) }

func (p *aging) pass(d time.Duration) { p.at.Add(d.Milliseconds()) }

// reopen saves what is open, and opens a hall that goes by the test's clock.
func (p *aging) reopen() {
	p.t.Helper()
	if err := p.hall.Close(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	p.hall = rooms.NewHall(rooms.Options{
		Kinds: []rooms.Kind{Kind, Source}, Log: p.store, Build: "test",
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Clock: p.now,
	})
}

func (p *aging) compactor(a rooms.Archive) *rooms.Compactor {
	return rooms.NewCompactor(a, []rooms.Kind{Kind, Source}, rooms.CompactorOptions{
		Clock: p.now, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

func (p *aging) compact() int {
	p.t.Helper()
	gone, err := p.compactor(p.store).Compact(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	return gone
}

func (p *aging) see() seen {
	p.t.Helper()
	raw, err := p.hall.View(p.t.Context(), p.code, "person-0", p.doc)
	if err != nil {
		p.t.Fatal(err)
	}
	var is struct{ View seen }
	if err := json.Unmarshal(raw, &is); err != nil {
		p.t.Fatal(err)
	}
	return is.View
}

// try sends a command that may be refused.
func (p *aging) try(who, do string, with json.RawMessage) bool {
	p.n[who]++
	_, err := p.hall.Do(p.t.Context(), p.code, who, rooms.Command{In: p.doc, Do: do, With: with, Peer: "peer-of-" + who, N: p.n[who]})
	var refused *rooms.Refusal
	if err != nil && !errors.As(err, &refused) {
		p.t.Fatal(err)
	}
	return err == nil
}

// work is what people do to a document in an afternoon, or in a week.
func (p *aging) work(commands int) {
	p.t.Helper()
	who, undo := "person-0", delta.Delta(nil)
	for range commands {
		p.pass(time.Duration(100+p.rand.IntN(4000)) * time.Millisecond)
		if p.rand.IntN(40) == 0 {
			p.pass(time.Duration(p.rand.IntN(30)) * time.Hour / 4)
		}
		if p.rand.IntN(8) == 0 {
			who = fmt.Sprint("person-", p.rand.IntN(3))
		}
		view := p.see()
		if p.rand.IntN(6) == 0 {
			members := []rooms.Member{}
			person := map[string]string{}
			for w, m := range p.members {
				members, person[m.ID] = append(members, m), w
			}
			c := randomChange(p.rand, members, func(rooms.Member) (json.RawMessage, json.RawMessage) {
				raw, err := json.Marshal(view)
				if err != nil {
					p.t.Fatal(err)
				}
				return raw, nil
			})
			if c.From.Role != rooms.TheRoom {
				p.try(person[c.From.ID], c.Do, c.With)
			}
			undo = nil
			continue
		}
		change := typist{p.rand}.change(view.Content)
		if undo != nil && p.rand.IntN(6) == 0 {
			change = undo
		}
		with := fmt.Appendf(nil, `{"base":%d,"change":%s}`, view.Rev, change)
		undo = nil
		if p.try(who, "change", with) {
			if back, err := delta.Invert(change, view.Content); err == nil {
				undo = back
			}
		}
	}
}

// lived is a document as its log says: its state, and every text that is kept, with who wrote it.
type lived struct {
	view  string
	texts map[uint64]string
	at    map[uint64]int64
	found []rooms.Text

	versions []Version
}

// replay reads the whole log from the beginning, without any checkpoint.
func (p *aging) replay() lived {
	p.t.Helper()
	a, err := Kind.New(json.RawMessage(`{"content":[{"insert":"From the beginning\n"}]}`))
	if err != nil {
		p.t.Fatal(err)
	}
	d := a.(*Document)
	tagged := newText(d.text.content())
	is := lived{texts: map[uint64]string{0: tagged.content().String()}, at: map[uint64]int64{}}
	events, err := p.store.Events(p.t.Context(), rooms.Query{Room: p.room, Activity: p.doc})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range events {
		d.Apply(e)
		if e.Did != "changed" {
			continue
		}
		c, err := readChanged(e)
		if err != nil {
			p.t.Fatal(err)
		}
		if err := tagged.apply(tag(c.Change, e.By)); err != nil {
			p.t.Fatal(err)
		}
		is.texts[c.Rev], is.at[c.Rev] = tagged.content().String(), e.At
	}
	raw, err := json.Marshal(d.View(rooms.Member{}))
	if err != nil {
		p.t.Fatal(err)
	}
	is.view, is.found, is.versions = string(raw), d.Texts(), d.versions
	return is
}

// same tells what of a document is not as it was.
func (p *aging) same(was lived, before time.Time) {
	p.t.Helper()
	is := p.replay()
	if is.view != was.view {
		p.t.Fatalf("the state is another:\n%.2000s\nwas\n%.2000s", is.view, was.view)
	}
	if !reflect.DeepEqual(is.found, was.found) {
		p.t.Fatalf("search finds %v, found %v", is.found, was.found)
	}
	for rev, text := range is.texts {
		if text != was.texts[rev] || is.at[rev] != was.at[rev] {
			p.t.Fatalf("revision %d of %d is %.300s, was %.300s", rev, is.at[rev], text, was.texts[rev])
		}
	}
	for rev, at := range was.at {
		if _, kept := is.texts[rev]; !kept && at >= before.UnixMilli() {
			p.t.Fatalf("revision %d is gone, which is younger than %v", rev, before)
		}
	}
	for _, v := range was.versions {
		_, there := was.texts[v.Rev] // or somebody named what is kept no more
		if _, kept := is.texts[v.Rev]; there && !kept {
			p.t.Fatalf("version %q of revision %d is gone", v.Name, v.Rev)
		}
	}
	found, err := store.Check(p.t.Context(), p.path)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, f := range found {
		if f.Bad {
			p.t.Error(f.Say)
		}
	}
}

// revisions reads every revision as people do: it is the newest that is kept by then.
func (p *aging) revisions(was lived) {
	p.t.Helper()
	kept := p.replay()
	last := uint64(0)
	for rev := range uint64(len(was.texts)) {
		if _, is := kept.texts[rev]; is {
			last = rev
		}
		answer, err := p.read("person-3", "revision", of("rev", rev, "authors", 1))
		if err != nil {
			p.t.Fatalf("revision %d: %v", rev, err)
		}
		got := answer.(Revision)
		if got.Rev != last {
			p.t.Fatalf("revision %d is answered with %d, kept is %d", rev, got.Rev, last)
		}
		content, err := delta.Parse(got.Content)
		if err != nil {
			p.t.Fatal(err)
		}
		var whole delta.Delta
		at := 0
		for _, run := range got.Authors {
			part, err := content.Slice(at, at+run.Length)
			if err != nil {
				p.t.Fatal(err)
			}
			whole = append(whole, tag(part, run.By)...)
			at += run.Length
		}
		if all := whole.Normal().String(); all != was.texts[got.Rev] {
			p.t.Fatalf("revision %d with its authors is\n%.500s, was\n%.500s", rev, all, was.texts[got.Rev])
		}
	}
}

// What is put together leaves the state, every named version and who wrote what
// as they were, whatever was said, suggested, named, undone and polled meanwhile;
// what is younger is kept singly, and once more changes nothing.
func TestFoldedIsWhatWasLived(t *testing.T) {
	t.Parallel()
	for range 3 {
		p := openAging(t, seeded(t))
		p.work(120 + p.rand.IntN(200))
		p.reopen() // it is saved
		p.pass(time.Duration(p.rand.IntN(100)) * time.Hour)
		p.work(p.rand.IntN(60))
		was, line, play := p.replay(), p.timeline(), p.played()
		view, copied := p.see(), p.copied()
		p.pass(30*24*time.Hour - time.Duration(p.rand.IntN(60))*time.Hour)
		before := p.now().AddDate(0, 0, -30)
		gone := p.compact()
		p.same(was, before)
		p.revisions(was)
		if now := p.see(); !reflect.DeepEqual(now, view) {
			t.Fatalf("who watches sees %v, saw %v", now, view)
		}
		if now := p.copied(); now != copied {
			t.Fatalf("a copy begins with %s, began with %s", now, copied)
		}
		if now := p.timeline(); now != line {
			t.Fatalf("the time line adds up to %+v, was %+v", now, line)
		}
		if now := p.played(); now != play {
			t.Fatalf("a playback ends in %.300s, ended in %.300s", now, play)
		}
		if more := p.compact(); more > 0 {
			t.Errorf("a second time, %d more are gone", more)
		}
		t.Logf("%d of %d events are gone", gone, len(was.at))
		p.reopen()
		p.work(20)
		p.same(p.replay(), before)
	}
}

// copied is what a copy of the document begins with, in a duplicate and in a ZIP.
func (p *aging) copied() string {
	p.t.Helper()
	settings, err := p.hall.Copy(p.t.Context(), p.code, "person-0", p.doc)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(settings)
}

type sums struct {
	from, to                uint64
	changes, added, removed int
}

// timeline adds up what the time line tells.
func (p *aging) timeline() (all sums) {
	p.t.Helper()
	answer, err := p.read("person-3", "timeline", of("most", 500))
	if err != nil {
		p.t.Fatal(err)
	}
	line := answer.(Timeline)
	all.from, all.to = line.From, line.To
	last := uint64(0)
	for _, c := range line.Chunks {
		if c.From < last {
			p.t.Fatalf("a chunk begins at %d, before %d", c.From, last)
		}
		last = c.To
		all.added += c.Added
		all.removed += c.Removed
		all.changes += c.Others
		for _, s := range c.By {
			all.changes += s.Changes
		}
	}
	return all
}

// played is the text after a playback of all of it.
func (p *aging) played() string {
	p.t.Helper()
	text := newText(delta.Delta{delta.Write("From the beginning\n", nil)})
	for at := uint64(0); ; {
		answer, err := p.read("person-3", "playback", of("from", at, "to", at+37, "most", 5))
		if err != nil {
			p.t.Fatalf("a playback from %d: %v", at, err)
		}
		played := answer.(Playback)
		if len(played.Steps) == 0 {
			return text.content().String()
		}
		if played.From != at {
			p.t.Fatalf("a playback from %d begins at %d", at, played.From)
		}
		for _, step := range played.Steps {
			if step.To <= at {
				p.t.Fatalf("a step from %d leads to %d", at, step.To)
			}
			if err := text.apply(step.Change); err != nil {
				p.t.Fatal(err)
			}
			at = step.To
		}
	}
}
