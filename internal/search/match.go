package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"plenum/rooms"
)

// span is a part of a text, in bytes.
type span struct{ from, to int }

// fits tells whether a text has all that is asked for in words, and where.
func (q *query) fits(text string) (where []span, ok bool) {
	found := tokens(text)
	for _, t := range q.terms {
		here := t.in(found)
		if len(here) == 0 {
			return nil, false
		}
		where = append(where, here...)
	}
	if len(q.phrases) > 0 {
		plain := strings.Join(strings.Fields(folded(text)), " ")
		for _, p := range q.phrases {
			if !strings.Contains(plain, p) {
				return nil, false
			}
		}
	}
	return joined(where), true
}

// in finds a term in the tokens of a text.
func (t term) in(found []token) (where []span) {
	for _, have := range found {
		if have.run {
			where = append(where, t.inRun(have)...)
			continue
		}
		switch {
		case have.text == t.text:
			where = append(where, span{have.from, have.to})
		case t.prefix && strings.HasPrefix(have.text, t.text):
			where = append(where, span{have.from, have.letters[utf8.RuneCountInString(t.text)-1].to})
		case !t.exact && forgiving(t.text) && near(t.text, have.text):
			where = append(where, span{have.from, have.to})
		}
	}
	return where
}

// inRun finds one or two characters in a run.
func (t term) inRun(have token) (where []span) {
	want := []rune(t.text)
	if !t.prefix && len(want) == 1 && len(have.letters) != 1 {
		return nil
	}
	for i := 0; i+len(want) <= len(have.letters) && len(want) <= 2; i++ {
		if have.letters[i].r == want[0] && have.letters[i+len(want)-1].r == want[len(want)-1] {
			where = append(where, span{have.letters[i].from, have.letters[i+len(want)-1].to})
		}
	}
	return where
}

// joined are spans in order, those that touch as one.
func joined(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var all []span
	for _, s := range spans {
		if last := len(all) - 1; last >= 0 && s.from <= all[last].to {
			all[last].to = max(all[last].to, s.to)
			continue
		}
		all = append(all, s)
	}
	return all
}

// A snippet has about this many characters, with some before its first mark.
const (
	snippetLength = 180
	snippetBefore = 40
	ellipsis      = "…"
)

// snippet cuts a text to where most was found. Marks are in UTF-16 units.
func snippet(text string, found []span) (string, [][2]int) {
	text = strings.Map(oneLine, text)
	part := window(text, found)
	before, after := "", ""
	if part.from > 0 {
		before = ellipsis
	}
	if part.to < len(text) {
		after = ellipsis
	}
	marks := [][2]int{}
	for _, s := range found {
		if s.from >= part.from && s.to <= part.to {
			from := rooms.Units(before) + rooms.Units(text[part.from:s.from])
			marks = append(marks, [2]int{from, from + rooms.Units(text[s.from:s.to])})
		}
	}
	return before + text[part.from:part.to] + after, marks
}

// oneLine puts spaces for what would break a line; each is one byte, so that
// the places of what was found stay.
func oneLine(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

// window is the part of a text that is shown.
func window(text string, found []span) span {
	if utf8.RuneCountInString(text) <= snippetLength+snippetBefore {
		return span{0, len(text)}
	}
	begin, best := 0, 0
	for i, s := range found {
		n := 0
		for n < len(found)-i && found[i+n].to <= s.from+snippetLength {
			n++
		}
		if n > best {
			begin, best = s.from, n
		}
	}
	from := begin
	for n := 0; from > 0 && n < snippetBefore; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	if space := strings.IndexByte(text[from:begin], ' '); from > 0 && space >= 0 {
		from += space + 1
	}
	to := from
	for n := 0; to < len(text) && n < snippetLength; n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return span{from, to}
}
