package collab

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"plenum/collab/delta"
	"plenum/rooms"
)

// server does for a document what a room does: numbers, the log, repeated
// commands settled once.
type server struct {
	doc     *Document
	log     []rooms.Event
	settled map[string]uint64
	most    int // changes in the document's window
}

func newServer(most int) *server {
	a, err := Kind.New(nil)
	if err != nil {
		panic(err)
	}
	s := &server{doc: a.(*Document), settled: map[string]uint64{}, most: most}
	s.doc.recent.most = most
	return s
}

// take settles a command. It answers with a refusal's code or with what is to
// be told to everyone; with nothing if the command was settled before.
func (s *server) take(c command) (*told, string, error) {
	if c.n != 0 {
		if c.n <= s.settled[c.peer] {
			return nil, "", nil
		}
		if c.n != s.settled[c.peer]+1 {
			return nil, "", fmt.Errorf("%s sends %d after %d", c.peer, c.n, s.settled[c.peer])
		}
		s.settled[c.peer] = c.n
	}
	with, err := json.Marshal(map[string]any{"base": c.base, "change": c.change})
	if err != nil {
		return nil, "", err
	}
	return s.ask(c.peer, c.n, with)
}

func (s *server) ask(peer string, n uint64, with json.RawMessage) (*told, string, error) {
	events, err := s.doc.Decide(rooms.Command{In: "doc", Do: "change", With: with, Peer: peer, N: n})
	if err != nil {
		refusal := rooms.AsRefusal(err)
		if refusal == rooms.ErrBroken {
			return nil, "", err
		}
		return nil, refusal.Code, nil
	}
	e := events[0]
	e.Peer, e.N, e.Seq = peer, n, uint64(3*len(s.log)+7)
	s.log = append(s.log, e)
	s.doc.Apply(e)
	return s.told(s.doc.rev), "", nil
}

// told is the event of a revision.
func (s *server) told(rev uint64) *told {
	e := s.log[rev-1]
	with, err := readChanged(e)
	if err != nil {
		panic(err)
	}
	return &told{from: rev - 1, rev: rev, change: with.Change, peer: e.Peer, n: e.N}
}

// restart goes on from a checkpoint.
func (s *server) restart() error {
	state, err := s.doc.Save()()
	if err != nil {
		return err
	}
	s.doc = newDocument(nil)
	if err := s.doc.Load(state); err != nil {
		return err
	}
	s.doc.recent.most = s.most
	return nil
}

// since is the named read.
func (s *server) since(ask map[string]string) (Changes, error) {
	answer, err := changes(context.Background(), rooms.Reading{Ask: ask, Events: func(_ context.Context, after, before uint64, limit int, newest bool) ([]rooms.Event, error) {
		var found []rooms.Event
		for _, e := range s.log {
			if e.Seq > after && (before == 0 || e.Seq < before) {
				found = append(found, e)
			}
		}
		if newest {
			return found[max(0, len(found)-limit):], nil
		}
		return found[:min(limit, len(found))], nil
	}})
	if err != nil {
		return Changes{}, err
	}
	return answer.(Changes), nil
}

// catchUp brings a client to the head, by single events or by composed ones.
func (s *server) catchUp(c *client, composed bool) error {
	if !composed {
		for rev := c.rev + 1; rev <= s.doc.rev; rev++ {
			if err := c.hear(*s.told(rev)); err != nil {
				return err
			}
		}
		return nil
	}
	answer, err := s.since(map[string]string{"from": fmt.Sprint(c.rev), "peer": c.peer})
	if err != nil {
		return err
	}
	for _, step := range answer.Steps {
		e := told{from: step.From, rev: step.To, change: step.Change, n: step.N}
		if step.Own {
			e.peer = c.peer
		}
		if err := c.hear(e); err != nil {
			return fmt.Errorf("catch-up: %w", err)
		}
	}
	if c.rev != s.doc.rev || answer.Rev != s.doc.rev {
		return fmt.Errorf("a catch-up to %d ends at %d, said to be %d", s.doc.rev, c.rev, answer.Rev)
	}
	return nil
}

// content is all of the text in one Delta.
func (t *text) content() delta.Delta {
	return slices.Concat(slices.Collect(t.pieces())...).Normal()
}
