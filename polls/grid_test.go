package polls

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
	"plenum/rooms/laws"
)

// days are options that are whole days.
func days(all ...string) []Option {
	var options []Option
	for _, day := range all {
		options = append(options, Option{Date: day})
	}
	return options
}

// many are so many rows or columns.
func many(n int) []Option {
	var all []Option
	for i := range n {
		all = append(all, Option{Text: fmt.Sprint("text ", i)})
	}
	return all
}

// manyDays are so many days, one after the other.
func manyDays(n int) []Option {
	var all []Option
	for i := range n {
		all = append(all, Option{Date: fmt.Sprintf("2027-%02d-%02d", 1+i/28, 1+i%28)})
	}
	return all
}

func moment(start, end int64) []Option { return []Option{{Start: start, End: end}} }

// A question is asked at the edge of every limit, and refused beyond it.
func TestDatesAndGridsAreRefusedInWords(t *testing.T) {
	t.Parallel()
	at := int64(1_792_890_000_000) // 25 October 2026, 01:00 UTC: the clocks of Berlin have just gone back
	for name, c := range map[string]struct {
		q    Question
		want string
	}{
		"a day":            {Question{Kind: Dates, Options: days("2028-02-29")}, ""},
		"no such day":      {Question{Kind: Dates, Options: days("2027-02-29")}, "date"},
		"no day":           {Question{Kind: Dates, Options: days("tomorrow")}, "date"},
		"another way":      {Question{Kind: Dates, Options: days("2027-2-3")}, "date"},
		"first day":        {Question{Kind: Dates, Options: days("2000-01-01")}, ""},
		"before it":        {Question{Kind: Dates, Options: days("1999-12-31")}, "date"},
		"last day":         {Question{Kind: Dates, Options: days("2199-12-31")}, ""},
		"after it":         {Question{Kind: Dates, Options: days("2200-01-01")}, "date"},
		"forty":            {Question{Kind: Dates, Options: manyDays(MaxDates)}, ""},
		"forty-one":        {Question{Kind: Dates, Options: manyDays(MaxDates + 1)}, "dates"},
		"none":             {Question{Kind: Dates}, "dates"},
		"words":            {Question{Kind: Dates, Options: many(2)}, "date"},
		"twice":            {Question{Kind: Dates, Options: days("2027-02-03", "2027-02-04", "2027-02-03")}, "same-date"},
		"a time":           {Question{Kind: Dates, Options: moment(at, at+60_000), Special: Special{Zone: "Europe/Berlin"}}, ""},
		"a week":           {Question{Kind: Dates, Options: moment(at, at+longestDay), Special: Special{Zone: "Asia/Kolkata"}}, ""},
		"longer":           {Question{Kind: Dates, Options: moment(at, at+longestDay+60_000), Special: Special{Zone: "Asia/Kolkata"}}, "date"},
		"no end":           {Question{Kind: Dates, Options: moment(at, at), Special: Special{Zone: "Asia/Kolkata"}}, "date"},
		"backwards":        {Question{Kind: Dates, Options: moment(at, at-60_000), Special: Special{Zone: "Asia/Kolkata"}}, "date"},
		"half a minute":    {Question{Kind: Dates, Options: moment(at+30_000, at+60_000), Special: Special{Zone: "Asia/Kolkata"}}, "date"},
		"day and time":     {Question{Kind: Dates, Options: []Option{{Date: "2027-02-03", Start: at, End: at + 60_000}}, Special: Special{Zone: "Asia/Kolkata"}}, "date"},
		"no zone":          {Question{Kind: Dates, Options: moment(at, at+60_000)}, "zone"},
		"a long zone":      {Question{Kind: Dates, Options: moment(at, at+60_000), Special: Special{Zone: strings.Repeat("a", mostZone+1)}}, "zone"},
		"no such zone":     {Question{Kind: Dates, Options: moment(at, at+60_000), Special: Special{Zone: "Mars/Olympus"}}, "zone"},
		"a file as a zone": {Question{Kind: Dates, Options: moment(at, at+60_000), Special: Special{Zone: "../../etc/passwd"}}, "zone"},
		"the machine's":    {Question{Kind: Dates, Options: moment(at, at+60_000), Special: Special{Zone: "Local"}}, "zone"},
		"a date in a quiz": {Question{Kind: Dates, Options: days("2027-02-03"), Show: ByReveal, Key: &Key{Right: []int{0}}}, "answer-key"},
		"twenty rows":      {Question{Kind: Grid, Options: many(MaxRows)}, ""},
		"twenty-one":       {Question{Kind: Grid, Options: many(MaxRows + 1)}, "rows"},
		"no rows":          {Question{Kind: Grid}, "rows"},
		"an empty row":     {Question{Kind: Grid, Options: []Option{{Text: " "}}}, "option"},
		"eleven columns":   {Question{Kind: Grid, Options: many(1), Special: Special{Columns: many(MaxColumns)}}, ""},
		"twelve columns":   {Question{Kind: Grid, Options: many(1), Special: Special{Columns: many(MaxColumns + 1)}}, "grid-columns"},
		"one column":       {Question{Kind: Grid, Options: many(1), Special: Special{Columns: many(1)}}, "grid-columns"},
		"an empty column":  {Question{Kind: Grid, Options: many(1), Special: Special{Columns: []Option{{Text: "a"}, {}}}}, "option"},
		"eleven steps":     {Question{Kind: Grid, Options: many(1), From: 0, To: 10}, ""},
		"twelve steps":     {Question{Kind: Grid, Options: many(1), From: 0, To: 11}, "scale"},
		"all rows":         {Question{Kind: Grid, Options: many(3), Least: 3}, ""},
		"more than all":    {Question{Kind: Grid, Options: many(3), Least: 4}, "bounds"},
		"fewer than none":  {Question{Kind: Grid, Options: many(3), Least: -1}, "bounds"},
		"a grid in a quiz": {Question{Kind: Grid, Options: many(3), Show: ByReveal, Key: &Key{Right: []int{0}}}, "answer-key"},
	} {
		c.q.Prompt = "tea"
		s := newScript(t)
		if err := s.do("host", "write", map[string]any{"question": c.q}); code(err) != c.want {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// What is refused changes neither the tally nor the table.
func TestBallotsOnGridsAreRefusedInWords(t *testing.T) {
	t.Parallel()
	dates := Question{Kind: Dates, Options: days("2027-02-03", "2027-02-04")}
	scale := Question{Kind: Grid, Options: many(3), Least: 2}
	named := Question{Kind: Grid, Options: many(3), Special: Special{Columns: many(3)}}
	several := Question{Kind: Grid, Options: many(3), Special: Special{Columns: many(3), Several: true}}
	for name, c := range map[string]struct {
		q       Question
		content string
		want    string
	}{
		"yes":              {dates, `"rows":{"o1":["yes"]}`, ""},
		"all":              {dates, `"rows":{"o1":["maybe"],"o2":["no"]}`, ""},
		"nothing":          {dates, `"rows":{}`, "missing-rows"},
		"an empty row":     {dates, `"rows":{"o1":[]}`, "options"},
		"unknown row":      {dates, `"rows":{"o1":["yes"],"o3":["yes"]}`, "options"},
		"unknown answer":   {dates, `"rows":{"o1":["perhaps"]}`, "options"},
		"two answers":      {dates, `"rows":{"o1":["yes","no"]}`, "options"},
		"the same twice":   {dates, `"rows":{"o1":["yes","yes"]}`, "options"},
		"no list":          {dates, `"rows":{"o1":"yes"}`, "malformed"},
		"a list of rows":   {dates, `"rows":[["yes"]]`, "malformed"},
		"options":          {dates, `"options":["o1"]`, "form"},
		"a number":         {dates, `"number":1`, "form"},
		"two ways":         {dates, `"rows":{"o1":["yes"]},"options":["o1"]`, "malformed"},
		"rows for options": {with(func(*Question) {}), `"rows":{"o1":["yes"]}`, "form"},
		"rows for words":   {Question{Kind: Words}, `"rows":{"o1":["yes"]}`, "form"},
		"a step":           {scale, `"rows":{"o1":["1"],"o3":["5"]}`, ""},
		"too few rows":     {scale, `"rows":{"o1":["1"]}`, "missing-rows"},
		"below":            {scale, `"rows":{"o1":["0"],"o2":["1"]}`, "options"},
		"above":            {scale, `"rows":{"o1":["6"],"o2":["1"]}`, "options"},
		"written oddly":    {scale, `"rows":{"o1":["01"],"o2":["1"]}`, "options"},
		"a column":         {named, `"rows":{"o2":["o4"]}`, ""},
		"a row as column":  {named, `"rows":{"o2":["o1"]}`, "options"},
		"a column as row":  {named, `"rows":{"o4":["o5"]}`, "options"},
		"two columns":      {named, `"rows":{"o2":["o4","o5"]}`, "options"},
		"several":          {several, `"rows":{"o2":["o4","o5","o6"]}`, ""},
		"several, twice":   {several, `"rows":{"o2":["o4","o5","o4"]}`, "options"},
		"another round":    {dates, `"rows":{"o1":["yes"]},"round":2`, "round"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.q.Prompt, c.q.ID = "tea", "q1"
			made, err := Kind.New(encode(settings{Questions: []Question{c.q}}))
			if err != nil {
				t.Fatal(err)
			}
			s := newScript(t)
			s.poll, s.labels["tea"] = made.(*Poll), "q1"
			s.run("host opens tea")
			before := encode(s.tea().resultsFor(true))
			err = s.do("ann", "vote", json.RawMessage(`{"question":"q1","round":1,"turn":1,`+c.content+`}`))
			if code(err) != c.want || (err == nil) != (len(s.table) == 1) {
				t.Errorf("got %v and %d rows, want %q", err, len(s.table), c.want)
			}
			if after := encode(s.tea().resultsFor(true)); (string(after) == string(before)) != (err != nil) {
				t.Errorf("from %s to %s", before, after)
			}
		})
	}
}

// A time is written out once, in the zone of the host and with its distance from
// UTC, so that the hour that is there twice is told apart.
func TestDatesAreSpelled(t *testing.T) {
	t.Parallel()
	hour := int64(3_600_000)
	at := int64(1_792_886_400_000) // 25 October 2026, 00:00 UTC
	for _, c := range []struct {
		zone       string
		start, end int64
		want       string
	}{
		{"Europe/Berlin", at, at + hour/2, "2026-10-25 02:00 – 02:30 (Europe/Berlin, UTC+02:00)"},
		{"Europe/Berlin", at + hour, at + hour*3/2, "2026-10-25 02:00 – 02:30 (Europe/Berlin, UTC+01:00)"},
		{"Europe/Berlin", at + hour/2, at + hour*3/2, "2026-10-25 02:30 – 02:30 (Europe/Berlin, UTC+02:00 to UTC+01:00)"},
		{"Asia/Kolkata", at, at + hour, "2026-10-25 05:30 – 06:30 (Asia/Kolkata, UTC+05:30)"},
		{"America/St_Johns", at, at + 3*hour, "2026-10-24 21:30 – 2026-10-25 00:30 (America/St_Johns, UTC-02:30)"},
	} {
		q, err := Question{Kind: Dates, Prompt: "p", Options: moment(c.start, c.end), Special: Special{Zone: c.zone}}.checked()
		if err != nil || q.Options[0].Text != c.want {
			t.Errorf("got %q (%v), want %q", q.Options[0].Text, err, c.want)
		}
	}
	q, err := Question{Kind: Dates, Prompt: "p", Options: days("2026-12-03"), Special: Special{Zone: "Mars"}}.checked()
	if err != nil || q.Zone != "" || q.Options[0].Text != "2026-12-03" {
		t.Errorf("a day is %+v (%v)", q, err)
	}
	// The rules of a zone have changed since: it still asks the same, and stays what it was in a checkpoint.
	old := q
	old.Options = []Option{{Date: "2026-12-03", Text: "as it was once spelled"}}
	if again, err := old.checked(); !old.asks(q) || err != nil || again.Options[0].Text != old.Options[0].Text {
		t.Errorf("%+v is %+v (%v)", old, again, err)
	}
}

// In whatever order the ballots of a grid come, and however often they are
// changed, each of its numbers is how many chose just that.
func TestAGridCountsCells(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 32))
	for _, form := range []Form{Dates, Grid} {
		s := askedOf(t, randomSpecial(r, Question{Kind: form}))
		q, last := s.tea().Question, map[string]map[string][]string{}
		for turn := range 200 {
			who, sent := fmt.Sprint("voter", r.IntN(30)), map[string]any{}
			if r.IntN(5) == 0 {
				sent["options"] = []string{}
				delete(last, who)
			} else {
				randomContent(r, q, sent)
				last[who] = sent["rows"].(map[string][]string)
			}
			sent["question"], sent["round"], sent["turn"] = q.ID, 1, turn+1
			s.must("vote", s.do(who, "vote", sent))
		}
		want := map[string]int{}
		for _, rows := range last {
			for row, columns := range rows {
				for _, column := range columns {
					want[row+"/"+column]++
				}
			}
		}
		got := byPlace(s.tea().counts())
		maps.DeleteFunc(got, func(_ string, n int) bool { return n == 0 })
		if !maps.Equal(got, want) || s.tea().people() != len(last) {
			t.Errorf("%s: %v of %d, want %v of %d", form, got, s.tea().people(), want, len(last))
		}
		s.save()
		if again := byPlace(s.tea().counts()); fmt.Sprint(again) == fmt.Sprint(map[string]int{}) {
			t.Errorf("%s: nothing is left in the checkpoint", form)
		}
		s.recountsTo(t, want, len(last))
	}
}

