package collab

import (
	"cmp"
	"slices"

	"plenum/collab/delta"
	"plenum/rooms"
)

// basePause is the pause, in milliseconds, after which somebody begins anew.
const basePause = 60_000

// Chunk is some changes that belong together: made without a long pause, by
// people who wrote at the same time.
type Chunk struct {
	From  uint64 `json:"from"` // the revision before it
	To    uint64 `json:"to"`
	Start int64  `json:"start"` // Unix milliseconds
	End   int64  `json:"end"`

	By       []Share `json:"by"`               // the busiest first
	Others   int     `json:"others,omitempty"` // changes of people who are not in By
	Added    int     `json:"added"`            // UTF-16 units
	Removed  int     `json:"removed"`
	Restores *uint64 `json:"restores,omitempty"` // the revision that somebody went back to

	Decided *Decision `json:"decided,omitempty"` // by the room, and then by nobody else
}

// Share is how many changes a member made; nobody, if the room did.
type Share struct {
	ID      string `json:"id"`
	Changes int    `json:"changes"`
}

// grouper makes chunks of changes.
type grouper struct {
	pause  int64
	chunks []Chunk
}

// add puts a change into the last chunk, or begins one: after a pause, after
// twenty times that, when the pen goes to somebody else, and for a change that
// restores something. What nobody made, an anchor of a comment, is no writing.
func (g *grouper) add(e rooms.Event, c changed) {
	next := Chunk{From: c.Rev - 1, To: c.Rev, Start: e.At, End: e.At, By: []Share{{e.By, 1}}, Restores: c.Restores, Decided: c.Decided}
	for _, o := range c.Change {
		if o.Inserts() {
			next.Added += o.Len()
		} else if o.Kind() == delta.Delete {
			next.Removed += o.Len()
		}
	}
	if c.Folded != nil {
		next = c.Folded.chunk(e, c)
	}
	last := len(g.chunks) - 1
	if e.By == "" && next.Added == 0 && next.Removed == 0 && c.Decided == nil {
		if last >= 0 {
			g.chunks[last].To = c.Rev
		}
		return
	}
	if last < 0 || !g.joins(&g.chunks[last], &next) {
		g.chunks = append(g.chunks, next)
		return
	}
	g.chunks[last].join(&next)
}

func (g *grouper) joins(last, next *Chunk) bool {
	if last.Restores != nil || next.Restores != nil || last.Decided != nil || next.Decided != nil {
		return false
	}
	gap := next.Start - last.End
	writes := slices.ContainsFunc(last.By, func(s Share) bool { return s.ID == next.first() })
	return gap < g.pause && next.Start-last.Start < 20*g.pause && (writes || gap < g.pause/10)
}

// join adds the chunk that follows.
func (c *Chunk) join(next *Chunk) {
	c.To, c.End = next.To, next.End
	c.Added += next.Added
	c.Removed += next.Removed
	c.Others += next.Others
	if next.Restores != nil {
		c.Restores = next.Restores
	}
	if next.Decided != nil {
		c.Decided = next.Decided
	}
	for _, s := range next.By {
		i := slices.IndexFunc(c.By, func(known Share) bool { return known.ID == s.ID })
		if i < 0 {
			c.By = append(c.By[:len(c.By):len(c.By)], s)
		} else {
			c.By[i].Changes += s.Changes
		}
	}
}

// fit joins neighbours until there are at most so many, those with the shortest
// pauses between them, and names the busiest of each.
func fit(chunks []Chunk, most int) []Chunk {
	cuts := make([]int, 0, len(chunks)) // a chunk begins here
	for i := 1; i < len(chunks); i++ {
		cuts = append(cuts, i)
	}
	if len(chunks) > most {
		gap := func(i int) int64 { return chunks[i].Start - chunks[i-1].End }
		slices.SortStableFunc(cuts, func(a, b int) int { return cmp.Compare(gap(b), gap(a)) })
		cuts = cuts[:most-1]
		slices.Sort(cuts)
	}
	out := make([]Chunk, 0, len(cuts)+1)
	for i := range chunks {
		if i > 0 && (len(cuts) == 0 || cuts[0] != i) {
			out[len(out)-1].join(&chunks[i])
			continue
		}
		if i > 0 {
			cuts = cuts[1:]
		}
		first := chunks[i]
		first.By = slices.Clone(first.By)
		out = append(out, first)
	}
	for i := range out {
		out[i].nameBusiest()
	}
	return out
}

func (c *Chunk) nameBusiest() {
	slices.SortStableFunc(c.By, func(a, b Share) int { return cmp.Compare(b.Changes, a.Changes) })
	for len(c.By) > maxAuthorsNamed {
		last := len(c.By) - 1
		c.Others += c.By[last].Changes
		c.By = c.By[:last]
	}
}

func authorsOf(chunks []Chunk) []string {
	var ids []string
	for _, c := range chunks {
		for _, s := range c.By {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
