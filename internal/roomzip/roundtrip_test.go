package roomzip

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"plenum/internal/files"
	"plenum/rooms"
)

// Whatever a room has, the room that is made of its ZIP on another server and the
// room that it is duplicated to have the same activities with the same contents.
func TestARoomComesBackAsItWas(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 3))
	here, there := newHouse(t, files.Options{}), newHouse(t, files.Options{})
	for range 12 {
		p := here.room(randomTitle(r))
		p.furnish(r)
		before := p.parts("ada")
		again, err := there.take("ida", p.zip("ada"))
		if err != nil {
			t.Fatal(err)
		}
		alike(t, "imported", before, again.parts("ida"))
		title, _ := p.outline("ada")
		if now, role := again.outline("ida"); now != title || role != rooms.Editor {
			t.Errorf("it is called %q and its code gives %v", now, role)
		}
		again.holds(t, "ida")
		code, m, err := here.zips.Duplicate(t.Context(), p.code, "ada", "Copy of it")
		if err != nil || m.Role != rooms.Owner || m.Name != "Ada" {
			t.Fatal(m, err)
		}
		twin := place{here, code}
		alike(t, "duplicated", before, twin.parts("ada"))
		if _, err := here.hall.About(t.Context(), code, "ben"); err != nil {
			t.Error(err)
		}
		twin.holds(t, "ada")
	}
}

func alike(t *testing.T, how string, before, after []rooms.Part) {
	t.Helper()
	if len(before) != len(after) {
		t.Fatalf("%s: %d activities became %d", how, len(before), len(after))
	}
	for i, was := range before {
		is := after[i]
		if was.Kind != is.Kind || was.Title != is.Title || was.Least != is.Least || !bytes.Equal(was.Settings, is.Settings) {
			t.Errorf("%s: %s %q for %v\n%s\nbecame %s %q for %v\n%s", how, was.Kind, was.Title, was.Least, was.Settings, is.Kind, is.Title, is.Least, is.Settings)
		}
	}
}

func (p place) outline(person string) (string, rooms.Role) {
	p.t.Helper()
	_, o, _, err := p.hall.Contents(p.t.Context(), p.code, person)
	if err != nil {
		p.t.Fatal(err)
	}
	return o.Title, o.CodeRole
}

// holds tells whether the room has every file that its parts name.
func (p place) holds(t *testing.T, person string) {
	t.Helper()
	for _, part := range p.parts(person) {
		hashes, err := named(part.Settings)
		if err != nil {
			t.Fatal(err)
		}
		for _, hash := range hashes {
			if content, err := p.content(person, hash); err != nil || len(content) == 0 {
				t.Errorf("%s: %v", hash, err)
			}
		}
	}
}

func randomTitle(r *rand.Rand) string {
	return []string{"Plan", "plan", "CON", "Über Umfragen / 2", "团队会议", "…", "a.b", `<b>"x"</b>`, "", "\u202eevil", "Plan.md"}[r.IntN(11)]
}

// furnish puts all sorts of things into a room, also such as do not come along.
func (p place) furnish(r *rand.Rand) {
	p.t.Helper()
	p.do("ada", rooms.LobbyID, "codeRole", map[string]any{"role": "editor"})
	roles := []rooms.Role{rooms.Viewer, rooms.Participant, rooms.Editor, rooms.Host}
	for range 2 + r.IntN(6) {
		title, least := randomTitle(r), roles[r.IntN(4)]
		var id string
		switch r.IntN(6) {
		case 0, 1:
			id = p.add("doc", title, least, nil)
			p.write(r, id)
		case 2:
			id = p.add("source", title, least, nil)
			p.do("ada", id, "change", map[string]any{"base": 0, "change": []any{map[string]any{"insert": "# " + randomText(r) + "\n"}}})
		case 3:
			id = p.add("poll", title, least, map[string]any{"questions": randomDeck(r), "strength": []string{"", "code", "account"}[r.IntN(3)],
				"teams": map[string]any{"teams": []map[string]any{{"name": "Red", "colour": 1}, {"name": "Blue", "colour": 5}}, "choose": r.IntN(2) == 0}})
		case 4:
			id = p.add("qa", title, least, map[string]any{"moderated": r.IntN(2) == 0})
			p.do("ada", id, "ask", map[string]any{"text": "=1+1 " + randomText(r)})
		case 5:
			id = p.add("survey", title, least, map[string]any{"intro": randomText(r), "pages": []any{map[string]any{"id": "p1", "questions": []any{
				map[string]any{"id": "q1", "kind": "long", "prompt": "Q " + randomText(r)},
			}}}})
			p.do("ada", id, "open", map[string]any{})
			p.do("ada", id, "begin", map[string]any{})
			p.do("ada", id, "send", map[string]any{"page": "p1", "answers": map[string]any{"q1": "=1+1 " + randomText(r)}})
		}
		if r.IntN(6) == 0 {
			p.do("ada", rooms.LobbyID, "bin", map[string]any{"id": id})
		}
	}
}

