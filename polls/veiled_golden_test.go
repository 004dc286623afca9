package polls

import "testing"

// goldenSecret is a story of secret questions: results that move in steps, a
// wall without names that is opened again, a round with too few for results.
const goldenSecret = `
	m4 write - 11
	m4 write - 12
	m4 write - 13
	m4 open 1 0
	m2 vote 1 1 1 0
	m3 vote 1 1 1 0 1
	m4 vote 1 1 1 1
	m5 vote 1 1 1 2
	m7 vote 1 1 1 0
	m2 vote 1 1 2 2
	m3 vote 1 1 2 -
	m4 hide 1
	m4 reveal 1
	m3 vote 1 1 3 1
	m4 close 1
	m4 again 1
	m4 open 2 0
	m2 vote 2 1 1 More_light!
	m3 vote 2 1 1 Tea_for_all
	m4 vote 2 1 1 Less_noise.
	m5 vote 2 1 1 <b>x</b>
	m7 vote 2 1 1 咖啡
	m5 withhold 2 0
	m2 vote 2 1 2 Much_more_light!
	m4 close 2
	m5 approve 2 0
	m4 open 2 0
	m3 vote 2 1 2 Tea_for_nobody
	m4 close 2
	m4 open 3 0
	m2 vote 3 1 1 0
	m3 vote 3 1 1 1
	m4 close 3
	m4 again 3
	m4 open 3 600
	m2 vote 3 2 1 1`

// TestGoldenSecret is the same for secret questions, which came last.
func TestGoldenSecret(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenSecret, "testdata/secret.jsonl")
}

func init() {
	goldenQuestions = append(goldenQuestions,
		`{"kind":"multiple","prompt":"Who shall speak?","options":[{"text":"Ann"},{"text":"Ben"},{"text":"Cleo"}],"secrecy":"anonymous"}`,
		`{"kind":"wall","prompt":"What is wrong?","most":2,"secrecy":"pseudonymous"}`,
		`{"kind":"single","prompt":"Shall we?","options":[{"text":"yes"},{"text":"no"}],"show":"closed","secrecy":"anonymous"}`)
}
