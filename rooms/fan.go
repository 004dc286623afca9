package rooms

import (
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// The pace and the memory of the fan-out.
const (
	ringEvents     = 4096
	ringBytes      = 4 << 20
	perPeer        = 50 * time.Microsecond // of pace, for each peer in the room
	leastDigest    = 50 * time.Millisecond
	lagging        = 64 << 10 // bytes queued to a peer above which it is left alone for now
	beatEvery      = 10 * time.Second
	fanQueue       = 4096
	recentlyWrote  = 2 * time.Second
	passingIsStale = 30 * time.Second
)

// fan tells the peers of one room on this node what happened. It knows them and
// what they watch, encodes once for each audience, and merges what is due into
// few frames. One goroutine owns all fields below "owned"; it never waits for
// the room or for a peer.
type fan struct {
	r     *Room
	calls chan func()
	quit  chan struct{}
	done  chan struct{}
	crowd atomic.Int64 // how many peers, for the pace
	// screens is how many of these are no member's.
	screens atomic.Int64

	// owned
	peers   map[string]*Peer // by peer id
	ring    []toldEvent
	size    int    // bytes in the ring
	start   uint64 // the ring has every visible event after it
	seq     uint64
	mark    string
	marks   map[uint64]string // of recent batches
	passing passings
	present presence
	pulse   pulse
	flushed time.Time
	timer   *time.Timer // for the next flush; nil if none is due
	beat    *time.Ticker
	reads   sync.WaitGroup // of the log, under way
}

// toldEvent is a stored event, encoded once.
type toldEvent struct {
	seq     uint64
	in      string
	to      Audience
	peer    string // its author's
	json    []byte
	reveals bool
}

func newFan(r *Room) *fan {
	f := &fan{
		r: r, calls: make(chan func(), fanQueue), quit: make(chan struct{}), done: make(chan struct{}),
		peers: map[string]*Peer{}, start: r.head.Seq, seq: r.head.Seq, mark: r.head.Mark,
		marks:   map[uint64]string{r.head.Seq: r.head.Mark},
		passing: newPassings(), present: newPresence(), pulse: newPulse(),
		beat: time.NewTicker(beatEvery / 10),
	}
	go f.run()
	return f
}

func (f *fan) run() {
	defer close(f.done)
	defer f.beat.Stop()
	for {
		var due <-chan time.Time
		if f.timer != nil {
			due = f.timer.C
		}
		select {
		case call := <-f.calls:
			call()
		case <-due:
			f.timer = nil
			f.flushAll()
		case <-f.pulse.due():
			f.tellPulse()
		case <-f.beat.C:
			f.beats()
		case <-f.quit:
			f.drain()
			return
		}
	}
}

// drain gives the answers that are still to be given.
func (f *fan) drain() {
	for {
		select {
		case call := <-f.calls:
			call()
		default:
			return
		}
	}
}

func (f *fan) stop() {
	close(f.quit)
	<-f.done
	f.reads.Wait()
}

// post runs call on the fan-out's goroutine.
func (f *fan) post(call func()) {
	select {
	case f.calls <- call:
	case <-f.done:
	}
}

// period is the least time between two frames to a peer when much happens.
func (f *fan) period() time.Duration { return time.Duration(f.crowd.Load()) * perPeer }

func (f *fan) digestPeriod() time.Duration { return max(leastDigest, f.period()) }

// extend takes a committed batch.
func (f *fan) extend(events []toldEvent, seq uint64, mark string) {
	for _, e := range events {
		f.ring = append(f.ring, e)
		f.size += len(e.json)
		if p := f.peers[e.peer]; p != nil {
			p.wrote = f.r.clock()
		}
	}
	drop := 0
	for len(f.ring)-drop > ringEvents || f.size > ringBytes && len(f.ring)-drop > 1 {
		f.size -= len(f.ring[drop].json)
		f.start = f.ring[drop].seq
		drop++
	}
	clear(f.ring[:drop])
	f.ring = f.ring[drop:]
	f.seq, f.mark = seq, mark
	f.marks[seq] = mark
	if len(f.marks) > 2*ringEvents {
		f.forgetMarks()
	}
}

func (f *fan) forgetMarks() {
	for seq := range f.marks {
		if seq < f.start {
			delete(f.marks, seq)
		}
	}
}

// after is the part of the ring after a seq.
func (f *fan) after(seq uint64) []toldEvent {
	i := sort.Search(len(f.ring), func(i int) bool { return f.ring[i].seq > seq })
	return f.ring[i:]
}

// flush tells everyone what is due, now or when the pace allows.
func (f *fan) flush() {
	if f.timer != nil {
		return
	}
	rest := f.period() - f.r.clock().Sub(f.flushed)
	if rest <= 0 {
		f.flushAll()
		return
	}
	f.timer = time.NewTimer(rest)
}

// flushAll tells every peer, those who wrote a moment ago first. A peer whose
// queue is long is left alone until it has drained; one that has fallen out of
// the ring is cut, and resumes.
func (f *fan) flushAll() {
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
	now := f.r.clock()
	f.flushed = now
	f.passing.promote(now)
	made := map[frameKey][]byte{}
	var later []*Peer
	again := f.passing.waiting()
	for _, p := range f.peers {
		if now.Sub(p.wrote) > recentlyWrote {
			later = append(later, p)
			continue
		}
		again = f.flushPeer(p, made) || again
	}
	for _, p := range later {
		again = f.flushPeer(p, made) || again
	}
	if again {
		f.timer = time.NewTimer(max(f.period(), leastDigest))
	}
}

// flushPeer tells one peer what it has not been told. It reports whether the
// peer was left alone and must be looked at again.
func (f *fan) flushPeer(p *Peer, made map[frameKey][]byte) (again bool) {
	if p.told == f.seq && p.version == f.passing.version && p.presence == f.present.version {
		return false
	}
	if p.conn.Backlog() > lagging && p.told >= f.start {
		return true
	}
	f.tellNow(p, made)
	return false
}

// tellNow tells a peer what is due without looking at its queue. A peer that
// has fallen out of the ring is cut.
func (f *fan) tellNow(p *Peer, made map[frameKey][]byte) {
	if p.told < f.start {
		f.cut(p, CloseSlow, "too slow")
		return
	}
	key := f.keyOf(p)
	bytes, ok := made[key]
	if !ok {
		bytes = f.frameFor(p)
		made[key] = bytes
	}
	p.told, p.mark, p.version, p.presence = f.seq, f.mark, f.passing.version, f.present.version
	if bytes == nil {
		return
	}
	if key.hasEvents {
		p.frames++
	}
	p.conn.Send(bytes)
}

// frameKey names a frame that is the same for many peers.
type frameKey struct {
	role      Role
	watching  string
	told      uint64
	version   uint64
	presence  uint64
	screen    bool
	only      string // the member, where something is for the member alone
	hasEvents bool
}

func (f *fan) keyOf(p *Peer) frameKey {
	k := frameKey{role: p.member.Role, watching: p.watching, told: p.told, version: p.version, presence: p.presence, screen: p.screen != nil}
	for _, e := range f.after(p.told) {
		if !p.sees(e) {
			continue
		}
		k.hasEvents = true
		if e.to.Only != "" {
			k.only = p.member.ID
		}
	}
	if f.passing.alone(p) {
		k.only = p.member.ID
	}
	return k
}

// frameFor builds the frame with everything that is due to a peer; nil if
// nothing is.
func (f *fan) frameFor(p *Peer) []byte {
	var out frame
	var events [][]byte
	for _, e := range f.after(p.told) {
		if p.sees(e) {
			events = append(events, e.json)
		}
	}
	if len(events) > 0 {
		out.through(f.seq, f.mark)
		out.list("events", events)
	}
	if digests := f.passing.digestsFor(p, p.version); len(digests) > 0 {
		out.list("digests", digests)
	}
	if signals := f.passing.signalsFor(p, p.version); len(signals) > 0 {
		out.list("signals", signals)
	}
	if change := f.presenceFor(p, p.presence); change != nil {
		out.add("presence", change)
	}
	if out.parts == 0 {
		return nil
	}
	return out.bytes()
}

// beats tells a tenth of the peers where they should be, and cuts those whose
// passing state is too old to be told as differences.
func (f *fan) beats() {
	now := f.r.clock()
	f.passing.forget(now)
	f.present.forget(now)
	f.agePulse(now)
	f.cutScreens(func(s *screening) bool { return s.until > 0 && now.UnixMilli() >= s.until })
	if f.present.recount(now) {
		f.flush()
	}
	for _, p := range f.peers {
		if p.version < f.passing.floor || p.presence < f.present.floor {
			f.cut(p, CloseSlow, "too slow")
			continue
		}
		if now.Before(p.nextBeat) || p.conn.Backlog() > lagging {
			continue
		}
		p.nextBeat = now.Add(beatEvery)
		f.tellNow(p, map[frameKey][]byte{})
		if p.gone {
			continue
		}
		var out frame
		out.add("beat", struct {
			Seq    uint64 `json:"seq"`
			Mark   string `json:"mark"`
			Frames uint64 `json:"frames"`
		}{p.told, p.mark, p.frames})
		p.conn.Send(out.bytes())
	}
}
