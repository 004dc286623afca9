package collab

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
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
func TestGolden(t *testing.T) { t.Parallel(); laws.Golden(t, plan(), "testdata/doc-2.jsonl") }

// The log of format 1, before versions had names, is replayed for ever.
func TestGoldenOfFormat1(t *testing.T) {
	t.Parallel()
	laws.Golden(t, plan(), "testdata/doc.jsonl")
}

// randomChange is mostly an edit of what the member sees. Some are based on an
// older revision, of which only the length is guessed: those may be refused.
func randomChange(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	from := members[r.IntN(len(members))]
	raw, _ := see(from)
	var view seen
	if err := json.Unmarshal(raw, &view); err != nil {
		panic(err)
	}
	if r.IntN(8) == 0 {
		return randomVersion(r, from, view)
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
	asked := map[string]any{"base": base, "change": change}
	if r.IntN(10) == 0 {
		asked["restores"] = r.Uint64N(view.Rev + 2)
	}
	with, err := json.Marshal(asked)
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: "change", With: with, From: from}
}

// randomVersion names a revision, gives it another name or takes it away; now
// and then one that there is not.
func randomVersion(r *rand.Rand, from rooms.Member, view seen) rooms.Command {
	rev := r.Uint64N(view.Rev + 2)
	if r.IntN(3) == 0 {
		if len(view.Versions) > 0 && r.IntN(4) > 0 {
			rev = view.Versions[r.IntN(len(view.Versions))].Rev
		}
		return rooms.Command{Do: "unname", With: fmt.Appendf(nil, `{"rev":%d}`, rev), From: from}
	}
	name, err := json.Marshal(typist{r}.word() + typist{r}.word())
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: "name", With: fmt.Appendf(nil, `{"rev":%d,"name":%s}`, rev, name), From: from}
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

	Versions []Version `json:"versions,omitempty"`
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
		By   string
		At   int64
		With struct {
			changed
			Name string
		}
	}
	if err := json.Unmarshal(event, &told); err != nil {
		return err
	}
	if told.Did == "named" || told.Did == "unnamed" {
		rev := told.With.Rev
		m.seen.Versions = slices.DeleteFunc(m.seen.Versions, func(v Version) bool { return v.Rev == rev })
		if told.Did == "named" {
			m.seen.Versions = append(m.seen.Versions, Version{rev, told.With.Name, told.By, told.At})
			slices.SortFunc(m.seen.Versions, func(a, b Version) int { return cmp.Compare(a.Rev, b.Rev) })
		}
		return nil
	}
	if told.Did != "changed" || told.With.Rev != m.seen.Rev+1 {
		return fmt.Errorf("%q of revision %d after %d", told.Did, told.With.Rev, m.seen.Rev)
	}
	content, err := delta.Apply(m.seen.Content, told.With.Change)
	if err != nil {
		return err
	}
	m.seen.Rev, m.seen.Content = told.With.Rev, content
	if hashed := told.With.Rev%hashEvery == 0; hashed != (told.With.Hash != "") || hashed && told.With.Hash != content.Hash() {
		return fmt.Errorf("revision %d has the hash %q, the copy %s", told.With.Rev, told.With.Hash, content.Hash())
	}
	return nil
}

func (m *mirror) View() any { return m.seen }
