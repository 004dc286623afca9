package polls

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
	"plenum/rooms/laws"
)

func plan() laws.Plan {
	return laws.Plan{
		Kind:     Kind,
		Settings: json.RawMessage(`{"questions":[{"kind":"single","prompt":"Tea?","options":[{"text":"yes"},{"text":"no"}],"seconds":20}]}`),
		Aimed:    randomCommand,
		Mirror:   func() laws.Mirror { return &mirror{} },
		Summed: func(e rooms.Event) bool {
			return e.Did == "voted" || e.Did == "redeemed" || e.Did == "teamed" || e.Did == "dealt" || e.Did == "counted" || e.Did == "approved" || e.Did == "withheld"
		},
	}
}

func TestLaws(t *testing.T) { t.Parallel(); laws.Check(t, plan()) }
func TestRoom(t *testing.T) { t.Parallel(); laws.CheckRoom(t, plan()) }

// randomCommand is a vote on what is presented, or something a host does; most
// of it fits the present state.
func randomCommand(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	from := members[r.IntN(len(members))]
	if r.IntN(2) == 0 { // one host does most of the work
		from = members[slices.IndexFunc(members, func(m rooms.Member) bool { return m.Role == rooms.Host })]
	}
	view, mine := see(from)
	if from.Role < rooms.Host && r.IntN(12) == 0 {
		return rooms.Command{Do: "redeem", With: encode(map[string]any{"code": randomCode(r)}), From: from}
	}
	if from.Role < rooms.Host && r.IntN(12) == 0 {
		return rooms.Command{Do: "team", With: randomTeam(r), From: from}
	}
	if from.Role < rooms.Host || r.IntN(8) == 0 {
		return rooms.Command{Do: "vote", With: randomVote(r, from, view, mine), From: from, Account: r.IntN(2) == 0}
	}
	var seen HostView
	decode(view, &seen)
	do, with := randomHosting(r, seen)
	return rooms.Command{Do: do, With: encode(with), From: from}
}

func randomHosting(r *rand.Rand, seen HostView) (do string, with any) {
	switch r.IntN(40) {
	case 0:
		return "strength", strengthened{[]*Strength{ptr(ByDevice), ptr(ByCode), ptr(ByCode), ptr(ByAccount)}[r.IntN(4)]}
	case 1, 2:
		return "issue", map[string]any{"codes": []string{randomCode(r), randomCode(r)}}
	case 4, 5:
		return "teams", randomTeams(r)
	case 6:
		return "shuffle", map[string]any{}
	case 3:
		if r.IntN(4) == 0 {
			return "cancel", map[string]any{}
		}
	}
	if len(seen.Questions) == 0 || r.IntN(10) == 0 {
		return "write", map[string]any{"question": randomQuestion(r)}
	}
	if r.IntN(12) == 0 {
		return randomQuiz(r)
	}
	if r.IntN(20) == 0 {
		return "import", imports{Questions: []Question{randomQuestion(r), randomQuestion(r)}}
	}
	q := seen.Questions[r.IntN(len(seen.Questions))]
	if r.IntN(6) == 0 {
		if do, with := randomMark(r, seen); do != "" {
			return do, with
		}
	}
	ask := map[string]any{"question": q.ID}
	switch n := r.IntN(20); {
	case n < 5 && q.State == Draft:
		if r.IntN(2) == 0 {
			ask["seconds"] = r.IntN(40)
		}
		return "open", ask
	case n < 8:
		return "present", ask
	case n == 8:
		return "present", map[string]any{"question": ""}
	case n == 9:
		return "write", map[string]any{"question": rewritten(r, q.Question)}
	case n == 10:
		ask["place"] = r.IntN(6)
		return "move", ask
	case n == 11 && len(seen.Questions) > 3:
		return "drop", ask
	case n == 12:
		ask["seconds"] = 1 + r.IntN(60)
		return "extend", ask
	}
	return []string{"open", "close", "close", "reveal", "hide", "again"}[r.IntN(6)], ask
}

// randomCode is one of a few, so that they are used, and used twice.
func randomCode(r *rand.Rand) string { return fmt.Sprintf("codes-%05d", r.IntN(12)) }

func randomTeams(r *rand.Rand) Teams {
	t := Teams{Teams: []Team{}, Choose: r.IntN(2) == 0, Sum: r.IntN(2) == 0}
	for i := range []int{0, 2, 2, 3, 5}[r.IntN(5)] {
		t.Teams = append(t.Teams, Team{fmt.Sprintf("Team %d", 10*r.IntN(2)+i), 1 + r.IntN(12)})
	}
	return t
}

