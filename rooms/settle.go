package rooms

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// queue is one peer's commands as the room knows them: what is settled, and
// which number comes next.
type queue struct {
	peer   string
	member string
	queueState
	parked []*ask // waiting behind one whose activity is being opened; nil if none
}

type queueState struct {
	last    uint64 // the last number done
	expect  uint64 // the next number taken; 0: any above last
	refused []Refused
}

func (s queueState) clone() queueState {
	s.refused = slices.Clone(s.refused)
	return s
}

// refuse settles a number as refused. Older refusals than the window are
// forgotten: a peer has at most SettledWindow commands under way.
func (q *queue) refuse(n uint64, why *Refusal) {
	q.expect = n + 1
	q.refused = append(q.refused, Refused{N: n, Because: why.Code, Say: why.Say})
	q.refused = slices.DeleteFunc(q.refused, func(r Refused) bool { return r.N+SettledWindow <= n })
}

// row is what is stored of the queue with the batch.
func (q *queue) row(room string) Settled {
	return Settled{Room: room, Peer: q.peer, Member: q.member, Last: q.last, Refused: slices.Clone(q.refused)}
}

// hold makes what the peer sends from now on wait for the command in hand. A
// command without a queue holds nothing up.
func (q *queue) hold() {
	if q != nil && q.parked == nil {
		q.parked = []*ask{}
	}
}

// park keeps a command until the one before it can be taken.
func (q *queue) park(a *ask) { q.parked = append(q.parked, a) }

// ahead is how many of its commands wait for an activity to be opened.
func (q *queue) ahead() uint64 {
	if q.parked == nil {
		return 0
	}
	return uint64(len(q.parked)) + 1
}

// repeated answers a number that is settled already. Of numbers that no peer can
// have under way any more it is not known how they were settled.
func (q *queue) repeated(n uint64) *answer {
	if newest := max(q.last, q.expect-min(q.expect, 1)); n+SettledWindow <= newest {
		return &answer{refused: ErrSettled}
	}
	for _, r := range q.refused {
		if r.N == n {
			return &answer{refused: Refuse(r.Because, r.Say)}
		}
	}
	return &answer{done: true}
}

// queueFor finds the queue of a numbered command and says whether it is its
// turn: repeated is its answer if it is settled already, wait if it must wait.
func (r *Room) queueFor(a *ask) (q *queue, repeated *answer, wait *Refusal) {
	if a.c.N == 0 {
		return nil, nil, nil
	}
	q, ok := r.queues[a.c.Peer]
	switch {
	case !ok:
		return nil, nil, WaitLoading // the hall binds a queue before it submits
	case q.member != a.member:
		return nil, &answer{refused: ErrPeer}, nil
	case a.c.N <= q.last || q.expect > 0 && a.c.N < q.expect:
		return q, q.repeated(a.c.N), nil
	case q.expect > 0 && a.c.N > q.expect+q.ahead():
		return q, nil, WaitOrder
	case len(q.parked) >= SettledWindow:
		return q, nil, WaitLoading
	}
	return q, nil, nil
}

// bind makes the peer's queue known, as stored, and checks whose it is. next
// is the lowest number that the peer has not seen settled; 0 if not said.
// Called on the room's goroutine; stored was read before, outside.
func (r *Room) bind(peer, member string, stored Settled, next uint64) (*queue, error) {
	q, ok := r.queues[peer]
	if !ok {
		if stored.Member != "" && stored.Member != member {
			return nil, ErrPeer
		}
		q = &queue{peer: peer, member: member, queueState: queueState{last: stored.Last, refused: stored.Refused}}
		r.queues[peer] = q
	}
	if q.member != member {
		return nil, ErrPeer
	}
	if next > 0 {
		q.expect = next
		q.skipSettled()
	}
	return q, nil
}

// restore takes over what the log says is settled, after the room reopened. A
// number that the log has is not taken again.
func (q *queue) restore(s Settled) {
	q.last, q.parked = max(q.last, s.Last), nil
	for _, r := range s.Refused {
		if !slices.ContainsFunc(q.refused, func(known Refused) bool { return known.N == r.N }) {
			q.refused = append(q.refused, r)
		}
	}
	if q.expect > 0 {
		q.skipSettled()
	}
}

// skipSettled makes the next number one that is not settled.
func (q *queue) skipSettled() {
	q.expect = max(q.expect, q.last+1)
	for _, r := range q.refused {
		q.expect = max(q.expect, r.N+1)
	}
}

// deathsOf counts how often the room has failed with a command in hand.
func (r *Room) deathsOf(a *ask) int {
	if len(r.deaths) == 0 {
		return 0
	}
	return r.deaths[a.key()]
}

// key names a command across attempts, to find one that kills its activity.
func (a *ask) key() string {
	sum := sha256.Sum256(a.c.With)
	return fmt.Sprintf("%s %s %s %s %d %s", a.member, a.c.Peer, a.c.In, a.c.Do, a.c.N, hex.EncodeToString(sum[:8]))
}
