package polls

import "testing"

// goldenQuiz is a story of a quiz: three questions with keys, speed and streaks,
// more time for one, the leader board, another round, one that is dropped.
const goldenQuiz = `
	m4 write - 100
	m4 write - 101
	m4 write - 102
	m4 rules {"speed":true,"streak":true,"reading":0}
	m4 allow {"member":"m3","more":200}
	m4 open 1 3600
	m2 vote 1 1 1 1
	m3 vote 1 1 1 0
	m7 vote 1 1 1 1
	m7 vote 1 1 2 2
	m4 close 1
	m4 reveal 1
	m4 rank {"show":"board"}
	m4 hide 1
	m4 reveal 1
	m4 open 2 3600
	m2 vote 2 1 1 0 2
	m3 vote 2 1 1 0
	m7 vote 2 1 1 -
	m4 close 2
	m4 rank {"show":"board"}
	m4 rank {"show":""}
	m4 rules {"speed":false,"streak":true,"reading":2}
	m4 open 3 0
	m2 vote 3 1 1 10.5
	m4 write 3 102
	m4 close 3
	m4 reveal 3
	m4 write - 103
	m4 write 4 104
	m4 again 1
	m4 open 1 600
	m7 vote 1 2 1 1
	m4 close 1
	m4 reveal 1
	m4 allow {"member":"m3","more":0}
	m4 rank {"show":"podium"}
	m4 drop 2
	m4 present -`

// TestGoldenQuiz is the same for quizzes, which came last.
func TestGoldenQuiz(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenQuiz, "testdata/quiz.jsonl")
}

// goldenQuizQuestions are asked in it, from 100 on.
var goldenQuizQuestions = []string{
	`{"kind":"single","prompt":"Which is a fruit?","options":[{"text":"Carrot"},{"text":"Tomato"},{"text":"Leek"}],"key":{"right":[1]}}`,
	`{"kind":"multiple","prompt":"Which are even?","options":[{"text":"2"},{"text":"3"},{"text":"4"}],"show":"closed","worth":600,"key":{"right":[0,2]}}`,
	`{"kind":"estimate","prompt":"How high?","decimals":1,"unit":"m","truth":10,"key":{"within":1}}`,
	`{"kind":"single","prompt":"To be no quiz","options":[{"text":"a"},{"text":"b"}],"key":{"right":[0]}}`,
	`{"kind":"single","prompt":"To be no quiz","options":[{"text":"a"},{"text":"b"}]}`,
}
