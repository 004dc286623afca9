package roomzip

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"regexp"
	"time"

	"plenum/internal/files"
	"plenum/rooms"
)

// Hall is what is needed of *rooms.Hall.
type Hall interface {
	Member(ctx context.Context, code, person string) (room string, m rooms.Member, err error)
	Sees(ctx context.Context, room string, role rooms.Role, activities []string) (bool, error)
	Contents(ctx context.Context, code, person string) (rooms.Member, rooms.Outline, []rooms.Part, error)
	Papers(ctx context.Context, code, person, activity string, ask map[string]string) (folder string, papers []rooms.File, err error)
	Copy(ctx context.Context, code, person, activity string) (json.RawMessage, error)
	Check(p rooms.Part) error
	Found(ctx context.Context, o rooms.Outline, e rooms.Entry) (*rooms.Founding, error)
}

// Files is what is needed of *files.Files.
type Files interface {
	Find(ctx context.Context, room, member, hash string, sees func(activities []string) (bool, error)) (files.File, error)
	Open(file files.File) (*os.File, error)
	Put(ctx context.Context, room, member, name string, content io.Reader) (files.File, error)
	Share(ctx context.Context, from, to, member string, hashes []string) error
	Scratch() (*os.File, error)
}

// Options may stay zero, but for the first two.
type Options struct {
	Hall   Hall
	Files  Files
	Most   int64            // bytes of a ZIP that is imported; a gigabyte and what else a room has
	Build  string           // of this program
	Clock  func() time.Time // time.Now
	Logger *slog.Logger     // slog's default
}

// Zips makes ZIPs of rooms, and rooms of ZIPs. It is safe for concurrent use.
type Zips struct {
	o      Options
	making chan struct{} // one place for each room that is being made
}

// atOnce is how many rooms are made at once: each holds an activity in memory.
const atOnce = 2

// New makes it.
func New(o Options) *Zips {
	if o.Most == 0 {
		o.Most = 1<<30 + maxContent
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Zips{o: o, making: make(chan struct{}, atOnce)}
}

// reserve waits for a place.
func (z *Zips) reserve(ctx context.Context) (release func(), err error) {
	select {
	case z.making <- struct{}{}:
		return func() { <-z.making }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Most is how many bytes of a ZIP are taken.
func (z *Zips) Most() int64 { return z.o.Most }

// Scratch is a file to write a ZIP into before it is read.
func (z *Zips) Scratch() (*os.File, error) { return z.o.Files.Scratch() }

// Spare is how much of a ZIP need not be files: everything else of a room.
const Spare = maxContent

var fileNames = regexp.MustCompile(rooms.FilePrefix + "[0-9a-f]{64}")

// named are the stored files that a content names, each once. More than one event
// can name are refused: the room would not keep the rest.
func named(content []byte) (hashes []string, err error) {
	seen := map[string]bool{}
	for _, name := range fileNames.FindAll(content, -1) {
		if hash := string(name); !seen[hash] {
			seen[hash] = true
			hashes = append(hashes, hash)
		}
	}
	if len(hashes) > rooms.MaxFiles {
		return nil, ErrManyFiles
	}
	return hashes, nil
}
