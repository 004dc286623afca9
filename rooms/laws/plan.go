// Package laws is the test kit of the activities: it tries a kind with random
// commands of its own and holds it to the laws that every kind must keep. A
// kind's test says what its commands look like; the laws are the same for all.
package laws

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"plenum/rooms"
)

// Plan says how a kind is tried.
type Plan struct {
	Kind     rooms.Kind
	Settings json.RawMessage // for Kind.New

	// Command makes a random command by one of the members: Do, With and From;
	// the kit fills in the rest. It depends on r alone, sends every command of
	// the kind but those of the room itself, and most of what it sends should be
	// well-formed. Commands above the member's role are not tried.
	Command func(r *rand.Rand, members []rooms.Member) rooms.Command
	// Aimed takes the place of Command, if set, for kinds whose commands must fit
	// the present state: view and mine are what a member sees of it right now.
	Aimed func(r *rand.Rand, members []rooms.Member, see See) rooms.Command

	// Mirror makes a new client's copy of the state.
	Mirror func() Mirror

	// Bare names the commands that ignore their content. All others must refuse
	// what is no JSON object.
	Bare []string
	// Summed tells events that are hidden themselves but whose sum is public by
	// design (a ballot while results are live). All other hidden events must
	// change nothing for those who may not see them. Nil: there are none.
	Summed func(rooms.Event) bool
	// Alter gives a hidden event other content of the same shape, or says no. If
	// set, a second activity lives through the altered events, and all that a
	// lesser role is told must be the same bytes, until a reveal.
	Alter func(r *rand.Rand, e rooms.Event) (rooms.Event, bool)
}

// See is what a member sees of the activity right now, as JSON. Mine is null
// where the kind has nothing personal.
type See func(rooms.Member) (view, mine json.RawMessage)

// Mirror is a client's copy of an activity's state, as the kind's own test
// keeps it: opened with a view, moved on by events as they are on the wire.
type Mirror interface {
	Open(view json.RawMessage) error
	Apply(event json.RawMessage) error
	// View is the copy in a form to be compared as JSON.
	View() any
}

// DigestMirror is a mirror that also takes the digests its member may see.
type DigestMirror interface {
	Digest(key string, with json.RawMessage) error
}

// law is one law at the level of the plug. It returns how the law is broken.
type law struct {
	name string
	hold func(*world) error
}

// plugLaws are held by every kind without a room.
var plugLaws = []law{
	{"replay", replay},
	{"decide", decide},
	{"apart", apart},
	{"audience", audience},
	{"hidden", hidden},
	{"altered", altered},
	{"junk", junk},
	{"rows", rows},
	{"forgotten", forgotten},
}

// Check holds a kind to the laws 3, 4, 6 and 9 as far as they can be broken by
// the kind itself: the same events give the same state, also from a checkpoint;
// Decide changes nothing; what is handed out stays as it was; a view and the
// events after it give the later view, for every role; hidden events change
// nothing for a lesser role; what is forgotten is in nothing that is kept; junk is refused and harmless; every command of the
// table is handled and tried; projected rows are a pure function.
func Check(t *testing.T, p Plan) {
	t.Helper()
	seed := Seed(t)
	for _, l := range plugLaws {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			for run := range uint64(Runs()) {
				if err := try(p, seed+run, l.hold); err != nil {
					t.Fatalf("%s breaks the law %q with -laws.seed=%d -laws.runs=1: %v", p.Kind.Name, l.name, seed+run, err)
				}
			}
		})
	}
	t.Run("names", func(t *testing.T) {
		t.Parallel()
		if err := names(p, seed, Runs()); err != nil {
			t.Fatalf("%s breaks the law \"names\" with -laws.seed=%d: %v", p.Kind.Name, seed, err)
		}
	})
}
