// Package files keeps what people bring into their rooms: images and other
// files, each once under the hash of what is stored, in a folder beside the
// database. Images are made anew, so that of what was sent nothing is left but
// the picture. What nothing in a room names any more is cleaned up.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// Why a file is not taken or not found.
var (
	ErrEmpty  = errors.New("the file is empty")
	ErrTooBig = errors.New("the file is too big")
	ErrImage  = errors.New("the image cannot be read")
	ErrPixels = errors.New("the image has too many pixels")
	ErrFull   = errors.New("the room has no space for more files")
	ErrBusy   = errors.New("too many images are being made at once")
	ErrNone   = errors.New("there is no such file")
)

// Options may stay zero.
type Options struct {
	Quota    int64            // bytes of all files of a room; 1 GB
	MaxImage int64            // bytes of an image; 10 MB
	MaxFile  int64            // bytes of another file; 25 MB
	Grace    time.Duration    // how long a file that nothing names is kept; a day
	Every    time.Duration    // how often is cleaned up; an hour
	Clock    func() time.Time // time.Now
	Logger   *slog.Logger     // slog's default
}

func (o Options) orDefaults() Options {
	if o.Quota == 0 {
		o.Quota = 1 << 30
	}
	if o.MaxImage == 0 {
		o.MaxImage = 10 << 20
	}
	if o.MaxFile == 0 {
		o.MaxFile = 25 << 20
	}
	if o.Grace == 0 {
		o.Grace = 24 * time.Hour
	}
	if o.Every == 0 {
		o.Every = time.Hour
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// File is what a room has.
type File struct {
	Hash   string `json:"hash"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	Width  int    `json:"width,omitempty"` // of an image, in pixels
	Height int    `json:"height,omitempty"`
}

// Image tells whether the file is an image that was made here.
func (f File) Image() bool { return f.Width > 0 }

// Files is the folder and its table. It is safe for concurrent use.
type Files struct {
	o      Options
	folder string
	store  *store.Store
	making chan struct{} // one place for each image that is being made
	create func() (*os.File, error)

	// mu is held while a file gets its name and its row, and while it loses them:
	// so none loses its name just when it gets another row.
	mu   sync.Mutex
	end  context.CancelFunc
	done chan struct{}
}

// makingWait is how long an image waits until others are made.
const makingWait = 30 * time.Second

// partial is how the names of files begin that are not whole yet.
const partial = ".partial-"

// Open makes the folder if there is none and begins to clean up. Nothing else
// may use the folder.
func Open(folder string, s *store.Store, o Options) (*Files, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of files: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(folder, partial+"*"))
	if err != nil {
		return nil, err
	}
	for _, name := range left { // of a process that died
		if err := os.Remove(name); err != nil {
			return nil, fmt.Errorf("open the folder of files: %w", err)
		}
	}
	ctx, end := context.WithCancel(context.Background())
	f := &Files{
		o: o.orDefaults(), folder: folder, store: s, end: end, done: make(chan struct{}),
		making: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)),
		create: func() (*os.File, error) { return os.CreateTemp(folder, partial) },
	}
	go f.tidy(ctx)
	return f, nil
}

// Close ends the cleaning up.
func (f *Files) Close() {
	f.end()
	<-f.done
}

// Max is how many bytes anything may have at most.
func (f *Files) Max() int64 { return max(f.o.MaxFile, f.o.MaxImage) }

// Put stores what a member brings into a room. It is whole on the disk and has
// its row, or nothing is left of it.
func (f *Files) Put(ctx context.Context, room, member, name string, content io.Reader) (File, error) {
	if full, err := f.full(ctx, room); err != nil || full {
		return File{}, errors.Join(err, orNil(full, ErrFull))
	}
	brought, err := f.bring(content)
	if err != nil {
		return File{}, err
	}
	defer brought.drop()
	file := File{Name: cleanName(name), Type: "application/octet-stream"}
	if brought.kind != "" {
		if brought.size > f.o.MaxImage {
			return File{}, ErrTooBig
		}
		made, err := f.remake(ctx, brought)
		if err != nil {
			return File{}, err
		}
		defer made.drop()
		file.Type, file.Width, file.Height = made.kind, made.width, made.height
		file.Name = strings.TrimSuffix(file.Name, filepath.Ext(file.Name)) + ends[made.kind]
		brought = made
	}
	file.Size, file.Hash = brought.size, brought.name()
	if err := brought.settle(); err != nil {
		return File{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return file, f.keep(ctx, room, member, file, brought)
}

// keep gives a whole file its name, and then its row. Called with mu held.
func (f *Files) keep(ctx context.Context, room, member string, file File, from *draft) error {
	if err := from.rename(f.path(file.Hash)); err != nil {
		return err
	}
	err := f.enter(ctx, room, member, file)
	if err != nil && !errors.Is(err, store.ErrInDoubt) {
		return errors.Join(err, f.removeUnused(context.WithoutCancel(ctx), file.Hash))
	}
	return err
}

// Find is a file of a room, as far as it is there for a member: where it is
// named, in activities that the member sees, or since the member brought it.
func (f *Files) Find(ctx context.Context, room, member, hash string, sees func(activities []string) (bool, error)) (File, error) {
	if !rooms.IsFile(hash) {
		return File{}, ErrNone
	}
	file, by, err := f.find(ctx, room, hash)
	if err != nil {
		return File{}, err
	}
	if by == member {
		return file, nil
	}
	activities, err := f.uses(ctx, room, member, hash)
	if err != nil {
		return File{}, err
	}
	if len(activities) == 0 {
		return File{}, ErrNone
	}
	if may, err := sees(activities); err != nil || !may {
		return File{}, errors.Join(err, orNil(err == nil, ErrNone))
	}
	return file, nil
}

// Images are those of the named files that a room has and that are images.
func (f *Files) Images(ctx context.Context, room string, names []string) (map[string]rooms.Image, error) {
	all := map[string]rooms.Image{}
	for _, name := range names {
		if !rooms.IsFile(name) {
			continue
		}
		file, _, err := f.find(ctx, room, name)
		if errors.Is(err, ErrNone) || err == nil && !file.Image() {
			continue
		}
		if err != nil {
			return nil, err
		}
		all[name] = rooms.Image{Width: file.Width, Height: file.Height}
	}
	return all, nil
}

// Open is the content of a file that was found.
func (f *Files) Open(file File) (*os.File, error) { return os.Open(f.path(file.Hash)) }

func (f *Files) path(hash string) string { return pathIn(f.folder, hash) }

// pathIn is where a file stands: in one of 256 folders by its first digits.
func pathIn(folder, hash string) string {
	digits := strings.TrimPrefix(hash, rooms.FilePrefix)
	return filepath.Join(folder, digits[:2], digits)
}

func orNil(is bool, err error) error {
	if is {
		return err
	}
	return nil
}
