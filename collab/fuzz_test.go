package collab

import (
	"bytes"
	"testing"

	"plenum/rooms"
)

// FuzzChange: whatever is sent to a document is refused in words, or leads to an
// event that can be applied, and the document stays one that can be saved.
func FuzzChange(f *testing.F) {
	for _, seed := range []string{
		`{"base":0,"change":[{"insert":"a"}]}`, `{"base":0,"change":[{"retain":1},{"delete":1}]}`, `{"base":0,"change":[{"retain":1,"attributes":{"bold":true}}]}`,
		`{"base":0,"change":[{"retain":3},{"insert":"\ud83d\ude00","attributes":{"link":"https://x.org"}}]}`, `{"base":9,"change":[]}`,
		`{"base":0,"change":[{"retain":6,"attributes":{"list":"checked","indent":2}}]}`, `{"base":0,"change":[{"insert":{"image":"x"}}]}`, `null`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, with []byte) {
		d := written(t, `[{"insert":"a😀bc\n"}]`)
		events, err := d.Decide(rooms.Command{Do: "change", With: with, Peer: "eve", N: 1, Seq: 1, From: rooms.Member{ID: "m1", Role: rooms.Editor}})
		if err != nil {
			if refusal := rooms.AsRefusal(err); refusal == rooms.ErrBroken || refusal.Code == "" || refusal.Say == "" {
				t.Fatalf("%q was refused by %v", with, err)
			}
			return
		}
		for i, e := range events {
			e.Seq, e.By, e.Peer, e.N, e.Format = uint64(i+1), "m1", "eve", 1, Kind.Format
			d.Apply(e)
		}
		saved, err := d.Save()()
		if err != nil {
			t.Fatalf("%q: %v", with, err)
		}
		again := written(t, `[{"insert":"\n"}]`)
		if err := again.Load(saved); err != nil {
			t.Fatalf("%q is saved as %s: %v", with, saved, err)
		}
	})
}

// FuzzLoad: a checkpoint is refused, or it is a document that is saved and
// loaded as it is.
func FuzzLoad(f *testing.F) {
	d := written(f, `[{"insert":"a😀bc","attributes":{"bold":true}},{"insert":"\n","attributes":{"header":1}}]`)
	saved, err := d.Save()()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(saved)
	for _, seed := range []string{``, `null`, `{}`, `{"content":[{"insert":"\n"}]}`, `{"rev":-1,"content":[{"insert":"a"}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, state []byte) {
		d := &Document{}
		if err := d.Load(state); err != nil {
			return
		}
		first, err := d.Save()()
		if err != nil {
			t.Fatal(err)
		}
		again := &Document{}
		if err := again.Load(first); err != nil {
			t.Fatalf("%s is saved as %s: %v", state, first, err)
		}
		if second, err := again.Save()(); err != nil || !bytes.Equal(first, second) {
			t.Errorf("saved as %s, then as %s: %v", first, second, err)
		}
	})
}
