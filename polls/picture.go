package polls

import (
	"encoding/json"
	"slices"

	"plenum/rooms"
)

// Limits of pictures.
const (
	MaxAlt     = 300    // UTF-16 units
	mostPx     = 2_560  // pixels of a side, as files are stored
	sideLength = 10_000 // of a picture, in which places on it are measured
)

// Why a picture is refused.
var (
	ErrPicture = rooms.Refuse("picture", "This is not a picture of this room.")
	ErrAlt     = rooms.Refuse("picture-alt", "Say in 1 to 300 characters what the picture shows, for those who cannot see it.")
)

// Picture is a stored image of the room.
type Picture struct {
	File   string `json:"file"` // its name
	Alt    string `json:"alt"`  // what it shows, in words
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// checked is the picture with a clean text, as one of its own. Whether the room
// has it is known to those who ask for it: see known.
func (p *Picture) checked() (*Picture, error) {
	if p == nil {
		return nil, nil
	}
	clean := *p
	var err error
	if clean.Alt, err = cleanLine(clean.Alt, MaxAlt, ErrAlt); err != nil {
		return nil, err
	}
	switch {
	case !rooms.IsFile(clean.File) || min(clean.Width, clean.Height) < 1 || max(clean.Width, clean.Height) > mostPx:
		return nil, ErrPicture
	case !visible(clean.Alt):
		return nil, ErrAlt
	}
	return &clean, nil
}

// plain is the picture for a page without scripts.
func (p *Picture) plain() *rooms.PlainPicture {
	if p == nil {
		return nil
	}
	return &rooms.PlainPicture{File: p.File, Alt: p.Alt, Width: p.Width, Height: p.Height}
}

// pictures are all pictures of a question.
func (q Question) pictures() []*Picture {
	var all []*Picture
	if q.Picture != nil {
		all = append(all, q.Picture)
	}
	for _, o := range q.Options {
		if o.Picture != nil {
			all = append(all, o.Picture)
		}
	}
	return all
}

// Images are the pictures that a question names which is written.
func (p *Poll) Images(c rooms.Command) (names []string) {
	if c.Do != "write" && c.Do != "import" || len(c.With) > mostWritten {
		return nil
	}
	var ask struct {
		Question  Question
		Questions []Question
	}
	if json.Unmarshal(c.With, &ask) != nil {
		return nil // it is refused when it is decided
	}
	for _, q := range append(ask.Questions, ask.Question) {
		for _, picture := range q.pictures() {
			if names = append(names, picture.File); len(names) > MaxOptions*MaxQuestions {
				return names
			}
		}
	}
	return names
}

// measured puts the sizes into the pictures of a question, which are its own. Nil
// images: nobody knows what there is.
func (q Question) measured(images map[string]rooms.Image) error {
	if images == nil {
		return nil
	}
	for _, picture := range q.pictures() {
		image, known := images[picture.File]
		if !known {
			return ErrPicture
		}
		picture.Width, picture.Height = image.Width, image.Height
	}
	return nil
}

// frees are the files that only one question of the deck names, or named until
// it was written anew: nothing shows them any more.
func (d deck) frees(old Question, now *Question) (names []string) {
	kept := map[string]bool{}
	keep := func(q Question) {
		for _, picture := range q.pictures() {
			kept[picture.File] = true
		}
	}
	for _, c := range d {
		if c.ID != old.ID {
			keep(c.Question)
		}
	}
	if now != nil {
		keep(*now)
	}
	for _, picture := range old.pictures() {
		if !kept[picture.File] && !slices.Contains(names, picture.File) {
			names = append(names, picture.File)
		}
	}
	return names
}
