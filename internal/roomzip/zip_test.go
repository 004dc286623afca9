package roomzip

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"plenum/internal/files"
	"plenum/rooms"
)

// A ZIP has everything of a room that its host can read, in files that people
// open: with pictures beside the pages that show them.
func TestWhatIsInAZIP(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{})
	p := h.room("Team day: plan/2")
	cat := p.bring("ada", "cat (1) & co.png", aPNG(t, 9))
	plan := p.bring("ben", "plan.txt", []byte("the plan"))
	var chat string
	for _, part := range p.listed("ada") {
		if part.Kind == "chat" {
			chat = part.ID
		}
	}
	doc := p.add("doc", "Minutes", rooms.Viewer, nil)
	p.do("ada", doc, "change", map[string]any{"base": 0, "change": []any{map[string]any{"insert": "Hello "}, anImage(cat, "a cat")}})
	passage := map[string]any{"base": p.rev(doc), "from": 0, "to": 5, "text": "Why *hello*?\nReally"}
	p.do("ben", doc, "comment", passage)
	p.add("doc", "minutes", rooms.Host, nil)
	p.add("source", "CON", rooms.Viewer, map[string]any{"content": []any{map[string]any{"insert": "# Source\n"}}})
	poll := p.add("poll", "Vote", rooms.Viewer, map[string]any{"questions": []any{
		map[string]any{"id": "q", "kind": "single", "prompt": "Tea?", "options": []any{map[string]any{"text": "=yes"}, map[string]any{"text": "no"}}},
		map[string]any{"id": "later", "kind": "wall", "prompt": "Why?"},
	}})
	p.do("ada", poll, "open", map[string]any{"question": "q"})
	options := regexp.MustCompile(`"id":"(o[^"]*)"`).FindAllStringSubmatch(p.view("ada", poll), -1)
	p.do("ben", poll, "vote", map[string]any{"question": "q", "round": 1, "turn": 1, "options": []string{options[0][1]}})
	p.do("ada", poll, "close", map[string]any{"question": "q"})
	asked := p.add("qa", "", rooms.Viewer, nil)
	p.do("ben", asked, "ask", map[string]any{"text": "=cmd|' /C calc'!A0"})
	said := p.do("ben", chat, "say", map[string]any{"text": "two\nlines"})
	p.do("ben", chat, "say", map[string]any{"text": "", "file": map[string]any{"hash": plan.Hash, "name": "plan.txt", "size": 8}})
	gone := p.do("ben", chat, "say", map[string]any{"text": "to be deleted"})
	var seq struct{ Events []struct{ Seq uint64 } }
	if err := errors.Join(json.Unmarshal(said, &seq), json.Unmarshal(gone, &seq)); err != nil {
		t.Fatal(err)
	}
	p.do("ben", chat, "delete", map[string]any{"seq": seq.Events[0].Seq})

	all := unpacked(t, p.zip("ada"))
	for name, text := range map[string]string{
		"README.txt":               "Team day: plan/2: a room of Plenum",
		"documents/Minutes.md":     "](../files/cat%20%281%29%20%26%20co.png",
		"documents/Minutes.html":   `<img src="../files/cat%20%281%29%20%26%20co.png" alt="a cat"`,
		"documents/minutes (2).md": "",

		"documents/Minutes - comments.md": "## Hello\n\n**Ben**",
		"documents/_CON.md":               "# Source",
		"polls/Vote.xlsx":                 "PK",
		"polls/Vote - 1.json":             `"count": 1`,
		"chat/Chat.md":                    "**Ben**",
		"chat/Chat.jsonl":                 `"text":"two\nlines"`,
		"questions/Questions.csv":         `'=cmd|`,
		"files/cat (1) & co.png":          "\x89PNG",
		"files/plan.txt":                  "the plan",
		"room.json":                       `"is": "plenum-room"`,
		"activities/2-doc.json":           cat.Hash,
	} {
		content, ok := all[name]
		if !ok || !strings.Contains(content, text) {
			t.Errorf("%s is there: %v\n%s", name, ok, content)
		}
	}
	if !strings.Contains(all["chat/Chat.md"], "> [plan.txt](../files/plan.txt)") || strings.Contains(all["chat/Chat.md"]+all["chat/Chat.jsonl"], "to be deleted") {
		t.Errorf("the chat is\n%s%s", all["chat/Chat.md"], all["chat/Chat.jsonl"])
	}
	if comments := all["documents/Minutes - comments.md"]; !strings.Contains(comments, "> Why *hello*?\n> Really\n") {
		t.Errorf("the comments are\n%s", comments)
	}
	tables := 0
	for name := range all {
		if strings.HasPrefix(name, "polls/") && strings.HasSuffix(name, ".csv") {
			tables++
		}
	}
	if tables != 1 {
		t.Errorf("%d tables", tables)
	}
	var told Manifest
	if err := json.Unmarshal([]byte(all["room.json"]), &told); err != nil || len(told.Files) != 2 || len(told.Missing) != 0 {
		t.Errorf("%v %+v", err, told)
	}
	if everything := all["room.json"] + all["README.txt"]; strings.Contains(everything, p.code) {
		t.Errorf("the join code is in it: %s", everything)
	}
}

