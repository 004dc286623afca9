package laws

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenum/rooms"
)

func TestASoundKindKeepsAllLaws(t *testing.T) {
	t.Parallel()
	Check(t, boardPlan(sound))
	Golden(t, boardPlan(sound), "testdata/board.jsonl")
}

// Each fault must be seen by the law that is about it.
func TestFaultsAreSeen(t *testing.T) {
	t.Parallel()
	seen := map[fault]string{
		decideWrites: "decide", decideRolls: "decide",
		applyCounts: "replay", forgetsInSave: "replay", wakesForEver: "replay",
		sharesView: "apart", sharesSave: "apart", keepsEvent: "apart", viewByName: "apart",
		leaksView: "hidden", leaksDigest: "hidden", leaksEvent: "altered",
		missesEvent: "audience", revealsInWords: "audience",
		panicsAtJunk: "junk", acceptsJunk: "junk", plainError: "junk", changesText: "junk",
		knowsNoNote: "names", neverDone: "names", takesUnknown: "names",
		rowsCount: "rows",
	}
	seed := Seed(t)
	for f, name := range seen {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			if err := held(boardPlan(f), name, seed); err == nil {
				t.Errorf("the law %q did not see it", name)
			}
		})
	}
}

// held tries one law, as often as Check does.
func held(p Plan, name string, seed uint64) error {
	if name == "names" {
		return names(p, seed, Runs())
	}
	for _, l := range plugLaws {
		for run := range uint64(Runs()) {
			if l.name != name {
				continue
			}
			if err := try(p, seed+run, l.hold); err != nil {
				return err
			}
		}
	}
	return nil
}

// A golden log whose events now give something else is seen.
func TestAChangedMeaningIsSeen(t *testing.T) {
	t.Parallel()
	golden, err := os.ReadFile("testdata/board.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.jsonl")
	stored := bytes.Index(golden, []byte(`"did":"noted","with":"`)) + len(`"did":"noted","with":"`)
	golden[stored] ^= 1
	if err := os.WriteFile(changed, golden, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := checkGolden(boardPlan(sound), changed); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("got %v", err)
	}
	if err := checkGolden(boardPlan(missesEvent), "testdata/board.jsonl"); err == nil {
		t.Error("a view with something else in it was not seen")
	}
}

func TestASoundKindInARoom(t *testing.T) {
	t.Parallel()
	p := boardPlan(sound)
	p.Kind.Rows = nil // there is no table for them
	CheckRoom(t, p)
}

// Where nothing is ever revealed, every byte that is sent can be looked
// through for what is hidden.
func TestWhatIsHiddenStaysHidden(t *testing.T) {
	t.Parallel()
	p := boardPlan(sound)
	p.Kind.Rows = nil
	p.Command = func(r *rand.Rand, members []rooms.Member) rooms.Command {
		do := []string{"note", "hide", "hide", "star"}[r.IntN(4)]
		with := fmt.Sprintf(`{"text":"%s number %d"}`, do, r.Uint32())
		return rooms.Command{Do: do, With: json.RawMessage(with), From: members[r.IntN(len(members))]}
	}
	CheckRoom(t, p)
}
