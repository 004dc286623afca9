package files

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"io"
	"strings"
	"testing"
)

// content is what is stored of a file.
func (s *shelf) content(file File) []byte {
	s.t.Helper()
	f, err := s.files.Open(file)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	all, err := io.ReadAll(f)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// A photograph keeps its picture, the right way up whatever way the camera was
// held, and nothing else: no byte of what the camera noted, nor of what stands
// behind the picture.
func TestAPhotographIsThePictureAlone(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{})
	red, green, blue, white := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 255, 255, 255}
	for orientation, want := range map[byte][4]color.NRGBA{ // clockwise from the first corner
		0: {red, green, blue, white}, 1: {red, green, blue, white}, 2: {green, red, white, blue}, 3: {blue, white, red, green},
		4: {white, blue, green, red}, 5: {red, white, blue, green}, 6: {white, red, green, blue}, 7: {blue, green, red, white},
		8: {green, blue, white, red}, 9: {red, green, blue, white},
	} {
		file := s.mustPut("room", "ada", "IMG_1.JPG", asPhoto(t, corners(64, 32), orientation))
		stored := s.content(file)
		for _, word := range []string{"Exif", "GPS", "Canon", "secret", "script", "\xff\xe1", "\xff\xfe"} {
			if bytes.Contains(stored, []byte(word)) {
				t.Errorf("orientation %d: %q is in what is stored", orientation, word)
			}
		}
		picture, kind, err := image.Decode(bytes.NewReader(stored))
		if err != nil || kind != "jpeg" {
			t.Fatalf("%s, %v", kind, err)
		}
		width, height := picture.Bounds().Dx(), picture.Bounds().Dy()
		if file.Width != width || file.Height != height || file.Name != "IMG_1.jpg" || file.Type != "image/jpeg" || file.Size != int64(len(stored)) {
			t.Errorf("%+v", file)
		}
		if lying := orientation >= 5 && orientation <= 8; lying != (width == 32) {
			t.Errorf("orientation %d: %d×%d", orientation, width, height)
		}
		for i, at := range []image.Point{{4, 4}, {width - 5, 4}, {width - 5, height - 5}, {4, height - 5}} {
			if !near(picture.At(at.X, at.Y), want[i]) {
				t.Errorf("orientation %d: corner %d is %v", orientation, i, picture.At(at.X, at.Y))
			}
		}
	}
}

func near(a, b color.Color) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	far := func(x, y uint32) bool { return max(x, y)-min(x, y) > 0x3000 }
	return !far(r1, r2) && !far(g1, g2) && !far(b1, b2)
}

// chunked puts a chunk behind the header of a PNG.
func chunked(png []byte, name, content string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	chunk = append(append(chunk, name...), content...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return bytes.Join([][]byte{png[:33], chunk, png[33:]}, nil)
}

const aWebP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"

func TestImagesAreToldByTheirContent(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{})
	webp, err := base64.StdEncoding.DecodeString(aWebP)
	if err != nil {
		t.Fatal(err)
	}
	seeThrough := image.NewNRGBA(image.Rect(0, 0, 3, 2))
	frame := func() *image.Paletted { return image.NewPaletted(image.Rect(0, 0, 5, 4), palette.WebSafe) }
	var moving, still bytes.Buffer
	if err := gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{frame(), frame()}, Delay: []int{10, 10}}); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&still, frame(), nil); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content []byte
		called  string
		kind    string
		size    [2]int
	}{
		"page.html":    {chunked(asPNG(t, corners(6, 4)), "tEXt", "Comment\x00<script>alert(1)</script>"), "page.png", "image/png", [2]int{6, 4}},
		"clear.png":    {asPNG(t, seeThrough), "clear.png", "image/png", [2]int{3, 2}},
		"x.webp":       {webp, "x.jpg", "image/jpeg", [2]int{1, 1}},
		"cat.gif":      {append(moving.Bytes(), "<script>"...), "cat.gif", "image/gif", [2]int{5, 4}},
		"one.gif":      {still.Bytes(), "one.png", "image/png", [2]int{5, 4}},
		"big.png":      {asPNG(t, image.NewGray(image.Rect(0, 0, 2600, 10))), "big.png", "image/png", [2]int{2560, 9}},
		"really.png":   {[]byte("<!doctype html><script>alert(1)</script>"), "really.png", "application/octet-stream", [2]int{}},
		"drawing.svg":  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "drawing.svg", "application/octet-stream", [2]int{}},
		"../../up.txt": {[]byte("x"), "up.txt", "application/octet-stream", [2]int{}},
	} {
		file := s.mustPut("room", "ada", name, c.content)
		if file.Name != c.called || file.Type != c.kind || file.Width != c.size[0] || file.Height != c.size[1] {
			t.Errorf("%s: %+v", name, file)
		}
		if file.Image() && bytes.Contains(s.content(file), []byte("script")) {
			t.Errorf("%s: the script is still there", name)
		}
	}
}

