package polls

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What is refused changes neither the tally nor the table.
func TestSpecialBallotsAreRefusedInWords(t *testing.T) {
	t.Parallel()
	least, most := -5.0, 5.5
	long := strings.Repeat("語", MaxWord)
	for name, c := range map[string]struct {
		q       Question
		content string
		want    string
	}{
		"a word":              {Question{Kind: Words}, `"texts":["` + long + `"]`, ""},
		"a longer word":       {Question{Kind: Words}, `"texts":["` + long + `a"]`, "word"},
		"pairs at the edge":   {Question{Kind: Words}, `"texts":["` + strings.Repeat("😀", MaxWord/2) + `"]`, ""},
		"pairs over the edge": {Question{Kind: Words}, `"texts":["a` + strings.Repeat("😀", MaxWord/2) + `"]`, "word"},
		"nothing to be seen":  {Question{Kind: Words}, `"texts":["\u200b\u00ad \u202e"]`, "word"},
		"half a pair":         {Question{Kind: Words}, `"texts":["\ud83d"]`, "bad-text"},
		"three words":         {Question{Kind: Words}, `"texts":["a","b","c"]`, ""},
		"four words":          {Question{Kind: Words}, `"texts":["a","b","c","d"]`, "many-answers"},
		"no words":            {Question{Kind: Words}, `"texts":[]`, "word"},
		"as it is stored":     {Question{Kind: Words}, `"answers":[{"id":"a","text":"b"}]`, "malformed"},
		"words and stored":    {Question{Kind: Words}, `"texts":["a"],"answers":[{"id":"a","text":"b"}]`, "malformed"},
		"two ways":            {Question{Kind: Words}, `"texts":["a"],"number":1`, "malformed"},
		"words for options":   {with(func(*Question) {}), `"texts":["a"]`, "form"},
		"options for words":   {Question{Kind: Words}, `"options":["o1"]`, "form"},
		"score for words":     {Question{Kind: Words}, `"score":1`, "form"},
		"longest answer":      {Question{Kind: Wall}, `"texts":["` + strings.Repeat("a", MaxAnswer) + `"]`, ""},
		"longer answer":       {Question{Kind: Wall}, `"texts":["` + strings.Repeat("a", MaxAnswer+1) + `"]`, "wall-answer"},
		"two answers":         {Question{Kind: Wall}, `"texts":["a","b"]`, "many-answers"},
		"least":               {Question{Kind: Estimate, Special: Special{Min: &least, Max: &most, Decimals: 1}}, `"number":-5`, ""},
		"below":               {Question{Kind: Estimate, Special: Special{Min: &least, Max: &most, Decimals: 1}}, `"number":-5.1`, "number"},
		"above":               {Question{Kind: Estimate, Special: Special{Min: &least, Max: &most, Decimals: 1}}, `"number":5.6`, "number"},
		"too exact":           {Question{Kind: Estimate, Special: Special{Decimals: 1}}, `"number":0.05`, "number"},
		"exact":               {Question{Kind: Estimate, Special: Special{Decimals: 1}}, `"number":0.1`, ""},
		"greatest":            {Question{Kind: Estimate, Special: Special{Decimals: 3}}, `"number":1e12`, ""},
		"greater":             {Question{Kind: Estimate}, `"number":1000000000001`, "number"},
		"endless":             {Question{Kind: Estimate}, `"number":1e999`, "malformed"},
		"text for a number":   {Question{Kind: Estimate}, `"texts":["1"]`, "form"},
		"all points":          {points(), `"points":{"o1":60,"o2":40}`, ""},
		"all to one":          {points(), `"points":{"o1":100}`, ""},
		"too few points":      {points(), `"points":{"o1":60,"o2":39}`, "points"},
		"too many points":     {points(), `"points":{"o1":60,"o2":41}`, "points"},
		"negative points":     {points(), `"points":{"o1":101,"o2":-1}`, "points"},
		"forged option":       {points(), `"points":{"o1":60,"o9":40}`, "options"},
		"half points":         {points(), `"points":{"o1":99.5,"o2":0.5}`, "malformed"},
		"options for points":  {points(), `"options":["o1"]`, "form"},
		"another round":       {Question{Kind: Words}, `"texts":["a"],"round":2`, "round"},
		"turn 0":              {Question{Kind: Words}, `"texts":["a"],"turn":0`, "malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.q.Prompt = "tea"
			c.q.ID = "q1"
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
			s.run("host closes tea")
			late := json.RawMessage(`{"question":"q1","round":1,"turn":9,` + c.content + `}`)
			if err := s.do("bob", "vote", late); c.want == "" && code(err) != "closed" {
				t.Errorf("after the close: %v", err)
			}
		})
	}
}

