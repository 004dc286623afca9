package rooms

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strconv"
	"sync"
)

// inlineView is how many bytes of a view are told on the socket; a bigger one is
// fetched over HTTP.
const inlineView = 16 << 10

// shown is an activity at a seq, as a member may see it. It is taken on the
// room's goroutine and encoded on another, as a view may be megabytes.
type shown struct {
	r        *Room
	activity string
	kind     string
	seq      uint64
	view     *sharedView
	mine     json.RawMessage
}

// sharedView is what a role sees, good until the activity changes. It is encoded
// once, by whoever needs it first.
type sharedView struct {
	changed uint64
	content any // of the activity, and not changed any more
	once    sync.Once
	json    []byte
	err     error
}

func (v *sharedView) encode() ([]byte, error) {
	v.once.Do(func() {
		v.err = sound(func() (err error) { v.json, err = json.Marshal(v.content); return err })
		v.content = nil
	})
	return v.json, v.err
}

// show takes what a member may see of a loaded activity.
func (r *Room) show(s *slot, m Member) (*shown, error) {
	out := &shown{r: r, activity: s.id, kind: s.kind.Name, seq: r.head.Seq, mine: json.RawMessage("null")}
	err := sound(func() error {
		if out.view = s.views[m.Role]; out.view == nil || out.view.changed != s.changed {
			out.view = &sharedView{changed: s.changed, content: s.act.View(m)}
			if s.views == nil {
				s.views = map[Role]*sharedView{}
			}
			s.views[m.Role] = out.view
		}
		if own, ok := s.mine(m); ok && m.ID != "" {
			out.mine = mustJSON(own)
		}
		return nil
	})
	if err != nil {
		r.unsound(s.id, err)
		return nil, ErrBroken
	}
	return out, nil
}

// unsound logs that an activity has failed in what every activity can do.
func (r *Room) unsound(activity string, err error) {
	r.logger.Error("activity failed", "room", r.id, "activity", activity, "error", err)
}

// encode is {"kind","seq","view","mine"}.
func (s *shown) encode() ([]byte, error) {
	view, err := s.view.encode()
	if err != nil {
		s.r.unsound(s.activity, fmt.Errorf("encode a view: %w", err))
		return nil, ErrBroken
	}
	var out frame
	out.add("kind", s.kind)
	out.raw("seq", strconv.AppendUint(nil, s.seq, 10))
	out.raw("view", view)
	out.raw("mine", s.mine)
	return out.bytes(), nil
}

// answer is what a peer is told that wants to watch: the view, or where to fetch it.
func (s *shown) answer(p *Peer) ([]byte, error) {
	encoded, err := s.encode()
	if err != nil || len(encoded) <= inlineView {
		return encoded, err
	}
	at := "/api/rooms/" + s.r.code + "/activities/" + s.activity + "/view"
	if p.screen != nil {
		at = screenView // it may not know the join code
	}
	return mustJSON(map[string]any{"kind": s.kind, "seq": s.seq, "fetch": at}), nil
}

// sound runs a part of an activity and turns a panic into an error, as one
// activity must not end the server.
func sound(part func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return part()
}
