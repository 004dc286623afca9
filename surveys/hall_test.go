package surveys

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"plenum/internal/store"
	"plenum/rooms"
)

// place is a survey in a real room on a real database. Person 0 is its owner,
// the others are participants.
type place struct {
	t      *testing.T
	hall   *rooms.Hall
	code   string
	survey string
	n      map[string]uint64
}

func openPlace(t *testing.T, people int, settings string) *place {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "plenum.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, n: map[string]uint64{}, hall: rooms.NewHall(rooms.Options{
		Kinds: []rooms.Kind{Kind}, Log: db, Build: "test", Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})}
	t.Cleanup(func() {
		if err := p.hall.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if p.code, _, err = p.hall.Create(t.Context(), "Trial", rooms.Entry{Person: "person-0", Name: "Host"}); err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= people; i++ {
		// The later somebody comes, the earlier is the name.
		if _, err := p.hall.Enter(t.Context(), p.code, rooms.Entry{Person: fmt.Sprint("person-", i), Name: fmt.Sprintf("Name %c", 'z'-i)}); err != nil {
			t.Fatal(err)
		}
	}
	p.do("person-0", rooms.LobbyID, "add", fmt.Sprintf(`{"kind":"survey","title":"Party","settings":%s}`, settings))
	raw, err := p.hall.View(t.Context(), p.code, "person-0", rooms.LobbyID)
	if err != nil {
		t.Fatal(err)
	}
	var lobby struct {
		View struct{ Activities []struct{ ID string } }
	}
	decode(raw, &lobby)
	p.survey = lobby.View.Activities[0].ID
	p.do("person-0", p.survey, "open", `{}`)
	return p
}

func (p *place) do(who, in, do, with string) {
	p.t.Helper()
	p.n[who]++
	c := rooms.Command{In: in, Do: do, With: []byte(with), Peer: "peer-of-" + who, N: p.n[who]}
	if _, err := p.hall.Do(p.t.Context(), p.code, who, c); err != nil {
		p.t.Fatalf("%s %s: %v", who, do, err)
	}
}

// sends is the short way of twoWays.
func (p *place) sends(i int, text string) {
	p.t.Helper()
	who := fmt.Sprint("person-", i)
	p.do(who, p.survey, "save", `{"page":"p1","answers":{"q1":["no"]}}`)
	p.do(who, p.survey, "send", fmt.Sprintf(`{"page":"p3","answers":{"q4":%q,"q5":%d}}`, text, i))
}

func (p *place) read(who, name string, ask map[string]string) (string, error) {
	p.t.Helper()
	answer, err := p.hall.Read(p.t.Context(), p.code, who, p.survey, name, ask)
	if err != nil {
		return "", err
	}
	file, ok := answer.(rooms.File)
	if !ok {
		return string(encode(answer)), nil
	}
	var out bytes.Buffer
	err = file.Write(&out)
	return file.Name + "\n" + out.String(), err
}

func (p *place) reads(name string, ask map[string]string) string {
	p.t.Helper()
	got, err := p.read("person-0", name, ask)
	if err != nil {
		p.t.Fatalf("read %s: %v", name, err)
	}
	return got
}

// What hosts take along: with names, and safe in a spreadsheet.
func TestReads(t *testing.T) {
	t.Parallel()
	p := openPlace(t, 3, twoWays)
	if _, err := p.read("person-0", "person", nil); rooms.AsRefusal(err).Code != "no-answers" {
		t.Errorf("of nobody: %v", err)
	}
	p.sends(1, "=1+1")
	p.sends(2, "fine, \"thanks\"")
	p.do("person-3", p.survey, "save", `{"page":"p1","answers":{"q1":["no"]}}`)
	csv := p.reads("table", map[string]string{"format": "csv"})
	lines := strings.Split(strings.TrimPrefix(csv, "Party - Answers.csv\n\ufeff"), "\r\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], `Person,Sent (UTC),1. Were you there?,`) ||
		!strings.HasPrefix(lines[1], "Name x,") || !strings.HasSuffix(lines[1], `,No,,,"fine, ""thanks""",2`) || !strings.HasSuffix(lines[2], `,No,,,'=1+1,1`) {
		t.Errorf("the answers are\n%s", csv)
	}
	results := p.reads("table", map[string]string{"format": "csv", "part": "results", "language": "zh-CN"})
	for _, part := range []string{"结果", "1,Were you there?,No,2,1", "第 3 页,（到达）,3"} {
		if !strings.Contains(results, part) {
			t.Errorf("the results lack %q:\n%s", part, results)
		}
	}
	if book := p.reads("table", map[string]string{"format": "xlsx"}); !strings.HasPrefix(book, "Party.xlsx\nPK") {
		t.Errorf("the workbook begins with %q", book[:20])
	}
	if got := p.reads("person", map[string]string{"at": "2"}); !strings.Contains(got, `"at":2,"of":2,"name":"Name y"`) || !strings.Contains(got, `"q5":1`) {
		t.Errorf("the second person is %s", got)
	}
	if got := p.reads("texts", map[string]string{"question": "q4"}); !strings.Contains(got, `{"text":"=1+1","name":"Name y","count":1}`) || !strings.Contains(got, `"all":2`) {
		t.Errorf("the texts are %s", got)
	}
	if got := p.reads("export", nil); !strings.HasPrefix(got, "Party.json\n{\"format\":1,") || !strings.Contains(got, `"name":"Name x"`) {
		t.Errorf("the file is %s", got)
	}
	for name, ask := range map[string]map[string]string{"texts": {"question": "q1"}, "table": {"format": "pdf"}, "person": {"at": "0"}} {
		if _, err := p.read("person-0", name, ask); err == nil || rooms.AsRefusal(err) == rooms.ErrBroken {
			t.Errorf("%s with %v: %v", name, ask, err)
		}
	}
	for name := range Kind.Reads {
		if _, err := p.read("person-1", name, nil); rooms.AsRefusal(err).Code != "role" {
			t.Errorf("a participant reads %s: %v", name, err)
		}
	}
}

// Without names, no file has a name or an order, and none has the answers of
// fewer than five.
func TestReadsWithoutNames(t *testing.T) {
	t.Parallel()
	p := openPlace(t, 6, strings.Replace(twoWays, `{`, `{"unnamed":true,`, 1))
	for i := 1; i <= 4; i++ {
		p.sends(i, fmt.Sprint("text ", i))
	}
	all := func() string {
		return p.reads("table", nil) + p.reads("export", nil) + p.reads("texts", map[string]string{"question": "q4"})
	}
	if got := all(); strings.Contains(got, "text ") {
		t.Errorf("of four: %s", got)
	}
	p.sends(5, "text 5")
	p.sends(6, "text 6")
	got := all()
	if !strings.Contains(got, "text 1") || strings.Contains(got, "text 6") || strings.Contains(got, "Name") || strings.Contains(got, `"sent":1`) {
		t.Errorf("of five, and a sixth: %s", got)
	}
	if strings.Index(got, "text 1") < strings.Index(got, "text 2") && strings.Index(got, "text 2") < strings.Index(got, "text 3") &&
		strings.Index(got, "text 3") < strings.Index(got, "text 4") && strings.Index(got, "text 4") < strings.Index(got, "text 5") {
		t.Error("they are in the order in which they came")
	}
	if _, err := p.read("person-0", "person", nil); rooms.AsRefusal(err).Code != "survey-unnamed" {
		t.Errorf("person by person: %v", err)
	}
	p.do("person-0", p.survey, "close", `{}`)
	if got := all(); !strings.Contains(got, "text 6") {
		t.Errorf("at the close: %s", got)
	}
}
