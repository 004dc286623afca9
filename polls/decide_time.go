package polls

import "plenum/rooms"

func (p *Poll) decideTime(c rooms.Command, q *card, ask asking) ([]rooms.Event, error) {
	switch c.Do {
	case "open":
		return p.decideOpen(q, c.At, ask.Seconds)
	case "extend":
		return p.decideExtend(q, c.At, ask.Seconds)
	}
	switch q.State {
	case Draft:
		return nil, ErrDraft
	case Closed:
		return nil, nil
	}
	if q.countsBeside() {
		return p.endNow(q, c.At), nil
	}
	return p.closing(q, c.At, nil), nil
}

// endNow ends the time of a question: nobody can vote any more, and when its
// ballots are counted it is closed.
func (p *Poll) endNow(q *card, at int64) []rooms.Event {
	if q.over(at) {
		return nil
	}
	return []rooms.Event{event("extended", p.audience(q), extended{q.ID, at})}
}

// countsBeside tells whether the ballots are too many to be counted in the room.
func (c *card) countsBeside() bool {
	return c.veiled() && len(c.aliases.names) >= countBeside
}

// Prepare hashes codes, and counts secret rounds of many whose time is over. Their ballots cannot
// change any more; what hosts let through or hold back still can.
func (p *Poll) Prepare(c rooms.Command) func() any {
	if c.Do == "issue" || c.Do == "redeem" {
		return p.prepareCodes(c)
	}
	if c.Do != "wake" {
		return nil
	}
	var piles []*pile
	for _, q := range p.due(c.At) {
		if q.countsBeside() {
			piles = append(piles, q.pile())
		}
	}
	if piles == nil {
		return nil
	}
	return func() any {
		counts := map[string]*tallied{}
		for _, one := range piles {
			counts[one.ID] = one.count()
		}
		return counts
	}
}

// due are the open questions whose time is over for everybody.
func (p *Poll) due(at int64) []*card {
	var all []*card
	for _, q := range p.deck {
		if end := p.ends(q); q.State == Open && end > 0 && at >= end {
			all = append(all, q)
		}
	}
	return all
}

// decideOpen presents and opens a question. One that was closed is opened again
// in the same round, unless people have seen what others voted and could not
// while they voted themselves, as the true value is, too.
func (p *Poll) decideOpen(q *card, at int64, asked *int) ([]rooms.Event, error) {
	seconds := q.Seconds
	if asked != nil {
		seconds = *asked
	}
	switch {
	case q.Kind == Slide:
		return nil, errSlide
	case seconds < 0 || seconds > MaxSeconds:
		return nil, ErrSeconds
	case q.State == Open:
		return nil, ErrOpen
	case q.State == Closed && q.Secrecy == Anonymous:
		return nil, ErrAgain
	case q.State == Closed && q.Lost:
		return nil, rooms.ErrSecretLost
	case q.State == Closed && q.seen && (q.Show != Live || q.Truth != nil), q.scored():
		return nil, ErrShown
	}
	with := opened{Question: q.ID, Round: q.Round, Opened: at, Shown: q.Shown}
	if q.State == Draft {
		with.Shown = q.Show == Live
	}
	if with.Shown {
		with.Results = q.results()
	}
	if q.Key != nil { // people read it first
		with.Opened += 1000 * int64(p.rules.Reading)
	}
	if seconds > 0 {
		with.Closes = with.Opened + 1000*int64(seconds)
	}
	_, place := p.deck.find(q.ID)
	return append(p.present(q, place), event("opened", toAll, with)), nil
}

// decideExtend gives more time, or a timer to a question without one.
func (p *Poll) decideExtend(q *card, at int64, asked *int) ([]rooms.Event, error) {
	switch {
	case asked == nil:
		return nil, rooms.ErrMalformed
	case *asked < 1 || *asked > MaxSeconds:
		return nil, ErrSeconds
	case q.State == Draft:
		return nil, ErrDraft
	case q.State == Closed || q.over(at):
		return nil, ErrClosed
	}
	closes := max(q.Closes, at) + 1000*int64(*asked)
	if closes-at > 1000*MaxSeconds {
		return nil, ErrSeconds
	}
	return []rooms.Event{event("extended", p.audience(q), extended{q.ID, closes})}, nil
}

// decideWake closes what has run out of time.
func (p *Poll) decideWake(c rooms.Command) ([]rooms.Event, error) {
	counts, _ := c.Prepared.(map[string]*tallied)
	var events []rooms.Event
	for _, q := range p.due(c.At) {
		events = append(events, p.closing(q, c.At, counts[q.ID])...)
	}
	return events, nil
}

// closing ends a round, and first the secret of one that has one; made is its
// count, if that was made beside the room and nothing has changed since.
func (p *Poll) closing(q *card, at int64, made *tallied) []rooms.Event {
	if !q.veiled() {
		return p.closed(q, at)
	}
	if made == nil || made.Round != q.Round || made.edits != q.box.edits {
		made = q.pile().count()
	}
	return append([]rooms.Event{made.event}, p.closed(q, at)...)
}

// closed closes a round: at its time, if that has come, however late it is
// noticed; if some had more time, when it is noticed.
func (p *Poll) closed(q *card, at int64) []rooms.Event {
	with := closed{
		Question: q.ID, Round: q.Round, Closes: at, People: q.box.people,
		Shown: q.Shown || q.Show == AtClose,
	}
	if q.holdsBack() {
		with.Held, with.Shown = q.box.people, false
	}
	if q.Closes > 0 && len(p.more) == 0 {
		with.Closes = min(at, q.Closes)
	}
	if with.Shown {
		with.Results = q.final()
	}
	events := []rooms.Event{event("closed", p.audience(q), with)}
	if with.Shown {
		return p.scoring(events, q)
	}
	return events
}
