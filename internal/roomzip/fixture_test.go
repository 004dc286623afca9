package roomzip

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"plenum/chat"
	"plenum/collab"
	"plenum/internal/files"
	"plenum/internal/store"
	"plenum/polls"
	"plenum/qa"
	"plenum/rooms"
	"plenum/surveys"
)

// house is a server's rooms, files and ZIPs, with the real database.
type house struct {
	t     testing.TB
	store *store.Store
	hall  *rooms.Hall
	files *files.Files
	zips  *Zips
}

func newHouse(t testing.TB, o files.Options) *house {
	t.Helper()
	h := &house{t: t}
	folder, quiet := t.TempDir(), slog.New(slog.DiscardHandler)
	var err error
	if h.store, err = store.Open(t.Context(), filepath.Join(folder, "plenum.db"), store.Options{}); err != nil {
		t.Fatal(err)
	}
	secrets, err := store.OpenSecrets(filepath.Join(folder, "plenum.secrets"))
	if err != nil {
		t.Fatal(err)
	}
	o.Logger = quiet
	if h.files, err = files.Open(filepath.Join(folder, "plenum.files"), h.store, o); err != nil {
		t.Fatal(err)
	}
	h.hall = rooms.NewHall(rooms.Options{
		Kinds: []rooms.Kind{chat.Kind, chat.Direct, collab.Kind, collab.Source, polls.Kind, qa.Kind, surveys.Kind}, Start: []string{"chat"},
		Log: h.store, Secrets: secrets, Images: h.files.Images, Logger: quiet,
	})
	h.zips = New(Options{Hall: h.hall, Files: h.files, Build: "test", Logger: quiet})
	t.Cleanup(func() {
		if err := h.hall.Close(context.Background()); err != nil {
			t.Error(err)
		}
		h.files.Close()
		if err := h.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// place is a room of a house.
type place struct {
	*house
	code string
}

// room makes a room that ada owns, with ben as a participant.
func (h *house) room(title string) place {
	h.t.Helper()
	code, _, err := h.hall.Create(h.t.Context(), title, rooms.Entry{Person: "ada", Name: "Ada"})
	if err != nil {
		h.t.Fatal(err)
	}
	p := place{h, code}
	p.enter("ben", "Ben")
	return p
}

func (p place) enter(person, name string) {
	p.t.Helper()
	if _, err := p.hall.Enter(p.t.Context(), p.code, rooms.Entry{Person: person, Name: name}); err != nil {
		p.t.Fatal(err)
	}
}

func (p place) try(person, in, do string, with any) (json.RawMessage, error) {
	content, err := json.Marshal(with)
	if err != nil {
		p.t.Fatal(err)
	}
	for {
		answer, err := p.hall.Do(p.t.Context(), p.code, person, rooms.Command{In: in, Do: do, With: content})
		var refusal *rooms.Refusal
		if errors.As(err, &refusal) && rooms.Waits(refusal) {
			continue
		}
		return answer, err
	}
}

func (p place) do(person, in, do string, with any) json.RawMessage {
	p.t.Helper()
	answer, err := p.try(person, in, do, with)
	if err != nil {
		p.t.Fatalf("%s: %v", do, err)
	}
	return answer
}

// add makes an activity, and tells its id.
func (p place) add(kind, title string, least rooms.Role, settings any) string {
	p.t.Helper()
	with := map[string]any{"kind": kind, "title": title, "least": least}
	if settings != nil {
		with["settings"] = settings
	}
	var answer struct {
		Events []struct{ With struct{ ID string } }
	}
	if err := json.Unmarshal(p.do("ada", rooms.LobbyID, "add", with), &answer); err != nil {
		p.t.Fatal(err)
	}
	return answer.Events[len(answer.Events)-1].With.ID
}

// bring stores a picture of a shade, or a file.
func (p place) bring(person, name string, content []byte) files.File {
	p.t.Helper()
	room, m, err := p.hall.Member(p.t.Context(), p.code, person)
	if err != nil {
		p.t.Fatal(err)
	}
	file, err := p.files.Put(p.t.Context(), room, m.ID, name, bytes.NewReader(content))
	if err != nil {
		p.t.Fatal(err)
	}
	return file
}

// content is a file of the room as a member gets it.
func (p place) content(person, hash string) ([]byte, error) {
	room, m, err := p.hall.Member(p.t.Context(), p.code, person)
	if err != nil {
		return nil, err
	}
	file, err := p.files.Find(p.t.Context(), room, m.ID, hash, func(activities []string) (bool, error) {
		return p.hall.Sees(p.t.Context(), room, m.Role, activities)
	})
	if err != nil {
		return nil, err
	}
	from, err := p.files.Open(file)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	return io.ReadAll(from)
}

// zip is the room as its host downloads it.
func (p place) zip(person string) []byte {
	p.t.Helper()
	taking, err := p.zips.Take(p.t.Context(), p.code, person, "en")
	if err != nil {
		p.t.Fatal(err)
	}
	var out bytes.Buffer
	if err := taking.Write(p.t.Context(), &out); err != nil {
		p.t.Fatal(err)
	}
	return out.Bytes()
}

// take makes a room of a ZIP.
func (h *house) take(person string, content []byte) (place, error) {
	owner := func(context.Context) (string, error) { return person, nil }
	code, _, err := h.zips.Import(h.t.Context(), Coming{Name: "Ida", Owner: owner, File: bytes.NewReader(content), Size: int64(len(content))})
	return place{h, code}, err
}

// parts are the activities of a room with what a copy of each is made with.
func (p place) parts(person string) (all []rooms.Part) {
	p.t.Helper()
	_, _, listed, err := p.hall.Contents(p.t.Context(), p.code, person)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, part := range listed {
		if part.Settings, err = p.hall.Copy(p.t.Context(), p.code, person, part.ID); err != nil {
			p.t.Fatal(err)
		}
		all = append(all, part)
	}
	return all
}

// unpacked are the entries of a ZIP.
func unpacked(t *testing.T, content []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range archive.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := all[f.Name]; twice {
			t.Fatalf("%s is there twice", f.Name)
		}
		all[f.Name] = string(text)
	}
	return all
}

// packed makes a ZIP of entries.
func packed(t *testing.T, entries map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range entries {
		entry, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(entry, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func aPNG(t testing.TB, shade uint8) []byte {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, 8, 6))
	for i := range 48 {
		picture.Set(i%8, i/8, color.NRGBA{shade, uint8(i), 200, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func aJPEG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 32, 16)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// anImage is an operation of a document.
func anImage(file files.File, alt string) map[string]any {
	return map[string]any{
		"insert":     map[string]any{"image": file.Hash},
		"attributes": map[string]any{"alt": alt, "shape": fmt.Sprintf("%dx%d", file.Width, file.Height)},
	}
}

func because(err error) string {
	var refusal *rooms.Refusal
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return fmt.Sprint(err)
}
