package markup

import (
	"bytes"
	"testing"

	"plenum/collab/delta"
)

func written(t testing.TB, f Format, content delta.Delta) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out, "Title", content); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t testing.TB, f Format, file []byte) delta.Delta {
	t.Helper()
	content, err := f.Read(file, 1<<22)
	if err != nil {
		t.Fatalf("%v: %.300q", err, file)
	}
	return content
}

// What was written and is read again is the same document, up to what the
// package says.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	for range 4000 {
		content := w.document(1 + w.IntN(6))
		for _, f := range Formats[:2] {
			file := written(t, f, content)
			want, got := kept(content), read(t, f, file)
			if f.Name == "markdown" {
				want, got = unsized(want), unsized(got)
			}
			if !got.Equal(want) {
				t.Fatalf("%s\nof %s\nis %q\nwant %s\ngot  %s", f.Name, content, file, want, got)
			}
		}
	}
}

// What is kept is kept: a second time changes nothing.
func TestRoundTripSettles(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	for range 2000 {
		once := kept(w.document(6))
		if twice := kept(once); !twice.Equal(once) {
			t.Fatalf("%s becomes %s", once, twice)
		}
	}
}
