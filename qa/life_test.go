package qa

import (
	"strings"
	"testing"

	"plenum/rooms"
)

func TestScripts(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string]string{
		"asked and voted for": `
			ann asks Tea
			bob asks Cake unnamed
			all: Tea by ann 1, Cake 1
			bob votes Tea
			bob votes Tea
			ann votes Cake
			all: Tea by ann 2, Cake 2
			ann unvotes Tea
			all: Tea by ann 1, Cake 2
			ann has: Tea + Cake
			save
			ann votes Tea
			ann unvotes Cake
			all: Tea by ann 2, Cake 1`,
		"an older ballot that comes late changes nothing": `
			ann asks Tea
			bob votes Tea turn=3
			bob votes Tea turn=2
			bob votes Tea turn=3
			all: Tea by ann 2
			bob unvotes Tea
			bob votes Tea turn=1
			all: Tea by ann 1`,
		"moderated": `
			host sets moderated
			ann asks Tea
			all:
			hosts: Tea by ann queued 1
			ann has: Tea queued +
			bob votes Tea -> no-question
			host approves Tea
			all: Tea by ann 1
			bob votes Tea
			host holds Tea
			all:
			hosts: Tea by ann queued 2
			save
			host approves Tea
			all: Tea by ann 2
			host asks Hosts
			all: Tea by ann 2, Hosts by host 1`,
		"dismissed and restored": `
			ann asks Tea
			host dismisses Tea because rude
			all:
			hosts: Tea by ann dismissed (rude) 1
			ann has: Tea dismissed (rude) +
			host dismisses Tea because off topic
			ann has: Tea dismissed (off topic) +
			host restores Tea
			all: Tea by ann 1
			host sets moderated
			bob asks Cake
			host dismisses Cake
			host restores Cake
			hosts: Tea by ann 1, Cake by bob queued 1`,
		"answered and not": `
			ann asks Tea
			host takes Tea
			all: >Tea by ann 1
			ann edits Tea to Coffee -> answering
			ann withdraws Tea -> answering
			host answers Tea with At four.
			all: Tea by ann answered (At four.) 1
			bob votes Tea -> answered
			ann votes Tea
			ann withdraws Tea -> answered
			host answers Tea with At five.
			all: Tea by ann answered (At five.) 1
			save
			host reopens Tea
			all: Tea by ann 1
			host answers Tea
			all: Tea by ann answered 1
			host takes Tea -> answered
			host pins Tea -> answered
			host holds Tea -> answered`,
		"taken up": `
			ann asks Tea
			ann asks Cake
			host takes Tea
			host takes Cake
			all: Tea by ann 1, >Cake by ann 1
			save
			host takes nothing
			host takes Tea
			host dismisses Tea
			hosts: Tea by ann dismissed 1, Cake by ann 1
			host takes Tea -> dismissed
			host sets moderated
			ann asks Milk
			host takes Milk -> queued
			host pins Milk -> queued
			host answers Milk
			all: Cake by ann 1, Milk by ann answered 1`,
		"one's own": `
			ann asks Tea
			bob edits Tea to Coffee -> not-yours
			host withdraws Tea -> not-yours
			ann edits Tea to Coffee
			all: Coffee by ann 1
			host pins Coffee
			host sets moderated
			ann edits Coffee to Cake
			hosts: Cake by ann queued 1
			bob withdraws Cake -> no-question
			host dismisses Cake
			ann edits Cake to Tea -> dismissed
			ann withdraws Cake
			hosts:
			ann has: +
			ann withdraws Cake -> no-question`,
		"merged, each person once": `
			ann asks Tea
			bob asks Tea?
			cat votes Tea
			cat votes Tea?
			dan votes Tea?
			host merges Tea? into Tea
			all: Tea by ann 4
			hosts: Tea by ann 4, Tea? by bob merged 3
			bob has: Tea? merged + Tea
			cat has: + Tea
			bob votes Tea? -> no-question
			bob edits Tea? to Cake -> merged
			ann withdraws Tea -> merged
			cat unvotes Tea
			dan unvotes Tea
			all: Tea by ann 2
			dan votes Tea
			save
			all: Tea by ann 3
			host restores Tea?
			all: Tea by ann 2, Tea? by bob 1`,
		"merged of merged, and apart again": `
			ann asks A
			bob asks B
			cat asks C
			host merges C into B
			host merges B into A
			all: A by ann 3
			hosts: A by ann 3, B by bob merged 2, C by cat merged 1
			host restores C
			hosts: A by ann 2, B by bob merged 1, C by cat 1
			host merges A into A -> itself
			host merges A into B -> merged
			host merges B into C -> merged
			host approves B -> merged
			host merges C into A
			save
			host restores B
			all: A by ann 2, B by bob 1
			host restores B`,
		"merged from the queue": `
			ann asks A
			host sets moderated
			bob asks B
			host merges B into A
			all: A by ann 2
			bob has: B merged + A
			host restores B
			all: A by ann 1
			hosts: A by ann 1, B by bob queued 1
			bob has: B queued +`,
		"closed": `
			ann asks Tea
			host sets closed
			bob asks Cake -> not-asking
			bob votes Tea
			save
			bob asks Cake -> not-asking
			host sets opened
			bob asks Cake
			all: Tea by ann 2, Cake by bob 1`,
		"pinned": `
			ann asks Tea
			host pins Tea
			host pins Tea
			all: Tea by ann pinned 1
			host unpins Tea
			all: Tea by ann 1`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, lines)
		})
	}
}

