package collab

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// simulations is how many are run; PLENUM_ROUNDS asks for more.
func simulations(t *testing.T) int {
	t.Helper()
	said, ok := os.LookupEnv("PLENUM_ROUNDS")
	if !ok {
		return 80
	}
	rounds, err := strconv.Atoi(said)
	if err != nil {
		t.Fatalf("PLENUM_ROUNDS: %v", err)
	}
	return max(80, rounds/200)
}

// TestConvergence: whatever the network does, in the end everyone has the same
// document, and nobody's edit was done twice or lost.
func TestConvergence(t *testing.T) {
	t.Parallel()
	r := seeded(t)
	counts := map[string]int{}
	for i := range simulations(t) {
		if err := simulate(r, counts); err != nil {
			t.Fatalf("simulation %d: %v", i, err)
		}
	}
	for _, what := range []string{"edit", "lost", "repeated", "behind", "composed", "restart", "late"} {
		if counts[what] == 0 {
			t.Errorf("in all simulations there was no %q", what)
		}
	}
	t.Log(counts)
}

// wire is one client's connection: what is on its way, in order.
type wire struct {
	*client
	open bool
	up   []command
	down []answer
}

type answer struct {
	told told
	n    uint64 // of what was refused
	code string
}

type simulation struct {
	*rand.Rand
	server *server
	wires  []*wire
	counts map[string]int
}

func simulate(r *rand.Rand, counts map[string]int) error {
	s := &simulation{Rand: r, server: newServer(1 + r.IntN(20)), counts: counts}
	for i := range 2 + r.IntN(4) {
		w := &wire{client: &client{peer: fmt.Sprintf("peer-%d", i)}, open: true}
		w.client.open(0, s.server.doc.text.content())
		s.wires = append(s.wires, w)
	}
	for range 300 {
		if err := s.act(s.wires[r.IntN(len(s.wires))]); err != nil {
			return err
		}
	}
	return s.settle()
}

// act is one thing that happens to a client.
func (s *simulation) act(w *wire) error {
	switch p := s.IntN(100); {
	case p < 30:
		s.counts["edit"]++
		return w.edit(typist{s.Rand}.change(w.text))
	case p < 50:
		s.send(w)
	case p < 72:
		return s.up(w)
	case p < 94:
		return s.down(w)
	case p < 97:
		s.counts["lost"]++
		w.open, w.up, w.down = false, nil, nil
	case p < 99:
		return s.reconnect(w)
	default:
		s.counts["restart"]++
		return s.server.restart()
	}
	return nil
}

// send puts on the wire what is to be sent, now and then twice.
func (s *simulation) send(w *wire) {
	if !w.open || len(w.up) > 0 {
		return
	}
	c, ok := w.command()
	if !ok {
		return
	}
	w.up = append(w.up, c)
	if s.IntN(10) == 0 {
		s.counts["repeated"]++
		w.up = append(w.up, c)
	}
}

// up brings one command to the server.
func (s *simulation) up(w *wire) error {
	if len(w.up) == 0 {
		return nil
	}
	c := w.up[0]
	w.up = w.up[1:]
	if c.base < s.server.doc.rev {
		s.counts["late"]++
	}
	told, code, err := s.server.take(c)
	if err != nil {
		return err
	}
	if code != "" {
		w.down = append(w.down, answer{n: c.n, code: code})
	}
	for _, other := range s.wires {
		if told != nil && other.open {
			other.down = append(other.down, answer{told: *told})
		}
	}
	return nil
}

// down brings one answer to the client.
func (s *simulation) down(w *wire) error {
	if len(w.down) == 0 {
		return nil
	}
	a := w.down[0]
	w.down = w.down[1:]
	if a.code == "" {
		return w.hear(a.told)
	}
	s.counts[a.code]++
	if err := w.refused(a.n, a.code); err != nil {
		return err
	}
	return s.meet(w)
}

// reconnect resumes, then sends again what was not answered.
func (s *simulation) reconnect(w *wire) error {
	if w.open {
		return nil
	}
	w.open = true
	if err := s.meet(w); err != nil {
		return err
	}
	// The server says what it has settled: a refusal that was lost is one still.
	if w.number != 0 && w.number <= s.server.settled[w.peer] {
		w.undone = w.number
		w.again()
	}
	s.send(w)
	return nil
}

// meet brings a client to the head, and gives a refused change a new number.
func (s *simulation) meet(w *wire) error {
	composed := s.IntN(2) == 0
	if composed {
		s.counts["composed"]++
	}
	if err := s.server.catchUp(w.client, composed); err != nil {
		return err
	}
	w.again()
	return nil
}

// settle lets everything arrive and compares.
func (s *simulation) settle() error {
	for range 1000 {
		quiet := true
		for _, w := range s.wires {
			if err := s.reconnect(w); err != nil {
				return err
			}
			s.send(w)
			for len(w.up) > 0 {
				if err := s.up(w); err != nil {
					return err
				}
			}
			for len(w.down) > 0 {
				if err := s.down(w); err != nil {
					return err
				}
			}
			quiet = quiet && w.synced()
		}
		if quiet {
			return s.compare()
		}
	}
	return fmt.Errorf("the clients do not come to rest")
}

func (s *simulation) compare() error {
	for _, w := range s.wires {
		for len(w.down) > 0 {
			if err := s.down(w); err != nil {
				return err
			}
		}
	}
	content := s.server.doc.text.content()
	for _, w := range s.wires {
		if w.rev != s.server.doc.rev || !w.text.Equal(content) || w.text.Hash() != s.server.doc.text.hash() {
			return fmt.Errorf("%s has revision %d %s, the server %d %s", w.peer, w.rev, w.text, s.server.doc.rev, content)
		}
	}
	replayed := newServer(s.server.most)
	for _, e := range s.server.log {
		replayed.doc.Apply(e)
	}
	if !replayed.doc.text.content().Equal(content) {
		return fmt.Errorf("replayed: %s, lived: %s", replayed.doc.text.content(), content)
	}
	return nil
}
