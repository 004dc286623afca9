package main

import (
	"strings"
	"testing"
)

func TestRecountAQuiz(t *testing.T) {
	t.Parallel()
	got := mustRun(t, "recount", writeFile(t, `{"format":3,"prompt":"Fruit?","method":"approval","options":[{"id":"a","text":"Leek"},{"id":"b","text":"Tomato"}],
		"quiz":{"worth":1000,"limit":20000,"right":["b"]},
		"ballots":[{"ranks":[["b"]],"took":1000,"points":1000},{"ranks":[["b"]],"took":20000,"points":500},{"ranks":[["a"]],"count":2},{"ranks":[["b"]],"took":10000,"points":999}]}`))
	for _, line := range []string{"Points: 1000 for a right answer", "    1000  1", "     763  1", "     500  1", "       0  2", "The file says other points for 1."} {
		if !strings.Contains(got, line+"\n") {
			t.Errorf("%q is missing in\n%s", line, got)
		}
	}
}
