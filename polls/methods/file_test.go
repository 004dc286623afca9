package methods

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const goodFile = `{"format":1,"prompt":"Where to?","round":2,"options":[{"id":"a","text":"The lake"},{"id":"b"},{"id":"c"}],
	"seats":1,"method":"irv","ties":"order","ballots":[{"ranks":[["a"],["b","c"]],"count":3},{"ranks":[["b"]]}]}`

func TestAFileIsCounted(t *testing.T) {
	t.Parallel()
	f, err := ReadFile(strings.NewReader(goodFile))
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Profile()
	if err != nil {
		t.Fatal(err)
	}
	r := counted(t, p, f.Method, f.Seats, f.Ties)
	expect(t, "rounds", rounds(r), "a3 b1 c0 +a")
	if p.People() != 4 {
		t.Errorf("%d people", p.People())
	}
}

func TestScoresAreAddedUp(t *testing.T) {
	t.Parallel()
	f, err := ReadFile(strings.NewReader(`{"format":1,"options":[{"id":"a"},{"id":"b"},{"id":"c"}],"seats":2,
		"ballots":[{"scores":{"a":5,"b":3},"count":2},{"scores":{"b":4,"c":10}},{"scores":{}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Score()
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "scores", fmt.Sprint(order(r), " ", r.Points, r.Winners, r.Tied), "a=b=c map[a:10 b:10 c:10] [] [a b c]")
}

// Everything that is wrong with a file is said so that one finds the place.
func TestBadFilesAreRefusedInWords(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{goodFile, "", "it is empty"},
		{goodFile, "[", "ends in the middle"},
		{goodFile, "[]", `holds a array`},
		{goodFile, "votes", "invalid character"},
		{`"format":1`, `"format":2`, "format 2"},
		{`"format":1,`, ``, "format 0"},
		{`"round":2`, `"rounds":2`, `unknown field "rounds"`},
		{`"round":2`, `"round":"two"`, `"round" holds a string`},
		{`"id":"b"`, `"id":"a"`, "a name of its own"},
		{`"id":"b"`, `"id":""`, "option 2 needs"},
		{`"seats":1`, `"seats":3`, "fewer seats than options"},
		{`"seats":1`, `"seats":-1`, "fewer seats than options"},
		{`"method":"irv"`, `"method":"dice"`, `no method called "dice"`},
		{`"ties":"order"`, `"ties":"coin"`, `ties called "coin"`},
		{`["b"]]}`, `["x"]]}`, `ballot 2: it ranks what is no option: "x"`},
		{`["b"]]}`, `["b","b"]]}`, `ballot 2: it ranks an option twice: "b"`},
		{`["b"]]}`, `[]]}`, "ballot 2: it ranks nothing"},
		{`"ranks":[["b"]]`, `"scores":{"b":1}`, "ballot 2: all ballots have ranks, or all have scores"},
		{`"ranks":[["b"]]`, `"count":1`, "ballot 2: all ballots have ranks"},
		{`"count":3`, `"count":0`, "ballot 1: its count"},
		{`"count":3`, `"count":10000000`, "ballot 2: its count"},
		{`]}]}`, `]}]} more`, "behind the end"},
	} {
		bad := strings.Replace(goodFile, c[0], c[1], 1)
		if bad == goodFile {
			t.Fatalf("%s is not in the file", c[0])
		}
		if _, err := ReadFile(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s: %v, want %s", bad, err, c[2])
		}
	}
	for _, scores := range []string{`{"x":1}`, `{"a":-1}`, `{"a":1001}`} {
		file := `{"format":1,"options":[{"id":"a"},{"id":"b"}],"ballots":[{"scores":` + scores + `}]}`
		if _, err := ReadFile(strings.NewReader(file)); err == nil || !strings.Contains(err.Error(), "ballot 1: ") {
			t.Errorf("%s: %v", scores, err)
		}
	}
}

// FuzzFile: what is read is counted by every method without harm, and written
// and read again it is the same.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		goodFile, ``, `{}`, `{"format":1,"options":[{"id":"a"},{"id":"b"}],"ballots":[{"scores":{"a":1000}}]}`,
		`{"format":1,"options":[{"id":"a"},{"id":"b"},{"id":"c"}],"seats":2,"ballots":[{"ranks":[["a","b"],[],["c"]],"count":9999999},{"ranks":[["c"]]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := ReadFile(bytes.NewReader(raw))
		if err != nil {
			return
		}
		written, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadFile(bytes.NewReader(written))
		if err != nil {
			t.Fatalf("%s was written as %s: %v", raw, written, err)
		}
		if file.Scored() {
			if _, err := again.Score(); err != nil {
				t.Fatal(err)
			}
			return
		}
		p, err := file.Profile()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range All {
			r, err := Count(p, m, file.Rules())
			if err != nil || len(r.Winners) > file.Seats {
				t.Fatalf("%s by %s: %v %v", raw, m, r, err)
			}
		}
	})
}
