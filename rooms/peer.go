package rooms

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// What one peer may send, sustained and at once.
const (
	commandsPerSecond = 20
	commandsAtOnce    = 100
	signalsPerSecond  = 20
	signalsAtOnce     = 40
	tooManyAtOnce     = 1000 // frames beyond the limits before the peer is cut
)

// Peer is one queue of commands of a member, with its live connection.
type Peer struct {
	r    *Room
	id   string
	of   string // the member's id
	conn Conn
	// account: who has it was signed in when it connected. Whoever signs out loses
	// their connections.
	account bool
	// screen is what the peer looks at, if it is no member; of is then "".
	screen *screening

	// owned by the connection's reader
	commands *rate.Limiter
	signals  *rate.Limiter
	excess   *rate.Limiter
	flooding bool // it is being cut

	// owned by the fan-out
	member   Member
	watches  map[string]*watch
	watching string // the names of watches that are told, as one key
	told     uint64
	mark     string
	version  uint64 // of passing things
	presence uint64
	frames   uint64 // with stored events
	nextBeat time.Time
	wrote    time.Time
	towards  map[string]signalKey // its last signal to one member, by activity and name
	gone     bool
}

// watch is one activity that a peer hears.
type watch struct {
	held bool // its answer is under way; its events are held
}

func newPeer(r *Room, id string, m Member, conn Conn, account bool) *Peer {
	return &Peer{
		r: r, id: id, of: m.ID, member: m, conn: conn, account: account, watches: map[string]*watch{},
		commands: rate.NewLimiter(commandsPerSecond, commandsAtOnce),
		signals:  rate.NewLimiter(signalsPerSecond, signalsAtOnce),
		excess:   rate.NewLimiter(commandsPerSecond, tooManyAtOnce),
	}
}

// sees tells whether an event is to be told to the peer.
func (p *Peer) sees(e toldEvent) bool {
	w, ok := p.watches[e.in]
	return ok && !w.held && e.to.Sees(p.member)
}

// hears tells whether passing things of an activity are for the peer.
func (p *Peer) hears(activity string) bool {
	w, ok := p.watches[activity]
	return ok && !w.held
}

// rekey names what the peer watches, so that peers who watch the same share frames.
func (p *Peer) rekey() {
	names := make([]string, 0, len(p.watches))
	for name, w := range p.watches {
		if !w.held {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	p.watching = strings.Join(names, " ")
}

// Receive takes one frame of the connection. It never blocks for long and
// answers over the connection. Frames of one connection are passed one at a time.
func (p *Peer) Receive(bytes []byte) {
	if p.flooding {
		return
	}
	in, err := parseFrame(bytes)
	switch {
	case err != nil:
		p.reject(in, AsRefusal(err))
	case p.screen != nil:
		p.looks(in)
	case in.Signal != "":
		p.signal(in)
	case in.Watch != nil || in.Unwatch != nil:
		if p.allow(p.commands, in) {
			p.rewatch(in)
		}
	default:
		if p.allow(p.commands, in) {
			p.command(in)
		}
	}
}

// Leave says that the connection has ended.
func (p *Peer) Leave() { p.r.fan.post(func() { p.r.fan.detach(p) }) }

// allow spends from a limit; beyond it the peer is told to wait, and far beyond
// it is cut.
func (p *Peer) allow(limit *rate.Limiter, in incoming) bool {
	if limit.AllowN(p.r.clock(), 1) {
		return true
	}
	if p.bears() {
		p.reject(in, WaitRate)
	}
	return false
}

// bears counts a frame beyond the limits. Far beyond them the peer is cut, after
// what it has been told so far.
func (p *Peer) bears() bool {
	if p.excess.AllowN(p.r.clock(), 1) {
		return true
	}
	p.flooding = true
	p.r.fan.post(func() { p.r.fan.cut(p, CloseFlood, "too many frames") })
	return false
}

// reject answers a frame that does not reach the room.
func (p *Peer) reject(in incoming, why *Refusal) {
	out := refusedFrame(in.command(p.id), in.Ref, why, 1000)
	p.r.fan.post(func() { p.conn.Send(out) })
}

func (p *Peer) command(in incoming) {
	a := &ask{c: in.command(p.id), member: p.of}
	if way, ok := p.conn.(measured); ok {
		a.c.Trip = way.Trip().Milliseconds()
	}
	a.c.Account = p.account
	ref := in.Ref
	a.answer = func(ans answer) { p.r.fan.answer(p, a, ref, ans) }
	if !p.r.submit(a) {
		p.reject(in, WaitBusy)
	}
}

func (p *Peer) rewatch(in incoming) {
	p.r.post(func() {
		for _, id := range in.Unwatch {
			p.r.fan.post(func() { p.r.fan.unwatch(p, id) })
		}
		p.r.watch(p, in.Watch)
	})
}

func (p *Peer) signal(in incoming) {
	if !p.signals.AllowN(p.r.clock(), 1) {
		p.bears()
		return // only the newest signal counts; this one is not the newest for long
	}
	p.r.post(func() { p.r.takeSignal(p, in) })
}
