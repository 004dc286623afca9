package polls

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

// After every event of a long random life, each tally is what its ballots say
// and what the table says; also from checkpoints in between, and from the log.
func TestTheTallyIsAlwaysTheBallots(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 2))
	s := newScript(t)
	var members []rooms.Member
	for i := range 20 {
		members = append(members, rooms.Member{ID: fmt.Sprintf("id-voter%d", i), Role: rooms.Participant})
	}
	s.letVote(r, members)
	members = append(members, rooms.Member{ID: "id-host", Role: rooms.Host})
	for range 2500 {
		s.now += r.Int64N(2000)
		s.wake()
		c := randomCommand(r, members, s.see)
		if c.Do == "strength" {
			continue // else there might be no ballots
		}
		_ = s.do(strings.TrimPrefix(c.From.ID, "id-"), c.Do, c.With) // refusals are welcome too
		if r.IntN(50) == 0 {
			s.save()
		}
	}
	if len(s.table) < 20 {
		t.Errorf("only %d ballots were cast: the test proves nothing", len(s.table))
	}
	for _, c := range s.poll.deck {
		if c.State == Open {
			s.must("close", s.do("host", "close", map[string]any{"question": c.ID}))
		}
	}
	again := &Poll{voters: newRoll()}
	for _, e := range s.log {
		again.Apply(e)
	}
	lived, err := s.poll.Save()()
	s.must("save", err)
	replayed, err := again.Save()()
	s.must("save the replayed", err)
	if !bytes.Equal(lived, replayed) {
		t.Errorf("lived\n%s\nreplayed\n%s", lived, replayed)
	}
}

// A snapshot stays as it was while the poll goes on.
func TestSnapshotsStand(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host opens tea`)
	for i := range 3 * pageSize {
		s.poll.Apply(ballotOn(s, i, 1, "Black"))
	}
	encode := s.poll.Save()
	for i := range 2 * pageSize {
		s.poll.Apply(ballotOn(s, 3*pageSize-1-i, 2, "Green"))
	}
	state, err := encode()
	s.must("save", err)
	then := &Poll{}
	s.must("load", then.Load(state))
	if got := then.deck[0].box.counts; !slices.Equal(got, []int{3 * pageSize, 0}) {
		t.Errorf("the snapshot has %v", got)
	}
	if got := s.poll.deck[0].box.counts; !slices.Equal(got, []int{pageSize, 2 * pageSize}) {
		t.Errorf("the poll has %v", got)
	}
}

// ballotOn is a voter's ballot on tea.
func ballotOn(s *script, voter, turn int, option string) rooms.Event {
	options := []string{s.labels["tea "+option]}
	e := event("voted", toNobody, voted{Question: s.labels["tea"], Round: 1, Turn: uint64(turn), Options: &options})
	e.By = fmt.Sprintf("voter%d", voter)
	return e
}

// reading is a named read over the script's log.
func (s *script) reading(role rooms.Role, ask map[string]string) rooms.Reading {
	return rooms.Reading{Room: s.room, Activity: "poll-1", Reader: rooms.Member{Role: role}, Ask: ask, Events: func(_ context.Context, after, before uint64, limit int, _ bool) ([]rooms.Event, error) {
		var found []rooms.Event
		for _, e := range s.log {
			if e.Seq > after && (before == 0 || e.Seq < before) && e.To.Sees(rooms.Member{Role: role}) && len(found) < limit {
				found = append(found, e)
			}
		}
		return found, nil
	}}
}

func TestRecount(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host writes mood: rating from=-1 to=3
		host opens tea
		ann votes tea: Black
		bob votes tea: Green
		host closes tea
		host repeats tea
		host opens tea
		ann votes tea: Green
		bob votes tea: Green
		bob votes tea: nothing
		host opens mood
		ann rates mood: -1`)
	for i := range pastPage + 100 { // more than is read at once
		s.run(fmt.Sprintf("voter%d rates mood: %d", i, i%2))
	}
	for asked, want := range map[string]string{
		"tea 1":  fmt.Sprintf(`{"people":2,"counts":%s}`, counts(s, "tea Black", 1, "tea Green", 1)),
		"tea 2":  fmt.Sprintf(`{"people":1,"counts":%s}`, counts(s, "tea Green", 1)),
		"tea 3":  `{"people":0,"counts":{}}`,
		"mood 1": fmt.Sprintf(`{"people":%d,"counts":{"-1":1,"0":%d,"1":%d}}`, pastPage+101, pastPage/2+50, pastPage/2+50),
	} {
		label, round, _ := strings.Cut(asked, " ")
		got, err := recount(t.Context(), s.reading(rooms.Nobody, map[string]string{"question": s.labels[label], "round": round}))
		s.must(asked, err)
		sum := got.(Recount)
		if is := fmt.Sprintf(`{"people":%d,"counts":%s}`, sum.People, encode(sum.Counts)); is != want {
			t.Errorf("%s: %s, want %s", asked, is, want)
		}
	}
}

