package rooms

import (
	"encoding/json"
	"errors"
	"testing"
)

// FuzzLobby: whatever a host asks of the lobby is refused in words, or leads to
// events that can be applied, after which every role still has a view.
func FuzzLobby(f *testing.F) {
	for do, seeds := range map[string][]string{
		"title": {`{"title":"T"}`, `{"title":null}`}, "add": {`{"kind":"thing","title":"A","least":"host","settings":{}}`, `{"kind":"no"}`},
		"rename": {`{"id":"a1","title":"B"}`}, "place": {`{"id":"a1","place":1e308}`, `{"id":"a1","place":-0}`}, "show": {`{"id":"a1","least":"nobody"}`},
		"bin": {`{"id":"a1"}`}, "restore": {`{"id":"a1"}`}, "duplicate": {`{"id":"a1"}`}, "focus": {`{"id":""}`}, "lock": {`{"locked":true}`},
		"codeRole": {`{"role":"owner"}`, `{"role":"editor"}`}, "revoke": {`{"id":"k1"}`}, "unscreen": {`{"id":"s1"}`}, "remove": {`{"member":"m1"}`}, "readmit": {`{"member":"m1"}`},
		"role": {`{"member":"m1","role":"room"}`, `{"member":"m1","role":"host"}`}, "name": {`{"name":"N"}`}, "brake": {`{"class":"talk","on":true}`, `{"class":"run","on":true}`},
		"keep": {`{"days":7}`, `{"days":-1}`, `{"days":0}`, `{}`},
		"slow": {`{"seconds":30}`, `{"seconds":-1}`}, "mute": {`{"member":"m1","on":true}`}, "delete": {`{"on":true}`, `{"on":false}`, `{}`}, "archive": {`{"on":true}`, `{}`}, "hand": {`{"member":"m1"}`}, "end": {`{"on":true}`, `{"on":1}`}, "door": {`{"policy":"everyone"}`, `{"policy":""}`}, "admit": {`{"all":true}`, `{"id":"w1"}`}, "refuse": {`{"all":true}`, `{}`}, "shout": {``, `[]`, `{`},
	} {
		for _, seed := range seeds {
			f.Add(do, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, do string, with []byte) {
		if do == "enter" || do == "link" || do == "screen" || do == "hook" || do == "passcode" || do == "duplicate" {
			return // asked by the room itself, with what it has made; or with a copy
		}
		thing := Kind{Name: "thing", Format: 1, New: func(json.RawMessage) (Activity, error) { return newLobby(nil), nil }}
		l := newLobby(map[string]Kind{"thing": thing})
		l.must(t, "enter", map[string]any{"person": "ada", "name": "Ada", "role": Owner})
		l.must(t, "enter", map[string]any{"person": "ben", "name": "Ben"})
		l.must(t, "add", map[string]any{"kind": "thing", "title": "A"})
		host, err := l.person("ada")
		if err != nil {
			t.Fatal(err)
		}
		events, err := l.Decide(Command{In: LobbyID, Do: do, With: with, From: host, Seed: 7, Seq: 9})
		if err != nil {
			var refusal *Refusal
			if !errors.As(err, &refusal) || refusal.Code == "" || refusal.Say == "" {
				t.Fatalf("%s %q was refused by %v", do, with, err)
			}
			return
		}
		for i, e := range events {
			e.Seq = uint64(9 + i)
			l.Apply(e)
		}
		for _, role := range Told {
			if _, err := json.Marshal(l.View(Member{ID: host.ID, Role: role})); err != nil {
				t.Errorf("after %s %q %v has no view: %v", do, with, role, err)
			}
		}
	})
}
