package collab

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
)

// archive is a log with its frames, as a room keeps them.
type archive struct {
	settings json.RawMessage
	log      []rooms.Event
	frames   map[uint64]rooms.Frame
	read     int // events

	changes []changed     // by revision, from 1, and the events that made them
	events  []rooms.Event //
}

func (p *archive) At(_ context.Context, place uint64) (rooms.Frame, error) {
	var found rooms.Frame
	for _, f := range p.frames {
		if f.Place <= place && f.Place > found.Place {
			found = f
		}
	}
	return found, nil
}

func (p *archive) Between(_ context.Context, after, through uint64) ([]rooms.Frame, error) {
	var found []rooms.Frame
	for _, f := range p.frames {
		if f.Place > after && f.Place <= through {
			found = append(found, rooms.Frame{Place: f.Place, Seq: f.Seq, Index: f.Index})
		}
	}
	slices.SortFunc(found, func(a, b rooms.Frame) int { return int(a.Place) - int(b.Place) })
	return found, nil
}

func (p *archive) Keep(_ context.Context, f rooms.Frame) { p.frames[f.Place] = f }

func (p *archive) reading(ask map[string]string) rooms.Reading {
	return rooms.Reading{
		Ask: ask, Frames: p,
		Settings: func(context.Context) (json.RawMessage, error) { return p.settings, nil },
		People: func(_ context.Context, ids []string) ([]rooms.Member, error) {
			var all []rooms.Member
			for _, id := range ids {
				all = append(all, rooms.Member{ID: id, Name: "Name of " + id, Colour: 3, Role: rooms.Host})
			}
			return all, nil
		},
		Events: func(_ context.Context, after, _ uint64, limit int, _ bool) ([]rooms.Event, error) {
			from, _ := slices.BinarySearchFunc(p.log, after+1, func(e rooms.Event, seq uint64) int { return int(e.Seq) - int(seq) })
			found := p.log[from:min(len(p.log), from+limit)]
			p.read += len(found)
			return found, nil
		},
	}
}

func (p *archive) do(t *testing.T, read func(context.Context, rooms.Reading) (any, error), ask ...string) (any, error) {
	t.Helper()
	asked := map[string]string{}
	for _, a := range ask {
		name, value, _ := strings.Cut(a, "=")
		asked[name] = value
	}
	return read(t.Context(), p.reading(asked))
}

// writtenBy is a long history by some people, with names of versions and
// pauses in it; every text as it was at its revision, with who wrote it.
func writtenBy(r *rand.Rand, changes int) (*archive, []text) {
	p := &archive{settings: json.RawMessage(`{"content":[{"insert":"From the "},{"insert":"beginning","attributes":{"bold":true}},{"insert":"\n"}]}`), frames: map[uint64]rooms.Frame{}}
	a, err := Kind.New(p.settings)
	if err != nil {
		panic(err)
	}
	d := a.(*Document)
	authors := newText(d.text.content())
	all := []text{authors.copy()}
	at, seq := int64(1_700_000_000_000), uint64(0)
	for range changes {
		seq += 1 + r.Uint64N(3)
		at += r.Int64N(3000)
		if r.IntN(50) == 0 {
			at += r.Int64N(3_600_000)
		}
		by := fmt.Sprintf("m%d", 1+r.IntN(3))
		beginning := cursor{text: &d.text} // so that a long text need not be gone through
		content, err := beginning.slice(0, min(d.text.length, 200))
		if err != nil { // that cuts a character
			content, err = beginning.slice(0, min(d.text.length, 201))
		}
		if err != nil {
			panic(err)
		}
		change := typist{r}.change(content)
		if r.IntN(40) == 0 {
			change = append(delta.Delta{delta.Write(strings.Repeat("long ", 300), nil)}, change...)
		}
		asked := fmt.Sprintf(`{"base":%d,"change":%s}`, d.rev, change)
		events, err := d.Decide(rooms.Command{Do: "change", With: json.RawMessage(asked)})
		if err != nil {
			continue
		}
		e := events[0]
		e.Seq, e.By, e.At = seq, by, at
		p.log = append(p.log, e)
		d.Apply(e)
		if r.IntN(9) == 0 {
			seq++
			p.log = append(p.log, rooms.Event{Seq: seq, Did: "named", By: by, With: fmt.Appendf(nil, `{"rev":%d,"name":"x"}`, d.rev)})
		}
		with, err := readChanged(e)
		if err != nil {
			panic(err)
		}
		p.changes, p.events = append(p.changes, with), append(p.events, e)
		if err := authors.apply(tag(with.Change, by)); err != nil {
			panic(err)
		}
		all = append(all, authors.copy())
	}
	return p, all
}

