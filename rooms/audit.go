package rooms

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

const (
	auditLines = 50  // of one answer
	auditPage  = 500 // events that are read at a time
	auditPages = 20  // that are read for one answer
)

// audited are the events of the lobby that say who did what to the room and its
// people.
var audited = []string{
	"added", "admitted", "archived", "binned", "braked", "codeRole", "deleted", "door", "ended", "hidden", "hooked", "kept", "linked", "locked", "muted", "passcode", "readmitted",
	"refused", "rehooked", "rekeyed", "removed", "renamed", "restored", "revoked", "role", "screened", "shown", "slowed", "titled", "unhooked", "unscreened", "used",
}

// auditLine is one thing that somebody did.
type auditLine struct {
	Seq  uint64          `json:"seq"`
	At   int64           `json:"at"` // Unix milliseconds
	By   string          `json:"by"` // the member
	Did  string          `json:"did"`
	With json.RawMessage `json:"with"`
}

// audit is a page of the list, the newest first, with the names of the members
// and activities that it is about, as they are called now.
type audit struct {
	Lines      []auditLine       `json:"lines"`
	People     map[string]string `json:"people"`
	Activities map[string]string `json:"activities"`
	Before     uint64            `json:"before,omitempty"` // where an older page begins, if there is one
}

// readAudit reads {before}: what hosts may know of who did what. A page may have
// few lines, or none, where much else has happened.
func readAudit(ctx context.Context, r Reading) (any, error) {
	before := uint64(0)
	if text := r.Ask["before"]; text != "" {
		var err error
		if before, err = strconv.ParseUint(text, 10, 63); err != nil || before == 0 {
			return nil, ErrMalformed
		}
	}
	a := audit{Lines: []auditLine{}, People: map[string]string{}, Activities: map[string]string{}}
	for range auditPages {
		events, err := r.Events(ctx, 0, before, auditPage, true)
		if err != nil {
			return nil, err
		}
		if before = a.takeAll(events); before == 0 || len(a.Lines) == auditLines {
			break
		}
	}
	a.Before = before
	return a, a.name(ctx, r)
}

// takeAll takes events, the last first, until the page is full. It returns where
// those begin that are left; 0 if none are.
func (a *audit) takeAll(events []Event) (before uint64) {
	for _, e := range slices.Backward(events) {
		if len(a.Lines) == auditLines {
			return e.Seq + 1
		}
		a.take(e)
	}
	if len(events) < auditPage {
		return 0
	}
	return events[0].Seq
}

// take adds an event, if it is one of those. What the room did by itself is not.
func (a *audit) take(e Event) {
	if _, found := slices.BinarySearch(audited, e.Did); found && e.By != "" && e.To.Least <= Host {
		a.Lines = append(a.Lines, auditLine{e.Seq, e.At, e.By, e.Did, e.With})
	}
}

// name looks up who and what the lines are about.
func (a *audit) name(ctx context.Context, r Reading) error {
	var ids []string
	for _, line := range a.Lines {
		var c lobbyChange
		decode(line.With, &c)
		ids = append(ids, line.By, cmp.Or(c.Member, c.Activity, c.ID))
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	people, err := r.People(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range people {
		a.People[m.ID] = m.Name
	}
	raw, err := r.View(ctx)
	if err != nil {
		return err
	}
	var view struct{ Activities []listed }
	if err := json.Unmarshal(raw, &view); err != nil {
		return fmt.Errorf("read the lobby's view: %w", err)
	}
	for _, activity := range view.Activities {
		if _, found := slices.BinarySearch(ids, activity.ID); found {
			a.Activities[activity.ID] = activity.Title
		}
	}
	return nil
}
