package polls

import "plenum/rooms"

// decideResults shows or hides what was voted, or asks for it once more.
func (p *Poll) decideResults(do string, q *card) ([]rooms.Event, error) {
	to := p.audience(q)
	switch {
	case q.State == Draft:
		return nil, ErrDraft
	case do == "reveal" && q.Key != nil && q.State == Open: // what is right is told after the close
		return nil, ErrOpen
	case do == "reveal" && q.Held > 0:
		return nil, ErrFew
	case do == "reveal" && !q.Shown:
		return p.scoring([]rooms.Event{event("revealed", to, revealed{q.ID, q.results(), q.Key})}, q), nil
	case do == "hide" && q.Shown:
		return []rooms.Event{event("hidden", to, about{q.ID})}, nil
	case do == "again" && q.State == Open:
		return nil, ErrOpen
	case do == "again":
		return []rooms.Event{event("again", to, again{q.ID, q.Round + 1})}, nil
	}
	return nil, nil // it is so already
}
