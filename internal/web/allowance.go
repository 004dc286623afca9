package web

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// allowance is a budget for each name (an address, a person) that fills up
// again with time. It remembers the names that were used last.
type allowance struct {
	limit rate.Limit
	burst int

	mu    sync.Mutex
	index map[string]*list.Element // guarded by mu
	order *list.List               // guarded by mu; the last used first
}

// allowanceNames bounds the memory: about 3 MB.
const allowanceNames = 20_000

type budget struct {
	name    string
	limiter *rate.Limiter
}

func newAllowance(limit rate.Limit, burst int) *allowance {
	return &allowance{limit: limit, burst: burst, index: map[string]*list.Element{}, order: list.New()}
}

func perHour(n int) rate.Limit { return rate.Limit(float64(n) / time.Hour.Seconds()) }

// take spends one of the name's budget, or tells that none is left.
func (a *allowance) take(name string) bool { return a.of(name).Allow() }

// give puts back one that was taken.
func (a *allowance) give(name string) {
	if limiter := a.of(name); limiter.Tokens() < float64(a.burst) {
		limiter.AllowN(time.Now(), -1) // what is above the burst is cut off at the next look
	}
}

// left tells whether the name has any budget left. It spends nothing.
func (a *allowance) left(name string) bool { return a.of(name).Tokens() >= 1 }

// untouched tells whether the name has spent nothing lately.
func (a *allowance) untouched(name string) bool { return a.of(name).Tokens() >= float64(a.burst) }

func (a *allowance) of(name string) *rate.Limiter {
	a.mu.Lock()
	defer a.mu.Unlock()
	if element, ok := a.index[name]; ok {
		a.order.MoveToFront(element)
		return element.Value.(budget).limiter
	}
	limiter := rate.NewLimiter(a.limit, a.burst)
	a.index[name] = a.order.PushFront(budget{name, limiter})
	if a.order.Len() > allowanceNames {
		oldest := a.order.Back()
		delete(a.index, oldest.Value.(budget).name)
		a.order.Remove(oldest)
	}
	return limiter
}
