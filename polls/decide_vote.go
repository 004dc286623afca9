package polls

import (
	"encoding/json"

	"plenum/rooms"
)

// Why a ballot is refused; and no-question and closed.
var (
	ErrRound   = rooms.Refuse("round", "This was meant for another round of the question.")
	ErrChoice  = rooms.Refuse("options", "These options cannot be chosen together here.")
	ErrScore   = rooms.Refuse("score", "This score is not on the scale.")
	errNotOpen = rooms.Refuse("closed", "This question is not open yet.")
)

// decideVote takes a ballot. The highest turn of a voter counts: one that is no
// higher changes nothing, and its sender learns by Mine what counts.
func (p *Poll) decideVote(c rooms.Command) ([]rooms.Event, error) {
	var ask voted
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Turn < 1 || ask.Turn > MaxTurn || !ask.sent() || !isSlip(ask.Slip) {
		return nil, rooms.ErrMalformed
	}
	q, _ := p.deck.find(ask.Question)
	switch {
	case q == nil || !q.told: // nobody can find out what will be asked
		return nil, ErrNoQuestion
	case ask.Round != q.Round:
		return nil, ErrRound
	case p.ballotOf(q.voter(c), q).turn >= ask.Turn: // also after the close: it was in time
		return nil, nil
	case q.State == Draft || q.reads(c.At):
		return nil, errNotOpen
	case q.State == Closed || p.overFor(c.From.ID, q, c.At):
		return nil, ErrClosed
	}
	now, err := q.read(ask, p.ballotOf(q.voter(c), q), newIDs(c.Seed))
	if err != nil {
		return nil, err
	}
	now.mark = p.judge(q, now, c, ask.Took)
	v := q.words(now)
	if q.Secrecy == Anonymous {
		v.Slip = ask.Slip
	}
	e, err := q.castBy(q.voter(c), v)
	if err != nil {
		return nil, err
	}
	if q.Key != nil && p.squads.there() && p.teamOf(c.From.ID) == 0 {
		return []rooms.Event{e, p.teaming(c)}, nil
	}
	return []rooms.Event{e}, nil
}

// ballotOf is the ballot of a member or an alias in the present round of a question.
func (p *Poll) ballotOf(name string, q *card) ballot {
	voter, known := p.roll(q).numbers[name]
	if !known {
		return ballot{}
	}
	return q.box.at(voter)
}

// sent tells whether a ballot answers in one way, as people send it.
func (v voted) sent() bool {
	ways := 0
	for _, there := range []bool{v.Options != nil, v.Score != nil, v.Texts != nil, v.Number != nil, v.Points != nil, v.Rows != nil, v.Places != nil, v.Pins != nil} {
		if there {
			ways++
		}
	}
	return ways == 1 && v.Answers == nil && v.Mark == nil && v.Alias == ""
}

// read is a ballot as it was sent, or why it does not count.
func (q Question) read(sent voted, before ballot, fresh ids) (now ballot, err error) {
	now.turn = sent.Turn
	switch special := specialOf(q.Kind); {
	case sent.withdraws():
	case special != nil:
		now.content, err = special.read(q, sent, before.content, fresh)
	case sent.Options == nil && sent.Score == nil:
		err = ErrForm
	default:
		now.picks, err = q.chosen(sent)
	}
	return now, err
}

// cast is a ballot as it was stored. Ballots are not judged again.
func (c *card) cast(stored voted, before *content) (now ballot, err error) {
	now.turn = stored.Turn
	if stored.Mark != nil {
		now.mark = *stored.Mark
	}
	switch special := specialOf(c.Kind); {
	case stored.withdraws():
	case special == nil:
		now.picks, err = c.chosen(stored)
	default:
		now.content, err = c.stored(stored)
	}
	if w, ok := c.box.sum.(*wall); ok && now.content != nil {
		w.placed(now.content, before)
	}
	return now, err
}

// chosen reads what a ballot chooses, and refuses what it may not.
func (q Question) chosen(v voted) (picks, error) {
	var chosen picks
	if v.Score != nil {
		if q.Kind != Rating || *v.Score < q.From || *v.Score > q.To {
			return chosen, ErrScore
		}
		chosen.add(*v.Score - q.From)
		return chosen, nil
	}
	if len(*v.Options) == 0 {
		return chosen, nil
	}
	if q.Kind == Rating {
		return chosen, ErrScore
	}
	if len(*v.Options) < q.Least || len(*v.Options) > q.Most {
		return chosen, ErrChoice
	}
	var order picks
	for at, id := range *v.Options {
		slot := q.slot(id)
		if slot < 0 || chosen.has(slot) {
			return chosen, ErrChoice
		}
		chosen.add(slot)
		if q.Kind == Ranking {
			order.rank(slot, at)
		}
	}
	if q.Kind == Ranking {
		return order, nil
	}
	return chosen, nil
}
