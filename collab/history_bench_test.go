package collab

import (
	"encoding/json"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	"plenum/rooms"
)

// BenchmarkHistory is a document of a million changes in a real database. The
// log is written straight into it; everything else is asked of the room.
func BenchmarkHistory(b *testing.B) {
	p := openRoom(b)
	const count = 1_000_000
	p.writeLog(b, count)
	start, used := time.Now(), cpu(b)
	asked := 0
	for ; ; asked++ {
		if _, err := p.read("person-0", "revision", nil); err == nil {
			break
		} else if !errors.Is(err, ErrPreparing) {
			b.Fatal(err)
		}
	}
	b.Logf("made ready in %v, %v of it CPU, by %d requests, %d frames", time.Since(start), cpu(b)-used, asked+1, len(p.frames()))
	var size, whole int64
	if err := p.store.Read().Raw("SELECT sum(length(state) + length(\"index\")) FROM frames").Row().Scan(&size); err != nil {
		b.Fatal(err)
	}
	if err := p.store.Read().Raw("SELECT sum(length(content)) FROM events").Row().Scan(&whole); err != nil {
		b.Fatal(err)
	}
	b.Logf("the frames have %d bytes, the contents of the log %d", size, whole)
	for name, ask := range map[string]func(i int) (string, map[string]string){
		"newest":   func(int) (string, map[string]string) { return "revision", nil },
		"revision": func(i int) (string, map[string]string) { return "revision", of("rev", i*7919%count) },
		"authors":  func(i int) (string, map[string]string) { return "revision", of("rev", i*7919%count, "authors", 1) },
		"timeline": func(int) (string, map[string]string) { return "timeline", nil },
		"timeline-1000": func(i int) (string, map[string]string) {
			return "timeline", of("from", i*7919%(count-1000), "to", i*7919%(count-1000)+1000)
		},
		"playback-20000": func(i int) (string, map[string]string) {
			return "playback", of("from", i*7919%(count-20_000), "to", i*7919%(count-20_000)+20_000, "most", 20)
		},
	} {
		b.Run(name, func(b *testing.B) {
			began := cpu(b)
			bytes, i := 0, 0
			for b.Loop() {
				i++
				name, with := ask(i)
				answer, err := p.read("person-0", name, with)
				if err != nil {
					b.Fatal(err)
				}
				raw, err := json.Marshal(answer)
				if err != nil {
					b.Fatal(err)
				}
				bytes += len(raw)
			}
			b.ReportMetric(float64((cpu(b)-began).Microseconds())/1000/float64(i), "cpu-ms/read")
			b.ReportMetric(float64(bytes/i), "bytes")
		})
	}
}

// cpu is the time that this process has used, as the machine may be shared.
func cpu(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func of(pairs ...any) map[string]string {
	ask := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		ask[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
	}
	return ask
}

// writeLog appends changes as a session of three people would, while the room
// is closed.
func (p *inRoom) writeLog(b *testing.B, count int) {
	if err := p.hall.Close(b.Context()); err != nil {
		b.Fatal(err)
	}
	room, err := p.store.Find(b.Context(), p.code)
	if err != nil {
		b.Fatal(err)
	}
	head, err := p.store.Head(b.Context(), room)
	if err != nil {
		b.Fatal(err)
	}
	changes := session(count)
	at, rev := int64(1_700_000_000_000), 0
	for rev < count {
		batch := rooms.Batch{Room: room, Term: head.Term, After: head.Seq, Mark: fmt.Sprint("mark-", rev)}
		for range min(1000, count-rev) {
			rev++
			if at += 150; rev%500 == 0 {
				at += int64(rev%7) * 60_000
			}
			batch.Events = append(batch.Events, rooms.Event{
				Seq: head.Seq + uint64(len(batch.Events)) + 1, In: p.doc, Did: "changed", With: fmt.Appendf(nil, `{"rev":%d,"change":%s}`, rev, changes[rev-1]),
				By: "m" + fmt.Sprint(1+rev/2000%3), Peer: "p", N: uint64(rev), At: at, Format: Kind.Format,
			})
		}
		if err := p.store.Append(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		head.Seq = batch.Seq()
	}
	p.openHall()
}