// Every revision, read from the nearest frame, is what the log replayed to it
// gives, and so is who wrote what; whether there are frames, none, or bad ones.
func TestRevisionIsTheReplay(t *testing.T) {
	t.Parallel()
	r := seeded(t)
	p, all := writtenBy(r, 2500)
	look := func(rev int) {
		t.Helper()
		got, err := p.do(t, revision, "rev="+strconv.Itoa(rev), "authors=1")
		if err != nil {
			t.Fatalf("revision %d: %v", rev, err)
		}
		answer := got.(Revision)
		w := walker{text: all[rev]}
		content, runs := w.content()
		if string(answer.Content) != string(content) || !slices.Equal(answer.Authors, runs) || answer.Rev != uint64(rev) {
			t.Fatalf("revision %d is %s by %v,\nread is %d %s by %v", rev, content, runs, answer.Rev, answer.Content, answer.Authors)
		}
		sum := 0
		for _, run := range answer.Authors {
			sum += run.Length
		}
		if sum != all[rev].length {
			t.Fatalf("revision %d has %d units, its authors wrote %d", rev, all[rev].length, sum)
		}
		at, by := int64(0), ""
		if rev > 0 {
			at, by = p.events[rev-1].At, p.events[rev-1].By
		}
		if answer.At != at || answer.By != by {
			t.Fatalf("revision %d was made at %d by %q, read is %d by %q", rev, at, by, answer.At, answer.By)
		}
	}
	last := len(all) - 1
	for _, rev := range []int{0, 1, last, last - 1} {
		look(rev)
	}
	if len(p.frames) < 3 {
		t.Fatalf("%d frames were kept", len(p.frames))
	}
	for place := range p.frames {
		look(int(place))
		look(int(place) - 1)
		look(min(int(place)+1, last))
	}
	for range 30 {
		look(r.IntN(len(all)))
	}
	for place, f := range p.frames { // somebody has damaged or lost them
		switch r.IntN(3) {
		case 0:
			delete(p.frames, place)
		case 1:
			f.State = f.State[:len(f.State)/2]
			p.frames[place] = f
		}
	}
	for range 30 {
		look(r.IntN(len(all)))
	}
}

// With frames, a revision costs the way from the last one, however long the log is.
func TestFramesBoundTheWay(t *testing.T) {
	t.Parallel()
	p := typed(40_000)
	if err := keepFrames(t.Context(), p.reading(nil)); err != nil {
		t.Fatal(err)
	}
	for _, rev := range []int{39_999, 20_000, 1} {
		p.read = 0
		if _, err := p.do(t, revision, "rev="+strconv.Itoa(rev)); err != nil {
			t.Fatal(err)
		}
		if p.read > frameChanges+mostPage {
			t.Errorf("revision %d took %d events", rev, p.read)
		}
	}
	held := 0
	for _, f := range p.frames {
		held += len(f.State) + len(f.Index)
	}
	if held > 40_000*60 {
		t.Errorf("the frames take %d bytes", held)
	}
}

