package search

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"plenum/rooms"
)

// How much is looked at in one room at most.
const (
	mostRows  = 2000 // of the index, for a beginning of words
	mostWords = 50   // that are a typo away
)

// How much a find counts that is not the word itself.
const (
	asPrefix = 0.8
	asTypo   = 0.5
)

// look is a search in one room.
type look struct {
	ctx   context.Context
	db    *sql.DB
	q     *query
	sc    *scope
	typos bool
	items int // about how many the room has
}

// hits are the items in which everything is found that is asked for, of those
// that the member may see; in order of their numbers.
func (l *look) hits() ([]hit, error) {
	if len(l.sc.open) == 0 || l.sc.stale || l.sc.authors != nil && len(l.sc.authors) == 0 {
		return nil, nil
	}
	err := l.db.QueryRowContext(l.ctx, "SELECT coalesce(max(n), 0) FROM items WHERE room = ?", l.sc.number).Scan(&l.items)
	if err != nil || l.items == 0 {
		return nil, err
	}
	found, err := l.worded()
	if err != nil || len(found) == 0 {
		return nil, err
	}
	for _, narrow := range []func([]hit) ([]hit, error){l.filtered, l.timed, l.permitted} {
		if found, err = narrow(found); err != nil || len(found) == 0 {
			return nil, err
		}
	}
	return found, nil
}

// worded are the items with all terms, or all of the activities if there are no
// terms.
func (l *look) worded() (found []hit, err error) {
	if len(l.q.terms) == 0 {
		var lists [][]hit
		for id := range l.sc.open {
			list, err := l.exact(ofActivity+id, 0)
			if err != nil {
				return nil, err
			}
			lists = append(lists, list)
		}
		return either(lists, l.items), nil
	}
	for i, t := range l.q.terms {
		list, err := l.term(t)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			found = list
		} else {
			found = both(found, list)
		}
		if len(found) == 0 {
			return nil, nil
		}
	}
	return found, nil
}

// term are the items with a word, also as a beginning and with a typo if that
// is wanted.
func (l *look) term(t term) ([]hit, error) {
	var lists [][]hit
	var err error
	if t.prefix {
		lists, err = l.beginning(t.text)
	} else {
		var list []hit
		list, err = l.exact(t.text, 1)
		lists = [][]hit{list}
	}
	if err != nil {
		return nil, err
	}
	if l.typos && !t.exact && forgiving(t.text) {
		words, err := l.nearby(t.text)
		if err != nil {
			return nil, err
		}
		for _, word := range words {
			list, err := l.exact(word, asTypo)
			if err != nil {
				return nil, err
			}
			lists = append(lists, list)
		}
	}
	if len(lists) == 0 {
		return nil, nil
	}
	return either(lists, l.items), nil
}

// exact are the items with one term of the index.
func (l *look) exact(term string, factor float32) ([]hit, error) {
	rows, err := l.db.QueryContext(l.ctx, "SELECT term, first, block FROM postings WHERE room = ? AND term = ? ORDER BY first", l.sc.number, term)
	if err != nil {
		return nil, err
	}
	lists, err := l.lists(rows, func(string) float32 { return factor })
	if err != nil || len(lists) == 0 {
		return nil, err
	}
	return lists[0], nil
}

// beginning are the items with each term that begins with a prefix.
func (l *look) beginning(prefix string) ([][]hit, error) {
	rows, err := l.db.QueryContext(l.ctx, "SELECT term, first, block FROM postings WHERE room = ? AND term >= ? AND term < ? ORDER BY term, first LIMIT ?",
		l.sc.number, prefix, after(prefix), mostRows)
	if err != nil {
		return nil, err
	}
	return l.lists(rows, func(term string) float32 {
		if term == prefix {
			return 1
		}
		return asPrefix
	})
}

