package collab

import (
	"context"
	"errors"
	"fmt"
	"math"

	"plenum/collab/delta"
	"plenum/rooms"
)

// How much of the log one read goes through at most. What it has gone through
// is kept in frames, so who asks again comes further.
const (
	maxWalk      = 40_000   // changes
	maxWalkBytes = 64 << 20 // of their events
)

// errEnough ends a walk before its end.
var errEnough = errors.New("collab: that is enough")

// walkers are tickets to go through histories: so many at a time, as each may
// hold the whole of a big document.
var walkers = make(chan struct{}, walkersAtATime)

// walker goes through the log of a document with its text, in which every
// insert has who wrote it as an attribute.
type walker struct {
	r    rooms.Reading
	text text
	rev  uint64
	seq  uint64 // of the last event gone through
	at   int64  // of the last change
	by   string

	polls []Poll // what was seen of them

	within bool // what was asked for lies within the next change
	page   int
	walked int // changes, by this walker
	bytes  int
	since  stretch // since the last frame
}

// walkTo is a walker at a revision, or at the newest if that is asked with the
// highest of numbers; at the last one before it that is kept, if it is kept no more. Its end must be called.
func walkTo(ctx context.Context, r rooms.Reading, rev uint64) (*walker, error) {
	select {
	case walkers <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	w, err := startAt(ctx, r, rev)
	if err == nil {
		err = w.walk(ctx, rev, nil)
	}
	if err == nil && w.rev < rev && rev < math.MaxInt64 && !w.within {
		err = ErrRange
	}
	if err != nil {
		<-walkers
		return nil, err
	}
	return w, nil
}

// end gives the ticket back.
func (w *walker) end() { <-walkers }

// startAt begins at the last good frame before a revision, or with what the
// document was made of.
func startAt(ctx context.Context, r rooms.Reading, rev uint64) (*walker, error) {
	for place := rev; ; {
		f, err := r.Frames.At(ctx, place)
		if err != nil {
			return nil, err
		}
		if f.Place == 0 {
			return startFresh(ctx, r)
		}
		if w, err := startFrom(r, f); err == nil {
			return w, nil
		}
		place = f.Place - 1 // a damaged frame is none
	}
}

func startFresh(ctx context.Context, r rooms.Reading) (*walker, error) {
	raw, err := r.Settings(ctx)
	if err != nil {
		return nil, err
	}
	content, err := parseSettings(raw, allowed)
	if err != nil {
		return nil, err
	}
	w := &walker{r: r, text: newText(content), page: firstPage}
	w.since.begin(0, w.text.length)
	return w, nil
}

// The number of events read at a time follows their size.
const (
	firstPage = 100
	mostPage  = 4000
	fullPage  = 1 << 20 // bytes
)

// walk goes on to a revision, or to the end of the log if that is nearer, and
// visits every change. One that stands for several and goes on beyond the revision
// is visited; without a visit, the walk ends before it. Frames that are due on the way are kept.
func (w *walker) walk(ctx context.Context, to uint64, visit func(rooms.Event, changed) error) error {
	for w.rev < to {
		limit := int(min(uint64(w.page), to-w.rev))
		events, err := w.r.Events(ctx, w.seq, 0, limit, false)
		if err != nil {
			return err
		}
		size := 0
		for _, e := range events {
			if err := w.take(ctx, e, to, visit); errors.Is(err, errEnough) {
				w.within = visit == nil
				return nil
			} else if err != nil {
				return err
			}
			size += len(e.With)
		}
		if len(events) < limit {
			return nil
		}
		if w.walked > maxWalk || w.bytes > maxWalkBytes {
			return ErrPreparing
		}
		w.turnPage(size)
	}
	return nil
}

func (w *walker) turnPage(size int) {
	if size > fullPage {
		w.page = max(1, w.page/4)
	} else if size < fullPage/4 {
		w.page = min(2*w.page, mostPage)
	}
}

// take goes over one event on the way to a revision.
func (w *walker) take(ctx context.Context, e rooms.Event, to uint64, visit func(rooms.Event, changed) error) error {
	if e.Did != "changed" {
		w.seq = e.Seq
		return nil
	}
	c, err := readChanged(e)
	if err != nil {
		return err
	}
	if c.from() != w.rev {
		err := fmt.Errorf("collab: event %d makes revision %d of %d, after %d", e.Seq, c.Rev, c.from(), w.rev)
		if c.Folded != nil {
			return errors.Join(ErrPreparing, rooms.ErrMoved, err) // just then
		}
		return err
	}
	if c.Rev > to && visit == nil {
		return errEnough
	}
	w.seq = e.Seq
	if err := w.text.apply(tag(c.Change, e.By)); err != nil {
		return fmt.Errorf("collab: event %d: %w", e.Seq, err)
	}
	w.rev, w.at, w.by = c.Rev, e.At, e.By
	w.polls = placed(w.polls, c.Polls)
	w.walked++
	w.bytes += len(e.With)
	w.since.add(e, c)
	if w.since.due() {
		if err := w.keep(ctx); err != nil {
			return err
		}
	}
	if visit == nil {
		return nil
	}
	return visit(e, c)
}

// author is the attribute with which a walker says who wrote an insert. No
// document can have it.
const author = "by"

// tag says of every insert of a change who wrote it.
func tag(change delta.Delta, by string) delta.Delta {
	if by == "" {
		return change
	}
	mark := delta.Attribute{Name: author, Value: delta.String(by)}
	alone := delta.Attributed(mark)
	out := make(delta.Delta, len(change))
	for i, o := range change {
		switch {
		case !o.Inserts():
			out[i] = o
		case len(o.Attributes()) == 0:
			out[i] = o.With(alone)
		case o.Attributes().Get(author) != "":
			out[i] = o // of a change that stands for several
		default:
			out[i] = o.With(delta.Attributed(append(o.Attributes()[:len(o.Attributes()):len(o.Attributes())], mark)...))
		}
	}
	return out
}

// untag is an insert as it is in the document, and who wrote it.
func untag(o delta.Op) (delta.Op, string) {
	a := o.Attributes()
	for i := range a {
		if a[i].Name != author {
			continue
		}
		by, _ := a[i].Value.AsString()
		if len(a) == 1 {
			return o.With(nil), by
		}
		rest := append(a[:i:i], a[i+1:]...)
		return o.With(rest), by
	}
	return o, ""
}
