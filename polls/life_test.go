package polls

import (
	"testing"

	"plenum/rooms"
)

// scripts are the life of questions, in the language of script.
var scripts = map[string]string{
	"a question from its draft to its close": `
		host writes tea: single Black|Green
		stage: nothing
		deck: tea draft 0:
		host presents tea
		stage: 1/1 tea draft, 0 voted
		ann votes tea: Black -> closed
		host opens tea
		stage: 1/1 tea open shown, 0 voted 0:
		ann votes tea: Black
		bob votes tea: Green
		cid votes tea: Black
		stage: 1/1 tea open shown, 3 voted 3: Black=2 Green=1
		ann has: tea (1.1) Black
		host closes tea
		stage: 1/1 tea closed until 0s shown, 3 voted 3: Black=2 Green=1
		dan votes tea: Black -> closed
		ann votes tea: Green -> closed
		ann has: tea (1.1) Black
		host presents nothing
		stage: nothing`,
	"a ballot is changed and withdrawn": `
		host writes tea: multiple Black|Green|White most=2
		host opens tea
		ann votes tea: Black, Green
		bob votes tea: White
		ann votes tea: White
		deck: *tea open shown 2: White=2
		ann votes tea: nothing
		deck: *tea open shown 1: White=1
		ann has: tea (1.3)
		ann votes tea: Green
		ann has: tea (1.4) Green
		stage: 1/1 tea open shown, 2 voted 2: Green=1 White=1`,
	"the highest turn wins": `
		host writes tea: single Black|Green
		host opens tea
		ann votes tea: Green turn=5
		ann votes tea: Black turn=4
		ann votes tea: Black turn=5
		ann has: tea (1.5) Green
		ann votes tea: nothing turn=8
		ann votes tea: Black turn=7
		deck: *tea open shown 0:
		bob votes tea: nothing turn=3
		bob votes tea: Black turn=2
		bob has: tea (1.3)
		bob votes tea: Black turn=9007199254740991
		deck: *tea open shown 1: Black=1`,
	"a ballot that was counted is not refused when it is sent again": `
		host writes tea: single Black|Green seconds=10
		host opens tea
		ann votes tea: Green turn=3
		time +10s
		ann votes tea: Green turn=3
		wake
		ann votes tea: Green turn=3
		ann votes tea: Black turn=2
		ann votes tea: Black turn=4 -> closed
		ann has: tea (1.3) Green`,
	"a rating": `
		host writes mood: rating from=-1 to=3 low=bad
		host opens mood
		ann rates mood: -1
		bob rates mood: 3
		cid rates mood: 3
		cid rates mood: 4 -> score
		cid rates mood: -2 -> score
		stage: 1/1 mood open shown, 3 voted 3: -1=1 3=2
		bob rates mood: nothing
		bob has: mood (1.2)
		stage: 1/1 mood open shown, 2 voted 2: -1=1 3=1`,
	"what cannot be chosen": `
		host writes tea: multiple Black|Green|White least=2 most=2
		host writes mood: rating
		host opens tea
		ann votes tea: Black -> options
		ann votes tea: Black, Green, White -> options
		ann votes tea: Black, Black -> options
		ann votes tea: Black, Red -> options
		ann votes tea: Black, q1 -> options
		ann rates tea: 1 -> score
		host opens mood
		ann votes mood: Black -> score
		ann votes tea: Black, White
		deck: tea open shown 1: Black=1 White=1; *mood open shown 0:`,
	"results at the close": `
		host writes tea: single Black|Green show=closed
		host opens tea
		ann votes tea: Black
		stage: 1/1 tea open, 1 voted
		deck: *tea open 1: Black=1
		host closes tea
		stage: 1/1 tea closed until 0s shown, 1 voted 1: Black=1
		host opens tea -> shown
		host repeats tea
		stage: 1/1 tea draft round 2, 0 voted
		host opens tea
		stage: 1/1 tea open round 2, 0 voted`,
	"results when a host says so": `
		host writes tea: single Black|Green show=revealed
		host reveals tea -> draft
		host hides tea -> draft
		host repeats tea -> draft
		host opens tea
		ann votes tea: Black
		host reveals tea
		stage: 1/1 tea open shown, 1 voted 1: Black=1
		host reveals tea
		host hides tea
		host hides tea
		stage: 1/1 tea open, 1 voted
		host closes tea
		stage: 1/1 tea closed until 0s, 1 voted
		host opens tea -> shown
		host reveals tea
		stage: 1/1 tea closed until 0s shown, 1 voted 1: Black=1`,
	"a close by mistake is undone": `
		host writes tea: single Black|Green show=revealed
		host opens tea
		ann votes tea: Black
		time +5s
		host closes tea
		host closes tea
		bob votes tea: Black -> closed
		host opens tea
		host opens tea -> open
		bob votes tea: Green
		ann has: tea (1.1) Black
		deck: *tea open 2: Black=1 Green=1`,
	"live results hidden by the host stay hidden at the close": `
		host writes tea: single Black|Green
		host opens tea
		ann votes tea: Black
		host hides tea
		host closes tea
		stage: 1/1 tea closed until 0s, 1 voted
		host opens tea
		stage: 1/1 tea open, 1 voted`,
	"rounds": `
		host writes tea: single Black|Green
		host opens tea
		ann votes tea: Black
		host repeats tea -> open
		host closes tea
		host repeats tea
		ann has:
		stage: 1/1 tea draft round 2, 0 voted
		ann votes tea: Green -> closed
		ann votes tea: Green round=1 -> round
		ann votes tea: Green round=3 -> round
		host opens tea
		ann votes tea: Green round=1 -> round
		ann votes tea: Green
		ann has: tea (2.1) Green
		stage: 1/1 tea open round 2 shown, 1 voted 1: Green=1`,
	"the timer": `
		host writes tea: single Black|Green seconds=30 show=closed
		host opens tea
		stage: 1/1 tea open until 30s, 0 voted
		time +29s
		wake
		ann votes tea: Black
		time +1s
		bob votes tea: Black -> closed
		host extends tea by 10 -> closed
		time +5s
		wake
		stage: 1/1 tea closed until 30s shown, 1 voted 1: Black=1
		wake
		host repeats tea
		host opens tea for 0s
		deck: *tea open round 2 0:
		host closes tea
		host repeats tea
		host opens tea for 5s
		stage: 1/1 tea open round 3 until 40s, 0 voted`,
	"more time": `
		host writes tea: single Black|Green
		host extends tea by 10 -> draft
		host opens tea
		host extends tea by 10
		stage: 1/1 tea open until 10s shown, 0 voted 0:
		time +9s
		host extends tea by 20
		stage: 1/1 tea open until 30s shown, 0 voted 0:
		host closes tea
		stage: 1/1 tea closed until 9s shown, 0 voted 0:
		host extends tea by 20 -> closed`,
	"two timers": `
		host writes tea: single Black|Green seconds=20
		host writes mood: rating seconds=10
		host opens tea
		host opens mood
		time +15s
		wake
		deck: tea open until 20s shown 0:; *mood closed until 10s shown 0:
		save
		time +60s
		wake
		deck: tea closed until 20s shown 0:; *mood closed until 10s shown 0:`,
	"the deck": `
		host writes a: single Black|Green
		host writes b: rating
		host writes c: rating
		host presents b
		stage: 2/3 b draft, 0 voted
		host moves b to 0
		host moves b to 0
		stage: 2/3 b draft, 0 voted
		host presents b
		stage: 1/3 b draft, 0 voted
		host moves b to 99
		deck: a draft 0:; c draft 0:; *b draft 0:
		host drops c
		deck: a draft 0:; *b draft 0:
		host opens b
		host drops b -> open
		host closes b
		host drops b
		stage: nothing
		deck: a draft 0:
		ann rates b: 1 -> no-question
		host presents b -> no-question
		host opens q9 -> no-question
		host moves b to 1 -> no-question`,
	"a question that was never presented cannot be found by voting": `
		host writes tea: single Black|Green
		ann votes tea: Black -> no-question
		ann votes tea: Black round=7 -> no-question
		ann votes nonsense: Black -> no-question
		host presents tea
		ann votes tea: Black -> closed
		host presents nothing
		ann votes tea: Black -> closed`,
	"a question that is open and not on the stage": `
		host writes tea: single Black|Green
		host writes mood: rating
		host opens tea
		host opens mood
		ann votes tea: Green
		stage: 2/2 mood open shown, 0 voted 0:
		host closes tea
		host presents tea
		stage: 1/2 tea closed until 0s shown, 1 voted 1: Green=1`,
	"words change before the first vote": `
		host writes tea: single Black|Green
		host writes tea: multiple Black|Green|White seconds=7
		deck: tea draft 0:
		host opens tea
		host writes tea: single Black|Green -> open
		host writes tea: multiple Black|Green|White show=closed seconds=9
		host closes tea
		host writes tea: single Black|Green
		stage: 1/1 tea draft round 2, 0 voted
		ann votes tea: Black round=1 -> round
		host opens tea
		ann votes tea: Black
		ann votes tea: nothing
		host closes tea
		host writes tea: single Black|Green|White -> voted
		host writes tea: single Green|Black -> voted
		host writes tea: rating -> voted
		host writes tea: single Black|Green show=revealed seconds=3
		host repeats tea
		host writes tea: single Black|White -> voted`,
	"who withdraws nothing stops no host": `
		host writes tea: single Black|Green
		host opens tea
		ann votes tea: nothing
		host closes tea
		host writes tea: single Black|Green|White
		host opens tea
		ann votes tea: White
		stage: 1/1 tea open round 2 shown, 1 voted 1: White=1`,
	"results that were seen before a checkpoint": `
		host writes tea: single Black|Green show=revealed
		host opens tea
		ann votes tea: Black
		host reveals tea
		host hides tea
		host closes tea
		save
		host opens tea -> shown`,
	"from a checkpoint": `
		host writes tea: multiple Black|Green|White most=3
		host writes mood: rating
		host opens tea
		ann votes tea: Black, White
		bob votes tea: Green turn=9
		bob votes tea: nothing turn=10
		save
		ann has: tea (1.1) Black White
		bob has: tea (1.10)
		stage: 1/2 tea open shown, 1 voted 1: Black=1 White=1
		bob votes tea: Green turn=9
		bob votes tea: Green turn=11
		ann votes tea: nothing
		host writes tea: rating -> voted
		host opens mood
		cid rates mood: 5
		save
		host closes tea
		deck: tea closed until 0s shown 1: Green=1; *mood open shown 1: 5=1`,
}

