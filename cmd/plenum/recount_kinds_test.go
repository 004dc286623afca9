package main

import (
	"strings"
	"testing"
)

func TestBallotsWithoutOptionsAreRecounted(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		`{"format":2,"kind":"words","prompt":"Drinks?","ballots":[{"texts":["Tea"],"count":2},{"texts":["TEA","咖啡"],"out":["rude"],"count":3}]}`: "Drinks?\nBallots: 5\n\n       5  TEA\n       3  咖啡\nHeld back by the hosts: 3\n",
		`{"format":2,"kind":"wall","ballots":[{"texts":["two\nlines"]}]}`:                                                                        "Ballots: 1\n\n       1  two\n          lines\n",
		`{"format":2,"kind":"wall","ballots":[]}`:                                                                                                "Ballots: 0\nNobody has answered.\n",
	} {
		if got := mustRun(t, "recount", writeFile(t, file)); got != want {
			t.Errorf("%s:\n got %q\nwant %q", file, got, want)
		}
	}
	numbers := writeFile(t, `{"format":2,"kind":"estimate","unit":"m","decimals":1,"ballots":[{"number":1.5,"count":2},{"number":2},{"number":3},{"number":900}]}`)
	got := mustRun(t, "recount", numbers)
	for _, want := range []string{"Median                2 m\n", "Mean                  181.6 m\n", "Half of all: from     1.5 m\n", "Greatest              900 m\n", "1.4 up to below 1.6            2\n", "3.2 and above                   1\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if code, _, stderr := command(t, "recount", numbers, "--seats", "1"); code != 1 || !strings.Contains(stderr, "no seats") {
		t.Errorf("exit %d, %s", code, stderr)
	}
}
