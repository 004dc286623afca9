package collab

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
)

// session is how a long text comes into being: runs of typing with jumps, an
// eighth of it deleting, a tenth Chinese.
func session(edits int) []delta.Delta {
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]delta.Delta, edits)
	at, length := 0, 1
	for i := range all {
		if r.IntN(30) == 0 {
			at = r.IntN(length)
		}
		change := delta.Delta{}
		if at > 0 {
			change = append(change, delta.Keep(at, nil))
		}
		switch {
		case r.IntN(8) == 0 && at < length-1:
			all[i] = append(change, delta.Drop(1))
			length--
			continue
		case r.IntN(10) == 0:
			change = append(change, delta.Write("字", nil))
		default:
			change = append(change, delta.Write("x", nil))
		}
		all[i] = change
		at++
		length++
	}
	return all
}

const edits = 260_000

func BenchmarkText(b *testing.B) {
	all := session(edits)
	b.ReportAllocs()
	for b.Loop() {
		t := newText(delta.Delta{delta.Write("\n", nil)})
		for _, change := range all {
			if err := t.apply(change); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*edits), "ns/edit")
}

// BenchmarkReplay applies the events of a log.
func BenchmarkReplay(b *testing.B) {
	events := make([]rooms.Event, edits)
	for i, change := range session(edits) {
		with := fmt.Appendf(nil, `{"rev":%d,"change":%s}`, i+1, change)
		events[i] = rooms.Event{Did: "changed", With: with, Peer: "p"}
	}
	b.ReportAllocs()
	for b.Loop() {
		d := newDocument(delta.Delta{delta.Write("\n", nil)})
		for _, e := range events {
			d.Apply(e)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*edits), "ns/edit")
}

// BenchmarkChange decides and applies a keystroke that is some revisions late.
func BenchmarkChange(b *testing.B) {
	for _, late := range []uint64{0, 5, 100, 1500} {
		b.Run(fmt.Sprint(late), func(b *testing.B) {
			d := newDocument(delta.Delta{delta.Write(strings.Repeat("all work and no play\n", 5000), nil)})
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				with := fmt.Appendf(nil, `{"base":%d,"change":[{"retain":%d},{"insert":"x"}]}`, d.rev-min(late, d.rev), i*7919%100_000)
				events, err := d.Decide(rooms.Command{Do: "change", With: with, Peer: fmt.Sprint(i)})
				if err != nil {
					b.Fatal(err)
				}
				events[0].Peer = fmt.Sprint(i)
				d.Apply(events[0])
			}
		})
	}
}

func BenchmarkWhole(b *testing.B) {
	for _, units := range []int{100_000, 1_000_000, MaxUnits} {
		d := newDocument(delta.Delta{delta.Write(strings.Repeat("all work and no play\n", units/21), nil)})
		b.Run(fmt.Sprintf("copy-%d", units), func(b *testing.B) {
			for b.Loop() {
				d.text.copy()
			}
		})
		b.Run(fmt.Sprintf("hash-%d", units), func(b *testing.B) {
			for b.Loop() {
				d.text.hash()
			}
		})
		b.Run(fmt.Sprintf("hash-all-%d", units), func(b *testing.B) {
			for b.Loop() {
				for i := range d.text.leaves {
					d.text.leaves[i].sum = nil
				}
				d.text.hash()
			}
		})
		b.Run(fmt.Sprintf("view-%d", units), func(b *testing.B) {
			for b.Loop() {
				d.shown = nil
				if _, err := json.Marshal(d.View(rooms.Member{})); err != nil {
					b.Fatal(err)
				}
			}
		})
		end := fmt.Appendf(nil, `{"base":0,"change":[{"retain":%d},{"insert":"x"}]}`, d.text.length-1)
		b.Run(fmt.Sprintf("type-at-end-%d", units), func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Decide(rooms.Command{Do: "change", With: end}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
