package collab

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math"
	"path/filepath"
	"testing"
	"time"

	"plenum/collab/delta"
	"plenum/internal/store"
	"plenum/rooms"
)

// inRoom is a document in a real room on a real database. Its people are
// person-0, the owner, and those who entered.
type inRoom struct {
	t     testing.TB
	path  string
	store *store.Store
	hall  *rooms.Hall
	code  string
	doc   string
	n     map[string]uint64
	rev   uint64
}

func openRoom(t testing.TB) *inRoom {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plenum.db")
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := &inRoom{t: t, path: path, store: db, n: map[string]uint64{}}
	p.openHall()
	t.Cleanup(func() {
		if err := p.hall.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if p.code, _, err = p.hall.Create(t.Context(), "Trial", rooms.Entry{Person: "person-0", Name: "Owner"}); err != nil {
		t.Fatal(err)
	}
	p.doc = p.add(`{"kind":"doc","title":"Notes","settings":{"content":[{"insert":"From the beginning\n"}]}}`)
	return p
}

func (p *inRoom) openHall() {
	p.hall = rooms.NewHall(rooms.Options{
		Kinds: []rooms.Kind{Kind}, Log: p.store, Build: "test",
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Clock: time.Now,
	})
}

// restart ends the hall, which saves what is open, and opens another.
func (p *inRoom) restart() {
	p.t.Helper()
	if err := p.hall.Close(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	p.openHall()
}

// add adds an activity and returns its id.
func (p *inRoom) add(with string) string {
	p.t.Helper()
	answer := p.send("person-0", rooms.LobbyID, "add", with)
	var added struct {
		Events []struct{ With struct{ ID string } }
	}
	if err := json.Unmarshal(answer, &added); err != nil || len(added.Events) == 0 {
		p.t.Fatalf("%s: %v", answer, err)
	}
	return added.Events[len(added.Events)-1].With.ID
}

// send is a numbered command that must be done.
func (p *inRoom) send(who, in, do, with string) json.RawMessage {
	p.t.Helper()
	p.n[who]++
	c := rooms.Command{In: in, Do: do, With: json.RawMessage(with), Peer: "peer-of-" + who, N: p.n[who]}
	answer, err := p.hall.Do(p.t.Context(), p.code, who, c)
	if err != nil {
		p.t.Fatalf("%s %s: %v", do, with, err)
	}
	return answer
}

func (p *inRoom) change(who string, change delta.Delta) {
	p.t.Helper()
	p.send(who, p.doc, "change", fmt.Sprintf(`{"base":%d,"change":%s}`, p.rev, change))
	p.rev++
}

func (p *inRoom) read(who, name string, ask map[string]string) (any, error) {
	return p.hall.Read(p.t.Context(), p.code, who, p.doc, name, ask)
}

// spoilFrames makes all frames unreadable.
func (p *inRoom) spoilFrames() {
	p.t.Helper()
	room, err := p.store.Find(p.t.Context(), p.code)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, f := range p.frames() {
		f.Index, f.State = []byte("{"), []byte("spoilt")
		if err := p.store.SaveFrame(p.t.Context(), room, p.doc, Kind.Format, f); err != nil {
			p.t.Fatal(err)
		}
	}
}

// frames are those that are kept, without their states.
func (p *inRoom) frames() []rooms.Frame {
	p.t.Helper()
	room, err := p.store.Find(p.t.Context(), p.code)
	if err != nil {
		p.t.Fatal(err)
	}
	frames, err := p.store.Frames(p.t.Context(), room, p.doc, Kind.Format, 0, math.MaxInt64)
	if err != nil {
		p.t.Fatal(err)
	}
	return frames
}
