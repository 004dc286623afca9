package web

import (
	"errors"
	"time"

	"golang.org/x/time/rate"

	"plenum/rooms"
)

// codeTries limits how often secrets can be tried out that commands bring: voting
// codes. A try counts before it is known how it ends, so that many at once are
// many; one that is not wrong costs nothing. When the budget of a network is used
// up, those in it still get in who have had none wrong lately: somebody who
// guesses in a hall keeps nobody out who types what is on their sheet.
type codeTries struct {
	people   *allowance // by room and person
	networks *allowance // by room and network
}

const (
	triesPerPerson   = 20 // and one more every 30 seconds
	triesPerEntrance = 300
)

func newCodeTries() *codeTries {
	return &codeTries{
		people:   newAllowance(rate.Every(30*time.Second), triesPerPerson),
		networks: newAllowance(2, triesPerEntrance),
	}
}

// guess sends what may try a secret out, if that may be tried.
func (t *codeTries) guess(at place, send func() error) error {
	person, network := at.code+" "+at.person, at.code+" "+at.address
	known := !t.people.untouched(person)
	if !t.people.take(person) {
		return errTries
	}
	paid := t.networks.take(network)
	if !paid && known {
		return errTries
	}
	err := send()
	if errors.Is(err, rooms.ErrCodeWrong) {
		return err
	}
	t.people.give(person)
	if paid {
		t.networks.give(network)
	}
	return err
}
