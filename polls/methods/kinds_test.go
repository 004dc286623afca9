package methods

import (
	"fmt"
	"strings"
	"testing"
)

func TestFilesWithoutOptions(t *testing.T) {
	t.Parallel()
	f, err := ReadFile(strings.NewReader(`{"format":2,"kind":"words","ballots":[{"texts":["Tea","two  words"],"count":3},{"texts":["TEA"],"out":["rude"],"count":4},{"texts":["Two words"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	told, held := f.Texts()
	if got := fmt.Sprint(told, held, f.People()); got != "[{TEA 7} {two  words 4}] 4 8" {
		t.Error(got)
	}
	for bad, want := range map[string]string{
		`{"format":1,"kind":"words","ballots":[]}`:                                                  "format 1",
		`{"format":3,"kind":"words","ballots":[]}`:                                                  "format 3",
		`{"format":2,"kind":"songs","ballots":[]}`:                                                  `"songs"`,
		`{"format":2,"kind":"words","seats":2,"ballots":[]}`:                                        "no options",
		`{"format":2,"kind":"words","options":[{"id":"a"}],"ballots":[]}`:                           "no options",
		`{"format":2,"kind":"words","ballots":[{"number":1}]}`:                                      "ballot 1",
		`{"format":2,"kind":"words","ballots":[{"texts":[]}]}`:                                      "ballot 1",
		`{"format":2,"kind":"words","ballots":[{"texts":["a"],"number":1}]}`:                        "ballot 1",
		`{"format":2,"kind":"words","ballots":[{"texts":["a"],"ranks":[["a"]]}]}`:                   "ballot 1",
		`{"format":2,"kind":"words","ballots":[{"texts":["a"],"count":0}]}`:                         "ballot 1",
		`{"format":2,"kind":"wall","ballots":[{"texts":["a"]},{"texts":["b"],"count":9999999999}]}`: "ballot 2",
		`{"format":2,"kind":"estimate","ballots":[{"number":2e12}]}`:                                "too large",
		`{"format":2,"kind":"estimate","ballots":[{"texts":["a"]}]}`:                                "ballot 1",
		`{"format":2,"kind":"estimate","decimals":4,"ballots":[]}`:                                  "decimals",
		`{"format":1,"options":[{"id":"a"},{"id":"b"}],"ballots":[{"texts":["a"]}]}`:                "ballot 1",
		`{"format":1,"options":[{"id":"a"},{"id":"b"}],"ballots":[{"ranks":[["a"]],"out":["a"]}]}`:  "ballot 1",
	} {
		if _, err := ReadFile(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", bad, err, want)
		}
	}
}
