package collab

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"plenum/collab/delta"
	"plenum/rooms"
)

// How many versions of a document may have a name, and how long that may be.
const (
	MaxVersions    = 500
	MaxVersionName = 100 // UTF-16 units
)

// Why a version is not named, or its name not taken away.
var (
	ErrVersions   = rooms.Refuse("versions", "This document has 500 named versions, which is as many as it can have. Remove a name first.")
	ErrName       = rooms.Refuse("version-name", "A version's name has 1 to 100 characters.")
	ErrNoRevision = rooms.Refuse("no-revision", "This document does not have that revision yet.")
	ErrNoVersion  = rooms.Refuse("no-version", "This version has no name any more.")
)

// Version is a revision that has a name: the last one it was given.
type Version struct {
	Rev  uint64 `json:"rev"`
	Name string `json:"name"`
	By   string `json:"by"` // who named it
	At   int64  `json:"at"` // when, Unix milliseconds
}

// version finds where the version of a revision is, or belongs.
func (d *Document) version(rev uint64) (place int, found bool) {
	return slices.BinarySearchFunc(d.versions, rev, func(v Version, rev uint64) int { return cmp.Compare(v.Rev, rev) })
}

// decideName names a revision, or gives it another name.
func (d *Document) decideName(with json.RawMessage) ([]rooms.Event, error) {
	var asked struct {
		Rev  *uint64
		Name string
	}
	if err := json.Unmarshal(with, &asked); err != nil || asked.Rev == nil {
		return nil, rooms.ErrMalformed
	}
	name := rooms.CleanLine(asked.Name)
	switch _, named := d.version(*asked.Rev); {
	case name == "" || delta.Units(name) > MaxVersionName:
		return nil, ErrName
	case *asked.Rev > d.rev:
		return nil, ErrNoRevision
	case !named && len(d.versions) >= MaxVersions:
		return nil, ErrVersions
	}
	told, err := json.Marshal(named{*asked.Rev, name})
	if err != nil {
		return nil, fmt.Errorf("encode the name of a version: %w", err)
	}
	return []rooms.Event{{Did: "named", With: told}}, nil
}

// decideUnname takes the name of a revision away. The revision stays.
func (d *Document) decideUnname(with json.RawMessage) ([]rooms.Event, error) {
	var asked struct{ Rev *uint64 }
	if err := json.Unmarshal(with, &asked); err != nil || asked.Rev == nil {
		return nil, rooms.ErrMalformed
	}
	if _, found := d.version(*asked.Rev); !found {
		return nil, ErrNoVersion
	}
	return []rooms.Event{{Did: "unnamed", With: fmt.Appendf(nil, `{"rev":%d}`, *asked.Rev)}}, nil
}

// named is the content of the event "named"; "unnamed" has no name.
type named struct {
	Rev  uint64 `json:"rev"`
	Name string `json:"name"`
}

// applyVersion places the name that a revision was given, or takes it away.
func (d *Document) applyVersion(e rooms.Event) {
	var with named
	if err := json.Unmarshal(e.With, &with); err != nil {
		panic(fmt.Errorf("collab: read event %d: %w", e.Seq, err))
	}
	versions := slices.Clone(d.versions)
	place, found := d.version(with.Rev)
	if found {
		versions = slices.Delete(versions, place, place+1)
	}
	if e.Did == "named" {
		versions = slices.Insert(versions, place, Version{Rev: with.Rev, Name: with.Name, By: e.By, At: e.At})
	}
	d.versions = versions
}
