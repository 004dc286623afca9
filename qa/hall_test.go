package qa

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"plenum/internal/store"
	"plenum/rooms"
)

// A room of its own on a real database: person-0 is its owner, person-1 a
// participant.
type place struct {
	t        *testing.T
	store    *store.Store
	hall     *rooms.Hall
	code, qa string
}

func openPlace(t *testing.T) *place {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "plenum.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, store: db}
	p.openHall()
	t.Cleanup(func() {
		if err := p.hall.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if p.code, _, err = p.hall.Create(t.Context(), "Trial", rooms.Entry{Person: "person-0", Name: "Host"}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.hall.Enter(t.Context(), p.code, rooms.Entry{Person: "person-1", Name: "Ann"}); err != nil {
		t.Fatal(err)
	}
	p.do("person-0", 1, rooms.LobbyID, "add", map[string]any{"kind": "qa"})
	var lobby struct {
		View struct{ Activities []struct{ ID string } }
	}
	decode(p.view("person-0", rooms.LobbyID), &lobby)
	p.qa = lobby.View.Activities[0].ID
	return p
}

func (p *place) openHall() {
	p.hall = rooms.NewHall(rooms.Options{
		Kinds: []rooms.Kind{Kind}, Log: p.store, Build: "test", Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

func (p *place) do(who string, n uint64, in, do string, with any) {
	p.t.Helper()
	c := rooms.Command{In: in, Do: do, With: encode(with), N: n}
	if n > 0 {
		c.Peer = "peer-of-" + who
	}
	if _, err := p.hall.Do(p.t.Context(), p.code, who, c); err != nil {
		p.t.Fatalf("%s: %v", do, err)
	}
}

func (p *place) view(who, activity string) []byte {
	p.t.Helper()
	view, err := p.hall.View(p.t.Context(), p.code, who, activity)
	if err != nil {
		p.t.Fatal(err)
	}
	return view
}

func (p *place) questions(who string) []Counted {
	p.t.Helper()
	var seen struct{ View View }
	decode(p.view(who, p.qa), &seen)
	return seen.View.Questions
}

// What the room stores and tells of a question without a name has no author;
// the number is settled all the same, once, also across a restart.
func TestWithoutANameInARoom(t *testing.T) {
	t.Parallel()
	p := openPlace(t)
	ask := map[string]any{"text": "Why?", "unnamed": true}
	p.do("person-1", 1, p.qa, "ask", ask)
	p.do("person-1", 1, p.qa, "ask", ask)
	id := p.questions("person-0")[0].ID
	p.do("person-1", 2, p.qa, "edit", map[string]any{"question": id, "text": "Why not?"})
	p.do("person-1", 0, p.qa, "vote", map[string]any{"question": id, "turn": 2})

	if err := p.hall.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	room, err := p.store.Find(t.Context(), p.code)
	if err != nil {
		t.Fatal(err)
	}
	events, err := p.store.Events(t.Context(), rooms.Query{Room: room, Activity: p.qa})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, e := range events {
		if e.To.Only != "" || e.To.Least == rooms.Nobody {
			continue
		}
		if told++; e.By != "" || e.Peer != "" || e.N != 0 {
			t.Errorf("%q names its author: %q %q %d", e.Did, e.By, e.Peer, e.N)
		}
	}
	if told != 2 {
		t.Errorf("%d events were told to all", told)
	}
	p.openHall()
	p.do("person-1", 1, p.qa, "ask", ask)
	p.do("person-1", 2, p.qa, "edit", map[string]any{"question": id, "text": "Why not?"})
	if q := p.questions("person-1"); len(q) != 1 || q[0].Text != "Why not?" || q[0].People != 0 || q[0].Name != "" {
		t.Errorf("after a restart: %+v", q)
	}
}
