package surveys

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

// crowded is a survey of fifty pages and a hundred questions, which 10,000
// people have sent.
func crowded(b *testing.B, unnamed bool) *Survey {
	b.Helper()
	var pages []string
	for p := range MaxPages {
		pages = append(pages, fmt.Sprintf(`{"id":"p%d","questions":[{"id":"s%d","kind":"single","prompt":"?","options":[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"}]},{"id":"n%d","kind":"number","prompt":"?","from":0,"to":1000}]}`, p, p, p))
	}
	made, err := open(json.RawMessage(fmt.Sprintf(`{"changes":true,"unnamed":%v,"pages":[%s]}`, unnamed, strings.Join(pages, ","))))
	if err != nil {
		b.Fatal(err)
	}
	s := made.(*Survey)
	s.Apply(rooms.Event{Did: "opened", With: []byte(`{}`)})
	var all []string
	for p := range MaxPages {
		all = append(all, fmt.Sprintf("p%d", p))
	}
	for n := range 10_000 {
		by := fmt.Sprint("member-", n)
		for _, p := range []int{0, 20, 49} {
			s.Apply(rooms.Event{Did: "saved", By: by, With: []byte(fmt.Sprintf(`{"page":"p%d","answers":{"s%d":["b"],"n%d":%d},"at":"p%d"}`, p, p, p, n%1000, p))})
		}
		s.Apply(rooms.Event{Did: "sent", By: by, With: encode(sent{all})})
	}
	return s
}

// BenchmarkSend is one page with all that follows in the room: decided and
// applied, after a snapshot that shares everything.
func BenchmarkSend(b *testing.B) {
	for _, unnamed := range []bool{false, true} {
		b.Run(fmt.Sprintf("unnamed=%v", unnamed), func(b *testing.B) {
			s := crowded(b, unnamed)
			for n := 0; b.Loop(); n++ {
				from := rooms.Member{ID: fmt.Sprint("member-", n%10_000), Role: rooms.Participant}
				events, err := s.Decide(rooms.Command{Do: "send", With: []byte(`{"page":"p49","answers":{"s49":["c"],"n49":7}}`), From: from})
				if err != nil {
					b.Fatal(err)
				}
				for _, e := range events {
					e.By = from.ID
					s.Apply(e)
				}
			}
		})
	}
}

// BenchmarkDigests is what a room pulls at every change, for all roles.
func BenchmarkDigests(b *testing.B) {
	s := crowded(b, false)
	s.shared, s.told = true, true
	for b.Loop() {
		for _, role := range rooms.Told {
			s.Digests(role)
		}
	}
}

// BenchmarkView is the view of a host; how big it is, is told.
func BenchmarkView(b *testing.B) {
	s := crowded(b, false)
	m := rooms.Member{Role: rooms.Host}
	for b.Loop() {
		s.View(m)
	}
	b.ReportMetric(float64(len(encode(s.View(m)))), "bytes/view")
}

// BenchmarkSnapshot is what saving takes in the room.
func BenchmarkSnapshot(b *testing.B) {
	s := crowded(b, true)
	for b.Loop() {
		s.Save()
	}
}
