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

// Of things between axes the means and spreads are printed, of pins the areas.
func TestPlacesAreRecounted(t *testing.T) {
	t.Parallel()
	axes := `{"format":5,"kind":"axes","prompt":"What first?","x":{"title":"Effort","low":"little"},"y":{"title":"Value"},"steps":10,
		"options":[{"id":"a","text":"Roof"},{"id":"b"}],"ballots":[{"places":{"a":[2,0]}},{"places":{"a":[4,0]}},{"places":{"a":[9,3]}}]}`
	got := mustRun(t, "recount", writeFile(t, axes))
	for _, want := range []string{"What first?\nBallots: 3\n", "(x) Effort: 0 = little, 10 = \n", "       3    5.00    2.94    1.00    1.41  Roof\n", "       0       -       -       -       -  b\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	pins := `{"format":5,"kind":"pins","options":[{"id":"a","text":"Kitchen","area":[0,0,5000,5000]},{"id":"b","area":[0,0,9000,0,0,9000]}],
		"ballots":[{"pins":[[1,1],[2,2]],"count":2},{"pins":[[9999,9999]]}]}`
	if got := mustRun(t, "recount", writeFile(t, pins)); !strings.Contains(got, "       2  Kitchen\n       2  b\n       1  elsewhere\n") {
		t.Errorf("pins:\n%s", got)
	}
	quiz := strings.Replace(strings.Replace(pins, `"format":5`, `"format":3,"quiz":{"worth":100,"right":["b"]}`, 1), `[[1,1],[2,2]],"count":2`, `[[1,8000]],"points":100`, 1)
	if got := mustRun(t, "recount", writeFile(t, quiz)); !strings.Contains(got, "     100  1\n       0  1\n") || strings.Contains(got, "other points") {
		t.Errorf("a quiz:\n%s", got)
	}
	for _, c := range [][3]string{
		{axes, `[2,0]`, `[2,11]`}, {axes, `[2,0]`, `[-1,0]`}, {axes, `[2,0]`, `[2]`}, {axes, `[2,0]`, `[2.5,0]`}, {axes, `{"a":[2,0]}`, `{"c":[2,0]}`}, {axes, `{"a":[2,0]}`, `{}`},
		{axes, `"steps":10`, `"steps":0`}, {axes, `"format":5`, `"format":4`}, {axes, `{"id":"b"}`, `{"id":"a"}`}, {axes, `"places":{"a":[2,0]}`, `"pins":[[1,1]]`}, {axes, `{"id":"b"}`, `{"id":"b","area":[0,0,1,1]}`},
		{pins, `[1,1]`, `[1,10001]`}, {pins, `[1,1],[2,2]`, ``}, {pins, `[0,0,5000,5000]`, `[0,0,5000]`}, {pins, `,"area":[0,0,5000,5000]`, ``}, {pins, `"count":2`, `"count":0`},
	} {
		if code, stdout, stderr := command(t, "recount", writeFile(t, strings.Replace(c[0], c[1], c[2], 1))); code != 1 || stdout != "" || stderr == "" {
			t.Errorf("%s for %s: %d, %q, %q", c[2], c[1], code, stdout, stderr)
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
