package search

import (
	"context"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestFindsWordsOfManyScripts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "Team day")
	said := map[string]string{
		"cafe":   "Meet at the Café Überraschung at noon",
		"nfd":    "re\u0301sume\u0301 and naïve",
		"zh":     "明天讨论预算和数据库的问题",
		"zh2":    "数据很多，库很少",
		"ja":     "東京でパーティーをします",
		"ko":     "한국어 회의는 내일입니다",
		"de":     "Die Straße in Łódź heißt Søren",
		"th":     "ประชุมพรุ่งนี้เช้า",
		"ar":     "كِتَابٌ جديد",
		"wide":   "ＦＵＬＬ width 123",
		"emoji":  "ship it 🚀 today",
		"ruby":   "budget meeting notes",
		"budget": "the budgets are ready",
	}
	for _, text := range said {
		w.say(code, "ada", talk, text)
	}
	w.settle()
	for query, want := range map[string][]string{
		"cafe": {"cafe"}, "CAFÉ": {"cafe"}, "uberr": {"cafe"}, "resume": {"nfd"}, "résumé": {"nfd"}, "naive": {"nfd"},
		"预": {"zh"}, "题": {"zh"}, "预算": {"zh"}, "数据库": {"zh"}, "数据": {"zh", "zh2"}, "库": {"zh", "zh2"}, "预算 数据": {"zh"}, "算预": {},
		"東京": {"ja"}, "京": {"ja"}, "ﾊﾟｰﾃｨｰ": {"ja"}, "パーティー": {"ja"}, "ハーティー": {},
		"한국": {"ko"}, "한": {"ko"}, "회의": {"ko"},
		"strasse": {"de"}, "lodz": {"de"}, "soren": {"de"}, "พรุ่งนี้": {"th"}, "كتاب": {"ar"},
		"full": {"wide"}, "１２３": {"wide"}, "🚀": {"emoji"},
		"budget": {"ruby", "budget"}, "budget ": {"ruby", "budget"}, `"budget"`: {"ruby"}, "budget meet": {"ruby"}, "bud": {"ruby", "budget"},
		"meeting budget": {"ruby"}, "budget nothing": {},
		`"budget meeting"`: {"ruby"}, `"meeting budget"`: {}, `"meeting notes`: {"ruby"},
	} {
		texts := make([]string, len(want))
		for i, name := range want {
			texts[i] = said[name]
		}
		w.finds("ada", query, texts...)
	}
}

func TestForgivesOneTypo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	w.say(code, "ada", talk, "The committee agrees")
	w.say(code, "ada", talk, "four cats")
	w.say(code, "ada", talk, "room 123456")
	w.settle()
	for _, typo := range []string{"comittee", "committte", "comnittee", "commitete", "committee", "agress"} {
		w.finds("ada", typo, "The committee agrees")
	}
	// Short words, numbers, the first letter and two typos are taken as they are.
	for _, wrong := range []string{"foux", "123457", "kommittee", "cmmitee", `"comittee"`} {
		w.finds("ada", wrong)
	}
}

// What is exact is not drowned by what is a typo away, and comes first.
func TestExactComesFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	for _, text := range []string{"planes planes planes", "we have plants", "the planet and much else that is said here at some length", "planet"} {
		w.say(code, "ada", talk, text)
	}
	w.settle()
	if found := w.find("ada", "planet "); len(found.Results) == 0 || found.Results[0].Text != "planet" {
		t.Errorf("found %+v", found.Results)
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "Team day")
	other, otherTalk := w.room("ada", "Retreat")
	w.enter(code, "ben")
	w.say(code, "ada", talk, "lunch one")
	w.say(code, "ben", talk, "lunch two https://example.org/menu")
	w.say(other, "ada", otherTalk, "lunch three")
	w.add(code, "doc", "Lunch plan", `{"content":[{"insert":"lunch four\n"}]}`)
	w.settle()
	const one, two, three, four, title = "lunch one", "lunch two https://example.org/menu", "lunch three", "lunch four", "Lunch plan"
	for query, want := range map[string][]string{
		"lunch":                      {one, two, three, four, title},
		"lunch in:retreat":           {three},
		`lunch in:"team day"`:        {one, two, four, title},
		"lunch in:plan":              {four, title},
		"in:lunch":                   {four},
		"lunch from:ben":             {two},
		"from:ben":                   {two},
		"lunch from:me":              {one, three},
		"from:nobody lunch":          {},
		"has:link":                   {two},
		"lunch type:doc":             {four},
		"lunch type:chat from:ada":   {one, three},
		"type:activity":              {title},
		"type:person b":              {"ben"},
		"type:room ret":              {"Retreat"},
		"lunch after:today":          {one, two, three, four},
		"lunch before:today":         {},
		"lunch before:3000":          {one, two, three, four},
		"lunch after:2999-12":        {},
		"lunch type:chat type:doc":   {one, two, three, four},
		"lunch in:retreat in:plan":   {three, four, title},
		"Type:Chat LUNCH From:Ben":   {two},
		"lunch in：retreat":           {three},
		"type:chat in:retreat three": {three},
	} {
		w.finds("ada", query, want...)
	}
	if found, err := w.search.Find(t.Context(), "ada", Ask{Text: "lunch", Room: strings.ToLower(other)}); err != nil || len(found.Results) != 1 {
		t.Errorf("in one room: %v %+v", err, found.Results)
	}
}