// Without a name: nothing that anybody else is told, and no view, names who
// asked; the stored event for the asker alone does.
func TestWithoutAName(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host sets moderated
		ann asks Tea unnamed
		ann edits Tea to Coffee
		host approves Coffee
		ann edits Coffee to Cake
		host approves Cake
		host dismisses Cake
		host restores Cake
		ann withdraws Cake`)
	for _, e := range s.log {
		if e.To.Only != "" || e.To.Least == rooms.Nobody {
			continue
		}
		if e.By == "id-ann" || strings.Contains(string(e.With), "ann") {
			t.Errorf("%q tells who asked: by %q %s", e.Did, e.By, e.With)
		}
	}
	for _, role := range rooms.Told {
		if strings.Contains(string(encode(s.qa.View(rooms.Member{Role: role}))), "ann") {
			t.Errorf("%s sees who asked", role)
		}
	}
}

// Every numbered command has an event that its sender sees signed.
func TestCommandsAreSigned(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	for _, line := range []string{"ann asks Tea unnamed", "ann edits Tea to Cake", "ann withdraws Cake"} {
		before := len(s.log)
		s.run(line)
		signed := 0
		for _, e := range s.log[before:] {
			if e.By == "id-ann" && e.To.Sees(rooms.Member{ID: "id-ann", Role: rooms.Participant}) {
				signed++
			}
		}
		if signed != 1 {
			t.Errorf("%s: %d events are signed", line, signed)
		}
	}
}

// What was forgotten is blank, and skipped; so is what others did to it.
func TestForgottenQuestions(t *testing.T) {
	t.Parallel()
	s := run(t, `
		ann asks Tea
		bob votes Tea
		host pins Tea
		host takes Tea
		bob asks Cake`)
	again := newScript(t)
	for _, e := range s.log {
		if strings.Contains(string(e.With), "Tea") {
			e.With = nil
		}
		again.qa.Apply(e)
	}
	again.run("all: Cake by bob 1")
}

func TestCopiesHaveTheSettings(t *testing.T) {
	t.Parallel()
	s := run(t, `
		ann asks Tea
		host sets moderated
		host sets closed`)
	copied, err := s.qa.Copy()
	if err != nil {
		t.Fatal(err)
	}
	made, err := Kind.New(copied)
	if err != nil {
		t.Fatal(err)
	}
	if view := made.View(rooms.Member{Role: rooms.Host}).(View); !view.Moderated || !view.Closed || len(view.Questions) != 0 {
		t.Errorf("the copy is %+v", view)
	}
}
