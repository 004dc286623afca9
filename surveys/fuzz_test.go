package surveys

import (
	"testing"
	"unicode/utf8"

	"plenum/rooms"
)

// FuzzCommands: whatever is sent is refused in words, or becomes events that
// can be applied, told and saved.
func FuzzCommands(f *testing.F) {
	f.Add(true, "write", []byte(pageWith("", `{"kind":"nps","prompt":"why\ud83d\ude00?","jumps":[{"from":0,"to":3,"go":"end"}]}`)))
	f.Add(true, "set", []byte(`{"intro":"Hello","unnamed":true}`))
	f.Add(true, "move", []byte(`{"page":"p2","place":0}`))
	f.Add(false, "save", []byte(`{"page":"p1","answers":{"q1":["no"]}}`))
	f.Add(false, "save", []byte(`{"page":"p3","answers":{"q5":1e2},"to":"p1"}`))
	f.Add(false, "send", []byte(`{}`))
	f.Fuzz(func(t *testing.T, draft bool, do string, with []byte) {
		w := newTrial(t, twoWays)
		if !draft {
			w.must("host", "open", `{}`)
			w.must("host", "save", `{"page":"p1","answers":{"q1":["yes"]}}`)
		}
		from := rooms.Member{ID: "id-host", Name: "host", Role: rooms.Host}
		events, err := w.s.Decide(rooms.Command{Do: do, With: with, From: from, Seq: 10})
		if err != nil {
			if refusal := rooms.AsRefusal(err); refusal == rooms.ErrBroken || refusal.Code == "" || refusal.Say == "" {
				t.Fatalf("%q with %q was refused by %v", do, with, err)
			}
			return
		}
		for _, e := range events {
			if !utf8.Valid(e.With) {
				t.Errorf("%q tells %q", e.Did, e.With)
			}
			e.By = from.ID
			w.s.Apply(e)
		}
		w.balanced(do)
		w.save()
	})
}

// FuzzSettings: a survey is made of settings, or they are refused in words; one
// that was made can be opened, answered and copied.
func FuzzSettings(f *testing.F) {
	f.Add([]byte(twoWays))
	f.Add([]byte(`{"pages":[{"questions":[{"kind":"short","prompt":"?"}]}]}`))
	f.Fuzz(func(t *testing.T, settings []byte) {
		made, err := Kind.New(settings)
		if err != nil {
			if refusal := rooms.AsRefusal(err); refusal == rooms.ErrBroken {
				t.Fatalf("%q is refused by %v", settings, err)
			}
			return
		}
		w := &trial{t: t, s: made.(*Survey)}
		copied, err := w.s.Copy()
		if err != nil {
			t.Fatal(err)
		}
		newTrial(t, string(copied))
		if w.do("host", "open", `{}`) == nil {
			w.must("ann", "begin", `{}`)
			w.save()
		}
	})
}

// FuzzCheckpoints: no checkpoint makes a panic, and one that was loaded can be
// saved.
func FuzzCheckpoints(f *testing.F) {
	f.Add([]byte(`{"pages":[{"id":"p","questions":[{"id":"q","kind":"nps","prompt":"?"}]}],"state":"open","people":[{"name":"a","at":0,"reached":1,"draft":{"q":3},"sent":null}]}`))
	f.Add([]byte(`{"state":"draft","pages":[]}`))
	f.Fuzz(func(t *testing.T, state []byte) {
		s := newTrial(t, "{}").s
		if s.Load(state) != nil {
			return
		}
		if _, err := s.Save()(); err != nil {
			t.Error(err)
		}
		s.View(rooms.Member{Role: rooms.Host})
		s.Mine(rooms.Member{ID: "a"})
		s.Digests(rooms.Host)
	})
}
