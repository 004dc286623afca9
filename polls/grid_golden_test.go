package polls

import "testing"

// goldenGrid is a story of dates and grids: a word for each row, _ for one that is
// left out, columns of a row with a + between them.
const goldenGrid = `
	m4 write - 200
	m4 write - 201
	m4 write - 202
	m4 open 1 0
	m2 vote 1 1 1 yes no maybe
	m3 vote 1 1 1 no _ yes
	m7 vote 1 1 1 maybe maybe _
	m2 vote 1 1 2 no no yes
	m3 vote 1 1 2 -
	m3 vote 1 1 3 yes yes yes
	m4 write 1 203
	m4 close 1
	m4 hide 1
	m4 reveal 1
	m4 open 2 600
	m2 vote 2 1 1 5 4
	m3 vote 2 1 1 1 1
	m3 vote 2 1 2 2 3
	m7 vote 2 1 1 3 _
	m4 write 2 203
	m4 close 2
	m4 reveal 2
	m4 again 2
	m4 open 2 600
	m2 vote 2 2 1 4 4
	m4 open 3 0
	m2 vote 3 1 1 0+2 1
	m3 vote 3 1 1 _ 2
	m7 vote 3 1 1 1 0+1+2
	m7 vote 3 1 2 1 0
	m4 present 1
	m4 close 3
	m4 again 1
	m4 open 1 20
	m7 vote 1 2 1 yes _ no`

// TestGoldenGrid is the same for dates and grids, which came later.
func TestGoldenGrid(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenGrid, "testdata/grid.jsonl")
}

// goldenGridQuestions are what it asks, from 200 on.
var goldenGridQuestions = []string{
	`{"kind":"dates","prompt":"When do we meet?","zone":"Europe/Berlin","options":[{"date":"2026-12-03"},{"start":1792886400000,"end":1792893600000},{"start":1792890000000,"end":1792893600000}]}`,
	`{"kind":"grid","prompt":"How was it?","options":[{"text":"The room"},{"text":"The food"}],"from":1,"to":5,"low":"bad","high":"good","least":2,"show":"revealed"}`,
	`{"kind":"grid","prompt":"Who can do what?","options":[{"text":"Cook"},{"text":"Sing 😀"}],"columns":[{"text":"Monday"},{"text":"<b>Tuesday</b>"},{"text":"星期三"}],"several":true}`,
	`{"kind":"dates","prompt":"Another day?","options":[{"date":"2026-12-03"}]}`,
}
