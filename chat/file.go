package chat

import (
	"unicode/utf8"

	"plenum/rooms"
)

// ErrFile refuses what cannot be a file of the room.
var ErrFile = rooms.Refuse("bad-file", "This is not a file of this room.")

// What a file may say of itself at most.
const (
	maxFileName = 120
	maxFileSize = 1 << 40
	maxSide     = 1 << 16
)

// File is what a message brings along: a stored file of the room, and as much of
// it as is shown before it is there. Whether it is there is not asked: it may be
// gone at any time.
type File struct {
	Hash   string `json:"hash"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Width  int    `json:"width,omitempty"` // of an image, in pixels
	Height int    `json:"height,omitempty"`
}

// valid tells whether a file can be one.
func (f *File) valid() bool {
	side := func(n int) bool { return n >= 0 && n <= maxSide }
	name := f.Name != "" && rooms.CleanLine(f.Name) == f.Name && utf8.RuneCountInString(f.Name) <= maxFileName
	return rooms.IsFile(f.Hash) && name && f.Size > 0 && f.Size <= maxFileSize &&
		side(f.Width) && side(f.Height) && (f.Width == 0) == (f.Height == 0)
}
