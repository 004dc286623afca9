package collab

import "testing"

// BenchmarkOpen opens a room with a million stored events and shows its
// document: what the first to come after a restart waits for.
func BenchmarkOpen(b *testing.B) {
	p := openRoom(b)
	p.writeLog(b, 1_000_000)
	show := func() {
		if _, err := p.hall.View(b.Context(), p.code, "person-0", p.doc); err != nil {
			b.Fatal(err)
		}
	}
	show() // the log was written past the room, so this replays all of it
	for b.Loop() {
		b.StopTimer()
		p.restart()
		b.StartTimer()
		show()
	}
}