func points() Question {
	q := choice(3)
	q.Kind = Points
	for i := range q.Options {
		q.Options[i].ID = fmt.Sprint("o", i+1)
	}
	return q
}

func TestSpecialQuestionsAtTheEdge(t *testing.T) {
	t.Parallel()
	number := func(n float64) *float64 { return &n }
	for name, c := range map[string]struct {
		q    Question
		want string
	}{
		"ten words":         {Question{Kind: Words, Most: 10}, ""},
		"eleven words":      {Question{Kind: Words, Most: 11}, "answers"},
		"minus one":         {Question{Kind: Wall, Most: -1}, "answers"},
		"words and options": {with(func(q *Question) { q.Kind = Words }), "malformed"},
		"upside down":       {Question{Kind: Estimate, Special: Special{Min: number(2), Max: number(2)}}, "limits"},
		"too exact a bound": {Question{Kind: Estimate, Special: Special{Min: number(0.5)}}, "limits"},
		"decimals":          {Question{Kind: Estimate, Special: Special{Decimals: 4}}, "limits"},
		"longest unit":      {Question{Kind: Estimate, Special: Special{Unit: strings.Repeat("a", MaxUnit)}}, ""},
		"longer unit":       {Question{Kind: Estimate, Special: Special{Unit: strings.Repeat("a", MaxUnit+1)}}, "unit"},
		"impossible truth":  {Question{Kind: Estimate, Special: Special{Max: number(5), Truth: number(6)}}, "truth"},
		"a thousand points": {with(func(q *Question) { q.Kind, q.Total = Points, MaxTotal }), ""},
		"one more":          {with(func(q *Question) { q.Kind, q.Total = Points, MaxTotal+1 }), "total"},
		"twenty-one options": {func() Question {
			q := choice(MaxPointed + 1)
			q.Kind = Points
			return q
		}(), "options"},
		"one option": {func() Question {
			q := choice(1)
			q.Kind = Points
			return q
		}(), "options"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.q.Prompt = "tea"
			s := newScript(t)
			if err := s.do("host", "write", map[string]any{"question": c.q}); code(err) != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// Law 7: whatever people write, what is told has a bound.
func TestWhatIsToldHasABound(t *testing.T) {
	t.Parallel()
	for _, form := range []Form{Words, Wall} {
		s := askedOf(t, Question{Kind: form, Most: 10})
		for i := range 100 {
			var texts []string
			for n := range 10 {
				texts = append(texts, strings.Repeat("語", 50)+fmt.Sprintf("%03d %d", i, n))
			}
			s.must("vote", s.says(fmt.Sprint("voter", i), texts...))
		}
		for _, m := range watchers() {
			all := s.poll.Digests(m.Role)
			if size := len(encode(all)); size < 2000 || size > 2*mostBytes {
				t.Errorf("%s: %s is told %d bytes of 1,000 answers", form, m.Name, size)
			}
		}
		if a := s.tea().answers(false); a.Of != 1000 || len(a.Words)+len(a.Cards) == 0 {
			t.Errorf("%s: %d answers, %d words, %d cards", form, a.Of, len(a.Words), len(a.Cards))
		}
	}
	s := askedOf(t, Question{Kind: Words, Most: 10})
	var want []string
	for i := range 300 {
		s.must("vote", s.says(fmt.Sprint("voter", i), fmt.Sprint("w", i), fmt.Sprint("w", i/3+300)))
		want = append(want, fmt.Sprint("w", i/3+300))
	}
	told := s.tea().answers(false)
	if len(told.Words) != mostWords || told.Of != 400 || !slices.Contains(want, told.Words[0].Text) || told.Words[0].Count != 3 {
		t.Errorf("%d words of %d, first %v", len(told.Words), told.Of, told.Words[0])
	}
}