// recountsTo compares what is counted from the log, and from the exported file,
// with what should come out.
func (s *script) recountsTo(t *testing.T, want map[string]int, people int) {
	t.Helper()
	ask := map[string]string{"question": s.tea().ID, "round": "1"}
	got, err := recount(t.Context(), s.reading(rooms.Nobody, ask))
	s.must("recount", err)
	if sum := got.(Recount); sum.People != people || !maps.Equal(sum.Counts, want) {
		t.Errorf("recounted %v of %d, want %v of %d", sum.Counts, sum.People, want, people)
	}
	s.run("host closes tea")
	file, err := export(t.Context(), s.reading(rooms.Nobody, ask))
	s.must("export", err)
	read, err := methods.ReadFile(strings.NewReader(string(encode(file))))
	s.must("read the file", err)
	if read.People() != people {
		t.Errorf("the file has %d ballots, want %d", read.People(), people)
	}
	counts := map[string]int{}
	best := s.tea().best(byPlace(s.tea().counts()))
	for i, row := range read.Rows() {
		for at, n := range row.Counts {
			if n > 0 {
				counts[read.Options[i].ID+"/"+read.Columns[at].ID] = n
			}
		}
		if row.Best != (s.tea().Kind == Dates && best[read.Options[i].ID]) {
			t.Errorf("%q is best: %t in the file", row.Text, row.Best)
		}
	}
	if !maps.Equal(counts, want) {
		t.Errorf("the file counts %v, want %v", counts, want)
	}
}

