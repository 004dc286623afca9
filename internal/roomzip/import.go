package roomzip

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"unicode/utf8"

	"plenum/rooms"
)

// Coming is a ZIP that is imported: what the room is called, its owner there, and
// who that is, asked when everything but the pictures has been looked at.
type Coming struct {
	Title string // "": as before
	Name  string
	Owner func(context.Context) (person string, err error)
	File  io.ReaderAt
	Size  int64
}

// Import makes a room of a ZIP: whole, or not at all.
func (z *Zips) Import(ctx context.Context, c Coming) (string, rooms.Member, error) {
	release, err := z.reserve(ctx)
	if err != nil {
		return "", rooms.Member{}, err
	}
	defer release()
	o, err := open(c.File, c.Size)
	if err != nil {
		return "", rooms.Member{}, err
	}
	outline, owner := rooms.Outline{Title: o.manifest.Title, CodeRole: o.manifest.CodeRole}, rooms.Entry{Name: c.Name}
	if c.Title != "" {
		outline.Title = c.Title
	}
	if err := rooms.CheckOutline(outline, owner); err != nil {
		return "", rooms.Member{}, err
	}
	wanted, err := o.check(z.o.Hall)
	if err != nil {
		return "", rooms.Member{}, err
	}
	if owner.Person, err = c.Owner(ctx); err != nil {
		return "", rooms.Member{}, err
	}
	founding, err := z.o.Hall.Found(ctx, outline, owner)
	if err != nil {
		return "", rooms.Member{}, err
	}
	return z.fill(ctx, o, founding, wanted)
}

// fill brings the files and adds the parts, and opens the room.
func (z *Zips) fill(ctx context.Context, o *opened, founding *rooms.Founding, wanted []File) (string, rooms.Member, error) {
	renamed, err := z.bring(ctx, o, founding, wanted)
	if err != nil {
		return "", rooms.Member{}, err
	}
	for i := range o.manifest.Activities {
		part, err := o.part(i)
		if err != nil {
			return "", rooms.Member{}, err
		}
		part.Settings = fileNames.ReplaceAllFunc(part.Settings, func(hash []byte) []byte {
			if now, ok := renamed[string(hash)]; ok {
				return []byte(now)
			}
			return hash
		})
		if err := founding.Add(ctx, part); err != nil {
			return "", rooms.Member{}, err
		}
	}
	return founding.Open(ctx)
}

// check reads all parts once and finds the files that they name.
func (o *opened) check(hall Hall) (wanted []File, err error) {
	known := map[string]File{}
	for _, f := range o.manifest.Files {
		if _, twice := known[f.Hash]; twice || !rooms.IsFile(f.Hash) {
			return nil, ErrDamaged
		}
		known[f.Hash] = f
	}
	content, ids := 0, map[string]bool{}
	for i := range o.manifest.Activities {
		part, err := o.part(i)
		if err != nil {
			return nil, err
		}
		if content += len(part.Settings); content > maxContent {
			return nil, ErrBig
		}
		if err := hall.Check(part); err != nil {
			return nil, faulty(err)
		}
		if part.ID != "" && ids[part.ID] {
			return nil, ErrDamaged
		}
		ids[part.ID] = true
		hashes, err := named(part.Settings)
		if err != nil {
			return nil, err
		}
		for _, hash := range hashes {
			if f, ok := known[hash]; ok {
				wanted = append(wanted, f)
				delete(known, hash)
			}
		}
	}
	if len(wanted) > maxFiles {
		return nil, ErrBig
	}
	for _, f := range wanted {
		if o.entries[o.folder+f.Path] == nil {
			return nil, ErrDamaged
		}
	}
	return wanted, nil
}

// faulty is why a part of a ZIP is none of a room.
func faulty(err error) error {
	var refusal *rooms.Refusal
	switch {
	case !errors.As(err, &refusal):
		return err
	case refusal.Code == "kind":
		return ErrKind
	}
	return ErrDamaged
}

// part is an activity of the ZIP, with its settings.
func (o *opened) part(i int) (rooms.Part, error) {
	a := o.manifest.Activities[i]
	part := rooms.Part{ID: a.ID, Kind: a.Kind, Title: a.Title, Least: a.Least}
	if a.Settings == "" {
		return part, nil
	}
	settings, err := o.read(a.Settings, maxSettings)
	if err != nil {
		return part, err
	}
	if !utf8.Valid(settings) || !json.Valid(settings) || rooms.HalfPair(settings) {
		return part, ErrDamaged
	}
	part.Settings = settings
	return part, nil
}

// bring stores the files as if they were uploaded, and tells what each is called
// now: pictures are made anew.
func (z *Zips) bring(ctx context.Context, o *opened, into *rooms.Founding, wanted []File) (renamed map[string]string, err error) {
	renamed = map[string]string{}
	for _, f := range wanted {
		if renamed[f.Hash], err = z.bringOne(ctx, o, into, f); err != nil {
			return nil, err
		}
	}
	return renamed, nil
}

func (z *Zips) bringOne(ctx context.Context, o *opened, into *rooms.Founding, f File) (string, error) {
	content, err := o.open(f.Path)
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }() // it was only read
	whole := &checked{from: content, sum: sha256.New()}
	stored, err := z.o.Files.Put(ctx, into.Room, into.Member, f.Name, whole)
	if whole.failed != nil {
		return "", broken(whole.failed)
	}
	if err != nil {
		return "", fmt.Errorf("bring %s: %w", f.Path, err)
	}
	if rooms.FilePrefix+hex.EncodeToString(whole.sum.Sum(nil)) != f.Hash {
		return "", ErrDamaged
	}
	return stored.Hash, nil
}

// checked is an entry that is read, and what is wrong with it.
type checked struct {
	from   io.Reader
	sum    hash.Hash
	failed error
}

func (c *checked) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	c.sum.Write(b[:n])
	if err != nil && !errors.Is(err, io.EOF) {
		c.failed = err
	}
	return n, err
}
