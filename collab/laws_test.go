package collab

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
	"plenum/rooms/laws"
)

func plan() laws.Plan {
	return laws.Plan{Kind: Kind, Aimed: randomChange, Mirror: func() laws.Mirror { return &mirror{} }}
}

func TestLaws(t *testing.T)   { t.Parallel(); laws.Check(t, plan()) }
func TestRoom(t *testing.T)   { t.Parallel(); laws.CheckRoom(t, plan()) }
func TestGolden(t *testing.T) { t.Parallel(); laws.Golden(t, plan(), "testdata/doc.jsonl") }

// randomChange is mostly an edit of what the member sees. Some are based on an
// older revision, of which only the length is guessed: those may be refused.
func randomChange(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	from := members[r.IntN(len(members))]
	raw, _ := see(from)
	var view seen
	if err := json.Unmarshal(raw, &view); err != nil {
		panic(err)
	}
	base, change := view.Rev, typist{r}.change(view.Content)
	switch r.IntN(12) {
	case 0:
		base -= min(base, r.Uint64N(6))
	case 1:
		change = append(change, delta.Keep(1+r.IntN(1000), nil))
	case 2:
		base += r.Uint64N(2)
	}
	if r.IntN(6) == 0 && view.Content.Len() <= 3 {
		return importing(r, from)
	}
	with, err := json.Marshal(map[string]any{"base": base, "change": change})
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: "change", With: with, From: from}
}

// importing fills a document, if that is empty.
func importing(r *rand.Rand, from rooms.Member) rooms.Command {
	w := typist{r}
	with, err := imported("text/markdown", []byte("# "+words[w.IntN(len(words))]+"\n\n- [x] "+words[w.IntN(len(words))]))
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: "import", With: with, From: from}
}

// seen is a View as a client reads it.
type seen struct {
	Rev     uint64      `json:"rev"`
	Content delta.Delta `json:"content"`
}

// mirror is a client's copy of a document, as the front end keeps it.
type mirror struct{ seen seen }

func (m *mirror) Open(view json.RawMessage) error {
	m.seen = seen{}
	return json.Unmarshal(view, &m.seen)
}

func (m *mirror) Apply(event json.RawMessage) error {
	var told struct {
		Did  string
		With changed
	}
	if err := json.Unmarshal(event, &told); err != nil {
		return err
	}
	if told.Did != "changed" || told.With.Rev != m.seen.Rev+1 {
		return fmt.Errorf("%q of revision %d after %d", told.Did, told.With.Rev, m.seen.Rev)
	}
	content, err := delta.Apply(m.seen.Content, told.With.Change)
	if err != nil {
		return err
	}
	m.seen = seen{told.With.Rev, content}
	if hashed := told.With.Rev%hashEvery == 0; hashed != (told.With.Hash != "") || hashed && told.With.Hash != content.Hash() {
		return fmt.Errorf("revision %d has the hash %q, the copy %s", told.With.Rev, told.With.Hash, content.Hash())
	}
	return nil
}

func (m *mirror) View() any { return m.seen }
