package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// mark is a place in a room's log, with what proves that it is still the same log.
type mark struct {
	epoch string
	seq   uint64
	mark  string
}

// told follows the frames of a stream and gives an id to those after which
// nothing that is watched is missing. An id is epoch:seq:mark:list; list stands
// for what is watched, since the place means nothing for another list.
type told struct {
	epoch    string
	list     string
	awaiting map[string]bool // activities that were not answered yet
}

func newTold(known *mark, watch []string) *told {
	t := &told{list: listOf(watch), awaiting: map[string]bool{}}
	if known != nil {
		t.epoch = known.epoch
	}
	for _, name := range watch {
		t.awaiting[name] = true
	}
	return t
}

// telling is as much of a frame as shows how far it tells.
type telling struct {
	Epoch string
	Seq   uint64
	Mark  string
	Watch map[string]struct {
		Seq     uint64
		Refused string
	}
	Beat *struct {
		Seq  uint64
		Mark string
	}
}

// id is what a client may come back with after this frame, or "" to keep the
// former one. A view that is older than its frame is followed by the events in
// between, in later frames: until then the frame's own place would skip them.
// While an activity is refused there is no id: it would stand for that as well.
func (t *told) id(frame []byte) string {
	var tells telling
	if json.Unmarshal(frame, &tells) != nil {
		return ""
	}
	if tells.Epoch != "" {
		t.epoch = tells.Epoch
	}
	if tells.Beat != nil {
		tells.Seq, tells.Mark = tells.Beat.Seq, tells.Beat.Mark
	}
	behind := false
	for name, answer := range tells.Watch {
		if answer.Refused != "" {
			t.awaiting[name] = true
			continue
		}
		delete(t.awaiting, name)
		behind = behind || answer.Seq != tells.Seq
	}
	if behind || len(t.awaiting) > 0 || t.epoch == "" || tells.Seq == 0 || tells.Mark == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d:%s:%s", t.epoch, tells.Seq, tells.Mark, t.list)
}

// readTold reads an id that was given out for the same list; nil for any other.
func readTold(id string, watch []string) *mark {
	parts := strings.Split(id, ":")
	if len(parts) != 4 || parts[0] == "" || parts[2] == "" || parts[3] != listOf(watch) {
		return nil
	}
	seq, err := strconv.ParseUint(parts[1], 10, 64)
	if err != nil {
		return nil
	}
	return &mark{epoch: parts[0], seq: seq, mark: parts[2]}
}

func listOf(watch []string) string {
	sorted := slices.Sorted(slices.Values(watch))
	sum := sha256.Sum256([]byte(strings.Join(sorted, ",")))
	return hex.EncodeToString(sum[:6])
}
