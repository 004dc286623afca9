package mail

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"plenum/internal/due"
)

// Between tries of one letter, doubling.
const (
	tryFirst = 15 * time.Second
	tryMost  = 15 * time.Minute
)

// Sender takes letters; *Server is one.
type Sender interface {
	Send(ctx context.Context, l Letter) error
}

// Outbox keeps letters in the database until they are sent, one after another.
// A letter may come twice if the program is killed in between.
type Outbox struct {
	database Database
	sender   Sender
	clock    func() time.Time
	logger   *slog.Logger
	bell     due.Bell
	cancel   context.CancelFunc
	done     chan struct{}
}

// Options may all be left out.
type Options struct {
	Clock  func() time.Time // time.Now if nil
	Logger *slog.Logger     // slog.Default if nil
}

// Open begins to send what waits in a migrated database. Close it.
func Open(database Database, sender Sender, o Options) *Outbox {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	ctx, cancel := context.WithCancel(context.Background())
	box := &Outbox{
		database: database, sender: sender, clock: o.Clock, logger: o.Logger,
		bell: due.NewBell(), cancel: cancel, done: make(chan struct{}),
	}
	go box.run(ctx)
	return box
}

// Put stores a letter in a transaction. Wake, after that has succeeded, lets it
// be sent at once.
func (o *Outbox) Put(tx *gorm.DB, l Letter) error {
	return tx.Create(&letterRow{
		Recipient: l.To, Subject: l.Subject, Text: l.Text,
		Until: l.Until.UnixMilli(), NextAt: o.clock().UnixMilli(),
	}).Error
}

// Wake says that there is something to send. It does not wait.
func (o *Outbox) Wake() { o.bell.Ring() }

// Close stops sending. What was not sent waits for the next Open.
func (o *Outbox) Close() {
	o.cancel()
	<-o.done
}

func (o *Outbox) run(ctx context.Context) {
	defer close(o.done)
	due.Run(ctx, o.bell, o.logger, o.sendNext)
}

// sendNext looks after one letter, and tells how long nothing is to be done.
func (o *Outbox) sendNext(ctx context.Context) (pause time.Duration, err error) {
	row, found, err := o.next(ctx)
	if err != nil || !found {
		return due.Idle, err
	}
	now := o.clock()
	if row.NextAt > now.UnixMilli() {
		return due.Until(row.NextAt, now), nil
	}
	if now.UnixMilli() >= row.Until {
		o.logger.Warn("a letter could not be sent in time and is dropped", "letter", row.ID, "tries", row.Tries)
		return 0, o.remove(ctx, row)
	}
	err = o.sender.Send(ctx, row.letter())
	switch {
	case err == nil:
		o.logger.Debug("a letter is sent", "letter", row.ID)
		return 0, o.remove(ctx, row)
	case ctx.Err() != nil:
		return 0, nil // it is tried again when the program is back
	case errors.Is(err, ErrRefused):
		o.logger.Warn("a letter is dropped", "letter", row.ID, "error", err)
		return 0, o.remove(ctx, row)
	}
	wait := min(tryFirst<<min(row.Tries, 16), tryMost)
	o.logger.Warn("a letter could not be sent; it is tried again", "letter", row.ID, "in", wait, "error", err)
	return 0, o.later(ctx, row, o.clock().Add(wait))
}
