package rooms

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"golang.org/x/time/rate"
)

// PulseID is what peers watch who show the pulse of the room: how it reacts, and
// for hosts how many cannot follow. It is no activity: nothing of it is stored,
// and a phone that only taps need not hear it.
const PulseID = "pulse"

// The pace of the pulse.
const (
	tapsPerSecond = 3 // reactions of one member, over all their tabs
	tapsAtOnce    = 6
	pulsePause    = 250 * time.Millisecond // at least between two tellings
	lostFor       = time.Minute            // after the last tap
	lostStep      = 10 * time.Second       // of the curve
	lostSteps     = 30
)

// reactions are what can be tapped.
var reactions = []string{"up", "heart", "clap", "laugh", "think", "party"}

var errReaction = Refuse("reaction", "There is no such reaction.")

// pulseSignals are sent to the lobby.
var pulseSignals = map[string]Needs{
	"react": {Role: Participant, Class: React},
	"lost":  {Role: Participant, Class: Run},
	"clear": {Role: Host, Class: Run},
}

// pulse is owned by the fan-out: who taps matters only as long as they are here.
type pulse struct {
	counts map[string]int           // of each reaction, since the room was opened
	taps   map[string]*rate.Limiter // by member
	lost   map[string]time.Time     // members who cannot follow, and until when that counts
	curve  []int                    // most of them at once in each step, the present one last; empty until there was one
	step   time.Time                // when the present step began
	told   time.Time
	timer  *time.Timer // for the next telling; nil if none is due
}

func newPulse() pulse {
	return pulse{counts: map[string]int{}, taps: map[string]*rate.Limiter{}, lost: map[string]time.Time{}}
}

// lostDigest is what hosts are told: a number, and no names.
type lostDigest struct {
	People int   `json:"people"`
	Curve  []int `json:"curve"`
}

// react counts a reaction. What a member taps faster than the pace is dropped:
// the pages do not send it.
func (s *pulse) react(member, reaction string, now time.Time) bool {
	limit, ok := s.taps[member]
	if !ok {
		limit = rate.NewLimiter(tapsPerSecond, tapsAtOnce)
		s.taps[member] = limit
	}
	if !limit.AllowN(now, 1) {
		return false
	}
	s.counts[reaction]++
	return true
}

// loses notes that a member cannot follow.
func (s *pulse) loses(member string, now time.Time) {
	s.shift(now)
	s.lost[member] = now.Add(lostFor)
	if len(s.curve) == 0 {
		s.curve, s.step = []int{0}, now
	}
	last := len(s.curve) - 1
	s.curve[last] = max(s.curve[last], len(s.lost))
}

// shift begins the steps of the curve that are due.
func (s *pulse) shift(now time.Time) {
	if len(s.curve) == 0 {
		return
	}
	steps := int(now.Sub(s.step) / lostStep)
	s.step = s.step.Add(time.Duration(steps) * lostStep)
	for range min(steps, lostSteps) {
		s.curve = append(s.curve, len(s.lost))
	}
	s.curve = slices.Clone(s.curve[max(0, len(s.curve)-lostSteps):])
}

// age ends what has lasted long enough. It returns the members who count as lost
// no more.
func (s *pulse) age(now time.Time) (over []string) {
	for member, until := range s.lost {
		if !now.Before(until) {
			delete(s.lost, member)
			over = append(over, member)
		}
	}
	s.shift(now)
	for member, limit := range s.taps {
		if limit.TokensAt(now) >= tapsAtOnce {
			delete(s.taps, member)
		}
	}
	return over
}

// digests are the pulse as a role may see it; nothing of what never was.
func (s *pulse) digests(role Role) []Digest {
	var all []Digest
	if len(s.counts) > 0 {
		all = append(all, Digest{Key: "reactions", With: s.counts})
	}
	if role >= Host && len(s.curve) > 0 {
		all = append(all, Digest{Key: "lost", With: lostDigest{len(s.lost), s.curve}})
	}
	return all
}

// rest is how long the next telling has to wait.
func (s *pulse) rest(now time.Time, period time.Duration) time.Duration {
	return max(pulsePause, period) - now.Sub(s.told)
}

func (s *pulse) due() <-chan time.Time {
	if s.timer == nil {
		return nil
	}
	return s.timer.C
}

