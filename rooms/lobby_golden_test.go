package rooms

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var writeLobby = flag.Bool("lobby.update", false, "write the lobby's newest golden log anew")

// lobbyLine is a line of the lobby's golden logs: a stored event, or what a
// role sees after all of them.
type lobbyLine struct {
	Event *goldenLobbyEvent `json:"stored,omitempty"`
	Role  Role              `json:"role,omitempty"`
	View  json.RawMessage   `json:"view,omitempty"`
}

type goldenLobbyEvent struct {
	Seq    uint64          `json:"seq"`
	Did    string          `json:"did"`
	With   json.RawMessage `json:"with"`
	At     int64           `json:"at"`
	Format int             `json:"format"`
}

// What the lobby has stored in any former format gives every role the view that
// it gave then (law 4).
func TestLobbyGoldenLogs(t *testing.T) {
	t.Parallel()
	format := lobbyKind(nil).Format
	if *writeLobby {
		writeLobbyGolden(t, lobbyPath(format))
	}
	for n := 1; n <= format; n++ {
		raw, err := os.ReadFile(lobbyPath(n))
		if err != nil {
			t.Fatal(err)
		}
		l := newLobby(nil)
		views := 0
		for text := range strings.Lines(string(raw)) {
			var line lobbyLine
			if err := json.Unmarshal([]byte(text), &line); err != nil {
				t.Fatal(err)
			}
			if e := line.Event; e != nil {
				l.Apply(Event{Seq: e.Seq, In: LobbyID, Did: e.Did, With: e.With, At: e.At, Format: e.Format})
				continue
			}
			views++
			if got := mustJSON(l.View(Member{Role: line.Role})); !bytes.Equal(got, line.View) {
				t.Errorf("format %d: %s now sees\n%s\nand saw\n%s", n, line.Role, got, line.View)
			}
		}
		if views != len(Told) {
			t.Errorf("format %d: %d views were compared", n, views)
		}
	}
}

func lobbyPath(format int) string { return fmt.Sprintf("testdata/lobby-%d.jsonl", format) }

