package roomzip

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"strings"
	"testing"

	"plenum/internal/files"
	"plenum/rooms"
)

const emptyRoom = `{"is":"plenum-room","format":1,"title":"T","activities":[]}`

// raw makes a ZIP of entries that are as they are given, right or wrong.
func raw(t *testing.T, change func(w *zip.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	change(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func put(t *testing.T, w *zip.Writer, header zip.FileHeader, content string) {
	t.Helper()
	to, err := w.CreateHeader(&header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(to, content); err != nil {
		t.Fatal(err)
	}
}

// bomb is an entry that says it has few bytes, and has very many.
func bomb(t *testing.T, w *zip.Writer, name string, says, has int) {
	t.Helper()
	var packed bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	zeros, sum := make([]byte, 1<<20), crc32.NewIEEE()
	for left := has; left > 0; left -= len(zeros) {
		part := zeros[:min(left, len(zeros))]
		sum.Write(part)
		if _, err := deflate.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := deflate.Close(); err != nil {
		t.Fatal(err)
	}
	to, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(says)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := to.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
}

// manifestOf is room.json with a document of a content.
func manifestOf(more string) string {
	return `{"is":"plenum-room","format":1,"title":"T","activities":[{"kind":"doc","title":"D","least":"viewer","settings":"activities/1.json"}]` + more + `}`
}

// A ZIP that is none of a room, or that lies, is refused with a sentence; nothing
// is left of it that anybody could enter, and the next one is taken.
func TestHostileZIPsAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{Quota: 1 << 20, MaxFile: 256 << 10, MaxImage: 256 << 10})
	whole := h.room("Whole")
	doc := whole.add("doc", "D", rooms.Viewer, nil)
	image := whole.bring("ada", "cat.png", aPNG(t, 1))
	whole.do("ada", doc, "change", map[string]any{"base": 0, "change": []any{anImage(image, "cat")}})
	good := whole.zip("ada")
	entries := unpacked(t, good)
	settings := `{"content":[{"insert":"x\n"}]}`
	with := func(changes map[string]string) []byte {
		all := maps.Clone(entries)
		maps.Copy(all, changes)
		for name, text := range all {
			if text == "gone" {
				delete(all, name)
			}
		}
		return packed(t, all)
	}
	one := func(manifest, content string) []byte {
		return packed(t, map[string]string{"room.json": manifest, "activities/1.json": content})
	}
	locked := bytes.Clone(one(emptyRoom, ""))
	for _, at := range append(indexes(locked, "PK\x03\x04", 6), indexes(locked, "PK\x01\x02", 8)...) {
		locked[at] |= 1
	}
	lying := bytes.Clone(good)
	lying[len(lying)-12], lying[len(lying)-11] = 1, 0 // so many entries it says
	for name, c := range map[string]struct {
		zip     []byte
		because string
	}{
		"nothing":                 {nil, "zip"},
		"text":                    {[]byte("no ZIP at all"), "zip"},
		"a picture":               {aPNG(t, 1), "zip"},
		"cut off":                 {good[:len(good)/2], "zip"},
		"without room.json":       {packed(t, map[string]string{"a.txt": "x"}), "zip"},
		"room.json is not JSON":   {packed(t, map[string]string{"room.json": "{"}), "zip"},
		"of something else":       {packed(t, map[string]string{"room.json": `{"is":"something","format":1}`}), "zip"},
		"no format":               {packed(t, map[string]string{"room.json": `{"is":"plenum-room"}`}), "zip"},
		"two rooms":               {packed(t, map[string]string{"a/room.json": emptyRoom, "b/room.json": emptyRoom}), "zip"},
		"too deep":                {packed(t, map[string]string{"a/b/room.json": emptyRoom}), "zip"},
		"of tomorrow":             {packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":2}`}), "zip-newer"},
		"fields of other types":   {packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"title":{"$gt":""}}`}), "zip-damaged"},
		"a number beyond":         {packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"files":[{"size":1e999}]}`}), "zip-damaged"},
		"deep JSON":               {packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"x":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`}), "zip"},
		"not UTF-8":               {packed(t, map[string]string{"room.json": "{\"is\":\"plenum-room\",\"format\":1,\"title\":\"\xff\"}"}), "zip-damaged"},
		"a title too long":        {packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"title":"` + strings.Repeat("x", 201) + `"}`}), "title"},
		"a title of a part":       {one(strings.Replace(manifestOf(""), `"D"`, `"`+strings.Repeat("x", 201)+`"`, 1), settings), "zip-damaged"},
		"a code for hosts":        {packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"codeRole":"owner"}`}), "settings"},
		"a part for nobody":       {one(strings.Replace(manifestOf(""), "viewer", "nobody", 1), settings), "zip-damaged"},
		"a part for anybody":      {one(strings.Replace(manifestOf(""), `,"least":"viewer"`, "", 1), settings), "zip-damaged"},
		"an id of another kind":   {one(strings.Replace(manifestOf(""), `"kind":"doc"`, `"id":"poll-x7k2","kind":"doc"`, 1), settings), "zip-damaged"},
		"the lobby's id":          {one(strings.Replace(manifestOf(""), `"kind":"doc"`, `"id":"lobby","kind":"doc"`, 1), settings), "zip-damaged"},
		"an id that is a path":    {one(strings.Replace(manifestOf(""), `"kind":"doc"`, `"id":"doc-../x","kind":"doc"`, 1), settings), "zip-damaged"},
		"one id twice":            {packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"activities":[{"id":"chat-a","kind":"chat","least":"viewer"},{"id":"chat-a","kind":"chat","least":"viewer"}]}`}), "zip-damaged"},
		"an unknown kind":         {one(strings.Replace(manifestOf(""), `"doc"`, `"hologram"`, 1), settings), "zip-kind"},
		"the lobby":               {one(strings.Replace(manifestOf(""), `"doc"`, `"lobby"`, 1), settings), "zip-kind"},
		"too many parts":          {packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"activities":[` + strings.TrimSuffix(strings.Repeat(`{"kind":"chat","least":"viewer"},`, 201), ",") + `]}`}), "zip-size"},
		"settings are missing":    {packed(t, map[string]string{"room.json": manifestOf("")}), "zip-damaged"},
		"settings are elsewhere":  {packed(t, map[string]string{"room.json": strings.Replace(manifestOf(""), "activities/1.json", "../../etc/passwd", 1)}), "zip-damaged"},
		"no document":             {one(manifestOf(""), `{"content":[{"delete":5}]}`), "zip-damaged"},
		"half a character":        {one(manifestOf(""), `{"content":[{"insert":"\ud800\n"}]}`), "zip-damaged"},
		"a format of no document": {one(manifestOf(""), `{"content":[{"insert":"x\n","attributes":{"script":"y"}}]}`), "zip-damaged"},
		"a link that runs":        {one(manifestOf(""), `{"content":[{"insert":"x","attributes":{"link":"JaVaScRiPt:alert(1)"}},{"insert":"\n"}]}`), "zip-damaged"},
		"somebody's suggestion":   {one(manifestOf(""), `{"content":[{"insert":"x","attributes":{"added-m1-x":3}},{"insert":"\n"}]}`), "zip-damaged"},
		"somebody's comment":      {one(manifestOf(""), `{"content":[{"insert":"x","attributes":{"comment-5-1":true}},{"insert":"\n"}]}`), "zip-damaged"},
		"a million operations":    {one(manifestOf(""), `{"content":[`+strings.Repeat(`{"insert":"x","attributes":{"bold":true}},{"insert":"y"},`, 1_000_000)+`{"insert":"\n"}]}`), "zip-size"},
		"settings unpack too much": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, manifestOf(""))
			bomb(t, w, "activities/1.json", maxSettings+1, maxSettings+1)
		}), "zip-size"},
		"settings lie of it": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, manifestOf(""))
			bomb(t, w, "activities/1.json", 10, 100<<20)
		}), "zip-damaged"},
		"room.json is a bomb": {raw(t, func(w *zip.Writer) { bomb(t, w, "room.json", 200<<20, 200<<20) }), "zip-size"},
		"many times the same": {many(t), "zip-size"},
		"too many entries": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, emptyRoom)
			for i := range maxEntries {
				put(t, w, zip.FileHeader{Name: fmt.Sprint("x", i)}, "")
			}
		}), "zip-size"},
		"a list without end": {raw(t, func(w *zip.Writer) {
			for i := range 20_000 {
				put(t, w, zip.FileHeader{Name: fmt.Sprintf("%0200d", i)}, "")
			}
		}), "zip-size"},
		"a list that lies": {lying, "zip"},
		"up and away": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, emptyRoom)
			put(t, w, zip.FileHeader{Name: "../../evil"}, "x")
		}), "zip-damaged"},
		"from the root": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, emptyRoom)
			put(t, w, zip.FileHeader{Name: "/etc/passwd"}, "x")
		}), "zip-damaged"},
		"a Windows path": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, emptyRoom)
			put(t, w, zip.FileHeader{Name: `..\evil`}, "x")
		}), "zip-damaged"},
		"by a detour": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, emptyRoom)
			put(t, w, zip.FileHeader{Name: "a/../../b"}, "x")
		}), "zip-damaged"},
		"with a zero": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, emptyRoom)
			put(t, w, zip.FileHeader{Name: "a\x00.png"}, "x")
		}), "zip-damaged"},
		"the same twice": {raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, emptyRoom)
			put(t, w, zip.FileHeader{Name: "room.json"}, manifestOf(""))
		}), "zip-damaged"},
		"a symbolic link": {raw(t, func(w *zip.Writer) {
			link := zip.FileHeader{Name: "room.json"}
			link.SetMode(fs.ModeSymlink | 0o777)
			put(t, w, link, "/etc/passwd")
		}), "zip-damaged"},
		"an unknown method":        {withMethod(t, 99), "zip-damaged"},
		"under a password":         {locked, "zip-encrypted"},
		"a wrong sum":              {flipped(t, entries), "zip-damaged"},
		"a picture is missing":     {with(map[string]string{"files/cat.png": "gone"}), "zip-damaged"},
		"another picture":          {with(map[string]string{"files/cat.png": string(aPNG(t, 2))}), "zip-damaged"},
		"a page for a picture":     {with(map[string]string{"files/cat.png": "<script>"}), "zip-damaged"},
		"a picture that is a bomb": {bombed(t, entries), "bring files/cat.png: the file is too big"},
		"names of no files":        {one(manifestOf(`,"files":[{"hash":"../x","path":"activities/1.json"}]`), settings), "zip-damaged"},
		"a file named twice":       {one(manifestOf(`,"files":[{"hash":"`+image.Hash+`","path":"a"},{"hash":"`+image.Hash+`","path":"b"}]`), settings), "zip-damaged"},
	} {
		before := h.heads(t)
		if _, err := h.take("ida", c.zip); because(err) != c.because {
			t.Errorf("%s: %v, not %s", name, because(err), c.because)
		}
		if after := h.heads(t); after != before {
			t.Errorf("%s: %s became %s", name, before, after)
		}
	}
	again, err := h.take("ida", good)
	if err != nil {
		t.Fatal(err)
	}
	alike(t, "after all that", whole.parts("ada"), again.parts("ida"))
}

// heads are the rooms that somebody can be in.
func (h *house) heads(t *testing.T) string {
	t.Helper()
	var open []string
	err := h.store.Read().WithContext(t.Context()).Raw(`SELECT rooms.id FROM rooms WHERE id NOT IN (SELECT room FROM deleted_rooms)
		UNION ALL SELECT room || member FROM members UNION ALL SELECT room || title FROM room_titles`).Scan(&open).Error
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(open, " ")
}

func indexes(in []byte, what string, plus int) (all []int) {
	for at := 0; ; {
		next := bytes.Index(in[at:], []byte(what))
		if next < 0 {
			return all
		}
		at += next + len(what)
		all = append(all, at-len(what)+plus)
	}
}

// many is a room of parts that are all the same large entry.
func many(t *testing.T) []byte {
	parts := strings.TrimSuffix(strings.Repeat(`{"kind":"source","title":"D","least":"viewer","settings":"activities/1.json"},`, 200), ",")
	text := `{"content":[{"insert":"` + strings.Repeat("x", 4<<20-2) + `\n"}]}`
	return packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"activities":[` + parts + `]}`, "activities/1.json": text})
}

