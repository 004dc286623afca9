package polls

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"plenum/internal/store"
	"plenum/rooms"
)

// secretPlace is a place whose hall keeps secrets, with an anonymous or
// pseudonymous question that is open.
func secretPlace(t *testing.T, people int, q Question) *place {
	t.Helper()
	p := openPlace(t, people, q)
	p.host("open", map[string]any{})
	return p
}

func (p *place) stored() []rooms.Event {
	p.t.Helper()
	room, err := p.store.Find(p.t.Context(), p.code)
	if err != nil {
		p.t.Fatal(err)
	}
	events, err := p.store.Events(p.t.Context(), rooms.Query{Room: room, Activity: p.poll})
	if err != nil {
		p.t.Fatal(err)
	}
	return events
}

// said casts a ballot that gives a text.
func (p *place) said(who string, turn int, text string) error {
	with := map[string]any{"question": p.tea.ID, "round": 1, "turn": turn, "texts": []string{text}, "slip": "slip-" + strings.Repeat("0", 15-len(who)) + who}
	for {
		_, err := p.hall.Do(p.t.Context(), p.code, who, rooms.Command{In: p.poll, Do: "vote", With: encode(with)})
		if err == nil || !rooms.Waits(rooms.AsRefusal(err)) {
			return err
		}
	}
}

// Stored is of a secret ballot that it came, within an hour: no name, no words,
// no length. A restart loses nothing of it, and after the close the secret is
// gone and the texts are there.
func TestSecretBallotsAreStoredSealed(t *testing.T) {
	t.Parallel()
	for _, secrecy := range []Secrecy{Anonymous, Pseudonymous} {
		p := secretPlace(t, 8, Question{Kind: Wall, Prompt: "tea", Most: 1, Veiling: Veiling{Secrecy: secrecy}})
		for i := 1; i <= 8; i++ {
			if err := p.said(person(i), 1, "word"+strings.Repeat("y", 50*i)); err != nil {
				t.Fatal(err)
			}
		}
		sizes, sealed := map[int]bool{}, 0
		for _, e := range p.stored() {
			if e.Did != "voted" {
				continue
			}
			sizes[len(e.With)], sealed = true, sealed+1
			if e.By != "" || e.Peer != "" || e.N != 0 || e.At%3_600_000 != 0 || e.To != toNobody || bytes.Contains(e.With, []byte("alias")) {
				t.Errorf("stored is %+v", e)
			}
		}
		if len(sizes) != 1 || sealed != 8 {
			t.Errorf("%d sealed ballots have the sizes %v", sealed, sizes)
		}
		p.restart()
		if got := p.deck().Questions[0]; got.People != 8 || *got.Counted != 5 {
			t.Errorf("after a restart %d have voted, and %d are told", got.People, *got.Counted)
		}
		if err := p.said(person(1), 2, "othertext"); err != nil {
			t.Fatal(err)
		}
		if all := p.bytesOf(p.path); bytes.Contains(all, []byte("wordyyyy")) || bytes.Contains(all, []byte("othertext")) {
			t.Error("a ballot can be read in the database while the question is open")
		}
		p.host("close", map[string]any{})
		if got := p.deck().Questions[0]; got.People != 8 || got.Answers.Of != 8 || got.Counted != nil {
			t.Errorf("after the close there are %+v", got)
		}
		var own struct{ Mine Mine }
		decode(p.view(person(1), p.poll), &own)
		if has := len(own.Mine.Ballots) > 0; has != (secrecy == Pseudonymous) {
			t.Errorf("%s: after the close the voter is told %+v", secrecy, own.Mine)
		}
		if err := p.hall.Close(t.Context()); err != nil { // what is to be destroyed is, when it has ended
			t.Fatal(err)
		}
		p.openHall()
		if n := p.secretFiles(); (n > 0) != (secrecy == Pseudonymous) {
			t.Errorf("%s: after the close there are %d secrets", secrecy, n)
		}
		if got := p.deck().Questions[0]; got.People != 8 || got.Answers.Of != 8 {
			t.Errorf("after the close and a restart there are %+v", got)
		}
	}
}

