package search

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"time"

	"plenum/rooms"
)

// Limits of one search.
const (
	MostResults = 100  // that may be asked for
	usual       = 30   // if nothing is said
	mostRooms   = 1000 // of a person, the newest in the index first
	mostAuthors = 50   // that a name may mean, in a room
	fewEnough   = 3    // results, or else words are looked for with typos as well
	freshFor    = 14 * 24 * time.Hour
)

// Ask is what somebody searches for.
type Ask struct {
	Text  string
	Room  string    // the code of the one room; "": all
	Limit int       // 0: as many as usual
	Today time.Time // the beginning of the day where they are
}

// Answer is what was found of what the person may see.
type Answer struct {
	Results  []Result `json:"results"`
	More     bool     `json:"more"` // there are others, which fit less
	Notes    []Note   `json:"notes"`
	Building bool     `json:"building"` // not everything is in the index yet
}

// Result is one thing that was found. Marks are parts of Text, in UTF-16 units.
type Result struct {
	Type   string   `json:"type"` // the kind of the activity, or activity, person, room
	Room   string   `json:"room"` // its code
	In     string   `json:"in,omitempty"`
	Kind   string   `json:"kind,omitempty"`
	Where  string   `json:"where"` // the title of the room
	Title  string   `json:"title,omitempty"`
	Key    string   `json:"key,omitempty"`
	Text   string   `json:"text"`
	Marks  [][2]int `json:"marks"`
	By     string   `json:"by,omitempty"`
	Name   string   `json:"name,omitempty"`
	Colour int      `json:"colour,omitempty"`
	At     int64    `json:"at,omitempty"`

	score float32
}

// find searches for a person.
func (s *Search) find(ctx context.Context, person string, ask Ask, q *query, in func([]string)) (Answer, error) {
	a := Answer{Results: []Result{}, Notes: q.notes, Building: !s.follower.Level()}
	if a.Notes == nil {
		a.Notes = []Note{}
	}
	if q.empty() {
		return a, nil
	}
	scopes, err := s.scopes(ctx, person, ask.Room, q, in)
	if err != nil {
		return a, err
	}
	limit := min(MostResults, ask.Limit)
	if limit <= 0 {
		limit = usual
	}
	pieces, err := s.pieces(ctx, scopes, q, limit, false)
	if err == nil && len(pieces) < fewEnough && slices.ContainsFunc(q.terms, func(t term) bool { return !t.exact && forgiving(t.text) }) {
		pieces, err = s.pieces(ctx, scopes, q, limit, true)
	}
	if err != nil {
		return a, err
	}
	all := append(names(scopes, q), pieces...)
	slices.SortStableFunc(all, func(x, y Result) int { return cmp.Compare(y.score, x.score) })
	a.More = len(all) > limit
	a.Results = append(a.Results, all[:min(limit, len(all))]...)
	return a, nil
}

// candidate is an item that may be a result.
type candidate struct {
	hit
	scope *scope
}

// pieces are the best pieces of activities: up to one more than the limit.
func (s *Search) pieces(ctx context.Context, scopes []*scope, q *query, limit int, typos bool) ([]Result, error) {
	var best []candidate
	for _, sc := range scopes {
		l := &look{ctx: ctx, db: s.index.db.Read, q: q, sc: sc, typos: typos}
		hits, err := l.hits()
		if err != nil {
			return nil, err
		}
		for _, h := range slices.Backward(hits) {
			// Newer ones are a little better; so that without words the newest are.
			h.score = (h.score + 0.001) * (1 + 0.3*float32(h.n)/float32(l.items))
			best = better(best, candidate{h, sc}, 2*limit+spare)
		}
	}
	var read []found
	now := s.index.clock().UnixMilli()
	for _, c := range best {
		f, ok, err := s.read(ctx, c, q, now)
		if err != nil {
			return nil, err
		}
		if ok {
			read = append(read, f)
		}
	}
	slices.SortStableFunc(read, func(x, y found) int { return compareScores(y.hit, x.hit) })
	var results []Result
	for _, f := range read {
		if len(results) > limit {
			break
		}
		if where, ok := q.fits(f.text); ok {
			results = append(results, f.result(where))
		}
	}
	return results, nil
}

