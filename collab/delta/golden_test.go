package delta

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// The files in testdata are what this package and its twin in TypeScript have
// agreed on; both replay them. They are written anew only while no release has
// them: a change that fails here makes old documents unreadable.
var updateFlag = flag.Bool("update", false, "write the golden vectors anew")

// vector is one line of a golden file.
type vector struct {
	Op         string `json:"op"`
	A          *Delta `json:"a,omitempty"`
	B          *Delta `json:"b,omitempty"`
	Late       *Delta `json:"late,omitempty"`
	Committed  *Delta `json:"committed,omitempty"`
	Document   *Delta `json:"document,omitempty"`
	Change     *Delta `json:"change,omitempty"`
	Index      *int   `json:"index,omitempty"`
	Before     *bool  `json:"before,omitempty"`
	Out        any    `json:"out,omitempty"`
	Late2      *Delta `json:"late2,omitempty"`
	Committed2 *Delta `json:"committed2,omitempty"`
	Hash       string `json:"hash,omitempty"`
}

// solve is the vector with the answers that the package gives now.
func (v vector) solve() (vector, error) {
	var out Delta
	var err error
	switch v.Op {
	case "compose":
		out, err = Compose(*v.A, *v.B)
	case "apply":
		out, err = Apply(*v.Document, *v.Change)
	case "invert":
		out, err = Invert(*v.Change, *v.Document)
	case "transform":
		late, committed := Transform(*v.Late, *v.Committed)
		v.Late2, v.Committed2 = &late, &committed
		return v, nil
	case "position":
		v.Out = v.Change.Position(*v.Index, *v.Before)
		return v, nil
	case "hash":
		v.Hash = v.Document.Hash()
		return v, nil
	}
	v.Out = out
	return v, err
}

var goldenOps = []string{"compose", "transform", "apply", "invert", "position", "hash"}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, op := range goldenOps {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join("testdata", op+".jsonl")
			if *updateFlag {
				writeGolden(t, op, path)
			}
			file, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			count := 0
			for lines := bufio.NewScanner(file); lines.Scan(); count++ {
				checkVector(t, lines.Bytes())
			}
			if count < 300 {
				t.Errorf("only %d vectors", count)
			}
		})
	}
}

func checkVector(t *testing.T, line []byte) {
	t.Helper()
	var v vector
	if err := json.Unmarshal(line, &v); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	solved, err := v.solve()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	if got := encode(t, solved); !bytes.Equal(got, line) {
		t.Errorf("got  %s\nwant %s", got, line)
	}
}

// encode is the line of a vector. JSON is printed as ES2019 does, so that the
// deltas in it keep the bytes that this package gives them.
func encode(t *testing.T, v vector) []byte {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

func writeGolden(t *testing.T, op, path string) {
	t.Helper()
	w := writer{rand.New(rand.NewPCG(20, 26))}
	var file bytes.Buffer
	vectors := chosen(op)
	for len(vectors) < 400 {
		vectors = append(vectors, w.vector(op))
	}
	for _, v := range vectors {
		solved, err := v.solve()
		if err != nil {
			t.Fatal(err)
		}
		file.Write(append(encode(t, solved), '\n'))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// vector is a random question.
func (w writer) vector(op string) vector {
	document := w.document()
	a := w.change(document)
	v := vector{Op: op}
	switch op {
	case "compose":
		after, err := Apply(document, a)
		if err != nil {
			panic(err)
		}
		b := w.change(after)
		v.A, v.B = &a, &b
	case "transform":
		b := w.change(document)
		v.Late, v.Committed = &a, &b
	case "apply", "invert":
		v.Document, v.Change = &document, &a
	case "position":
		index, before := w.IntN(document.Len()+2), w.IntN(2) == 0
		v.Change, v.Index, v.Before = &a, &index, &before
	case "hash":
		v.Document = &document
	}
	return v
}

// chosen are vectors that no random test should have to find.
func chosen(op string) []vector {
	var out []vector
	for _, c := range counterexamples {
		late, h1, h2 := parse(c.late), parse(c.history[0]), parse(c.history[1])
		document := Delta{Write(c.document, nil)}
		switch op {
		case "compose":
			out = append(out, vector{Op: op, A: &h1, B: &h2})
		case "transform":
			both, err := Compose(h1, h2)
			if err != nil {
				panic(err)
			}
			out = append(out, vector{Op: op, Late: &late, Committed: &h1}, vector{Op: op, Late: &late, Committed: &both})
		case "apply", "invert":
			out = append(out, vector{Op: op, Document: &document, Change: &late}, vector{Op: op, Document: &document, Change: &h1})
		case "position":
			for i := range 6 {
				index, before := i/2, i%2 == 0
				out = append(out, vector{Op: op, Change: &h1, Index: &index, Before: &before})
			}
		}
	}
	if op == "hash" {
		for _, text := range []string{
			"\n", "\x00\x01\x1f\x7f\b\f\n\r\t\"\\/<>&", "\u2028\u2029\ufeff\ufffd", "😀漢é\U0010ffff", "</script>",
		} {
			out = append(out, vector{Op: op, Document: &Delta{Write(text, nil)}})
		}
		bold := Attributed(Attribute{"header", Int(1)}, Attribute{"bold", True}, Attribute{"link", String("https://x.y/<&>\u2028")})
		out = append(out,
			vector{Op: op, Document: &Delta{}},
			vector{Op: op, Document: &Delta{Write("a", bold), Write("b", bold), Write("c", nil), Put("image", String("/x\"y"), bold)}})
	}
	return out
}

func parse(raw string) Delta {
	d, err := Parse([]byte(raw))
	if err != nil {
		panic(err)
	}
	return d
}
