package laws

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"

	"plenum/rooms"
)

// Secret is a word that stands nowhere else. A plan of a kind that forgets puts
// one into everything that may be forgotten, so that the laws can look for it.
func Secret(r *rand.Rand) string { return fmt.Sprintf("secret-%016x", r.Uint64()) }

var secretWord = regexp.MustCompile(`secret-[0-9a-f]{16}`)

// blanks are the events that an event makes forgotten.
func (p Plan) blanks(e rooms.Event) []rooms.Blank {
	if p.Kind.Forgets == nil {
		return nil
	}
	return p.Kind.Forgets(copyOf(e))
}

// forget blanks in the log what an event makes forgotten, as a room does.
func (w *world) forget(e rooms.Event) {
	for _, b := range w.plan.blanks(e) {
		i, ok := slices.BinarySearchFunc(w.log, b.Seq, func(e rooms.Event, seq uint64) int { return int(int64(e.Seq) - int64(seq)) })
		if !ok || b.Seq >= e.Seq || !slices.Contains(w.plan.Kind.Forgettable, w.log[i].Did) {
			continue
		}
		for _, secret := range secretWord.FindAll(w.log[i].With, -1) {
			w.gone = append(w.gone, slices.Clone(secret))
		}
		w.log[i].With, w.log[i].About = json.RawMessage("null"), 0
		if b.With != nil {
			w.log[i].With = slices.Clone(b.With)
		}
	}
}

// words are the events of the first so many that may be forgotten, or were.
func (w *world) words(through int) []rooms.Event {
	var all []rooms.Event
	for _, e := range w.log[:through] {
		if slices.Contains(w.plan.Kind.Forgettable, e.Did) {
			all = append(all, copyOf(e))
		}
	}
	return all
}

// past is what an activity wants to know to decide a command.
func (w *world) past(a rooms.Activity, c rooms.Command) []rooms.Event {
	wanter, ok := a.(rooms.Wanter)
	if !ok {
		return nil
	}
	seqs := wanter.Wants(c)
	if len(seqs) == 0 {
		return nil
	}
	newest := map[uint64]uint64{} // of the threads that they begin or stand in
	for _, e := range w.log {
		if slices.Contains(seqs, e.Seq) {
			newest[cmp.Or(e.Thread, e.Seq)] = 0
		}
	}
	for _, e := range w.log {
		if _, asked := newest[e.Thread]; asked && slices.Contains(w.plan.Kind.Forgettable, e.Did) {
			newest[e.Thread] = e.Seq
		}
	}
	var all []rooms.Event
	for _, e := range w.log {
		about := e.About > 0 && slices.Contains(seqs, e.About)
		if slices.Contains(seqs, e.Seq) || about || e.Thread > 0 && newest[e.Thread] == e.Seq {
			all = append(all, copyOf(e))
		}
	}
	return all
}

// forgotten holds a kind to what forgetting promises: words that are forgotten
// are in no view, checkpoint or event that stays, and who was away when it
// happened and resumes with what the log has now, sees what all others see.
func forgotten(w *world) error {
	if w.plan.Kind.Forgets == nil {
		return nil
	}
	away := []*watcher{}
	since := []int{} // events that each of those who are away has heard
	for range Steps {
		if _, _, err := w.step(); err != nil {
			return err
		}
		if w.rand.IntN(20) > 0 {
			continue
		}
		x := &watcher{member: w.members[w.rand.IntN(len(w.members))]}
		if err := w.open(x); err != nil {
			return err
		}
		away, since = append(away, x), append(since, len(w.log))
		if err := w.traces(); err != nil {
			return err
		}
	}
	if len(w.gone) == 0 {
		return errors.New("nothing with a secret in it was forgotten: the plan proves nothing")
	}
	for i, x := range away {
		for _, e := range w.log[since[i]:] {
			if !e.To.Sees(x.member) {
				continue
			}
			if err := x.mirror.Apply(must(onWire(e))); err != nil {
				return fmt.Errorf("the mirror of %s, who was away, does not take %s: %w", x.member.Name, must(onWire(e)), err)
			}
		}
		if err := w.agrees(x, nil); err != nil {
			return fmt.Errorf("who was away: %w", err)
		}
	}
	return w.traces()
}

// traces looks for forgotten words in all that the activity shows and keeps.
func (w *world) traces() error {
	now, err := w.picture(w.live)
	if err != nil {
		return err
	}
	log := must(json.Marshal(w.log))
	for _, secret := range w.gone {
		for what, content := range now {
			if bytes.Contains([]byte(content), secret) {
				return fmt.Errorf("%s was forgotten, and is in the %s", secret, what)
			}
		}
		if bytes.Contains(log, secret) {
			return fmt.Errorf("%s was forgotten, and is in the log", secret)
		}
	}
	return nil
}

// forget drops what a client has heard, as a browser does.
func (c *client) forget(w *watched, raw json.RawMessage) {
	var told struct {
		In, Did string
		With    json.RawMessage
		Seq     uint64
	}
	if json.Unmarshal(raw, &told) != nil {
		return
	}
	blanks := c.trial.plan.blanks(rooms.Event{In: told.In, Did: told.Did, With: told.With, Seq: told.Seq})
	for _, b := range blanks {
		for i, heard := range w.heard {
			var e rooms.Event
			if json.Unmarshal(heard, &e) != nil || e.Seq != b.Seq {
				continue
			}
			var wire struct {
				Peer string
				N    uint64
				By   string
				At   int64
			}
			if json.Unmarshal(heard, &wire) != nil {
				continue
			}
			e.With, e.About = json.RawMessage("null"), 0
			if b.With != nil {
				e.With = b.With
			}
			w.heard[i] = must(onWire(e))
		}
	}
}

// forgotten looks for forgotten words in every byte of the database, when it
// has had the time to overwrite them, and in what newcomers are told.
func (x *trial) forgotten() error {
	if x.plan.Kind.Forgets == nil {
		return nil
	}
	gone, err := x.goneWords()
	if err != nil {
		return err
	}
	if len(gone) == 0 && !x.brief {
		return errors.New("nothing with a secret in it was forgotten: the trial proves nothing")
	}
	if err := x.store.Wiped(x.ctx); err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", err)
	}
	for _, name := range []string{x.path, x.path + "-wal"} {
		raw, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, secret := range gone {
			if at := bytes.Index(raw, []byte(secret)); at >= 0 {
				return fmt.Errorf("%s was forgotten, and is in %s at byte %d", secret, name, at)
			}
		}
	}
	return nil
}

// goneWords are the secrets that somebody was told and the log has no more.
func (x *trial) goneWords() ([]string, error) {
	kept := map[string]bool{}
	for _, in := range []string{x.it, x.hidden} {
		log, err := x.committed(in)
		if err != nil {
			return nil, err
		}
		for _, e := range log {
			for _, secret := range secretWord.FindAll(e.With, -1) {
				kept[string(secret)] = true
			}
		}
	}
	gone := map[string]bool{}
	for _, tapes := range x.tapes {
		for _, tape := range tapes {
			for _, frame := range tape.all() {
				for _, secret := range secretWord.FindAll(frame, -1) {
					gone[string(secret)] = gone[string(secret)] || !kept[string(secret)]
				}
			}
		}
	}
	var all []string
	for secret, is := range gone {
		if is {
			all = append(all, secret)
		}
	}
	return all, nil
}