// spare are candidates that are read besides: some are not what they seemed.
const spare = 40

// better keeps so many candidates, the best, in order.
func better(best []candidate, c candidate, most int) []candidate {
	if len(best) == most && best[len(best)-1].score >= c.score {
		return best
	}
	i, _ := slices.BinarySearchFunc(best, c, func(a, b candidate) int { return compareScores(b.hit, a.hit) })
	best = slices.Insert(best, i, c)
	return best[:min(len(best), most)]
}

// found is a candidate that was read.
type found struct {
	candidate
	item
	activity rooms.Seen
}

// read reads a candidate. It is judged once more, by what it says itself, so
// that whatever the index holds nobody is shown what they may not see.
func (s *Search) read(ctx context.Context, c candidate, q *query, now int64) (f found, ok bool, err error) {
	row := s.index.db.Read.QueryRowContext(ctx, "SELECT "+itemColumns+" FROM items WHERE room = ? AND n = ?", c.scope.number, c.hit.n)
	i, err := scanItem(row)
	if errors.Is(err, sql.ErrNoRows) {
		return f, false, nil // gone since
	}
	if err != nil {
		return f, false, err
	}
	activity, open := c.scope.open[i.activity]
	if !open || !i.to.Sees(c.scope.member) || i.at < q.since || q.until != 0 && i.at >= q.until {
		return f, false, nil
	}
	age := time.Duration(max(0, now-i.at)) * time.Millisecond
	c.score *= float32(1 + 0.5*math.Exp2(-float64(age)/float64(freshFor)))
	return found{c, i, activity}, true, nil
}

func (f found) result(where []span) Result {
	r := f.scope.result(f.activity.Kind)
	r.In, r.Kind, r.Title = f.activity.ID, f.activity.Kind, f.activity.Title
	r.Key, r.At, r.By, r.score = f.key, f.at, f.author, f.score
	r.Text, r.Marks = snippet(f.text, where)
	if author, known := f.scope.sight.Author(f.author); known {
		r.Name, r.Colour = author.Name, author.Colour
	}
	return r
}

func (sc *scope) result(of string) Result {
	return Result{Type: of, Room: sc.sight.Code, Where: sc.sight.Title}
}

// Names come before pieces: there are few of them.
const (
	nameScore = 1000
	mostNames = 10 // of each type
)

// names are the rooms, activities and people that are called what is asked for.
// They are compared as they are called now, without the index.
func names(scopes []*scope, q *query) []Result {
	if q.link || q.since != 0 || q.until != 0 || len(q.from) > 0 || len(q.terms)+len(q.phrases) == 0 && len(q.types) == 0 {
		return nil
	}
	counts := map[string]int{}
	var all []Result
	add := func(r Result, name string, bonus float32) {
		if name == "" || counts[r.Type] == mostNames {
			return
		}
		where, ok := q.fits(name)
		if !ok {
			return
		}
		counts[r.Type]++
		r.Text, r.Marks = snippet(name, where)
		r.score = nameScore + bonus
		all = append(all, r)
	}
	for _, sc := range scopes {
		if q.wants(typeRoom) && sc.whole {
			add(sc.result(typeRoom), sc.sight.Title, 3)
		}
		if q.wants(typeActivity) {
			for _, a := range sc.sight.Activities(sc.member.Role) {
				if a.Everywhere || !sc.whole && !called(a, q.in) {
					continue
				}
				r := sc.result(typeActivity)
				r.In, r.Kind = a.ID, a.Kind
				add(r, a.Title, 2)
			}
		}
		if q.wants(typePerson) && sc.whole {
			for _, m := range sc.sight.People(sc.member.Role) {
				add(sc.person(m), m.Name, 1)
			}
		}
	}
	return all
}

func (sc *scope) person(m rooms.Member) Result {
	r := sc.result(typePerson)
	r.By, r.Name, r.Colour = m.ID, m.Name, m.Colour
	return r
}