// lists reads rows of the index, a list for each term.
func (l *look) lists(rows *sql.Rows, factor func(term string) float32) (lists [][]hit, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	var now string
	var list []posting
	end := func() {
		if len(list) > 0 {
			lists = append(lists, l.scored(list, factor(now)))
		}
		list = list[:0]
	}
	var term, block sql.RawBytes
	var first uint32
	for rows.Next() {
		if err := rows.Scan(&term, &first, &block); err != nil {
			return nil, err
		}
		if string(term) != now {
			end()
			now = string(term)
		}
		if list, err = decode(list, first, block); err != nil {
			return nil, err
		}
	}
	end()
	return lists, rows.Err()
}

func (l *look) scored(list []posting, factor float32) []hit {
	factor *= rarity(len(list), max(l.items, len(list))) / 255
	hits := make([]hit, len(list))
	for i, p := range list {
		hits[i] = hit{p.n, factor * float32(p.weight)}
	}
	return hits
}

// nearby are the words of the room that are a typo away.
func (l *look) nearby(word string) ([]string, error) {
	args := []any{l.sc.number}
	for _, part := range parts(word) {
		args = append(args, part)
	}
	rows, err := l.db.QueryContext(l.ctx, "SELECT DISTINCT word FROM typos WHERE room = ? AND part IN (?"+strings.Repeat(",?", len(args)-2)+")", args...)
	if err != nil {
		return nil, err
	}
	words, err := column(rows)
	words = slices.DeleteFunc(words, func(other string) bool { return other == word || !near(word, other) })
	return words[:min(len(words), mostWords)], err
}

// filtered are those by the authors and with the link that are asked for.
func (l *look) filtered(found []hit) ([]hit, error) {
	if l.q.link {
		list, err := l.exact(hasLink, 0)
		if err != nil {
			return nil, err
		}
		found = both(found, list)
	}
	if l.sc.authors == nil {
		return found, nil
	}
	var lists [][]hit
	for _, author := range l.sc.authors {
		list, err := l.exact(ofAuthor+author, 0)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	return both(found, either(lists, l.items)), nil
}

// timed are those that may be of the time that is asked for.
func (l *look) timed(found []hit) ([]hit, error) {
	if l.q.since == 0 && l.q.until == 0 {
		return found, nil
	}
	until := l.q.until
	if until == 0 {
		until = 1 << 62
	}
	var low, high uint32
	err := l.db.QueryRowContext(l.ctx, "SELECT coalesce(min(n), 0), coalesce(max(n), 0) FROM items WHERE room = ? AND at >= ? AND at < ?",
		l.sc.number, l.q.since, until).Scan(&low, &high)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(h hit) bool { return h.n < low || h.n > high }), nil
}

// permitted are those that the member may see, in the activities that are asked for.
func (l *look) permitted(found []hit) ([]hit, error) {
	hidden := l.sc.sight.Rest(func(id string) bool { _, ok := l.sc.open[id]; return ok })
	for _, id := range hidden {
		list, err := l.exact(ofActivity+id, 0)
		if err != nil {
			return nil, err
		}
		found = without(found, list)
	}
	found, err := l.forMember(found)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	rows, err := l.db.QueryContext(l.ctx, "SELECT DISTINCT term FROM postings WHERE room = ? AND term >= ? AND term < ?", l.sc.number, toLeast, after(toLeast))
	if err != nil {
		return nil, err
	}
	some, err := column(rows)
	if err != nil {
		return nil, err
	}
	for _, term := range some {
		if least, err := strconv.Atoi(strings.TrimPrefix(term, toLeast)); err == nil && l.sc.member.Role >= rooms.Role(least) {
			continue
		}
		list, err := l.exact(term, 0)
		if err != nil {
			return nil, err
		}
		found = without(found, list)
	}
	return found, nil
}

// forMember are those without what is for others alone.
func (l *look) forMember(found []hit) ([]hit, error) {
	some, err := l.exact(toMembers, 0)
	if err != nil || len(some) == 0 {
		return found, err
	}
	mine, err := l.exact(toMember+l.sc.member.ID, 0)
	if err != nil {
		return nil, err
	}
	return without(found, without(some, mine)), nil
}