// Most yes, then most if need be; what is equal is a tie.
func TestTheBestDates(t *testing.T) {
	t.Parallel()
	q := Question{Kind: Dates, Options: []Option{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	for counts, want := range map[string]string{
		`{}`:                                "map[]",
		`{"a/no":3}`:                        "map[]",
		`{"a/yes":2,"b/yes":1,"b/maybe":9}`: "map[a:true]",
		`{"a/yes":2,"b/yes":2,"b/maybe":1}`: "map[b:true]",
		`{"a/yes":2,"b/yes":2,"c/yes":2,"c/no":5}`: "map[a:true b:true c:true]",
		`{"b/maybe":1,"a/no":1}`:                   "map[b:true]",
		`{"a/maybe":2,"b/maybe":3,"c/maybe":3}`:    "map[b:true c:true]",
	} {
		if got := fmt.Sprint(q.best(byPlace(json.RawMessage(counts)))); got != want {
			t.Errorf("%s: %s, want %s", counts, got, want)
		}
	}
}

// Who answered what is told with names, as guests after the close, and never of
// an anonymous question.
func TestPeopleOfAGrid(t *testing.T) {
	t.Parallel()
	for secrecy, want := range map[Secrecy]string{
		Named:        `[{"name":"ANN","rows":{"o1":["yes"]}},{"name":"BOB","rows":{"o1":["no"],"o2":["maybe"]}}]`,
		Pseudonymous: `[{"guest":1,"rows":{"o1":["yes"]}},{"guest":2,"rows":{"o1":["no"],"o2":["maybe"]}}]`,
		Anonymous:    "",
	} {
		s := askedOf(t, Question{Kind: Dates, Options: days("2027-02-03", "2027-02-04"), Veiling: Veiling{Secrecy: secrecy}})
		one, two := s.tea().Options[0].ID, s.tea().Options[1].ID
		s.must("vote", s.answers("bob", map[string]any{"rows": map[string][]string{one: {"no"}, two: {"maybe"}}}))
		s.must("vote", s.answers("ann", map[string]any{"rows": map[string][]string{one: {"yes"}}}))
		ask := map[string]string{"question": s.tea().ID, "round": "1"}
		_, err := people(t.Context(), s.whole(ask))
		if secrecy == Pseudonymous && code(err) != "open" || secrecy == Named && err != nil || secrecy == Anonymous && code(err) != "unnamed" {
			t.Errorf("%q, open: %v", secrecy, err)
		}
		s.run("host closes tea")
		got, err := people(t.Context(), s.whole(ask))
		if want == "" {
			if code(err) != "unnamed" {
				t.Errorf("%q: %v (%v)", secrecy, got, err)
			}
			continue
		}
		s.must("people", err)
		if told := strings.NewReplacer(one, "o1", two, "o2").Replace(string(encode(got.(People).People))); told != want {
			t.Errorf("%q: %s\nwant %s", secrecy, told, want)
		}
	}
}

// The longest sealed ballot on the largest grid has room.
func TestTheLongestBallotOnAGridIsSealed(t *testing.T) {
	t.Parallel()
	q := Question{Kind: Grid, Prompt: "tea", Options: many(MaxRows), Special: Special{Columns: many(MaxColumns), Several: true}, Veiling: Veiling{Secrecy: Anonymous}}
	s := newScript(t)
	s.must("write", s.do("host", "write", map[string]any{"question": q}))
	s.run("host opens tea")
	rows := map[string][]string{}
	for _, row := range s.tea().Options {
		for column := range MaxColumns {
			rows[row.ID] = append(rows[row.ID], s.tea().columnName(column))
		}
	}
	vote := map[string]any{"question": s.tea().ID, "round": 1, "turn": MaxTurn, "rows": rows, "slip": "0123456789012345678901"}
	s.must("vote", s.do("ann", "vote", vote))
	if e := s.log[len(s.log)-1]; e.Did != "voted" || len(e.With) > e.Pad {
		t.Errorf("%q has %d bytes in a box of %d", e.Did, len(e.With), e.Pad)
	}
}
