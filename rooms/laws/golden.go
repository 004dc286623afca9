package laws

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"plenum/rooms"
)

// goldenSteps is how many commands make a golden log.
const goldenSteps = 60

// The lines of a golden log: the kind, the stored events, and what each role
// sees of them, from one view to the next.
type (
	goldenKind struct {
		Kind     string          `json:"kind"`
		Format   int             `json:"format"`
		Settings json.RawMessage `json:"settings,omitempty"`
	}
	goldenEvent struct {
		Seq    uint64          `json:"seq"`
		Did    string          `json:"did"`
		With   json.RawMessage `json:"with"`
		By     string          `json:"by,omitempty"`
		Peer   string          `json:"peer,omitempty"`
		N      uint64          `json:"n,omitempty"`
		At     int64           `json:"at"`
		Format int             `json:"format"`
		Least  rooms.Role      `json:"least"`
		Only   string          `json:"only,omitempty"`
		And    string          `json:"and,omitempty"`
		About  uint64          `json:"about,omitempty"`
		Thread uint64          `json:"thread,omitempty"`
	}
	goldenRole struct {
		Member  rooms.Member      `json:"member"`
		From    goldenView        `json:"from"`
		Events  []json.RawMessage `json:"events"` // as on the wire
		Digests []json.RawMessage `json:"digests,omitempty"`
		To      goldenView        `json:"to"`
	}
	goldenView struct {
		Seq  uint64          `json:"seq"`
		View json.RawMessage `json:"view"`
		Mine json.RawMessage `json:"mine"`
	}
	goldenLine struct {
		Kind  *goldenKind  `json:"open,omitempty"`
		Event *goldenEvent `json:"stored,omitempty"`
		Role  *goldenRole  `json:"role,omitempty"`
	}
)

// Golden holds the kind to a log that an earlier version of it has written: the
// stored events must still give every role the views in the file (law 4), and
// the front end's copy replays the same file. With -laws.update the log is
// written anew, which is right only while no release has the old one.
func Golden(t *testing.T, p Plan, path string) {
	t.Helper()
	if *updateFlag {
		if err := writeGolden(p, path); err != nil {
			t.Fatal(err)
		}
	}
	if err := checkGolden(p, path); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// GoldenOf is Golden of a log that a former version has written: it is never
// written anew.
func GoldenOf(t *testing.T, p Plan, path string) {
	t.Helper()
	if err := checkGolden(p, path); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func writeGolden(p Plan, path string) error {
	w, err := newWorld(p, 1)
	if err != nil {
		return err
	}
	for range goldenSteps {
		if _, _, err := w.step(); err != nil {
			return err
		}
	}
	lines := []goldenLine{{Kind: &goldenKind{p.Kind.Name, p.Kind.Format, p.Settings}}}
	for _, e := range w.log {
		lines = append(lines, goldenLine{Event: &goldenEvent{
			e.Seq, e.Did, e.With, e.By, e.Peer, e.N, e.At, e.Format, e.To.Least, e.To.Only, e.To.And, e.About, e.Thread,
		}})
	}
	roles, err := w.goldenRoles(w.log)
	if err != nil {
		return err
	}
	for i := range roles {
		lines = append(lines, goldenLine{Role: &roles[i]})
	}
	var file bytes.Buffer
	for _, line := range lines {
		encoded, err := encode(line)
		if err != nil {
			return err
		}
		file.Write(append(encoded, '\n'))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, file.Bytes(), 0o644)
}

// goldenRoles replays a log and gives, per role, what is told between two
// views. A new part begins at a third of the log, and after every reveal.
func (w *world) goldenRoles(log []rooms.Event) ([]goldenRole, error) {
	var out []goldenRole
	for _, m := range w.members[:len(rooms.Told)] {
		a, err := w.fresh()
		if err != nil {
			return nil, err
		}
		part, err := goldenPart(a, m, 0)
		if err != nil {
			return nil, err
		}
		for i, e := range log {
			a.Apply(copyOf(e))
			if e.To.Sees(m) {
				part.Events = append(part.Events, must(onWire(e)))
			}
			cut := i == len(log)/3 || w.plan.reveals(e)
			if !cut && i < len(log)-1 {
				continue
			}
			next, err := goldenPart(a, m, e.Seq)
			if err != nil {
				return nil, err
			}
			if !w.plan.reveals(e) {
				part.To = next.From
				part.Digests = digestsOnWire(a, m)
				out = append(out, part)
			}
			part = next
		}
	}
	return out, nil
}

// goldenPart begins a part with a view.
func goldenPart(a rooms.Activity, m rooms.Member, seq uint64) (goldenRole, error) {
	view, err := encode(a.View(m))
	if err != nil {
		return goldenRole{}, err
	}
	mine, err := encode(mineOf(a, m))
	if err != nil {
		return goldenRole{}, err
	}
	return goldenRole{Member: m, From: goldenView{seq, view, mine}, Events: []json.RawMessage{}}, nil
}

func digestsOnWire(a rooms.Activity, m rooms.Member) []json.RawMessage {
	var out []json.RawMessage
	for _, d := range digestsOf(a, m.Role) {
		out = append(out, must(json.Marshal(struct {
			Key  string `json:"key"`
			With any    `json:"with"`
		}{d.Key, d.With})))
	}
	return out
}

// checkGolden replays the file's events and compares what the roles see.
func checkGolden(p Plan, path string) error {
	opened, log, want, err := readGolden(path)
	if err != nil {
		return err
	}
	if opened.Kind != p.Kind.Name || opened.Format > p.Kind.Format {
		return fmt.Errorf("it holds %s of format %d", opened.Kind, opened.Format)
	}
	p.Settings = opened.Settings
	w, err := newWorld(p, 1)
	if err != nil {
		return err
	}
	got, err := w.goldenRoles(log)
	if err != nil {
		return err
	}
	if len(got) != len(want) || len(log) == 0 {
		return fmt.Errorf("%d events now give %d parts, and gave %d", len(log), len(got), len(want))
	}
	for i := range want {
		was, is := must(json.Marshal(want[i])), must(json.Marshal(got[i]))
		if !bytes.Equal(was, is) {
			return fmt.Errorf("what %s sees from %d to %d has changed:\n%s",
				want[i].Member.Name, want[i].From.Seq, want[i].To.Seq, difference(was, is))
		}
	}
	return nil
}

func readGolden(path string) (opened goldenKind, log []rooms.Event, roles []goldenRole, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return opened, nil, nil, fmt.Errorf("write it with -laws.update: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var line goldenLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return opened, nil, nil, fmt.Errorf("read line %d: %w", len(log)+len(roles)+2, err)
		}
		switch {
		case line.Kind != nil:
			opened = *line.Kind
		case line.Event != nil:
			log = append(log, line.Event.event())
		case line.Role != nil:
			roles = append(roles, *line.Role)
		}
	}
	return opened, log, roles, lines.Err()
}

func (g goldenEvent) event() rooms.Event {
	return rooms.Event{
		Seq: g.Seq, In: activity, Did: g.Did, With: slices.Clone(g.With), By: g.By, Peer: g.Peer, N: g.N,
		At: g.At, Format: g.Format, To: rooms.Audience{Least: g.Least, Only: g.Only, And: g.And}, About: g.About, Thread: g.Thread,
	}
}