func randomTeam(r *rand.Rand) json.RawMessage {
	if r.IntN(2) == 0 {
		return json.RawMessage(`{}`)
	}
	return encode(map[string]any{"team": r.IntN(3)})
}

func ptr[T any](v T) *T { return &v }

func randomQuestion(r *rand.Rand) Question {
	q := Question{
		Prompt: fmt.Sprintf("What about number %d?", r.IntN(1_000_000)), Kind: forms[r.IntN(len(forms))],
		Show: []Show{Live, AtClose, ByReveal}[r.IntN(3)], Seconds: r.IntN(2) * r.IntN(30),
	}
	if r.IntN(2) == 0 {
		q.Veiling = Veiling{Secrecy: []Secrecy{Pseudonymous, Anonymous}[r.IntN(2)], Few: r.IntN(2) == 0}
	}
	if specialOf(q.Kind) != nil {
		return randomKey(r, randomSpecial(r, q))
	}
	if q.Kind == Rating {
		q.From, q.To, q.Low, q.High = r.IntN(3)-1, 3+r.IntN(3), "bad", "good"
		return q
	}
	for range 2 + r.IntN(3) {
		q.Options = append(q.Options, Option{Text: fmt.Sprintf("answer %d", r.IntN(1_000_000))})
	}
	if q.Kind == Ranking {
		q.Seats, q.Ties = 1+r.IntN(len(q.Options)-1), []methods.Ties{methods.ShowTies, methods.ByOrder}[r.IntN(2)]
		q.Method = methodsFor(q.Seats)[r.IntN(3)]
	}
	if q.Kind == Multiple || q.Kind == Ranking {
		q.Least, q.Most = 1, 1+r.IntN(len(q.Options))
	}
	return randomKey(r, q)
}

// rewritten changes some part of a question.
func rewritten(r *rand.Rand, q Question) Question {
	switch r.IntN(4) {
	case 0:
		q.Prompt += "!"
		if q.Key != nil && len(q.Options) > 0 {
			q.Key = &Key{Right: []int{r.IntN(len(q.Options))}}
		}
		if q.Kind == Estimate {
			q.Truth = randomNumber(r, q)
		}
	case 1:
		q.Show = ByReveal
	case 2:
		q.Seconds = r.IntN(100)
	default:
		if len(q.Options) > 0 {
			q.Options = append(q.Options, Option{Text: "something else"})
		}
	}
	return q
}

// randomVote is a ballot on the question a member sees, mostly a good one.
func randomVote(r *rand.Rand, from rooms.Member, view, mine json.RawMessage) json.RawMessage {
	q, ok := presentedTo(from, view)
	if !ok || r.IntN(40) == 0 {
		return json.RawMessage(`{"question":"q1","round":1,"turn":1,"options":["o1"]}`)
	}
	var own Mine
	decode(mine, &own)
	vote := map[string]any{"question": q.ID, "round": q.Round, "turn": own.Ballots[q.ID].Turn + 1 + uint64(r.IntN(3))}
	if r.IntN(8) == 0 {
		vote["turn"] = 1 + r.IntN(3)
	}
	if r.IntN(2) == 0 {
		vote["slip"] = fmt.Sprintf("slip-%016x", r.Uint64())
	}
	if r.IntN(20) == 0 {
		vote["round"] = 1 + r.IntN(3)
	}
	switch {
	case r.IntN(10) == 0:
		vote["options"] = []string{}
	case specialOf(q.Kind) != nil:
		randomContent(r, q.Question, vote)
	case q.Kind == Rating:
		vote["score"] = q.From + r.IntN(q.To-q.From+1)
	default:
		var options []string
		for _, i := range r.Perm(len(q.Options))[:q.Least+r.IntN(q.Most-q.Least+1)] {
			options = append(options, q.Options[i].ID)
		}
		vote["options"] = options
	}
	return encode(vote)
}

// presentedTo is the question that a member sees on the stage.
func presentedTo(m rooms.Member, view json.RawMessage) (Public, bool) {
	if m.Role < rooms.Host {
		var seen AudienceView
		decode(view, &seen)
		if seen.Question == nil {
			return Public{}, false
		}
		return *seen.Question, true
	}
	var seen HostView
	decode(view, &seen)
	for _, q := range seen.Questions {
		if q.ID == seen.Present {
			return Public{Question: q.Question, Status: q.Status}, true
		}
	}
	return Public{}, false
}

func decode(raw json.RawMessage, into any) {
	if err := json.Unmarshal(raw, into); err != nil {
		panic(fmt.Errorf("%s: %w", raw, err))
	}
}

func encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}
