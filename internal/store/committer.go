package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"gorm.io/gorm"

	"plenum/rooms"
)

const (
	groupMax = 1024 // items in one commit
	queueMax = 1024 // items that wait for the next one; further ones wait to wait
)

// item is something to be written, as a whole or not at all: a room's batch or
// any other write.
type item struct {
	batch  *rooms.Batch
	write  func(tx *gorm.DB) error
	state  atomic.Int32
	answer chan error // holds one
}

// The states of an item. Whoever moves it on from waiting decides.
const (
	waiting int32 = iota
	taken
	abandoned
)

// committer is the one goroutine that writes. It takes what has queued, writes
// it in one transaction, and answers when that is on the disk: the more wait,
// the more share the price of a commit. It outlives every fault.
type committer struct {
	path    string
	options Options
	writer  *writer // nil: to be opened; touched by the goroutine alone
	queue   chan *item
	forgot  func() // called after a commit that made something forgotten
	closing chan struct{}
	stopped chan struct{}
	changes changes
}

func newCommitter(path string, o Options, w *writer) *committer {
	return &committer{
		path: path, options: o, writer: w,
		queue:   make(chan *item, queueMax),
		closing: make(chan struct{}),
		stopped: make(chan struct{}),
	}
}

// submit queues an item and waits for its answer; nil means committed.
func (c *committer) submit(ctx context.Context, it *item) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	it.answer = make(chan error, 1)
	select {
	case c.queue <- it:
	case <-ctx.Done():
		return ctx.Err()
	case <-c.closing:
		return ErrClosed
	}
	select {
	case err := <-it.answer:
		return told(err)
	case <-ctx.Done():
		if it.state.CompareAndSwap(waiting, abandoned) {
			return ctx.Err()
		}
	case <-c.stopped:
		if it.state.CompareAndSwap(waiting, abandoned) {
			return ErrClosed
		}
	}
	// Taken: the outcome is near, and worth more than the hurry.
	return told(<-it.answer)
}

// run commits until close is called and the queue is empty.
func (c *committer) run() {
	defer close(c.stopped)
	for {
		select {
		case it := <-c.queue:
			// Those just answered come back with their next; let them in.
			runtime.Gosched()
			c.commit(c.take(it))
		case <-c.closing:
			for len(c.queue) > 0 {
				c.commit(c.take(<-c.queue))
			}
			return
		}
	}
}

// take collects what has queued behind the first item. There is no timer: a
// group is what came while the last one was being committed.
func (c *committer) take(first *item) []*item {
	var group []*item
	for it := first; ; {
		if it.state.CompareAndSwap(waiting, taken) {
			group = append(group, it)
		}
		if len(group) == groupMax {
			return group
		}
		select {
		case it = <-c.queue:
		default:
			return group
		}
	}
}

// close ends the goroutine after it has committed what is queued.
func (c *committer) close() {
	close(c.closing)
	<-c.stopped
}

// commit writes a group and answers each item. If the group fails, each item is
// tried alone, so that only those at fault hear of it.
func (c *committer) commit(group []*item) {
	if len(group) == 0 {
		return
	}
	answers, failed := c.attempt(group)
	if failed != nil && failed.reach == whole && len(group) > 1 {
		c.alone(group, failed)
		return
	}
	for i, it := range group {
		if failed != nil {
			c.answer(it, failed.error())
			continue
		}
		c.answer(it, answers[i])
	}
}

// answer tells how an item ended. Those who follow the rooms look for
// themselves whether a batch was stored, also when that is in doubt.
func (c *committer) answer(it *item, err error) {
	if it.batch != nil {
		c.changes.add(it.batch.Room)
	}
	it.answer <- err
}

// alone tries each item of a failed group by itself.
func (c *committer) alone(group []*item, first *failure) {
	told := false // somebody hears of a fault
	for i, it := range group {
		// Only a batch can be tried again without asking: the room's head
		// shows whether it was stored after all.
		if first.inDoubt && it.batch == nil {
			c.answer(it, first.error())
			told = true
			continue
		}
		answers, failed := c.attempt([]*item{it})
		switch {
		case failed != nil && failed.reach == database:
			for _, rest := range group[i:] {
				c.answer(rest, failed.error())
			}
			return
		case failed != nil:
			c.answer(it, failed.error())
			told = true
		case first.inDoubt && errors.Is(answers[0], rooms.ErrStale):
			c.answer(it, first.error())
			told = true
		default:
			c.answer(it, answers[0])
		}
	}
	if !told {
		c.options.Log.Warn("A group of writes failed, but each of them could be made alone.", "writes", len(group), "error", first.err)
	}
}

// failure is why a transaction as a whole came to nothing.
type failure struct {
	err     error
	reach   reach
	inDoubt bool // COMMIT failed and may have been stored
	content bool // a batch that was tried alone is at fault itself
}

// reach says whom a failure concerns.
type reach int

const (
	whole    reach = iota // this group; a part of it may succeed
	database              // everyone: no transaction can be begun
)

func (f *failure) error() error {
	switch {
	case f.inDoubt:
		return fmt.Errorf("commit: %w: %w", ErrInDoubt, f.err)
	case f.content:
		return fmt.Errorf("%w: %w", rooms.ErrUnstorable, f.err)
	}
	return f.err
}

// attempt writes a group in one transaction. An answer that is an error is the
// item's own: it changed nothing and the others are committed.
func (c *committer) attempt(group []*item) (answers []error, failed *failure) {
	if err := c.connect(); err != nil {
		return nil, &failure{err: fmt.Errorf("reopen the database: %w", err), reach: database}
	}
	tx := c.writer.db.Begin()
	if err := tx.Error; err != nil {
		c.discardIf(breaks(err))
		return nil, &failure{err: fmt.Errorf("begin a transaction: %w", err), reach: database}
	}
	answers, err := writeGroup(tx, group)
	if err != nil {
		// SQLite may have rolled back by itself, then this fails.
		lost := tx.Rollback().Error
		c.discardIf(breaks(err) || lost != nil)
		alone := len(group) == 1 && group[0].batch != nil
		return nil, &failure{err: err, content: alone && ofContent(err)}
	}
	if err := tx.Commit().Error; err != nil {
		c.discardIf(true)
		return nil, &failure{err: fmt.Errorf("commit: %w", err), inDoubt: !undone(err)}
	}
	if slices.ContainsFunc(group, func(it *item) bool { return it.batch != nil && len(it.batch.Forget) > 0 }) {
		c.forgot()
	}
	return answers, nil
}

// connect opens the writing connection if there is none.
func (c *committer) connect() error {
	if c.writer != nil {
		return nil
	}
	w, err := openWriter(c.path, c.options)
	if err != nil {
		return err
	}
	c.writer = w
	return nil
}

// discardIf gives up a connection that is not to be trusted; the next
// transaction opens a new one.
func (c *committer) discardIf(broken bool) {
	if !broken {
		return
	}
	if err := c.drop(); err != nil {
		c.options.Log.Warn("The broken connection to the database could not be closed cleanly.", "error", err)
	}
}

func (c *committer) drop() error {
	if c.writer == nil {
		return nil
	}
	w := c.writer
	c.writer = nil
	return w.close()
}
