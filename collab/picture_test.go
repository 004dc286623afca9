package collab

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
)

var aFile = rooms.FilePrefix + strings.Repeat("0af1", 16)

// An image is a file of the room with its own formats, and nothing else that
// could be shown from elsewhere.
func TestImagesThatAreRefused(t *testing.T) {
	t.Parallel()
	image := fmt.Sprintf(`{"image":%q}`, aFile)
	for _, op := range []string{
		`{"insert":{"image":"https://elsewhere.example/x.png"}}`, `{"insert":{"image":"data:image/png;base64,AA=="}}`, `{"insert":{"image":1}}`, `{"insert":{"image":true}}`,
		`{"insert":{"image":"sha256-"}}`, `{"insert":{"image":"` + aFile + `0"}}`, `{"insert":{"image":"` + strings.ToUpper(aFile) + `"}}`,
		`{"insert":{"video":"` + aFile + `"}}`, `{"insert":` + image + `,"attributes":{"header":1}}`, `{"insert":` + image + `,"attributes":{"size":"huge"}}`,
		`{"insert":` + image + `,"attributes":{"alt":""}}`, `{"insert":` + image + `,"attributes":{"alt":"two\nlines"}}`, `{"insert":` + image + `,"attributes":{"alt":" space"}}`,
		`{"insert":` + image + `,"attributes":{"alt":"` + strings.Repeat("x", 501) + `"}}`, `{"insert":` + image + `,"attributes":{"shape":"0x1"}}`,
		`{"insert":` + image + `,"attributes":{"shape":"100000x1"}}`, `{"insert":` + image + `,"attributes":{"onload":"alert(1)"}}`, `{"insert":"a","attributes":{"alt":"x"}}`,
		`{"retain":1,"attributes":{"size":"huge"}}`,
	} {
		d := written(t, `[{"insert":"ab\n"}]`)
		if err := ask(d, `{"base":0,"change":[`+op+`]}`); code(err) != "format" {
			t.Errorf("%s: %v", op, err)
		}
	}
}

// An event names as many files as are looked for in it, and no more.
func TestManyImages(t *testing.T) {
	t.Parallel()
	image := fmt.Sprintf(`{"insert":{"image":%q}},`, aFile)
	for n, want := range map[int]string{rooms.MaxFiles: "", rooms.MaxFiles + 1: "too-big"} {
		d := written(t, `[{"insert":"ab\n"}]`)
		if err := ask(d, `{"base":0,"change":[`+strings.Repeat(image, n)+`{"insert":"c"}]}`); code(err) != want {
			t.Errorf("%d images: %v", n, err)
		}
	}
}

// What is laid over a stretch of text stays on what it can lie on: the formats of
// images on images only, of lines on no image.
func TestFormatsOfImagesLieOnImages(t *testing.T) {
	t.Parallel()
	content := fmt.Sprintf(`[{"insert":"a"},{"insert":{"image":%q}},{"insert":"b\n"}]`, aFile)
	d := written(t, content)
	if err := ask(d, `{"base":0,"change":[{"retain":3,"attributes":{"alt":"A map","bold":true,"size":"small"}}]}`); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`[{"insert":"a","attributes":{"bold":true}},{"insert":{"image":%q},"attributes":{"alt":"A map","bold":true,"size":"small"}},`+
		`{"insert":"b","attributes":{"bold":true}},{"insert":"\n"}]`, aFile)
	if got := d.text.content().String(); got != want {
		t.Errorf("it is %s", got)
	}
	if err := ask(d, `{"base":1,"change":[{"retain":1},{"retain":1,"attributes":{"header":1}}]}`); code(err) != "format" {
		t.Errorf("a heading made of an image: %v", err)
	}
	if texts := d.Texts(); len(texts) != 1 || texts[0].Text != "aA mapb" {
		t.Errorf("search finds %v", texts)
	}
	if title := firstLine(delta.Delta{delta.Put("image", delta.String(aFile), nil), delta.Write("Plan\n", nil)}); title != "Plan" {
		t.Errorf("it is called %q", title)
	}
}

// Whatever an image comes into a document by, its event names its file: that is
// what keeps the file.
func TestEventsNameTheirFiles(t *testing.T) {
	t.Parallel()
	d := written(t, `[{"insert":"\n"}]`)
	for do, with := range map[string]string{
		"change": fmt.Sprintf(`{"base":0,"change":[{"insert":{"image":%q}}]}`, aFile),
		"import": fmt.Sprintf(`{"content":[{"insert":{"image":%q}},{"insert":"\n"}]}`, aFile),
	} {
		events, err := d.Decide(rooms.Command{Do: do, With: []byte(with)})
		if err != nil || !slices.Equal(rooms.FilesIn(events[0].With), []string{aFile}) {
			t.Errorf("%s: %v, %v", do, events, err)
		}
	}
	if err := fill(d, "text/markdown", "![A map](files/"+aFile+") and ![x](https://elsewhere.example/x.png)"); err != nil {
		t.Fatal(err)
	}
	settings, err := d.Copy()
	if err != nil || !slices.Equal(rooms.FilesIn(settings), []string{aFile}) {
		t.Errorf("a copy has %s, %v", settings, err)
	}
}
