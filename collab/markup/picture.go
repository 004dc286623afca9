package markup

import (
	"html"
	"regexp"
	"strings"

	"plenum/collab/delta"
)

// MaxAlt is how long the description of an image may be, in UTF-16 units.
const MaxAlt = 500

// picture is an image within a line: a stored file, and how it is shown. What it
// shows, in words, is the text of its run.
type picture struct {
	file  string
	size  string // "small" or "medium"; "" for as large as it is
	shape string // its pixels, as 640x480; "" if they are not known
}

var (
	fileName = regexp.MustCompile(`^sha256-[0-9a-f]{64}$`)
	shapes   = regexp.MustCompile(`^[1-9][0-9]{0,4}x[1-9][0-9]{0,4}$`)
)

// ImageOf is the file of an embed that is an image, as documents have them.
func ImageOf(o delta.Op) (file string, ok bool) {
	if o.Kind() != delta.Embed {
		return "", false
	}
	rest, image := strings.CutPrefix(o.Text(), `{"image":"`)
	file, whole := strings.CutSuffix(rest, `"}`)
	return file, image && whole && fileName.MatchString(file)
}

// IsAlt tells whether a text can describe an image.
func IsAlt(s string) bool { return s != "" && tidyAlt(s) == s }

// IsShape tells whether a text is a width and a height.
func IsShape(s string) bool { return shapes.MatchString(s) }

// tidyAlt is a description on one line, and not too long.
func tidyAlt(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r <= 0x9f || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s), " ")
	for units := delta.Units(s); units > MaxAlt; units = delta.Units(s) {
		letters := []rune(s)
		s = strings.Trim(string(letters[:len(letters)-(units-MaxAlt+1)/2]), " ")
	}
	return s
}

func pictureOf(file string, a delta.Attributes) run {
	r := runOf(a)
	r.picture = picture{file: file}
	r.text, _ = a.Get("alt").AsString()
	r.size, _ = a.Get("size").AsString()
	r.shape, _ = a.Get("shape").AsString()
	return r
}

// attributes are those of an image alone.
func (p picture) attributes(alt string) []delta.Attribute {
	var a []delta.Attribute
	for _, one := range [][2]string{{"alt", alt}, {"size", p.size}, {"shape", p.shape}} {
		if one[1] != "" {
			a = append(a, delta.Attribute{Name: one[0], Value: delta.String(one[1])})
		}
	}
	return a
}

// tag is the image as HTML. It stands in the folder "files" beside the page.
func (p picture) tag(alt string) string {
	tag := `<img src="files/` + p.file + `" alt="` + html.EscapeString(alt) + `"`
	if width, height, ok := strings.Cut(p.shape, "x"); ok {
		tag += ` width="` + width + `" height="` + height + `"`
	}
	if p.size != "" {
		tag += ` class="` + p.size + `"`
	}
	return tag + ">"
}

// pictureFrom reads what stood in a file; not ok if it is no image of the room.
func pictureFrom(has map[string]string) (r run, ok bool) {
	file, ours := strings.CutPrefix(has["src"], "files/")
	if !ours || !fileName.MatchString(file) {
		return run{}, false
	}
	r = run{text: tidyAlt(clean(has["alt"])), picture: picture{file: file}}
	if shape := has["width"] + "x" + has["height"]; IsShape(shape) {
		r.shape = shape
	}
	if size := has["class"]; size == "small" || size == "medium" {
		r.size = size
	}
	return r, true
}