func writeLobbyGolden(t *testing.T, path string) {
	t.Helper()
	l := newLobby(map[string]Kind{"thing": {Name: "thing", Format: 1, New: func(json.RawMessage) (Activity, error) { return newLobby(nil), nil }}})
	var out bytes.Buffer
	line := func(what lobbyLine) { out.Write(append(mustJSON(what), '\n')) }
	seq := uint64(0)
	do := func(name string, with map[string]any) {
		t.Helper()
		for key, value := range with {
			if s, ok := value.(func() string); ok {
				with[key] = s()
			}
		}
		at := int64(1_700_000_000_000 + 1000*seq)
		events, err := l.Decide(Command{In: LobbyID, Do: name, With: mustJSON(with), From: Member{ID: l.s.Persons["ada"], Role: TheRoom}, Seed: seq * 7919, At: at, Seq: seq + 1})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, e := range events {
			seq++
			e.Seq, e.In, e.At, e.Format = seq, LobbyID, at, lobbyKind(nil).Format
			l.Apply(e)
			line(lobbyLine{Event: &goldenLobbyEvent{e.Seq, e.Did, e.With, e.At, e.Format}})
		}
	}
	of := func(person string) func() string { return func() string { return l.s.Persons[person] } }
	titled := func(title string) func() string {
		return func() string {
			for id, a := range l.s.Activities {
				if a.Title == title {
					return id
				}
			}
			return ""
		}
	}
	waits := func(person string) func() string { return func() string { return l.s.Waiting[person].ID } }
	lobbyStory(do, of, titled, waits)
	for _, role := range Told {
		line(lobbyLine{Role: role, View: mustJSON(l.View(Member{Role: role}))})
	}
	if err := os.MkdirAll("testdata", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// lobbyStory is something of everything that can happen to a room.
func lobbyStory(do func(string, map[string]any), of, titled, waits func(string) func() string) {
	do("enter", map[string]any{"person": "ada", "name": "Ada", "role": Owner})
	do("title", map[string]any{"title": "Team day"})
	for _, person := range []string{"ben", "cleo", "dan"} {
		do("enter", map[string]any{"person": person, "name": strings.ToUpper(person)})
	}
	for _, title := range []string{"Notes", "Plans", "Votes"} {
		do("add", map[string]any{"kind": "thing", "title": title, "settings": map[string]any{"a": 1}})
	}
	do("rename", map[string]any{"id": titled("Plans"), "title": "Ideas"})
	do("place", map[string]any{"id": titled("Ideas"), "place": 0.5})
	do("show", map[string]any{"id": titled("Notes"), "least": "host"})
	do("focus", map[string]any{"id": titled("Votes")})
	do("bin", map[string]any{"id": titled("Ideas")})
	do("restore", map[string]any{"id": titled("Ideas")})
	do("bin", map[string]any{"id": titled("Ideas")})
	do("lock", map[string]any{"locked": true})
	do("codeRole", map[string]any{"role": Editor})
	do("link", map[string]any{"id": "k1", "role": Host, "hash": "h1"})
	do("link", map[string]any{"id": "k2", "role": Editor, "hash": "h2"})
	do("revoke", map[string]any{"id": "k1"})
	do("enter", map[string]any{"person": "eve", "name": "Eve", "hash": "h2"})
	do("role", map[string]any{"member": of("ben"), "role": Host})
	do("remove", map[string]any{"member": of("cleo")})
	do("remove", map[string]any{"member": of("dan")})
	do("readmit", map[string]any{"member": of("dan")})

	// Since format 2.
	do("brake", map[string]any{"class": Write, "on": true})
	do("brake", map[string]any{"class": Vote, "on": true})
	do("brake", map[string]any{"class": Write, "on": false})
	do("slow", map[string]any{"seconds": 30})
	do("mute", map[string]any{"member": of("dan"), "on": true})
	do("mute", map[string]any{"member": of("eve"), "on": true})
	do("mute", map[string]any{"member": of("eve"), "on": false})

	// Since format 3.
	do("lock", map[string]any{"locked": false})
	do("door", map[string]any{"policy": GuestsWait})
	for _, person := range []string{"fay", "gil", "hal", "ivo"} {
		do("enter", map[string]any{"person": person, "name": strings.ToUpper(person), "account": person == "ivo"})
	}
	do("refuse", map[string]any{"id": waits("fay")})
	do("admit", map[string]any{"id": waits("fay")})
	do("refuse", map[string]any{"id": waits("gil")})
	do("admit", map[string]any{"all": true})
	do("door", map[string]any{"policy": OnlyAccounts})

	// Since format 4.
	do("link", map[string]any{"id": "k3", "role": Editor, "hash": "h3", "uses": 2, "until": 1_800_000_000_000, "member": of("ada")})
	do("enter", map[string]any{"person": "joy", "name": "Joy", "hash": "h3"})
	do("end", map[string]any{"on": true})
	do("end", map[string]any{"on": false})
	do("hand", map[string]any{"member": of("ben")})
	do("end", map[string]any{"on": true})

	// Since format 5.
	do("archive", map[string]any{"on": true})
	do("archive", map[string]any{"on": false})
	do("archive", map[string]any{"on": true})

	// Since format 6.
	do("delete", map[string]any{"on": true})
	do("delete", map[string]any{"on": false})
	do("archive", map[string]any{"on": false})

	// Since format 7.
	do("passcode", map[string]any{"hash": "salt.hash", "member": of("ada")})

	// Since format 8.
	do("brake", map[string]any{"class": React, "on": true})

	// Since format 9.
	do("brake", map[string]any{"class": Direct, "on": true})
	do("screen", map[string]any{"id": "s1", "activity": titled("Votes"), "code": true, "hash": "h4", "until": 1_800_000_000_000, "member": of("ada")})
	do("screen", map[string]any{"id": "s2", "activity": titled("Notes"), "hash": "h5"})
	do("unscreen", map[string]any{"id": "s1"})
	do("hook", map[string]any{"name": "hooked", "title": "hooks.example", "member": of("ada")})
	do("keep", map[string]any{"days": 90})
	do("keep", map[string]any{"days": Forever})
	do("keep", map[string]any{"days": KeptDays})
	do("keep", map[string]any{"days": 7})
}
