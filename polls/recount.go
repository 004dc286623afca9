package polls

import (
	"context"
	"strconv"

	"plenum/rooms"
)

var (
	errAsk    = rooms.Refuse("malformed", "Say which question, and which round of it.")
	errCannot = rooms.Refuse("recount", "The ballots cannot be read here.")
)

// Recount is what the stored ballots of a round add up to, counted from the
// log and from nothing else.
type Recount struct {
	Question string         `json:"question"`
	Round    int            `json:"round"`
	People   int            `json:"people"`
	Counts   map[string]int `json:"counts"`            // only what somebody chose, gave or put first; not the texts of a wall
	Points   map[string]int `json:"points,omitempty"`  // of a ranking, or given out
	Answers  int            `json:"answers,omitempty"` // of words and walls: how many texts there are
}

// askedRound reads which round a named read is about.
func askedRound(r rooms.Reading) (roundOf, error) {
	// A reading without the ballots would count nothing and look like an answer.
	if !toNobody.Sees(r.Reader) {
		return roundOf{}, errCannot
	}
	round, err := strconv.Atoi(r.Ask["round"])
	if err != nil || round < 1 || !isID(r.Ask["question"]) {
		return roundOf{}, errAsk
	}
	return roundOf{r.Ask["question"], round}, nil
}

// askedPast is what has happened to the poll, for a named read about a round.
func askedPast(ctx context.Context, r rooms.Reading) (*past, roundOf, error) {
	of, err := askedRound(r)
	if err != nil {
		return nil, of, err
	}
	p := newPast()
	return p, of, p.catchUp(ctx, r)
}

// recount is the named read {question, round}: it reads the poll's whole log.
func recount(ctx context.Context, r rooms.Reading) (any, error) {
	p, of, err := askedPast(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := p.readable(of); err != nil {
		return nil, err
	}
	ballots, err := p.ballots(ctx, r, of)
	if err != nil {
		return nil, err
	}
	if c := p.cards[of.question]; c != nil {
		switch {
		case c.Kind == Ranking:
			return countedRanking(of, len(c.Options), ballots), nil
		case specialOf(c.Kind) != nil:
			return countedSpecial(of, c.Question, ballots), nil
		}
	}
	return countedChoices(of, ballots), nil
}

func countedChoices(of roundOf, ballots map[string]voted) Recount {
	sum := Recount{Question: of.question, Round: of.round, Counts: map[string]int{}}
	for _, v := range ballots {
		if v.withdraws() {
			continue
		}
		sum.People++
		if v.Score != nil {
			sum.Counts[strconv.Itoa(*v.Score)]++
			continue
		}
		for _, option := range *v.Options {
			sum.Counts[option]++
		}
	}
	return sum
}

func countedRanking(of roundOf, options int, ballots map[string]voted) Recount {
	sum := Recount{Question: of.question, Round: of.round, Counts: map[string]int{}, Points: map[string]int{}}
	for _, v := range ballots {
		if v.withdraws() {
			continue
		}
		sum.People++
		sum.Counts[(*v.Options)[0]]++
		for at, option := range *v.Options {
			sum.Points[option] += options - 1 - at
		}
	}
	return sum
}

func countedSpecial(of roundOf, q Question, ballots map[string]voted) Recount {
	sum := Recount{Question: of.question, Round: of.round, Counts: map[string]int{}, Points: map[string]int{}}
	for _, v := range ballots {
		if v.withdraws() {
			continue
		}
		sum.People++
		sum.Answers += len(v.Answers)
		if v.Number != nil {
			sum.Counts[strconv.FormatFloat(*v.Number, 'f', -1, 64)]++
		}
		for option, points := range v.Points {
			sum.Counts[option]++
			sum.Points[option] += points
		}
		for row, columns := range v.Rows {
			for _, column := range columns {
				sum.Counts[row+"/"+column]++
			}
		}
		for item, at := range v.Places {
			for i, n := range []int{1, at[0], at[1], at[0] * at[0], at[1] * at[1]} {
				if n > 0 {
					sum.Counts[item+"/"+perItem[i]] += n
				}
			}
		}
		for _, slot := range q.fieldsOf(spotsIn(v.Pins)) {
			sum.Counts[q.fieldName(slot)]++
		}
		for _, a := range v.Answers {
			if q.Kind == Words {
				sum.Counts[a.ID]++
			}
		}
	}
	return sum
}