func withMethod(t *testing.T, method uint16) []byte {
	b := packed(t, map[string]string{"room.json": emptyRoom})
	for _, at := range append(indexes(b, "PK\x03\x04", 8), indexes(b, "PK\x01\x02", 10)...) {
		binary.LittleEndian.PutUint16(b[at:], method)
	}
	return b
}

// flipped has one bit of a document wrong.
func flipped(t *testing.T, entries map[string]string) []byte {
	b := raw(t, func(w *zip.Writer) {
		for name, text := range entries {
			put(t, w, zip.FileHeader{Name: name, Method: zip.Store}, text)
		}
	})
	at := bytes.Index(b, []byte(`"alt":"cat"`))
	b[at+8] ^= 1
	return b
}

// bombed has a picture of very many bytes.
func bombed(t *testing.T, entries map[string]string) []byte {
	return raw(t, func(w *zip.Writer) {
		for name, text := range entries {
			if name != "files/cat.png" {
				put(t, w, zip.FileHeader{Name: name}, text)
			}
		}
		bomb(t, w, "files/cat.png", 300<<20, 300<<20)
	})
}

// At their edge the bounds let through, and one more is refused.
func TestBoundsAtTheirEdge(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{})
	chats := func(n int) []byte {
		return packed(t, map[string]string{"room.json": `{"is":"plenum-room","format":1,"activities":[` + strings.TrimSuffix(strings.Repeat(`{"kind":"chat","least":"viewer"},`, n), ",") + `]}`})
	}
	if p, err := h.take("ida", chats(rooms.MaxActivities)); err != nil || len(p.parts("ida")) != rooms.MaxActivities {
		t.Error(err)
	}
	if _, err := h.take("ida", chats(rooms.MaxActivities+1)); because(err) != "zip-size" {
		t.Error(err)
	}
	entries := func(n int) []byte {
		return raw(t, func(w *zip.Writer) {
			put(t, w, zip.FileHeader{Name: "room.json"}, emptyRoom)
			for i := range n - 1 {
				put(t, w, zip.FileHeader{Name: fmt.Sprint("x", i)}, "")
			}
		})
	}
	if _, err := h.take("ida", entries(maxEntries)); err != nil {
		t.Error(err)
	}
	if _, err := h.take("ida", entries(maxEntries+1)); because(err) != "zip-size" {
		t.Error(err)
	}
	text := func(units int) []byte {
		content, err := json.Marshal(map[string]any{"content": []any{map[string]any{"insert": strings.Repeat("x", units-1) + "\n"}}})
		if err != nil {
			t.Fatal(err)
		}
		return packed(t, map[string]string{"room.json": manifestOf(""), "activities/1.json": string(content)})
	}
	if _, err := h.take("ida", text(4<<20)); err != nil {
		t.Error(err)
	}
	if _, err := h.take("ida", text(4<<20+1)); because(err) != "zip-damaged" {
		t.Error(err)
	}
	// Who has packed the folder again has it one deeper, with what systems add.
	if _, err := h.take("ida", packed(t, map[string]string{"My room/room.json": manifestOf(""), "My room/activities/1.json": `{}`, "__MACOSX/My room/._room.json": "x", "My room/.DS_Store": "x"})); err != nil {
		t.Error(err)
	}
}
