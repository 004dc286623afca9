package polls

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"plenum/rooms"
)

// recountPage is how many events a recount reads at a time.
const recountPage = 1000

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
	Counts   map[string]int `json:"counts"` // only what somebody chose
}

// recount is the named read {question, round}: it reads the poll's whole log.
func recount(ctx context.Context, r rooms.Reading) (any, error) {
	// A reading without the ballots would count nothing and look like an answer.
	if !toNobody.Sees(r.Reader) {
		return nil, errCannot
	}
	round, err := strconv.Atoi(r.Ask["round"])
	if err != nil || round < 1 || !isID(r.Ask["question"]) {
		return nil, errAsk
	}
	last := map[string]voted{} // by voter
	for after := uint64(0); ; {
		events, err := r.Events(ctx, after, 0, recountPage, false)
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			after = e.Seq
			if err := collect(last, e, r.Ask["question"], round); err != nil {
				return nil, err
			}
		}
		if len(events) < recountPage {
			return counted(r.Ask["question"], round, last), nil
		}
	}
}

// collect keeps the newest ballot of every voter.
func collect(last map[string]voted, e rooms.Event, question string, round int) error {
	if e.Did != "voted" || blank(e) {
		return nil
	}
	var v voted
	if err := json.Unmarshal(e.With, &v); err != nil {
		return fmt.Errorf("read the ballot %d: %w", e.Seq, err)
	}
	if v.Question == question && v.Round == round && v.Turn > last[e.By].Turn {
		last[e.By] = v
	}
	return nil
}

func counted(question string, round int, ballots map[string]voted) Recount {
	sum := Recount{Question: question, Round: round, Counts: map[string]int{}}
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