// Nothing that can be typed fails; what is not searched as it was typed is told.
func TestHostileQueries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	w.say(code, "ada", talk, "plain words here")
	w.settle()
	for query, because := range map[string]string{
		"": "", " ": "", `"`: "", `""`: "", "'": "", "*": "", "words*": "", `plain" OR "1"="1`: "", "NEAR(plain words)": "", "%": "", "_": "",
		"plain AND words": "", "a\x00b": "", "\xff\xfe": "", "-plain": "", "^plain": "", "plain:": "", ":plain": "", "(((": "",
		"foo:bar": "unknown-filter", "type:nonsense": "unknown-type", "has:everything": "unknown-has", "before:soon": "bad-date", "after:2026-13-40": "bad-date",
		"in:": "", `in:"`: "", "http://plain": "", strings.Repeat("x", 10_000): "query-long", strings.Repeat("中", 10_000): "query-long",
		strings.Repeat("a b c ", 33): "", strings.Repeat("q1 w2 e3 r4 t5 y6 u7 i8 o9 ", 2) + "a1 s2 d3 f4 g5 h6 j7 k8 l9": "too-many",
		"\x01in:" + talk: "", "in:'; DROP TABLE items; --": "", strings.Repeat(`"`, 199): "", "from:%": "", "after:0001-01-01": "", "before:0001": "",
		string(utf16.Decode([]uint16{0xD800})): "",
	} {
		found := w.find("ada", query)
		got := ""
		for _, n := range found.Notes {
			got = n.Because
			if n.Say == "" {
				t.Errorf("%.40q: a note says nothing", query)
			}
		}
		if got != because {
			t.Errorf("%.40q: the note is %q, want %q", query, got, because)
		}
	}
	w.finds("ada", "plain words", "plain words here")
}

func TestSnippets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	w.say(code, "ada", talk, "😀 Größe und <b>MAẞE</b>\nder Größen")
	w.say(code, "ada", talk, strings.Repeat("filler words come first. ", 60)+"The needle is 預算表 here."+strings.Repeat(" more of it", 60))
	w.settle()
	for query, want := range map[string][]string{
		"grosse": {"Größe", "Größe"}, "masse": {"MAẞE"}, "needle": {"needle"}, "needle 預算": {"needle", "預算"}, "needel": {"needle"}, "預算表": {"預算表"},
	} {
		found := w.find("ada", query)
		if len(found.Results) != 1 {
			t.Errorf("%q: found %d", query, len(found.Results))
			continue
		}
		r := found.Results[0]
		u := utf16.Encode([]rune(r.Text))
		var marked []string
		for _, m := range r.Marks {
			marked = append(marked, string(utf16.Decode(u[m[0]:m[1]])))
		}
		if strings.Join(marked, "|") != strings.Join(want, "|") {
			t.Errorf("%q: marked %q in %q", query, marked, r.Text)
		}
		if len(u) > snippetLength+snippetBefore+2 || strings.Contains(r.Text, "\n") {
			t.Errorf("%q: the snippet is %q", query, r.Text)
		}
	}
}

func TestLimitAndMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	for range usual + 1 {
		w.say(code, "ada", talk, "again")
	}
	w.settle()
	for limit, want := range map[int]int{0: usual, 1: 1, usual + 1: usual + 1, MostResults: usual + 1} {
		found, err := w.search.Find(context.Background(), "ada", Ask{Text: "again", Limit: limit, Today: today()})
		if err != nil || len(found.Results) != want || found.More != (want <= usual) {
			t.Errorf("limit %d: %d results, more %v, %v", limit, len(found.Results), found.More, err)
		}
	}
}
