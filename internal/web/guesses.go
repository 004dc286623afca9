package web

import (
	"time"

	"golang.org/x/time/rate"
)

// guesses limits how many join codes can be tried out. Only wrong codes count,
// so a thousand students behind one address all get in. Who is known is judged
// by their own wrong codes, who is not by those of their address. When guesses
// come from everywhere, only addresses without a wrong code get in.
type guesses struct {
	everywhere *rate.Limiter
	addresses  *allowance
	people     *allowance
}

// There are 31⁶, almost 900 million, codes: at two wrong ones a second from one
// address, a thousand open rooms keep a guesser busy for days.
const (
	guessesEverywhere = 3000
	guessesPerAddress = 300
	guessesPerPerson  = 20
)

func newGuesses() *guesses {
	return &guesses{
		everywhere: rate.NewLimiter(50, guessesEverywhere),
		addresses:  newAllowance(2, guessesPerAddress),
		people:     newAllowance(rate.Every(30*time.Second), guessesPerPerson),
	}
}

func (g *guesses) allowed(address, person string) bool {
	if g.everywhere.Tokens() < 1 && !g.addresses.untouched(address) {
		return false
	}
	if person != "" {
		return g.people.left(person)
	}
	return g.addresses.left(address)
}

func (g *guesses) wrong(address, person string) {
	g.everywhere.Allow()
	g.addresses.take(address)
	if person != "" {
		g.people.take(person)
	}
}
