package web

import (
	"container/list"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// tries limits how often passwords can be tried out. A try counts before it is
// known how it ends, so that many at once are many. Each wrong one at the same
// account from the same network makes the next wait twice as long; who sits
// elsewhere is not kept out by that. An account can be tried only so often from
// everywhere, and a network has a budget that a campus does not use up: a right
// password gives back what the try had cost.
type tries struct {
	waits    *waits
	accounts *allowance
	networks *allowance
}

const (
	triesPerAccount = 100 // and one more a minute
	triesPerNetwork = 300 // and one more every two seconds
)

func newTries(clock func() time.Time) *tries {
	return &tries{
		waits:    newWaits(clock),
		accounts: newAllowance(rate.Every(time.Minute), triesPerAccount),
		networks: newAllowance(rate.Every(2*time.Second), triesPerNetwork),
	}
}

// begin counts a try, or tells that it may not be made.
func (t *tries) begin(email, network string) bool {
	if !t.networks.left(network) || !t.accounts.left(email) || !t.waits.begin(email+" "+network) {
		return false
	}
	t.networks.take(network)
	t.accounts.take(email)
	return true
}

// right tells that the password was right.
func (t *tries) right(email, network string) {
	t.waits.over(email + " " + network)
	t.networks.give(network)
	t.accounts.give(email)
}

const (
	freeTries   = 5 // before the first wait
	longestWait = 15 * time.Minute
	// waitsForget is after how long without a try all is as at the beginning.
	waitsForget = time.Hour
)

// waits is how long each name has to wait for its next try. It remembers the
// names that were used last.
type waits struct {
	clock func() time.Time

	mu    sync.Mutex
	index map[string]*list.Element // guarded by mu
	order *list.List               // guarded by mu; the last used first
}

type wait struct {
	name  string
	count int
	last  time.Time
}

func newWaits(clock func() time.Time) *waits {
	return &waits{clock: clock, index: map[string]*list.Element{}, order: list.New()}
}

// begin counts a try, or tells that it is too early for one.
func (w *waits) begin(name string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	element, ok := w.index[name]
	if !ok {
		element = w.order.PushFront(&wait{name: name})
		w.index[name] = element
		if w.order.Len() > allowanceNames {
			w.forget(w.order.Back())
		}
	}
	entry, now := element.Value.(*wait), w.clock()
	idle := now.Sub(entry.last)
	if idle >= waitsForget {
		entry.count = 0
	}
	if idle < waitAfter(entry.count) {
		return false
	}
	entry.count++
	entry.last = now
	w.order.MoveToFront(element)
	return true
}

// over forgets the tries of a name.
func (w *waits) over(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if element, ok := w.index[name]; ok {
		w.forget(element)
	}
}

// forget is called with mu held.
func (w *waits) forget(element *list.Element) {
	delete(w.index, element.Value.(*wait).name)
	w.order.Remove(element)
}

// waitAfter is how long to wait after so many tries: 1 s, 2 s, 4 s …
func waitAfter(count int) time.Duration {
	if count < freeTries {
		return 0
	}
	return time.Duration(min(math.Pow(2, float64(count-freeTries)), longestWait.Seconds()) * float64(time.Second))
}