// typed is a log of so many keys, one of ten after a while.
func typed(changes int) *archive {
	p := &archive{frames: map[uint64]rooms.Frame{}}
	for i := range changes {
		with := fmt.Appendf(nil, `{"rev":%d,"change":[{"insert":"x"}]}`, i+1)
		p.log = append(p.log, rooms.Event{Seq: uint64(i + 1), Did: "changed", By: fmt.Sprint("m", i/1000%3), At: int64(i*100 + i/5000*3_600_000), With: with})
	}
	return p
}

// A history that was never framed is made ready by asking again.
func TestPreparing(t *testing.T) {
	t.Parallel()
	p := typed(2*maxWalk + 30_000)
	for asked := 0; ; asked++ {
		p.read = 0
		got, err := p.do(t, revision, "rev="+strconv.Itoa(len(p.log)))
		if p.read > maxWalk+2*mostPage+frameChanges {
			t.Fatalf("one read went through %d events", p.read)
		}
		if err == nil {
			if asked != 2 || got.(Revision).Rev != uint64(len(p.log)) {
				t.Errorf("asked %d times for %d", asked, got.(Revision).Rev)
			}
			return
		}
		if code(err) != "preparing" || asked > 3 {
			t.Fatalf("asked %d times: %v", asked, err)
		}
	}
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	p, all := writtenBy(seeded(t), 2500)
	last := uint64(len(all) - 1)
	for _, ask := range [][]string{{}, {"most=1"}, {"most=7"}, {"from=100", "to=900"}, {"from=100", "to=900", "most=500"}, {"from=40"}, {"to=0"}} {
		got, err := p.do(t, timeline, ask...)
		if err != nil {
			t.Fatalf("%v: %v", ask, err)
		}
		if err := adds(got.(Timeline), p, ask); err != nil {
			t.Errorf("%v: %v", ask, err)
		}
	}
	whole, _ := p.do(t, timeline)
	if got := whole.(Timeline); got.To != last || got.Chunks[0].From != 0 || got.Chunks[len(got.Chunks)-1].To != last || len(got.People) != 3 {
		t.Errorf("the whole is %d to %d by %v", got.From, got.To, got.People)
	}
	fresh, err := (&archive{frames: map[uint64]rooms.Frame{}}).do(t, timeline)
	if got := fresh.(Timeline); err != nil || got.To != 0 || len(got.Chunks) != 0 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
}

// adds: chunks follow each other without a hole, and count what the log has.
func adds(got Timeline, p *archive, ask []string) error {
	most := defaultChunks
	if i := slices.IndexFunc(ask, func(a string) bool { return strings.HasPrefix(a, "most=") }); i >= 0 {
		most, _ = strconv.Atoi(ask[i][5:])
	}
	if len(got.Chunks) > most {
		return fmt.Errorf("%d chunks", len(got.Chunks))
	}
	for i, c := range got.Chunks {
		if i > 0 && got.Chunks[i-1].To != c.From {
			return fmt.Errorf("chunk %d begins at %d after %d", i, c.From, got.Chunks[i-1].To)
		}
		want := Chunk{From: c.From, To: c.To}
		shares := map[string]int{}
		for rev := c.From; rev < c.To; rev++ {
			with, e := p.changes[rev], p.events[rev]
			if want.Start == 0 {
				want.Start = e.At
			}
			want.End = e.At
			shares[e.By]++
			for _, o := range with.Change {
				if o.Inserts() {
					want.Added += o.Len()
				} else if o.Kind() == delta.Delete {
					want.Removed += o.Len()
				}
			}
		}
		for _, s := range c.By {
			if shares[s.ID] != s.Changes {
				return fmt.Errorf("%s made %d of the changes from %d to %d, not %d", s.ID, shares[s.ID], c.From, c.To, s.Changes)
			}
		}
		if c.Start != want.Start || c.End != want.End || c.Added != want.Added || c.Removed != want.Removed || len(c.By) != len(shares) {
			return fmt.Errorf("got %+v, want %+v by %v", c, want, shares)
		}
	}
	return nil
}
