package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenum/rooms"
)

// leaks are the words that are in some byte of the database's files.
func leaks(t *testing.T, path string, words []string) []string {
	t.Helper()
	var all [][]byte
	for _, name := range []string{path, path + "-wal", path + "-journal"} {
		raw, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		all = append(all, raw)
	}
	var found []string
	for _, word := range words {
		for _, raw := range all {
			if bytes.Contains(raw, []byte(word)) {
				found = append(found, word)
				break
			}
		}
	}
	return found
}

// Many rooms write beside each other, so that SQLite moves rows from page to
// page, and every move may leave a copy behind.
func TestWhatIsForgottenIsInNoByte(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "forget.db")
	s := openAt(t, path, Options{})
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	const roomsInAll = 12
	heads := make([]uint64, roomsInAll)
	said := make([]map[uint64]string, roomsInAll)
	for i := range roomsInAll {
		said[i] = map[uint64]string{}
		if err := s.Create(t.Context(), rooms.Head{Room: fmt.Sprint("room-", i), Code: fmt.Sprint("CODE", i), Epoch: "e", Term: 1}); err != nil {
			t.Fatal(err)
		}
	}
	var gone, kept []string
	for step := range 1500 {
		i := r.IntN(roomsInAll)
		b := rooms.Batch{Room: fmt.Sprint("room-", i), Term: 1, After: heads[i], Mark: fmt.Sprint("m", step)}
		for range 1 + r.IntN(3) {
			word := fmt.Sprintf("secret-%d-%016x", step, r.Uint64())
			size := r.IntN(300)
			if r.IntN(20) == 0 {
				size = r.IntN(20_000)
			}
			heads[i]++
			said[i][heads[i]] = word
			with, _ := json.Marshal(strings.Repeat("a", size) + word + strings.Repeat("b", size))
			b.Events = append(b.Events, rooms.Event{Seq: heads[i], In: "chat", Did: "said", With: with, Erasable: true})
		}
		state := strings.Builder{}
		for seq := range heads[i] + 1 {
			word, ok := said[i][seq]
			if !ok {
				continue
			}
			if r.IntN(60) > 0 {
				state.WriteString(word)
				continue
			}
			b.Forget = append(b.Forget, rooms.Forgotten{In: "chat", Dids: []string{"said"}, Blank: rooms.Blank{Seq: seq, With: json.RawMessage(`{"size":1}`)}})
			gone = append(gone, word)
			delete(said[i], seq)
			if seq > b.After { // the room takes these out before
				b.Events[seq-b.After-1].With = nil
			}
		}
		if r.IntN(3) == 0 || len(b.Forget) > 0 {
			b.Saved = []rooms.Checkpoint{{Room: b.Room, Activity: "chat", Seq: heads[i], State: []byte(state.String())}}
		}
		if err := s.Append(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	for i := range said {
		for _, word := range said[i] {
			kept = append(kept, word)
		}
	}
	if err := s.Wiped(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found := leaks(t, path, gone); len(found) > 0 {
		t.Errorf("%d of %d forgotten words can be read, as %s", len(found), len(gone), found[0])
	}
	if found := leaks(t, path, kept); len(found) != len(kept) {
		t.Errorf("%d of %d words that were not forgotten are there", len(found), len(kept))
	}
	t.Logf("%d forgotten, %d kept", len(gone), len(kept))
}