func (p place) listed(person string) []rooms.Part {
	p.t.Helper()
	_, _, all, err := p.hall.Contents(p.t.Context(), p.code, person)
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

func (p place) view(person, activity string) string {
	p.t.Helper()
	raw, err := p.hall.View(p.t.Context(), p.code, person, activity)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(raw)
}

// A poll that stands in a document stands in the copy of it, too: as the copy's
// own, which nobody has voted in yet.
func TestAPollInADocumentComesAlong(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{})
	p := h.room("Room")
	doc := p.add("doc", "Plan", rooms.Viewer, nil)
	poll := p.add("poll", "Where", rooms.Viewer, map[string]any{"shownIn": doc, "questions": []any{
		map[string]any{"id": "q1", "kind": "single", "prompt": "Where to?", "options": []any{map[string]any{"text": "The sea"}, map[string]any{"text": "The lake"}}},
	}})
	p.do("ada", doc, "change", map[string]any{"base": 0, "change": []any{map[string]any{"insert": map[string]any{"poll": poll + "/q1"}}}})
	p.do("ada", poll, "open", map[string]any{"question": "q1"})
	code, _, err := h.zips.Duplicate(t.Context(), p.code, "ada", "Copy")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.take("ida", p.zip("ada"))
	if err != nil {
		t.Fatal(err)
	}
	for who, copied := range map[string]place{"ada": {h, code}, "ida": again} {
		_, err := copied.hall.Do(t.Context(), copied.code, who, rooms.Command{In: poll, Do: "open", With: json.RawMessage(`{"question":"q1"}`)})
		if err != nil {
			t.Fatal(err)
		}
		for view := ""; !strings.Contains(view, `"state":"open"`); {
			if view = copied.view(who, doc); t.Context().Err() != nil {
				t.Fatalf("the document shows %s", view)
			}
		}
	}
}

// Only hosts carry a room away, in whatever way.
func TestOnlyHostsCarryARoom(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{})
	p := h.room("Room")
	doc := p.add("doc", "D", rooms.Viewer, nil)
	_, ben, err := p.hall.Member(t.Context(), p.code, "ben")
	if err != nil {
		t.Fatal(err)
	}
	try := func(person string) []error {
		_, zip := h.zips.Take(t.Context(), p.code, person, "")
		_, _, copy := h.zips.Duplicate(t.Context(), p.code, person, "Mine")
		_, settings := h.hall.Copy(t.Context(), p.code, person, doc)
		_, _, papers := h.hall.Papers(t.Context(), p.code, person, doc, nil)
		return []error{zip, copy, settings, papers}
	}
	for role, want := range map[string]string{"viewer": "role", "participant": "role", "editor": "role", "host": "<nil>"} {
		p.do("ada", rooms.LobbyID, "role", map[string]any{"member": ben.ID, "role": role})
		for i, err := range try("ben") {
			if because(err) != want {
				t.Errorf("%d as %s: %v", i, role, err)
			}
		}
	}
	p.do("ada", rooms.LobbyID, "remove", map[string]any{"member": ben.ID})
	for who, want := range map[string]string{"ben": "removed", "stranger": "not-member", "": "not-member"} {
		for i, err := range try(who) {
			if because(err) != want {
				t.Errorf("%d as %q: %v", i, who, err)
			}
		}
	}
}

