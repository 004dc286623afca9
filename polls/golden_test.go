package polls

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

// The golden log is a story, so that its few steps have one of everything: who
// does what to which question of the deck. What follows depends:
//
//	write    a number of a question to be asked
//	vote     the round, the turn, the chosen options or the score
//	others   the seconds or the place
const goldenStory = `
	m4 write - 0
	m4 write - 1
	m4 present 0
	m2 vote 0 1 1 0
	m4 open 0
	m2 vote 0 1 1 0
	m3 vote 0 1 1 1
	m7 vote 0 1 1 0
	m2 vote 0 1 2 1
	m3 vote 0 1 2 -
	m3 vote 0 1 1 0
	m7 vote 0 1 1 1
	m5 write - 2
	m4 hide 0
	m5 vote 0 1 1 1
	m4 reveal 0
	m4 extend 0 3000
	m4 close 0
	m3 vote 0 1 3 0
	m4 present 1
	m4 write 1 3
	m4 write 1 0
	m4 move 1 0
	m4 open 0 3600
	m7 vote 0 1 5 0 2
	m2 vote 0 1 1 1
	m3 vote 0 1 1 0 1
	m2 vote 0 1 2 0 2
	m4 write 0 3
	m4 close 0
	m3 vote 0 1 2 1
	m4 reveal 0
	m4 hide 0
	m4 again 0
	m4 open 0 3600
	m2 vote 0 1 3 0
	m2 vote 0 2 1 1 2
	m3 vote 0 2 1 0
	m4 present 1
	m4 close 0
	m4 present 0
	m4 drop 3
	m5 open 2 1800
	m2 vote 2 1 1 0
	m3 vote 2 1 1 4
	m7 vote 2 1 1 4
	m7 vote 2 1 2 2
	m7 vote 2 1 3 -
	m4 present -
	m7 vote 2 1 4 1
	m4 present 2
	m4 extend 2 60
	m4 close 2
	m4 drop 1
	m4 again 1
	m4 open 1 20`

// goldenQuestions are what the story asks.
var goldenQuestions = []string{
	`{"kind":"multiple","prompt":"Which colours?\nTwo at most.","options":[{"text":"red"},{"text":"grün"},{"text":"<b>blue</b>"}],"most":2,"show":"revealed"}`,
	`{"kind":"rating","prompt":"How was it? 😀","from":0,"to":4,"low":"bad","high":"good","show":"closed","seconds":600}`,
	`{"kind":"single","prompt":"To be dropped","options":[{"text":"a"},{"text":"b"}]}`,
	`{"kind":"multiple","prompt":"Which colours?","options":[{"text":"red"},{"text":"green"}],"show":"closed","seconds":5}`,
	`{"kind":"ranking","prompt":"Where to?","options":[{"text":"The lake"},{"text":"The old town"},{"text":"At home"}],"show":"revealed"}`,
	`{"kind":"ranking","prompt":"Who speaks?","options":[{"text":"Ada"},{"text":"Ben"},{"text":"Cleo"},{"text":"Dan"}],"least":2,"seats":2,"ties":"order","show":"live"}`,
}

// TestGolden tells the story while it writes, and then only replays the file.
func TestGolden(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenStory, "testdata/poll.jsonl")
}

// goldenRanking is a story of rankings: written, voted, revealed, asked again.
const goldenRanking = `
	m4 write - 4
	m4 open 1 0
	m2 vote 1 1 1 2 0 1
	m3 vote 1 1 1 1
	m7 vote 1 1 1 0 2
	m3 vote 1 1 2 1 0
	m2 vote 1 1 2 0
	m2 vote 1 1 3 -
	m7 vote 1 1 2 2 0 1
	m2 vote 1 1 4 1 2
	m4 close 1
	m4 reveal 1
	m4 hide 1
	m4 write - 5
	m4 again 1
	m4 open 2 600
	m2 vote 2 1 1 0 1
	m3 vote 2 1 1 3 2 1 0
	m4 write 2 5
	m4 close 2
	m4 open 1 20
	m3 vote 1 2 1 0 1 2
	m4 close 1`

// TestGoldenRanking is the same for rankings, which came later.
func TestGoldenRanking(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenRanking, "testdata/ranking.jsonl")
}

func tellGolden(t *testing.T, story, file string) {
	t.Helper()
	p := plan()
	p.Settings = json.RawMessage(`{"questions":[{"kind":"single","prompt":"Tea?","options":[{"text":"yes"},{"text":"no"}],"seconds":60}]}`)
	lines := strings.Split(strings.TrimSpace(story), "\n")
	p.Aimed = func(_ *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
		line := "m5 present -"
		if len(lines) > 0 {
			line, lines = lines[0], lines[1:]
		}
		view, _ := see(members[3])
		var deck HostView
		decode(view, &deck)
		words := strings.Fields(line)
		from := members[number(words[0][1:])-1]
		return rooms.Command{Do: words[1], With: encode(goldenContent(words[1:], deck)), From: from}
	}
	laws.Golden(t, p, file)
}

func goldenContent(words []string, deck HostView) map[string]any {
	var q HostQuestion
	if slices.Contains([]string{"rules", "allow", "rank", "strength", "issue", "cancel", "redeem", "teams", "team", "shuffle"}, words[0]) {
		var with map[string]any
		decode([]byte(strings.Join(words[1:], " ")), &with)
		return with
	}
	if words[1] != "-" {
		q = deck.Questions[number(words[1])]
	}
	switch words[0] {
	case "write":
		var written map[string]any
		all := goldenQuestions
		n := number(words[2])
		if n >= 300 {
			all, n = goldenPlaceQuestions, n-300
		} else if n >= 200 {
			all, n = goldenGridQuestions, n-200
		} else if n >= 100 {
			all, n = goldenQuizQuestions, n-100
		}
		decode([]byte(all[n]), &written)
		written["id"] = q.ID
		return map[string]any{"question": written}
	case "vote":
		return goldenVote(words[2:], q)
	case "approve", "withhold":
		return goldenMark(words[2], q)
	case "move":
		return map[string]any{"question": q.ID, "place": number(words[2])}
	}
	with := map[string]any{"question": q.ID}
	if len(words) > 2 {
		with["seconds"] = number(words[2])
	}
	return with
}

func goldenVote(words []string, q HostQuestion) map[string]any {
	with := map[string]any{"question": q.ID, "round": number(words[0]), "turn": number(words[1])}
	if q.Kind == Rating && words[2] != "-" {
		with["score"] = number(words[2])
		return with
	}
	if specialOf(q.Kind) != nil && words[2] != "-" {
		return goldenContentOf(words[2:], q, with)
	}
	options := []string{}
	for _, word := range words[2:] {
		if word != "-" {
			options = append(options, q.Options[number(word)].ID)
		}
	}
	with["options"] = options
	return with
}

func number(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil {
		panic(err)
	}
	return n
}