func TestScripts(t *testing.T) {
	t.Parallel()
	for name, lines := range scripts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, lines)
		})
	}
}

// What the audience hears of, word by word.
func TestWhoHearsWhat(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green show=closed
		host writes mood: rating
		host moves mood to 0
		host opens tea
		ann votes tea: Black
		host writes tea: single Black|Green show=closed seconds=5
		host extends tea by 20
		host presents mood
		host writes tea: single Black|Green show=closed
		host extends tea by 20
		host closes tea
		host hides tea
		host reveals tea
		host repeats tea
		host writes cake: rating
		host drops cake
		host drops tea`)
	if got, want := s.told(rooms.Participant), "presented opened wrote extended presented dropped"; got != want {
		t.Errorf("the audience hears\n%s, not\n%s", got, want)
	}
	want := "wrote wrote moved presented opened wrote extended presented wrote extended closed hidden revealed again wrote dropped dropped"
	if got := s.told(rooms.Host); got != want {
		t.Errorf("hosts hear\n%s, not\n%s", got, want)
	}
}

// The tally of an open question never steps back unless somebody changes or
// withdraws a ballot.
func TestNoStepBack(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host opens tea`)
	before := 0
	for _, line := range []string{
		"ann votes tea: Black", "bob votes tea: Black", "ann votes tea: Black turn=1", "save", "cid votes tea: Black",
		"host presents nothing", "host presents tea", "bob votes tea: Green turn=1", "dan votes tea: Black",
	} {
		s.run(line)
		c := s.poll.deck[0]
		if c.box.counts[0] < before || c.box.counts[0] != c.box.people {
			t.Fatalf("after %q: %v of %d", line, c.box.counts, c.box.people)
		}
		before = c.box.counts[0]
	}
	if before != 4 {
		t.Errorf("%d voted", before)
	}
}