// The copy keeps its pictures when the first room is erased, and counts them.
func TestADuplicateOwnsItsPictures(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{Grace: time.Nanosecond, Quota: 10_000})
	p := h.room("Room")
	doc := p.add("doc", "D", rooms.Viewer, nil)
	cat := p.bring("ada", "cat.png", aPNG(t, 7))
	p.do("ada", doc, "change", map[string]any{"base": 0, "change": []any{anImage(cat, "cat")}})
	big := p.bring("ada", "big.txt", bytes.Repeat([]byte("x"), 9_000))
	code, _, err := h.zips.Duplicate(t.Context(), p.code, "ada", "Copy of Room")
	if err != nil {
		t.Fatal(err)
	}
	twin := place{h, code}
	p.do("ada", rooms.LobbyID, "delete", map[string]any{"on": true})
	if err := h.store.Erase(t.Context(), time.Now().Add(time.Hour).UnixMilli(), func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := h.files.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if content, err := twin.content("ada", cat.Hash); err != nil || !bytes.HasPrefix(content, []byte("\x89PNG")) {
		t.Errorf("the picture: %v", err)
	}
	if _, err := twin.content("ada", big.Hash); !errors.Is(err, files.ErrNone) {
		t.Errorf("what nothing names came along: %v", err)
	}
	room, m, err := h.hall.Member(t.Context(), code, "ada")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.files.Put(t.Context(), room, m.ID, "more", bytes.NewReader(bytes.Repeat([]byte("y"), 9_990))); !errors.Is(err, files.ErrFull) {
		t.Errorf("its pictures count for nothing: %v", err)
	}
}

// Somebody who writes the name of a file that is in another room gets nothing of it.
func TestAForeignNameBringsNoFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{})
	p := h.room("Secret")
	doc := p.add("doc", "D", rooms.Viewer, nil)
	cat := p.bring("ada", "cat.png", aPNG(t, 3))
	p.do("ada", doc, "change", map[string]any{"base": 0, "change": []any{anImage(cat, "cat")}})
	again, err := h.take("eve", packed(t, map[string]string{"room.json": manifestOf(""), "activities/1.json": `{"content":[{"insert":{"image":"` + cat.Hash + `"}},{"insert":"\n"}]}`}))
	if err != nil {
		t.Fatal(err)
	}
	code, _, err := h.zips.Duplicate(t.Context(), again.code, "eve", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []place{again, {h, code}} {
		if _, err := of.content("eve", cat.Hash); !errors.Is(err, files.ErrNone) {
			t.Errorf("the file of another room: %v", err)
		}
		if all := unpacked(t, of.zip("eve")); strings.Contains(all["room.json"], `"path"`) || !strings.Contains(all["room.json"], `"missing"`) {
			t.Errorf("the ZIP says %s", all["room.json"])
		}
	}
}

// failing files fail where they are told to.
type failing struct {
	Files
	put, open error
}

func (f failing) Put(ctx context.Context, room, member, name string, content io.Reader) (files.File, error) {
	if f.put != nil {
		return files.File{}, f.put
	}
	return f.Files.Put(ctx, room, member, name, content)
}

func (f failing) Open(file files.File) (*os.File, error) {
	if f.open != nil {
		return nil, f.open
	}
	return f.Files.Open(file)
}

