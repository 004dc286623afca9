package search

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"plenum/rooms"
)

// Nobody finds, counts or smells what they may not see. In random rooms random
// people do random things; after each, every person asks for every word that
// was ever said anywhere, and must find exactly those that their views show.
func TestNobodyFindsWhatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	if given := os.Getenv("SEED"); given != "" {
		var err error
		if seed, err = strconv.ParseUint(given, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("SEED=%d", seed)
	l := &law{world: newWorld(t), r: rand.New(rand.NewPCG(seed, 0)), where: map[string]string{}, rooms: map[string][]string{}}
	for range 3 {
		code, talk := l.room("ada", l.word(""))
		l.rooms[code] = []string{talk}
		for _, person := range people[1:] {
			l.enter(code, person)
		}
	}
	for round := range 120 {
		l.act()
		l.checkAtOnce()
		if round%12 == 11 {
			l.settle()
			l.check()
		}
	}
}

type law struct {
	*world
	r     *rand.Rand
	words []string
	where map[string]string   // of a word: its activity, or "title"
	rooms map[string][]string // their activities
}

var people = []string{"ada", "ben", "cyd", "dan"}

// word is one that was never used before, somewhere.
func (l *law) word(where string) string {
	word := fmt.Sprintf("wort%s", strings.Repeat(string(rune('a'+len(l.words)%26)), 1+len(l.words)/26)+string([]rune("一二三四五六七八九十")[l.r.IntN(10)]))
	word = fmt.Sprintf("%sx%d", word, len(l.words))
	l.words = append(l.words, word)
	l.where[word] = where
	return word
}

func (l *law) act() {
	code := pick(l.r, sorted(l.rooms))
	in := pick(l.r, l.rooms[code])
	person := pick(l.r, people)
	role := pick(l.r, []string{"viewer", "participant", "editor", "host"})
	lobby := func(do, with string, args ...any) { _, _ = l.try(code, "ada", "lobby", do, fmt.Sprintf(with, args...)) }
	switch l.r.IntN(17) {
	case 0, 1:
		_, _ = l.hall.Enter(context.Background(), code, entry(person)) // or refused: locked out
	case 2, 3, 4:
		_, _ = l.try(code, person, in, "say", `{"text":`+quoted(l.word(in)+" said")+`}`)
	case 5:
		lobby("show", `{"id":%q,"least":%q}`, in, role)
	case 6:
		lobby("bin", `{"id":%q}`, in)
	case 7:
		lobby("restore", `{"id":%q}`, in)
	case 8:
		if m := l.member(code, person); m != "" {
			lobby(pick(l.r, []string{"remove", "remove", "readmit"}), `{"member":%q}`, m)
		}
	case 9:
		if m := l.member(code, person); m != "" {
			lobby("role", `{"member":%q,"role":%q}`, m, role)
		}
	case 10:
		if len(l.rooms[code]) < 6 {
			title := l.word("title")
			kind, settings := pick(l.r, []string{"chat", "poll", "doc"}), ""
			if kind == "poll" {
				settings = fmt.Sprintf(`{"questions":[{"id":"q0","kind":"rating","prompt":%q},{"id":"q1","kind":"rating","prompt":%q}]}`, l.word("q0"), l.word("q1"))
			}
			l.rooms[code] = append(l.rooms[code], l.add(code, kind, title, settings))
		}
	case 11:
		_, _ = l.try(code, person, in, "write", fmt.Sprintf(`{"question":{"id":"q%d","kind":"rating","prompt":%q}}`, l.r.IntN(2), l.word(in)))
	case 12:
		_, _ = l.try(code, "ada", in, "present", fmt.Sprintf(`{"question":"q%d"}`, l.r.IntN(2)))
	case 13:
		var view struct{ View struct{ Rev uint64 } }
		l.viewAs(code, "ada", in, &view)
		_, _ = l.try(code, person, in, "change", fmt.Sprintf(`{"base":%d,"change":[{"insert":%q}]}`, view.View.Rev, l.word(in)+" "))
	case 14, 15:
		_, _ = l.try(code, person, "direct", "say", fmt.Sprintf(`{"with":%q,"text":%q}`, l.member(code, pick(l.r, people)), l.word("direct")+" to you"))
	case 16:
		lobby("end", `{"on":%v}`, l.r.IntN(2) == 0)
	}
}

func (l *law) check() {
	for _, person := range people {
		seen := l.seenBy(person)
		for _, word := range l.words {
			found := l.find(person, `"`+word+`"`)
			shown := strings.Contains(seen, word)
			if shown != (len(found.Results) > 0) {
				l.t.Errorf("%s searches for %q (in %s): found %+v, but their views show it: %v", person, word, l.where[word], found.Results, shown)
			}
			if !shown && found.More {
				l.t.Errorf("%s searches for %q: it is told that there is more", person, word)
			}
		}
		// Beginnings, typos and filters do not get around it either.
		for _, query := range append([]string{"w", "一", "type:chat", "type:direct", "type:doc", "type:poll", "type:activity", "from:ada", "from:ben", "after:2000"}, l.words...) {
			for _, r := range l.find(person, query).Results {
				if r.Type != typePerson && r.Type != typeRoom {
					l.allSeen(seen, r.Text, person, query)
				}
			}
		}
	}
}

// checkAtOnce does not wait for the index: who may see what holds at once. Only
// what polls and documents show moves with it.
func (l *law) checkAtOnce() {
	for _, person := range people {
		seen := l.seenBy(person)
		for _, r := range l.find(person, "type:chat type:direct type:activity").Results {
			l.allSeen(seen, r.Text, person, "everything, at once")
		}
	}
}

// allSeen wants every word of a result to be in the views.
func (l *law) allSeen(seen, text, person, query string) {
	for _, word := range strings.Fields(text) {
		word = strings.Trim(word, ellipsis)
		if slices.Contains(l.words, word) && !strings.Contains(seen, word) {
			l.t.Errorf("%s searches for %q and is shown %q", person, query, text)
		}
	}
}

// seenBy is all views of a person in one text.
func (l *law) seenBy(person string) string {
	var all strings.Builder
	for code, activities := range l.rooms {
		for _, in := range append([]string{"lobby"}, activities...) {
			text := l.viewAs(code, person, in, nil)
			if in == "lobby" {
				text = withoutBin(l.t, text)
			}
			all.WriteString(text)
		}
		all.WriteString(l.directTo(code, person))
	}
	return all.String()
}

// directTo is all that a person says with others alone in a room.
func (l *law) directTo(code, person string) string {
	read := func(name string, ask map[string]string, into any) (text []byte) {
		answer, err := l.hall.Read(context.Background(), code, person, "direct", name, ask)
		if err != nil {
			return nil // they are not in it
		}
		text, err = json.Marshal(answer)
		if err == nil {
			err = json.Unmarshal(text, into)
		}
		if err != nil {
			l.t.Fatal(err)
		}
		return text
	}
	var mine struct{ Talks []struct{ Thread uint64 } }
	read("talks", map[string]string{"limit": "100"}, &mine)
	var all strings.Builder
	for _, talk := range mine.Talks {
		all.Write(read("older", map[string]string{"thread": fmt.Sprint(talk.Thread), "limit": "100"}, &struct{}{}))
	}
	return all.String()
}

// withoutBin takes what is in the bin out of a lobby's view: it cannot be opened,
// so it is not found.
func withoutBin(t testing.TB, text string) string {
	if text == "" {
		return ""
	}
	var shown struct {
		View struct {
			Title      string
			Activities []struct {
				Title  string
				Binned bool
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &shown); err != nil {
		t.Fatal(err)
	}
	all := shown.View.Title
	for _, a := range shown.View.Activities {
		if !a.Binned {
			all += " " + a.Title
		}
	}
	return all
}

// viewAs is a view, or "" if the person may not see it.
func (l *law) viewAs(code, person, in string, into any) string {
	text, err := l.hall.View(context.Background(), code, person, in)
	if err != nil {
		return ""
	}
	if into != nil {
		_ = json.Unmarshal(text, into) // another kind: it stays zero
	}
	return string(text)
}

func (l *law) member(code, person string) string {
	sight, err := l.search.sights.Of(context.Background(), l.roomID(code))
	if err != nil {
		l.t.Fatal(err)
	}
	id := ""
	sight.Authors(func(m rooms.Member) {
		if m.Name == person {
			id = m.ID
		}
	})
	return id
}

func (l *law) roomID(code string) string {
	id, err := l.store.Find(context.Background(), code)
	if err != nil {
		l.t.Fatal(err)
	}
	return id
}