// write writes into a document, with pictures, a comment and a suggestion.
func (p place) write(r *rand.Rand, id string) {
	p.t.Helper()
	for range 1 + r.IntN(4) {
		op := map[string]any{"insert": randomText(r)}
		switch r.IntN(4) {
		case 0:
			op["attributes"] = map[string]any{"bold": true, "link": "https://example.org/?a=1&b=<2>"}
		case 1:
			op = anImage(p.bring("ada", randomTitle(r)+".png", aPNG(p.t, uint8(r.IntN(256)))), "a <picture>")
		case 2:
			op = map[string]any{"insert": "\n", "attributes": map[string]any{"header": 1 + r.IntN(3)}}
		}
		p.do("ada", id, "change", map[string]any{"base": p.rev(id), "change": []any{op}})
	}
	p.do("ada", id, "change", map[string]any{"base": p.rev(id), "change": []any{map[string]any{"insert": "some words "}}})
	if r.IntN(2) == 0 {
		_, m, err := p.hall.Member(p.t.Context(), p.code, "ada")
		if err != nil {
			p.t.Fatal(err)
		}
		p.do("ada", id, "suggest", map[string]any{"base": p.rev(id), "change": []any{
			map[string]any{"insert": "only suggested", "attributes": map[string]any{"added-" + m.ID + "-x1": m.Colour}},
		}})
	}
}

func (p place) rev(id string) uint64 {
	p.t.Helper()
	raw, err := p.hall.View(p.t.Context(), p.code, "ada", id)
	if err != nil {
		p.t.Fatal(err)
	}
	var view struct{ View struct{ Rev uint64 } }
	if err := json.Unmarshal(raw, &view); err != nil {
		p.t.Fatal(err)
	}
	return view.View.Rev
}

func randomText(r *rand.Rand) string {
	words := []string{"hello", "wörld", "你好", "🙂", `"quoted"`, "<&>", "a\\b", "sha256-", "sha256-0123", "files/", "\u2028", "=1+1"}
	var text []string
	for range 1 + r.IntN(6) {
		text = append(text, words[r.IntN(len(words))])
	}
	return strings.Join(text, " ")
}

func randomDeck(r *rand.Rand) (deck []any) {
	for i := range 1 + r.IntN(4) {
		q := map[string]any{"id": fmt.Sprintf("q%d", i), "prompt": "Q " + randomText(r)}
		switch r.IntN(5) {
		case 0:
			q["kind"], q["options"] = "single", []any{map[string]any{"text": "A " + randomText(r)}, map[string]any{"text": "B"}}
		case 1:
			q["kind"], q["options"], q["secrecy"] = "multiple", []any{map[string]any{"text": "A"}, map[string]any{"text": "B"}}, "anonymous"
		case 2:
			q["kind"] = "wall"
		case 3:
			q["kind"], q["options"], q["key"], q["worth"], q["seconds"] = "single", []any{map[string]any{"text": "A"}, map[string]any{"text": "B"}}, map[string]any{"right": []int{1}}, 1000, 20
		case 4:
			q["kind"], q["options"] = "ranking", []any{map[string]any{"text": "A"}, map[string]any{"text": "B"}, map[string]any{"text": "C"}}
		}
		deck = append(deck, q)
	}
	return deck
}