// What fails on the way leaves no room, and no ZIP that looks whole.
func TestWhatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{})
	p := h.room("Room")
	doc := p.add("doc", "D", rooms.Viewer, nil)
	p.do("ada", doc, "change", map[string]any{"base": 0, "change": []any{anImage(p.bring("ada", "a.jpg", aJPEG(t)), "a")}})
	content, before := p.zip("ada"), h.heads(t)
	broken := errors.New("the disk is on fire")
	h.zips.o.Files = failing{Files: h.files, put: broken}
	if _, err := h.take("ida", content); !errors.Is(err, broken) {
		t.Error(err)
	}
	if after := h.heads(t); after != before {
		t.Errorf("%s became %s", before, after)
	}
	h.zips.o.Files = failing{Files: h.files, open: broken}
	taking, err := h.zips.Take(t.Context(), p.code, "ada", "zh")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := taking.Write(t.Context(), &out); !errors.Is(err, broken) {
		t.Error(err)
	}
	h.zips.o.Files = h.files
	if _, err := h.take("ida", out.Bytes()); because(err) != "zip" {
		t.Errorf("half a ZIP: %v", err)
	}
}

// A crash while a room is being made leaves one that nobody is in, that nobody
// can enter, and that is erased like any deleted one.
func TestACrashLeavesNoHalfRoom(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{})
	before := h.heads(t)
	founding, err := h.hall.Found(t.Context(), rooms.Outline{Title: "Half"}, rooms.Entry{Person: "ida", Name: "Ida"})
	if err != nil {
		t.Fatal(err)
	}
	if err := founding.Add(t.Context(), rooms.Part{Kind: "doc", Title: "D", Least: rooms.Viewer}); err != nil {
		t.Fatal(err)
	}
	if after := h.heads(t); after != before {
		t.Errorf("%q became %q", before, after)
	}
	var code string
	if err := h.store.Read().Raw("SELECT code FROM rooms WHERE id = ?", founding.Room).Scan(&code).Error; err != nil || code == "" {
		t.Fatal(err)
	}
	half := place{h, code}
	for who := range map[string]bool{"ida": true, "eve": true, "": true} {
		if _, err := h.hall.About(t.Context(), code, who); !errors.Is(err, rooms.ErrDeleted) {
			t.Errorf("%q at the door: %v", who, err)
		}
		if _, err := half.try(who, rooms.LobbyID, "delete", map[string]any{"on": false}); because(err) != "deleted" {
			t.Errorf("%q restores it: %v", who, err)
		}
	}
	if _, err := h.hall.Enter(t.Context(), code, rooms.Entry{Person: "eve", Name: "Eve"}); !errors.Is(err, rooms.ErrDeleted) {
		t.Error(err)
	}
	if err := h.store.Erase(t.Context(), time.Now().Add(time.Hour).UnixMilli(), func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"events", "checkpoints", "members", "files", "wakes"} {
		var n int64
		if err := h.store.Read().Raw("SELECT count(*) FROM "+table+" WHERE room = ?", founding.Room).Scan(&n).Error; err != nil || n > 0 {
			t.Errorf("%s has %d rows: %v", table, n, err)
		}
	}
}

// However a text is cut on its way, the names in it are found and linked.
func TestLinksAreFoundWhereverATextIsCut(t *testing.T) {
	t.Parallel()
	hash := rooms.FilePrefix + strings.Repeat("ab", 32)
	text := "sha256- files/ ![x](files/" + hash + ") " + hash + ` <img src="files/` + hash + `"> sha256-` + strings.Repeat("z", 64) + " files/sha256-"
	want := "sha256- files/ ![x](../files/a%20b.png) " + hash + ` <img src="../files/a%20b.png"> sha256-` + strings.Repeat("z", 64) + " files/sha256-"
	for _, step := range []int{1, 2, 3, 7, 13, 64, 71, 1000} {
		var out bytes.Buffer
		found := 0
		l := &linker{to: &out, page: true, path: func(string) (string, error) { found++; return "files/a b.png", nil }}
		for at := 0; at < len(text); at += step {
			if _, err := io.WriteString(l, text[at:min(at+step, len(text))]); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Close(); err != nil || out.String() != want || found != 3 {
			t.Errorf("in steps of %d, %d names: %v\n%s", step, found, err, out.String())
		}
	}
}
