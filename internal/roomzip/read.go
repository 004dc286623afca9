package roomzip

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"plenum/rooms"
)

// opened is a ZIP whose entries are known. Nothing of it is believed before it
// was read: neither sizes, nor names, nor that it is what it says.
type opened struct {
	entries  map[string]*zip.File // that are files, below folder
	folder   string               // of room.json: who packs a folder again has one more
	manifest Manifest
}

// open reads the list of entries, and room.json.
func open(file io.ReaderAt, size int64) (*opened, error) {
	bounded := &bounded{from: file, left: maxDirectory + 128<<10} // and where the list is looked for
	archive, err := zip.NewReader(bounded, size)
	switch {
	case errors.Is(err, ErrBig):
		return nil, ErrBig
	case err != nil && bounded.failed != nil:
		return nil, bounded.failed
	case err != nil:
		return nil, ErrNotZip
	case len(archive.File) > maxEntries:
		return nil, ErrBig
	}
	bounded.all = true
	o := &opened{entries: map[string]*zip.File{}}
	for _, f := range archive.File {
		if err := o.list(f); err != nil {
			return nil, err
		}
	}
	if err := o.find(); err != nil {
		return nil, err
	}
	return o, o.readManifest()
}

// list takes an entry in, unless it is a folder.
func (o *opened) list(f *zip.File) error {
	name := f.Name
	switch {
	case strings.HasSuffix(name, "/"):
		return nil
	case !utf8.ValidString(name), strings.ContainsAny(name, "\\\x00"), path.IsAbs(name), path.Clean(name) != name, strings.HasPrefix(name, "../"), name == "..":
		return ErrDamaged
	case o.entries[name] != nil, !f.Mode().IsRegular():
		return ErrDamaged
	}
	o.entries[name] = f
	return nil
}

// find looks for room.json: at the top, or in the one folder that has it.
func (o *opened) find() error {
	if o.entries[manifestName] != nil {
		return nil
	}
	for name := range o.entries {
		folder, base := path.Split(name)
		if base != manifestName || strings.Count(folder, "/") != 1 {
			continue
		}
		if o.folder != "" {
			return ErrNotZip
		}
		o.folder = folder
	}
	if o.folder == "" {
		return ErrNotZip
	}
	return nil
}

func (o *opened) readManifest() error {
	text, err := o.read(manifestName, maxManifest)
	if err != nil {
		return err
	}
	var which struct {
		Is     string
		Format int
	}
	if json.Unmarshal(text, &which) != nil || which.Is != manifestIs || which.Format < 1 {
		return ErrNotZip
	}
	if which.Format > Format {
		return ErrNewer
	}
	if !utf8.Valid(text) || json.Unmarshal(text, &o.manifest) != nil {
		return ErrDamaged
	}
	if len(o.manifest.Activities) > rooms.MaxActivities {
		return ErrBig
	}
	return nil
}

// read is a whole entry of at most so many bytes.
func (o *opened) read(name string, most int64) ([]byte, error) {
	content, err := o.open(name)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(content, most+1))
	if err = errors.Join(err, content.Close()); err != nil {
		return nil, broken(err)
	}
	if int64(len(text)) > most {
		return nil, ErrBig
	}
	return text, nil
}

// open is an entry to be read.
func (o *opened) open(name string) (io.ReadCloser, error) {
	f := o.entries[o.folder+name]
	switch {
	case f == nil:
		return nil, ErrDamaged
	case f.Flags&1 != 0:
		return nil, ErrEncrypted
	}
	content, err := f.Open()
	if err != nil {
		return nil, broken(err)
	}
	return content, nil
}

// broken is what an error says about the ZIP, or the disk that it is on.
func broken(err error) error {
	var disk *diskError
	if errors.As(err, &disk) {
		return err
	}
	return ErrDamaged
}

// bounded reads no more than so much, until all may be read: what lists the
// entries is taken into memory.
type bounded struct {
	from   io.ReaderAt
	left   int64
	all    bool
	failed error
}

// ReadAt reads of a file that is whole: only its disk can fail.
func (b *bounded) ReadAt(p []byte, at int64) (int, error) {
	if !b.all {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, ErrBig
		}
	}
	n, err := b.from.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		err = &diskError{err}
		b.failed = err
	}
	return n, err
}

// diskError is no fault of the ZIP.
type diskError struct{ error }

func (d *diskError) Error() string { return fmt.Sprintf("read a ZIP: %v", d.error) }
func (d *diskError) Unwrap() error { return d.error }