// hugePNG says that it is so large, and is cut off where the picture would begin.
func hugePNG(t *testing.T, width, height uint32) []byte {
	t.Helper()
	b := asPNG(t, corners(2, 2))
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// A bomb is refused by what its header says, before a pixel is decoded; of
// nothing that is refused anything is left.
func TestImagesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{MaxImage: 1 << 20, MaxFile: 2 << 20})
	whole := asPNG(t, corners(100, 100))
	photo := asPhoto(t, corners(100, 100), 1)
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"bomb":            {hugePNG(t, 30_000, 30_000), ErrPixels},
		"long bomb":       {hugePNG(t, 1, 1<<31-1), ErrPixels},
		"nothing to see":  {hugePNG(t, 0, 5), ErrImage},
		"cut off":         {whole[:len(whole)/2], ErrImage},
		"photo cut off":   {photo[:len(photo)/2], ErrImage},
		"only a head":     {[]byte("\x89PNG\r\n\x1a\n"), ErrImage},
		"RIFF of nothing": {[]byte("RIFF\x10\x00\x00\x00WEBPVP8X----------"), ErrImage},
		"empty":           {nil, ErrEmpty},
		"heavy":           {append([]byte("\xff\xd8\xff"), make([]byte, 1<<20)...), ErrTooBig},
		"heavy file":      {make([]byte, 2<<20+1), ErrTooBig},
	} {
		if _, err := s.put("room", "ada", name+".png", c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left := s.onDisk(); len(left) > 0 {
		t.Errorf("%d files are left", len(left))
	}
}

// Many frames in few bytes are counted, not decoded: the first has to do.
func TestAnAnimationBombIsOneFrame(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{})
	all := &gif.GIF{}
	for range 40 {
		all.Image = append(all.Image, image.NewPaletted(image.Rect(0, 0, 1600, 1200), color.Palette{color.Black, color.White}))
		all.Delay = append(all.Delay, 1)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, all); err != nil {
		t.Fatal(err)
	}
	if frames, pixels := framesOf(b.Bytes()); frames != 40 || pixels != 40*1600*1200 {
		t.Errorf("%d frames of %d pixels", frames, pixels)
	}
	if file := s.mustPut("room", "ada", "bomb.gif", b.Bytes()); file.Type != "image/png" || file.Width != 1600 {
		t.Errorf("%+v", file)
	}
}

// FuzzFrames: whatever stands in a file, counting its frames ends.
func FuzzFrames(f *testing.F) {
	f.Add([]byte("GIF89a\x05\x00\x04\x00\x80\x00\x00abcdef,\x00\x00\x00\x00\x05\x00\x04\x00\x00\x02\x01a\x00;"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if frames, pixels := framesOf(b); frames < 0 || pixels < int64(frames) || frames > len(b) {
			t.Errorf("%d frames, %d pixels", frames, pixels)
		}
	})
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"": "file", "..": "file", "a/b/c.txt": "c.txt", `C:\x\y.doc`: "y.doc", "a\u202egnp.exe": "agnp.exe", "a\x00b\nc": "abc",
		" .hidden ": "hidden", "报告.pdf": "报告.pdf", "\xff\xfe": "file", `<img src=x>"'.png`: "img src=x'.png",
		strings.Repeat("x", 200) + ".pdf": strings.Repeat("x", 116) + ".pdf",
	} {
		if got := cleanName(name); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
}
