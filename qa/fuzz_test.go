package qa

import (
	"testing"
	"unicode/utf8"

	"plenum/rooms"
)

// FuzzCommands: whatever is sent is refused in words, or becomes events that
// can be applied, told and saved.
func FuzzCommands(f *testing.F) {
	f.Add("ask", []byte(`{"text":"why\ud83d\ude00?","unnamed":true}`))
	f.Add("vote", []byte(`{"question":1,"turn":3}`))
	f.Add("merge", []byte(`{"question":3,"into":1}`))
	f.Add("dismiss", []byte(`{"question":1,"reason":"so"}`))
	f.Add("take", []byte(`{"question":0}`))
	f.Fuzz(func(t *testing.T, do string, with []byte) {
		s := run(t, "ann asks Tea\nbob asks Cake")
		from := rooms.Member{ID: "id-host", Name: "host", Role: rooms.Host}
		events, err := s.qa.Decide(rooms.Command{Do: do, With: with, From: from, Seq: 10})
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
			s.apply(e)
		}
		s.save()
	})
}

// FuzzCheckpoints: no checkpoint makes a panic, and one that was loaded can be
// saved.
func FuzzCheckpoints(f *testing.F) {
	f.Add([]byte(`{"listed":2,"voters":["a"],"questions":[{"id":1,"state":"shown","asker":0,"votes":"AAE="},{"id":2,"into":1,"asker":0}]}`))
	f.Fuzz(func(t *testing.T, state []byte) {
		a := newScript(t).qa
		if a.Load(state) != nil {
			return
		}
		if _, err := a.Save()(); err != nil {
			t.Error(err)
		}
		a.View(rooms.Member{Role: rooms.Host})
		a.Mine(rooms.Member{ID: "a"})
		a.Digests(rooms.Host)
	})
}