func counts(s *script, pairs ...any) string {
	all := map[string]int{}
	for i := 0; i < len(pairs); i += 2 {
		all[s.labels[pairs[i].(string)]] = pairs[i+1].(int)
	}
	return string(encode(all))
}

func TestRecountRefuses(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host opens tea
		ann votes tea: Black`)
	// A reader who cannot see the ballots is not told that there are none.
	if _, err := recount(t.Context(), s.reading(rooms.Owner, map[string]string{"question": s.labels["tea"], "round": "1"})); code(err) != "recount" {
		t.Errorf("without the ballots: %v", err)
	}
	for _, ask := range []map[string]string{
		nil, {"question": s.labels["tea"]}, {"round": "1"}, {"question": "", "round": "1"}, {"question": "A'", "round": "1"},
		{"question": "q", "round": "0"}, {"question": "q", "round": "-1"}, {"question": "q", "round": "1.5"}, {"question": "q", "round": "99999999999999999999"},
	} {
		if _, err := recount(t.Context(), s.reading(rooms.Nobody, ask)); code(err) != "malformed" {
			t.Errorf("%v: %v", ask, err)
		}
	}
}

// Blank events are what is left of forgotten ones.
func TestBlankEventsAreSkipped(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host opens tea
		ann votes tea: Black`)
	for _, with := range []string{"", "null"} {
		e := rooms.Event{Did: "voted", With: []byte(with), By: "id-bob", To: toNobody}
		s.poll.Apply(e)
		if rows := Kind.Rows("room-1", e); len(rows) > 0 {
			t.Errorf("a blank ballot has %d rows", len(rows))
		}
	}
	s.run("deck: *tea open shown 1: Black=1")
}

func TestBadCheckpoints(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host opens tea
		ann votes tea: Black`)
	state, err := s.poll.Save()()
	s.must("save", err)
	good := string(state)
	s.must("load", (&Poll{}).Load(state))
	for old, now := range map[string]string{
		good: "", `{"stage"`: `["stage"`, `"question":"`: `"question":"other`, `"voters":["id-ann"]`: `"voters":[]`,
		`"state":"open"`: `"state":"ajar"`, `"round":1`: `"round":0`, `"kind":"single"`: `"kind":"rating"`, `"ballots":"AQE="`: `"ballots":"AQQ="`,
		`"prompt":"tea"`: `"prompt":" tea"`, `"voters":["id-ann"`: `"voters":["id-ann","id-ann"`, `"ballots":"AQ`: `"ballots":"gYGBgYGBgYGBgYGBAQ`,
	} {
		bad := strings.Replace(good, old, now, 1)
		if bad == good {
			t.Errorf("%s is not in %s", old, good)
		}
		if err := (&Poll{}).Load([]byte(bad)); err == nil {
			t.Errorf("%s was loaded", bad)
		}
	}
}