// takeTap checks a signal to the lobby, and passes it on. Called on the room's
// goroutine.
func (r *Room) takeTap(p *Peer, m Member, in incoming) {
	needs, ok := pulseSignals[in.Signal]
	if !ok || m.Role < needs.Role {
		p.reject(in, ErrRole)
		return
	}
	if err := r.lobby.brake(m, needs, r.now()); err != nil {
		p.reject(in, AsRefusal(err))
		return
	}
	var content struct {
		Is string `json:"is"`
		On bool   `json:"on"`
	}
	if len(in.With) > MaxSignal || json.Unmarshal(orNull(in.With), &content) != nil {
		p.reject(in, ErrMalformed)
		return
	}
	if in.Signal == "react" && !slices.Contains(reactions, content.Is) {
		p.reject(in, errReaction)
		return
	}
	r.fan.post(func() {
		if p.gone {
			return
		}
		switch in.Signal {
		case "react":
			if r.fan.pulse.react(m.ID, content.Is, r.clock()) {
				r.fan.pulseChanged()
			}
		case "lost":
			r.fan.loses(m.ID, content.On)
		case "clear":
			r.fan.found(slices.Collect(maps.Keys(r.fan.pulse.lost)))
		}
	})
}

// The fan-out's side, on its goroutine.

// watchPulse lets a peer hear the pulse, from what it is now.
func (f *fan) watchPulse(p *Peer) {
	if p.gone {
		return
	}
	f.tellNow(p, map[frameKey][]byte{})
	if p.gone {
		return
	}
	f.hear(p, PulseID)
	f.answerWatch(p, PulseID, mustJSON(map[string]any{
		"kind": PulseID, "view": map[string]any{"reactions": f.pulse.counts}, "seq": p.told,
	}))
}

// pulseChanged tells the pulse now, if its pace allows, or later.
func (f *fan) pulseChanged() {
	if f.pulse.timer != nil {
		return
	}
	if rest := f.pulse.rest(f.r.clock(), f.digestPeriod()); rest > 0 {
		f.pulse.timer = time.NewTimer(rest)
		return
	}
	f.tellPulse()
}

func (f *fan) tellPulse() {
	if f.pulse.timer != nil {
		f.pulse.timer.Stop()
		f.pulse.timer = nil
	}
	f.pulse.told = f.r.clock()
	changed := false
	for _, role := range Told {
		for _, d := range f.pulse.digests(role) {
			changed = f.passing.setDigest(digestKey{PulseID, role, d.Key}, f.seq, mustJSON(d.With)) || changed
		}
	}
	if changed {
		f.flush() // all of it in one frame
	}
}

// loses notes whether a member can follow.
func (f *fan) loses(member string, on bool) {
	if !on {
		f.found([]string{member})
		return
	}
	f.pulse.loses(member, f.r.clock())
	f.tellLost([]string{member}, true)
	f.pulseChanged()
}

// found ends that members cannot follow.
func (f *fan) found(members []string) {
	for _, member := range members {
		delete(f.pulse.lost, member)
	}
	f.tellLost(members, false)
	f.pulseChanged()
}

// tellLost tells the tabs of members whether they count as lost. Nobody else is
// told.
func (f *fan) tellLost(members []string, on bool) {
	var out frame
	out.list("digests", [][]byte{encodeDigest(LobbyID, "lost", f.seq, mustJSON(map[string]bool{"on": on}))})
	bytes := out.bytes()
	are := make(map[string]bool, len(members))
	for _, member := range members {
		are[member] = true
	}
	for _, p := range f.peers {
		if _, watches := p.watches[LobbyID]; watches && are[p.of] {
			p.conn.Send(bytes)
		}
	}
}

// leavePulse takes a member off who has gone with all tabs.
func (f *fan) leavePulse(member string) {
	if _, lost := f.pulse.lost[member]; lost && !f.present.is(member) {
		delete(f.pulse.lost, member)
		f.pulseChanged()
	}
}

// agePulse ends what has lasted long enough, and tells of it.
func (f *fan) agePulse(now time.Time) {
	if over := f.pulse.age(now); len(over) > 0 {
		f.tellLost(over, false)
	}
	if len(f.pulse.curve) > 0 {
		f.pulseChanged()
	}
}
