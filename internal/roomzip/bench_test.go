package roomzip

import (
	"io"
	"strings"
	"testing"

	"plenum/internal/files"
	"plenum/rooms"
)

// loaded is a room of 20 documents of 100,000 characters and one of four million.
func loaded(b *testing.B) (*house, place) {
	b.Helper()
	h := newHouse(b, files.Options{})
	p := h.room("Loaded")
	words := strings.Repeat("some words and ", 100_000/15) + "\n"
	add := func(text string) {
		id := p.add("doc", "D", rooms.Viewer, nil)
		p.do("ada", id, "import", map[string]any{"content": []any{map[string]any{"insert": text}}})
	}
	for range 20 {
		add(words)
	}
	add(strings.Repeat(words, 40))
	return h, p
}

func BenchmarkTake(b *testing.B) {
	h, p := loaded(b)
	for b.Loop() {
		taking, err := h.zips.Take(b.Context(), p.code, "ada", "")
		if err != nil {
			b.Fatal(err)
		}
		if err := taking.Write(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkImport(b *testing.B) {
	h, p := loaded(b)
	content := p.zip("ada")
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := h.take("ida", content); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDuplicate(b *testing.B) {
	h, p := loaded(b)
	for b.Loop() {
		if _, _, err := h.zips.Duplicate(b.Context(), p.code, "ada", "Copy"); err != nil {
			b.Fatal(err)
		}
	}
}
