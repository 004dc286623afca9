// Package roomzip carries whole rooms: as a ZIP that people read and that any
// Plenum makes a room of again, and as another room beside the first. What is
// taken is what a host may read; who somebody is, what they voted in secret and
// how to come in is not in it.
package roomzip

import (
	"plenum/rooms"
)

// Format counts the formats of a room's ZIP. Those before it are read; a later
// one is refused.
const Format = 1

// manifestName is the entry that says what the others are.
const manifestName = "room.json"

// manifestIs tells it from any other JSON.
const manifestIs = "plenum-room"

// Manifest is what room.json says; see docs/rooms.md.
type Manifest struct {
	Is         string     `json:"is"`
	Format     int        `json:"format"`
	Build      string     `json:"build"` // of the program that made it
	Made       string     `json:"made"`  // when, RFC 3339
	Title      string     `json:"title"`
	CodeRole   rooms.Role `json:"codeRole"`
	Activities []Activity `json:"activities"`
	Files      []File     `json:"files"`
	Missing    []string   `json:"missing,omitempty"` // files that are named, and not there any more
}

// Activity is one of the room's, in its order.
type Activity struct {
	ID       string     `json:"id,omitempty"` // by which others name it: a document its polls
	Kind     string     `json:"kind"`
	Title    string     `json:"title"`
	Least    rooms.Role `json:"least"`              // who sees it
	Settings string     `json:"settings,omitempty"` // the entry with what a new one is made with
	Papers   []string   `json:"papers,omitempty"`   // the entries for people
}

// File is a stored file that something in the room names.
type File struct {
	Hash string `json:"hash"`
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	Path string `json:"path"` // its entry
}

// Bounds of what is read. Files have those of the room that they come into.
const (
	maxEntries   = 5_000
	maxDirectory = 2 << 20 // bytes that list the entries
	maxManifest  = 1 << 20
	maxSettings  = 16 << 20 // of one activity
	maxContent   = 64 << 20 // of all settings together
	maxFiles     = 1_000    // that are named in all of them
)

// Why a ZIP is not taken.
var (
	ErrNotZip    = rooms.Refuse("zip", "This is not the ZIP of a room. Choose one that was downloaded from Plenum.")
	ErrDamaged   = rooms.Refuse("zip-damaged", "This ZIP is damaged or incomplete. Download it once more.")
	ErrNewer     = rooms.Refuse("zip-newer", "This ZIP was made by a newer version of Plenum than this server has.")
	ErrEncrypted = rooms.Refuse("zip-encrypted", "This ZIP is protected by a password. Take that away first.")
	ErrBig       = rooms.Refuse("zip-size", "There is more in this ZIP than the server takes.")
	ErrKind      = rooms.Refuse("zip-kind", "There is something in this ZIP that this server does not have. Ask whoever runs it for a newer version.")
	ErrManyFiles = rooms.Refuse("many-files", "A part of this room names more than 1,000 images. It cannot be copied as it is.")
)
