package rooms

import (
	"encoding/json"
	"regexp"
)

// Limits of what a peer sends.
const (
	Protocol   = 1
	MaxFrame   = 64 << 10
	MaxCommand = 8 << 20 // over HTTP
	MaxSignal  = 4 << 10
	maxNumber  = 1 << 53
	maxID      = 64
	maxWatches = MaxActivities + 1
)

var peerName = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// joinFrame is the first frame of a connection.
type joinFrame struct {
	Join     string             `json:"join"`
	Protocol int                `json:"protocol"`
	Peer     string             `json:"peer"`
	Next     uint64             `json:"next"`
	Epoch    string             `json:"epoch"`
	Seq      uint64             `json:"seq"`
	Mark     string             `json:"mark"`
	Watch    map[string]*uint64 `json:"watch"`
}

func parseJoin(frame []byte) (joinFrame, error) {
	var j joinFrame
	if err := json.Unmarshal(frame, &j); err != nil {
		return j, ErrMalformed
	}
	if j.Protocol != Protocol {
		return j, ErrProtocol
	}
	if j.Join == "" || !peerName.MatchString(j.Peer) || j.Next == 0 || j.Next > maxNumber || len(j.Watch) > maxWatches {
		return j, ErrMalformed
	}
	return j, nil
}

// incoming is a later frame: a command, a signal, or a change of what is watched.
type incoming struct {
	In      string             `json:"in"`
	Do      string             `json:"do"`
	With    json.RawMessage    `json:"with"`
	N       uint64             `json:"n"`
	Ref     string             `json:"ref"`
	Signal  string             `json:"signal"`
	Watch   map[string]*uint64 `json:"watch"`
	Unwatch []string           `json:"unwatch"`
}

// parseFrame reads a frame; what could be read comes back with the error, so
// that the answer can name the command.
func parseFrame(frame []byte) (incoming, error) {
	var in incoming
	if err := json.Unmarshal(frame, &in); err != nil {
		return incoming{}, ErrMalformed
	}
	if len(in.In) > maxID || len(in.Do) > maxID || len(in.Signal) > maxID || len(in.Ref) > maxID || in.N > maxNumber {
		return incoming{}, ErrMalformed
	}
	if len(in.Watch) > maxWatches || len(in.Unwatch) > maxWatches {
		return incoming{}, ErrMalformed
	}
	if in.Watch != nil || in.Unwatch != nil {
		return in, nil
	}
	if in.In == "" || (in.Do == "") == (in.Signal == "") {
		return in, ErrMalformed
	}
	return in, nil
}

func (in incoming) command(peer string) Command {
	return Command{In: in.In, Do: in.Do, With: orNull(in.With), Peer: peer, N: in.N}
}
