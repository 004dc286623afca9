package polls

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"plenum/rooms"
)

// Of secret rounds there is what hosts may know: a guest's number with each
// vote, or equal votes together; while they are open only what the desk shows.
func TestTheTablesKeepSecrets(t *testing.T) {
	t.Parallel()
	for _, secrecy := range []Secrecy{Anonymous, Pseudonymous} {
		p := secretPlace(t, 7, Question{Kind: Single, Prompt: "tea", Options: choice(2).Options, Veiling: Veiling{Secrecy: secrecy}})
		for i := 1; i <= 6; i++ {
			if err := p.vote(person(i), 1, p.tea.Options[i%2].ID); err != nil {
				t.Fatal(err)
			}
		}
		if rows := p.tableOf("results"); columns(rows[:1], 4, 5, 12) != "open|6|Secret votes are in the file when voting is closed.\n" || !sums(rows, 7, 5) {
			t.Errorf("%s: while it is open the results are %q", secrecy, rows)
		}
		if rows := p.tableOf("ballots"); len(rows) != 0 {
			t.Errorf("%s: while it is open the file has the votes %q", secrecy, rows)
		}
		p.host("close", map[string]any{})
		if rows := p.tableOf("results"); !sums(rows, 7, 6) {
			t.Errorf("%s: after the close the results are %q", secrecy, rows)
		}
		got := columns(p.tableOf("ballots"), 3, 4, 5)
		if secrecy == Anonymous && got != lines("|"+p.tea.Options[0].Text+"|3", "|"+p.tea.Options[1].Text+"|3") {
			t.Errorf("the anonymous votes are\n%s", got)
		}
		if secrecy == Pseudonymous && (strings.Count(got, "Guest ") != 6 || strings.Count(got, "|1\n") != 6) {
			t.Errorf("the guests' votes are\n%s", got)
		}
		if rows := p.tableOf("answers"); len(rows) != 0 {
			t.Errorf("%s: somebody's answers are %q", secrecy, rows)
		}
		for _, part := range []string{"results", "answers", "ballots"} {
			if text := fmt.Sprint(p.tableOf(part)); strings.Contains(text, "person-") {
				t.Errorf("%s: the %s name people: %s", secrecy, part, text)
			}
		}
		if _, err := p.read("sheet", nil); err != nil { // it reads past what is sealed
			t.Errorf("the sheet of the quiz: %v", err)
		}
	}
}

// sums tells whether a column of numbers adds up to so many.
func sums(rows [][]string, column, want int) bool {
	for _, row := range rows {
		n, _ := strconv.Atoi(row[column])
		want -= n
	}
	return want == 0
}

// read is a named read of the host.
func (p *place) read(name string, ask map[string]string) (any, error) {
	p.t.Helper()
	return p.hall.Read(p.t.Context(), p.code, "person-0", p.poll, name, ask)
}

func (p *place) tableOf(part string) [][]string {
	p.t.Helper()
	answer, err := p.read("table", map[string]string{"part": part})
	if err != nil {
		p.t.Fatal(err)
	}
	var out bytes.Buffer
	if err := answer.(rooms.File).Write(&out); err != nil {
		p.t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\ufeff")))).ReadAll()
	if err != nil {
		p.t.Fatal(err)
	}
	return rows[1:]
}
