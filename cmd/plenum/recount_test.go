package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The capital of Tennessee, as the desk would export it.
const capital = `{"format":1,"prompt":"Which capital?","options":[
	{"id":"m","text":"Memphis"},{"id":"n","text":"Nashville"},{"id":"c","text":"Chattanooga"},{"id":"k","text":"Knoxville"}],
	"seats":1,"method":"irv","ties":"shown","ballots":[{"ranks":[["m"],["n"],["c"],["k"]],"count":42},
	{"ranks":[["n"],["c"],["k"],["m"]],"count":26},{"ranks":[["c"],["k"],["n"],["m"]],"count":15},{"ranks":[["k"],["c"],["n"],["m"]],"count":17}]}`

func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ballots.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBallotsAreRecounted(t *testing.T) {
	t.Parallel()
	path := writeFile(t, capital)
	got := mustRun(t, "recount", path)
	for _, want := range []string{
		"Which capital?\nBallots: 100   Options: 4   Winners: 1\n", "== Run-off (instant run-off), which decides\n", "Elected: Knoxville\n",
		"== Borda (points for places)\n   1. Nashville                                        194\n", "Wins every duel: Nashville\n",
		"Round 2\n      Knoxville                                         32\n", "Chattanooga                                       15  out\n",
		"(1) Memphis                                    -      42      42      42\n", "\nWho wins differs by method.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if got := mustRun(t, "recount", path, "--method", "schulze", "--method", "borda"); strings.Contains(got, "Run-off") || !strings.Contains(got, "All these methods agree") {
		t.Errorf("two methods:\n%s", got)
	}
	if got := mustRun(t, "recount", path, "--method", "stv", "--seats", "2"); !strings.Contains(got, "Needed for a seat: 34\n") {
		t.Errorf("two seats:\n%s", got)
	}
	scores := writeFile(t, `{"format":1,"options":[{"id":"a"},{"id":"b"}],"ballots":[{"scores":{"a":1,"b":3},"count":2}]}`)
	if got := mustRun(t, "recount", scores); !strings.Contains(got, "Elected: b\n") || !strings.Contains(got, "Ballots: 2 ") {
		t.Errorf("scores:\n%s", got)
	}
}

// Dates and grids are tables; the dates that suit most people are marked.
func TestGridsAreRecounted(t *testing.T) {
	t.Parallel()
	dates := `{"format":4,"kind":"dates","prompt":"When?","options":[{"id":"a","text":"2026-12-03"},{"id":"b","text":"2026-12-04"}],
		"columns":[{"id":"yes"},{"id":"maybe"},{"id":"no"}],"ballots":[{"rows":{"a":["yes"],"b":["maybe"]},"count":4},{"rows":{"b":["yes"]}},{"rows":{"b":["no"]}}]}`
	got := mustRun(t, "recount", writeFile(t, dates))
	for _, want := range []string{"When?\nBallots: 6\n", "(2) maybe\n", "       4       0       0  2026-12-03   best\n", "       1       4       1  2026-12-04\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	scale := `{"format":4,"kind":"grid","scale":true,"options":[{"id":"a","text":"Food"},{"id":"b"}],"columns":[{"id":"1"},{"id":"2"}],"ballots":[{"rows":{"a":["1"]}},{"rows":{"a":["2"]},"count":2}]}`
	if got := mustRun(t, "recount", writeFile(t, scale)); !strings.Contains(got, "       1       2    1.67  Food\n") || !strings.Contains(got, "       0       0       -  b\n") {
		t.Errorf("a scale:\n%s", got)
	}
	for old, new := range map[string]string{
		`"a":["yes"]`: `"c":["yes"]`, `["maybe"]`: `["perhaps"]`, `["yes"],"b"`: `["yes","no"],"b"`, `["no"]`: `[]`, `{"b":["no"]}`: `{}`,
		`"format":4`: `"format":2`, `{"id":"no"}`: `{"id":"yes"}`, `"count":4`: `"count":0`, `"rows":{"b":["yes"]}`: `"ranks":[["b"]]`,
	} {
		if code, stdout, stderr := command(t, "recount", writeFile(t, strings.Replace(dates, old, new, 1))); code != 1 || stdout != "" || stderr == "" {
			t.Errorf("%s for %s: %d, %q, %q", new, old, code, stdout, stderr)
		}
	}
}

func TestWhatCannotBeRecounted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, flag, want string }{
		{capital, "--method=dice", "no method called"},
		{capital, "--seats=4", "fewer seats than options"},
		{strings.Replace(capital, `["k"],["m"]`, `["k"],["x"]`, 1), "--seats=1", `ballot 2: it ranks what is no option: "x"`},
		{"", "--seats=1", "it is empty"},
		{`{"format":1,"options":[{"id":"a"},{"id":"b"}],"ballots":[{"scores":{"a":1}}]}`, "--method=borda", "no other method"},
	} {
		if code, stdout, stderr := command(t, "recount", writeFile(t, c.text), c.flag); code != 1 || stdout != "" || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: exit %d, %s%s", c.flag, code, stdout, stderr)
		}
	}
	if code, _, stderr := command(t, "recount", filepath.Join(t.TempDir(), "nothing.json")); code != 1 || !strings.Contains(stderr, "open the ballots") {
		t.Errorf("no file: exit %d, %s", code, stderr)
	}
}
