package rooms

import (
	"encoding/json"
	"time"
)

// attach makes a peer hear the room, and says where it stands. An older
// connection of the same peer ends.
func (f *fan) attach(p *Peer, hello hello) {
	if old, ok := f.peers[p.id]; ok {
		f.cut(old, CloseReplaced, "connected elsewhere")
	}
	now := f.r.clock()
	f.peers[p.id] = p
	f.count(p, 1)
	if p.screen == nil {
		f.present.add(p.member, 1, now)
	}
	p.told, p.mark, p.version, p.presence = f.seq, f.mark, f.passing.version, f.present.version
	p.nextBeat = now.Add(beatEvery/2 + time.Duration(len(f.peers)%100)*beatEvery/200)
	var out frame
	out.add("joined", true)
	out.add("build", hello.build)
	out.add("epoch", hello.epoch)
	if hello.forked {
		out.add("forked", true)
	}
	out.through(f.seq, f.mark)
	out.add("time", f.r.now())
	out.add("member", p.member)
	out.raw("kinds", hello.kinds)
	if p.screen == nil {
		out.add("presence", f.present.all())
	} else {
		out.add("presence", f.present.crowd())
	}
	p.conn.Send(out.bytes())
	f.flush()
}

// hello is what a peer is told of the room and the server when it joins.
type hello struct {
	build  string
	epoch  string
	forked bool // the peer knows a log that is not this one
	kinds  json.RawMessage
}

// detach forgets a peer whose connection has ended.
func (f *fan) detach(p *Peer) {
	if p.gone {
		return
	}
	p.gone = true
	now := f.r.clock()
	delete(f.peers, p.id)
	f.count(p, -1)
	if p.screen == nil {
		f.passing.leave(p.id, p.member, now)
		f.present.add(p.member, -1, now)
		f.leavePulse(p.of)
	}
	f.flush()
}

// cut ends a peer's connection; it may join again.
func (f *fan) cut(p *Peer, code int, why string) {
	f.detach(p)
	p.conn.Close(code, why)
}

// cutBelow cuts all below a role.
func (f *fan) cutBelow(role Role, why *Refusal) {
	for _, p := range f.peers {
		if p.member.Role < role {
			f.cut(p, CloseCode(why), why.Say)
		}
	}
}

// change carries a changed member to its peers. A changed role brings fresh
// views of everything that is watched; who may not be in the room any more, and
// why, is cut.
func (f *fan) change(m Member, out error, views bool) {
	f.present.add(m, 0, f.r.clock())
	for _, p := range f.peers {
		if p.of != m.ID || p.screen != nil {
			continue
		}
		if out != nil {
			f.cut(p, CloseCode(out), out.Error())
			continue
		}
		f.tellNow(p, map[frameKey][]byte{})
		p.member = m
		var out frame
		out.add("member", m)
		p.conn.Send(out.bytes())
		if views {
			f.refreshAll(p)
		}
	}
	f.flush()
}

// refreshAll sends fresh views of everything that a peer watches.
func (f *fan) refreshAll(p *Peer) {
	known := make(map[string]*uint64, len(p.watches))
	for id := range p.watches {
		f.hold(p, id)
		known[id] = nil
	}
	go f.r.post(func() { f.r.watch(p, known) })
}

// narrow ends the watches of those who may not see an activity any more.
func (f *fan) narrow(id string, least Role) {
	for _, p := range f.watchers(id) {
		if p.member.Role >= least {
			continue
		}
		f.tellNow(p, map[frameKey][]byte{})
		f.unwatch(p, id)
		var out frame
		out.add("unwatched", []string{id})
		p.conn.Send(out.bytes())
	}
}

// answer tells a peer how its command ended. Its own event, where the peer
// hears it, is the acknowledgement.
func (f *fan) answer(p *Peer, a *ask, ref string, ans answer) {
	if p.gone {
		return
	}
	f.tellNow(p, map[frameKey][]byte{})
	if p.gone {
		return
	}
	if ans.refused != nil {
		p.conn.Send(refusedFrame(a.c, ref, ans.refused, ans.after))
		return
	}
	var out frame
	switch {
	case ans.mine != nil:
		out.add("mine", []any{map[string]any{"in": a.c.In, "with": ans.mine, "seq": ans.seq}})
	case a.c.N == 0 || p.acknowledged(a.c, ans.events):
		return
	default:
		out.add("done", []uint64{a.c.N})
		out.add("seq", ans.seq)
	}
	p.conn.Send(out.bytes())
}

// acknowledged tells whether one of the events told to the peer carries its
// peer and number.
func (p *Peer) acknowledged(c Command, events []Event) bool {
	for _, e := range events {
		if e.Peer == c.Peer && e.N == c.N && p.hears(e.In) && e.To.Sees(p.member) {
			return true
		}
	}
	return false
}

// goodbye says that the server stops, and ends the peers. Nobody is told who
// else has gone: everybody has.
func (f *fan) goodbye(after time.Duration) {
	var out frame
	out.add("closing", map[string]any{"because": "restart", "say": "The server restarts. Nothing is lost.", "after": after.Milliseconds()})
	bytes := out.bytes()
	made := map[frameKey][]byte{}
	for _, p := range f.peers {
		f.tellNow(p, made)
		if p.gone {
			continue
		}
		p.gone = true
		p.conn.Send(bytes)
		p.conn.Close(CloseRestart, "restart")
	}
	clear(f.peers)
	f.crowd.Store(0)
	f.screens.Store(0)
}
