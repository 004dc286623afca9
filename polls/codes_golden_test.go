package polls

import "testing"

// goldenCodes is a story of voting codes: made, used, used up, cancelled; and of a
// poll that asks for accounts before it asks for codes.
const goldenCodes = `
	m4 strength {"strength":"account"}
	m4 strength {"strength":"code"}
	m4 issue {"codes":["AAAAA-22222","aaaaa33333","AAAAA44444"]}
	m4 issue {"codes":["AAAAA55555","AAAAA66666"]}
	m2 redeem {"code":"aaaaa 22222"}
	m2 redeem {"code":"AAAAA33333"}
	m4 open 0 60
	m2 vote 0 1 1 0
	m7 redeem {"code":"AAAAA33333"}
	m7 vote 0 1 1 1
	m4 strength {"strength":""}
	m4 close 0
	m4 cancel {}
	m4 issue {"codes":["AAAAA77777"]}
	m3 redeem {"code":"AAAAA77777"}
	m4 write - 11
	m4 open 1 0
	m2 vote 1 1 1 0
	m3 vote 1 1 1 1
	m7 vote 1 1 1 2
	m4 close 1
	m4 again 0
	m4 open 0 60
	m3 vote 0 2 1 1
	m4 present -`

// TestGoldenCodes is the same for codes, which came last.
func TestGoldenCodes(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenCodes, "testdata/codes.jsonl")
}