// An open question whose secret is lost, as after a restore, is closed; it never
// gets a new one.
func TestAQuestionWithoutItsSecretIsClosed(t *testing.T) {
	t.Parallel()
	for _, restored := range []bool{false, true} {
		p := secretPlace(t, 6, Question{Kind: Single, Prompt: "tea", Options: choice(2).Options, Veiling: Veiling{Secrecy: Anonymous}})
		for i := 1; i <= 6; i++ {
			if err := p.vote(person(i), 1, p.tea.Options[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.hall.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if restored {
			p.restore()
		} else if err := os.RemoveAll(p.secrets); err != nil {
			t.Fatal(err)
		}
		p.openHall()
		var got HostQuestion
		p.await("the question is not closed", func() bool { got = p.deck().Questions[0]; return got.State == Closed })
		if !got.Lost || got.People != 0 || p.secretFiles() != 0 {
			t.Errorf("without its secret it is %+v, and there are %d secrets", got.Status, p.secretFiles())
		}
		if err := p.vote(person(1), 2, p.tea.Options[1].ID); code(err) != "closed" {
			t.Errorf("a ballot afterwards: %v", err)
		}
		p.n++
		_, err := p.hall.Do(t.Context(), p.code, "person-0", rooms.Command{In: p.poll, Do: "open", With: encode(map[string]any{"question": p.tea.ID}), Peer: "peer-of-person-0", N: p.n})
		if code(err) != "once" {
			t.Errorf("it is opened again: %v", err)
		}
		p.host("again", map[string]any{})
		p.host("open", map[string]any{})
		if p.secretFiles() != 1 {
			t.Errorf("a new round has %d secrets", p.secretFiles())
		}
	}
}

// restore makes a backup of the database, and goes on from it.
func (p *place) restore() {
	p.t.Helper()
	folder := p.t.TempDir()
	backup, again := filepath.Join(folder, "backup.db"), filepath.Join(folder, "plenum.db")
	if err := store.Backup(p.t.Context(), p.path, backup); err != nil {
		p.t.Fatal(err)
	}
	if err := store.Restore(p.t.Context(), backup, again); err != nil {
		p.t.Fatal(err)
	}
	if err := p.store.Close(); err != nil {
		p.t.Fatal(err)
	}
	var err error
	if p.store, err = store.Open(p.t.Context(), again, store.Options{}); err != nil {
		p.t.Fatal(err)
	}
	p.path = again
}

func (p *place) secretFiles() int {
	p.t.Helper()
	files, err := os.ReadDir(p.secrets)
	if err != nil && !os.IsNotExist(err) {
		p.t.Fatal(err)
	}
	return len(files)
}

// bytesOf are a database and its write-ahead log.
func (p *place) bytesOf(path string) []byte {
	p.t.Helper()
	var all []byte
	for _, end := range []string{"", "-wal"} {
		part, err := os.ReadFile(path + end)
		if err != nil && !os.IsNotExist(err) {
			p.t.Fatal(err)
		}
		all = append(all, part...)
	}
	return all
}

// A server without secrets asks nothing secretly.
func TestWithoutSecretsNothingIsSecret(t *testing.T) {
	t.Parallel()
	p := openPlace(t, 1, Question{Kind: Single, Prompt: "tea", Options: choice(2).Options, Veiling: Veiling{Secrecy: Anonymous}})
	if err := p.hall.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.secrets = ""
	p.openHall()
	p.n++
	_, err := p.hall.Do(t.Context(), p.code, "person-0", rooms.Command{In: p.poll, Do: "open", With: encode(map[string]any{"question": p.tea.ID}), Peer: "peer-of-person-0", N: p.n})
	if code(err) != "no-secrets" {
		t.Errorf("it is opened: %v", fmt.Sprint(err))
	}
}

// Whoever presses "open" at the same moment, there is one secret: of two, the one
// that is kept might not be the one under which ballots are sealed.
func TestHostsWhoOpenAtOnceShareOneSecret(t *testing.T) {
	t.Parallel()
	for range 20 {
		p := openPlace(t, 3, Question{Kind: Wall, Prompt: "tea", Most: 1, Veiling: Veiling{Secrecy: Anonymous, Few: true}})
		var pressed sync.WaitGroup
		for range 6 {
			pressed.Go(func() {
				_, err := p.hall.Do(t.Context(), p.code, "person-0", rooms.Command{In: p.poll, Do: "open", With: encode(map[string]any{"question": p.tea.ID})})
				if err != nil && rooms.AsRefusal(err).Code != ErrOpen.Code {
					t.Error(err)
				}
			})
		}
		pressed.Wait()
		for i := 1; i <= 3; i++ {
			if err := p.said(person(i), 1, "more light"); err != nil {
				t.Fatal(err)
			}
		}
		p.restart()
		if q := p.deck().Questions[0]; q.State != Open || q.Results.People != 3 {
			t.Fatalf("after a restart the question is %s, and %d people have voted", q.State, q.Results.People)
		}
	}
}
