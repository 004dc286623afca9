package files

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// shelf is a database and a folder of files, with a clock of its own.
type shelf struct {
	t      *testing.T
	path   string
	folder string
	o      Options
	store  *store.Store
	files  *Files

	mu  sync.Mutex
	now time.Time // guarded by mu
}

func newShelf(t *testing.T, o Options) *shelf {
	t.Helper()
	s := &shelf{t: t, path: filepath.Join(t.TempDir(), "plenum.db"), now: time.UnixMilli(1_800_000_000_000)}
	s.folder = filepath.Join(filepath.Dir(s.path), "plenum.files")
	o.Clock = func() time.Time { s.mu.Lock(); defer s.mu.Unlock(); return s.now }
	o.Logger = slog.New(slog.DiscardHandler)
	s.o = o
	s.open()
	t.Cleanup(s.close)
	return s
}

func (s *shelf) open() {
	s.t.Helper()
	var err error
	if s.store, err = store.Open(s.t.Context(), s.path, store.Options{}); err != nil {
		s.t.Fatal(err)
	}
	if s.files, err = Open(s.folder, s.store, s.o); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) close() {
	s.files.Close()
	if err := s.store.Close(); err != nil {
		s.t.Error(err)
	}
}

func (s *shelf) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func (s *shelf) room(id string) {
	s.t.Helper()
	if err := s.store.Create(s.t.Context(), rooms.Head{Room: id, Code: id, Epoch: "e", Term: 1}); err != nil {
		s.t.Fatal(err)
	}
}

// append appends one event that says something, and makes others forgotten.
func (s *shelf) append(room, says string, forgotten ...uint64) (seq uint64) {
	s.t.Helper()
	head, err := s.store.Head(s.t.Context(), room)
	if err != nil {
		s.t.Fatal(err)
	}
	with, err := json.Marshal(map[string]string{"text": says})
	if err != nil {
		s.t.Fatal(err)
	}
	b := rooms.Batch{
		Room: room, Term: 1, After: head.Seq, Mark: fmt.Sprint("mark", head.Seq),
		Events: []rooms.Event{{Seq: head.Seq + 1, In: "chat", Did: "said", With: with, Format: 1, Erasable: true}},
	}
	for _, of := range forgotten {
		b.Forget = append(b.Forget, rooms.Forgotten{In: "chat", Dids: []string{"said"}, Blank: rooms.Blank{Seq: of}})
	}
	if err := s.store.Append(s.t.Context(), b); err != nil {
		s.t.Fatal(err)
	}
	return head.Seq + 1
}

func (s *shelf) put(room, member, name string, content []byte) (File, error) {
	return s.files.Put(s.t.Context(), room, member, name, bytes.NewReader(content))
}

func (s *shelf) mustPut(room, member, name string, content []byte) File {
	s.t.Helper()
	file, err := s.put(room, member, name, content)
	if err != nil {
		s.t.Fatal(err)
	}
	return file
}

func (s *shelf) find(room, member, hash string) error {
	_, err := s.files.Find(s.t.Context(), room, member, hash, func([]string) (bool, error) { return true, nil })
	return err
}

func (s *shelf) tidy() {
	s.t.Helper()
	if err := s.files.Tidy(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// onDisk are the files that the folder has, under their names.
func (s *shelf) onDisk() map[string]bool {
	s.t.Helper()
	all, err := filepath.Glob(filepath.Join(s.folder, "*", "*"))
	if err != nil {
		s.t.Fatal(err)
	}
	names := map[string]bool{}
	for _, path := range all {
		names[rooms.FilePrefix+filepath.Base(path)] = true
	}
	if left, _ := filepath.Glob(filepath.Join(s.folder, partial+"*")); len(left) > 0 {
		s.t.Errorf("left in the folder: %v", left)
	}
	return names
}

// corners is a picture whose corners can be told apart: red, green, blue and
// white, clockwise from the first.
func corners(width, height int) image.Image {
	p := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{255, 0, 0, 255}
			switch right, low := x >= width/2, y >= height/2; {
			case right && low:
				c = color.NRGBA{0, 0, 255, 255}
			case right:
				c = color.NRGBA{0, 255, 0, 255}
			case low:
				c = color.NRGBA{255, 255, 255, 255}
			}
			p.Set(x, y, c)
		}
	}
	return p
}

func asPNG(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// asPhoto is a JPEG as a camera writes it: with EXIF that tells how it was held,
// and where.
func asPhoto(t *testing.T, picture image.Image, orientation byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x02\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation, 0, 0)
	exif = append(exif, []byte("\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x26\x00\x00\x00\x00GPS 47.3769N 8.5417E Canon EOS secret-place")...)
	size := len(exif) + 2
	segment := append([]byte{0xff, 0xe1, byte(size >> 8), byte(size)}, exif...)
	comment := []byte("\xff\xfe\x00\x10secret comment")
	return bytes.Join([][]byte{b.Bytes()[:2], segment, comment, b.Bytes()[2:], []byte("<script>secret tail</script>")}, nil)
}
