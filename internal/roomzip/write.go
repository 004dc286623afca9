package roomzip

import (
	"archive/zip"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"plenum/internal/files"
	"plenum/rooms"
)

// Taking is a room that a host takes along as a ZIP, one activity after the
// other, each as it is when its turn comes.
type Taking struct {
	zips     *Zips
	code     string
	person   string
	room     string
	host     rooms.Member
	language string
	all      []rooms.Part

	out      *zip.Writer
	names    names
	manifest Manifest
	found    []files.File // those of the manifest
	paths    map[string]string
}

// Take begins a ZIP; the refusal if somebody may not have it.
func (z *Zips) Take(ctx context.Context, code, person, language string) (*Taking, error) {
	host, outline, all, err := z.o.Hall.Contents(ctx, code, person)
	if err != nil {
		return nil, err
	}
	room, _, err := z.o.Hall.Member(ctx, code, person)
	if err != nil {
		return nil, err
	}
	return &Taking{
		zips: z, code: code, person: person, room: room, host: host, language: language, all: all,
		names: names{}, paths: map[string]string{},
		manifest: Manifest{
			Is: manifestIs, Format: Format, Build: z.o.Build, Made: z.o.Clock().UTC().Format(time.RFC3339),
			Title: outline.Title, CodeRole: outline.CodeRole, Activities: []Activity{}, Files: []File{},
		},
	}, nil
}

// Name is what the ZIP is called.
func (t *Taking) Name() string { return rooms.FileName(t.manifest.Title, "room "+t.code) + ".zip" }

// Write writes it, and holds one activity in memory at a time. After an error
// what was written is no ZIP.
func (t *Taking) Write(ctx context.Context, to io.Writer) error {
	t.out = zip.NewWriter(to)
	for i, a := range t.all {
		err := t.activity(ctx, i+1, a)
		if errors.Is(err, rooms.ErrNoActivity) {
			continue // somebody has just put it into the bin
		}
		if err != nil {
			return fmt.Errorf("take %s of a room along: %w", a.ID, err)
		}
	}
	for i, f := range t.found {
		if err := t.file(t.manifest.Files[i].Path, f); err != nil {
			return err
		}
	}
	if err := t.put("README.txt", zip.Deflate, func(w io.Writer) error { _, err := io.WriteString(w, guide(t.language, t.manifest)); return err }); err != nil {
		return err
	}
	err := t.put(manifestName, zip.Deflate, func(w io.Writer) error {
		lines := json.NewEncoder(w)
		lines.SetEscapeHTML(false)
		lines.SetIndent("", " ")
		return lines.Encode(t.manifest)
	})
	return errors.Join(err, t.out.Close())
}

// activity writes what there is of one, first what can fail before it is begun.
func (t *Taking) activity(ctx context.Context, number int, a rooms.Part) error {
	folder, papers, err := t.zips.o.Hall.Papers(ctx, t.code, t.person, a.ID, map[string]string{"language": t.language})
	if err != nil {
		return err
	}
	settings, err := t.zips.o.Hall.Copy(ctx, t.code, t.person, a.ID)
	if err != nil {
		return err
	}
	one := Activity{ID: a.ID, Kind: a.Kind, Title: a.Title, Least: a.Least}
	for _, paper := range papers {
		name := t.names.free(folder+"/", paper.Name)
		if err := t.paper(ctx, name, paper); err != nil {
			return err
		}
		one.Papers = append(one.Papers, name)
	}
	if settings != nil {
		one.Settings = fmt.Sprintf("activities/%d-%s.json", number, a.Kind)
		paper := rooms.File{Type: "application/json", Write: func(w io.Writer) error { _, err := w.Write(settings); return err }}
		if err := t.paper(ctx, one.Settings, paper); err != nil {
			return err
		}
	}
	t.manifest.Activities = append(t.manifest.Activities, one)
	return nil
}

// paper writes a file of an activity, and notes the stored files that it names.
func (t *Taking) paper(ctx context.Context, name string, paper rooms.File) error {
	text := strings.HasPrefix(paper.Type, "text/") || strings.HasPrefix(paper.Type, "application/json")
	method := zip.Deflate
	if !text {
		method = zip.Store // a workbook is a ZIP itself
	}
	return t.put(name, method, func(w io.Writer) error {
		if !text {
			return paper.Write(w)
		}
		end := path.Ext(name)
		l := &linker{to: w, page: end == ".md" || end == ".html", path: func(hash string) (string, error) { return t.path(ctx, hash) }}
		return cmp.Or(paper.Write(l), l.Close())
	})
}

func (t *Taking) put(name string, method uint16, write func(io.Writer) error) error {
	w, err := t.out.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: t.zips.o.Clock()})
	if err == nil {
		err = write(w)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// path is where a stored file will stand, if the host may have it.
func (t *Taking) path(ctx context.Context, hash string) (string, error) {
	if path, known := t.paths[hash]; known {
		return path, nil
	}
	f, err := t.zips.o.Files.Find(ctx, t.room, t.host.ID, hash, func(activities []string) (bool, error) {
		return t.zips.o.Hall.Sees(ctx, t.room, t.host.Role, activities)
	})
	if err == nil && !t.there(f) {
		err = files.ErrNone
	}
	switch {
	case errors.Is(err, files.ErrNone):
		t.paths[hash] = ""
		t.manifest.Missing = append(t.manifest.Missing, hash)
		return "", nil
	case err != nil:
		return "", err
	}
	path := t.names.free("files/", f.Name)
	t.paths[hash] = path
	t.found = append(t.found, f)
	t.manifest.Files = append(t.manifest.Files, File{Hash: f.Hash, Name: f.Name, Type: f.Type, Size: f.Size, Path: path})
	return path, nil
}

// there tells whether a file is on the disk. One that is not is a fault, which the
// ZIP tells of and does not fail by.
func (t *Taking) there(f files.File) bool {
	content, err := t.zips.o.Files.Open(f)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			t.zips.o.Logger.Error("a file is missing", "hash", f.Hash)
			return false
		}
		return true // it is tried again, and then the ZIP breaks off
	}
	_ = content.Close() // nothing was read
	return true
}

// file writes a stored file. If it is gone by now, the ZIP breaks off: it has
// told of it already.
func (t *Taking) file(name string, f files.File) error {
	content, err := t.zips.o.Files.Open(f)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() { _ = content.Close() }() // it was only read
	method := zip.Deflate
	if f.Image() {
		method = zip.Store
	}
	return t.put(name, method, func(w io.Writer) error { _, err := io.Copy(w, content); return err })
}
