package rooms

import (
	"bytes"
	"encoding/json"
	"maps"
	"time"
)

// The pace of one signal of one peer: the newest content is told at most this often.
const (
	signalPause      = 200 * time.Millisecond
	signalPauseCrowd = time.Second
	crowdOfSignals   = 30 // live signals of an activity above which the pause is longer
)

// passings are the signals and digests of a room: the newest with each key,
// each stamped with a version. What a peer has not been told is what has a
// higher version than the peer, so nothing is queued for anybody.
type passings struct {
	version uint64
	floor   uint64 // below it, differences cannot be told any more
	signals map[signalKey]*signal
	digests map[digestKey]*digest
	live    map[string]int    // signals that are not over, by activity
	towards map[string]uint64 // by member: the version of the newest signal for them alone
}

type signalKey struct {
	in, name, peer string
	to             string // the one member who is told; "": all who hear the activity
}

type signal struct {
	version uint64
	to      string    // as in its key
	json    []byte    // as told
	next    []byte    // newer, waiting for its pause to end; nil if none
	told    time.Time // when json became the newest
	over    bool      // its peer has left
}

type digestKey struct {
	in   string
	role Role
	key  string
}

type digest struct {
	version uint64
	content []byte
	json    []byte
}

func newPassings() passings {
	return passings{version: 1, signals: map[signalKey]*signal{}, digests: map[digestKey]*digest{}, live: map[string]int{}, towards: map[string]uint64{}}
}

// set takes a signal; content is nil when it is over.
func (s *passings) set(k signalKey, by Member, content json.RawMessage, now time.Time) {
	json := mustJSON(struct {
		In     string          `json:"in"`
		Signal string          `json:"signal"`
		With   json.RawMessage `json:"with"`
		By     string          `json:"by"`
		Peer   string          `json:"peer"`
		Name   string          `json:"name"`
		Colour int             `json:"colour"`
	}{k.in, k.name, orNull(content), by.ID, k.peer, by.Name, by.Colour})
	old, ok := s.signals[k]
	if !ok {
		old = &signal{to: k.to, over: true}
		s.signals[k] = old
	}
	over := content == nil
	switch {
	case old.over && !over:
		s.live[k.in]++
	case over && !old.over:
		s.live[k.in]--
	}
	old.over = over
	old.next = json
	if old.over || now.Sub(old.told) >= s.pause(k.in) {
		s.tell(old, now)
	}
}

func orNull(content json.RawMessage) json.RawMessage {
	if content == nil {
		return json.RawMessage("null")
	}
	return content
}

func (s *passings) tell(g *signal, now time.Time) {
	s.version++
	g.version, g.json, g.next, g.told = s.version, g.next, nil, now
	if g.to != "" {
		s.towards[g.to] = s.version
	}
}

func (s *passings) pause(in string) time.Duration {
	if s.live[in] > crowdOfSignals {
		return signalPauseCrowd
	}
	return signalPause
}

// promote makes waiting signals the newest whose pause has ended.
func (s *passings) promote(now time.Time) {
	for k, g := range s.signals {
		if g.next != nil && now.Sub(g.told) >= s.pause(k.in) {
			s.tell(g, now)
		}
	}
}

// waiting tells whether a signal waits for its pause to end.
func (s *passings) waiting() bool {
	for _, g := range s.signals {
		if g.next != nil {
			return true
		}
	}
	return false
}

// leave ends the signals of a peer.
func (s *passings) leave(peer string, by Member, now time.Time) {
	for k, g := range s.signals {
		if k.peer == peer && !g.over {
			s.set(k, by, nil, now)
		}
	}
}

// forget drops signals that ended, or were not renewed, some time ago. A peer that has not heard of
// the end by then is cut by the floor.
func (s *passings) forget(now time.Time) {
	for k, g := range s.signals {
		if g.over && now.Sub(g.told) > passingIsStale {
			s.floor = max(s.floor, g.version)
			delete(s.signals, k)
		}
	}
	maps.DeleteFunc(s.towards, func(_ string, newest uint64) bool { return newest <= s.floor })
}

func (s *passings) signalsFor(p *Peer, after uint64) [][]byte {
	var out [][]byte
	for k, g := range s.signals {
		if g.version > after && p.hears(k.in) && k.isFor(p) {
			out = append(out, g.json)
		}
	}
	return out
}

// isFor tells whether a peer may be told of a signal.
func (k signalKey) isFor(p *Peer) bool { return k.to == "" || k.to == p.of }

// alone tells whether a peer is to be told of a signal that is for its member alone.
func (s *passings) alone(p *Peer) bool { return s.towards[p.of] > p.version }

// turn ends the signal of a peer to another member than the one it is for now.
func (s *passings) turn(p *Peer, now signalKey, by Member, at time.Time) {
	what := now.in + " " + now.name
	if was, ok := p.towards[what]; ok && was.to != now.to {
		s.set(was, by, nil, at)
		delete(p.towards, what)
	}
	if now.to == "" {
		return // it is for nobody any more
	}
	if p.towards == nil {
		p.towards = map[string]signalKey{}
	}
	p.towards[what] = now
}

func (s *passings) digestsFor(p *Peer, after uint64) [][]byte {
	var out [][]byte
	for k, d := range s.digests {
		if d.version > after && k.role == p.member.Role && p.hears(k.in) {
			out = append(out, d.json)
		}
	}
	return out
}

// about is everything passing of one activity, for a peer that starts to watch it.
func (s *passings) about(p *Peer, activity string) (signals, digests [][]byte) {
	for k, g := range s.signals {
		if k.in == activity && !g.over && g.json != nil && k.isFor(p) {
			signals = append(signals, g.json)
		}
	}
	for k, d := range s.digests {
		if k.in == activity && k.role == p.member.Role {
			digests = append(digests, d.json)
		}
	}
	return signals, digests
}

// setDigest takes a digest as a role may see it, and tells it.
func (f *fan) setDigest(in string, role Role, key string, through uint64, content []byte) {
	if f.passing.setDigest(digestKey{in, role, key}, through, content) {
		f.flush()
	}
}

// setDigest keeps a digest. One that has not changed is not told again.
func (s *passings) setDigest(k digestKey, through uint64, content []byte) (changed bool) {
	d, ok := s.digests[k]
	if !ok {
		d = &digest{}
		s.digests[k] = d
	}
	if bytes.Equal(d.content, content) {
		return false
	}
	s.version++
	d.version, d.content = s.version, content
	d.json = encodeDigest(k.in, k.key, through, content)
	return true
}

// encodeDigest writes a digest as it is told.
func encodeDigest(in, key string, through uint64, content []byte) []byte {
	return mustJSON(struct {
		In      string          `json:"in"`
		Key     string          `json:"key"`
		Through uint64          `json:"through"`
		With    json.RawMessage `json:"with"`
	}{in, key, through, content})
}
