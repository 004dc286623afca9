package files

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"plenum/rooms"
)

// draft is a file that has no name yet.
type draft struct {
	file          *os.File
	sum           hash.Hash
	size          int64
	kind          string // the media type of an image; "" of others
	width, height int
	settled       bool
}

func (f *Files) draft() (*draft, error) {
	file, err := f.create()
	if err != nil {
		return nil, fmt.Errorf("begin a file: %w", space(err))
	}
	return &draft{file: file, sum: sha256.New()}, nil
}

// bring takes what is sent, to the end, or to where it is too much.
func (f *Files) bring(content io.Reader) (*draft, error) {
	d, err := f.draft()
	if err != nil {
		return nil, err
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(content, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, errors.Join(err, d.drop())
	}
	d.kind = imageType(head[:n])
	most := f.o.MaxFile
	if d.kind != "" {
		most = f.o.MaxImage
	}
	_, err = io.Copy(d, io.LimitReader(io.MultiReader(bytes.NewReader(head[:n]), content), most+1))
	switch {
	case err != nil:
	case d.size == 0:
		err = ErrEmpty
	case d.size > most:
		err = ErrTooBig
	}
	if err != nil {
		return nil, errors.Join(err, d.drop())
	}
	return d, nil
}

// Write is what is stored, and what the name is made of.
func (d *draft) Write(b []byte) (int, error) {
	n, err := d.file.Write(b)
	d.sum.Write(b[:n])
	d.size += int64(n)
	return n, space(err)
}

func (d *draft) name() string { return rooms.FilePrefix + hex.EncodeToString(d.sum.Sum(nil)) }

// settle makes sure that the content is on the disk.
func (d *draft) settle() error {
	if err := d.file.Sync(); err != nil {
		return fmt.Errorf("store a file: %w", space(err))
	}
	return nil
}

// rename gives it its place, also on the disk. The same content may have been
// there before.
func (d *draft) rename(path string) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("name a file: %w", space(err))
	}
	if err := os.Rename(d.file.Name(), path); err != nil {
		return fmt.Errorf("name a file: %w", space(err))
	}
	d.settled = true
	return errors.Join(flush(folder), flush(filepath.Dir(folder)))
}

// drop closes it and removes it, unless it has got its name.
func (d *draft) drop() error {
	err := d.file.Close()
	if d.settled {
		return err
	}
	d.settled = true
	return errors.Join(err, os.Remove(d.file.Name()))
}

func flush(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// noSpace is a full disk: it may work at the next try.
type noSpace struct{ error }

// Temporary is how callers hear of it.
func (noSpace) Temporary() bool { return true }

// space tells callers of a full disk.
func space(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return noSpace{err}
	}
	return err
}
