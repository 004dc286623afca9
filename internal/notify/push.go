package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"plenum/internal/due"
	"plenum/internal/outward"
)

// Pushes wait a moment for their notice to be read on a device that is at hand,
// and are worth nothing after some hours.
const (
	grace   = 10 * time.Second
	pushFor = 4 * time.Hour
)

// Between tries of one push, doubling.
const (
	tryFirst = 15 * time.Second
	tryMost  = 15 * time.Minute
)

// How many pushes are looked after at a time, and taken from the table.
const (
	pushesAtOnce = 8
	pushesTaken  = 64
)

// longestAnswer is how much of a push service's answer is read, in bytes.
const longestAnswer = 4 << 10

// push is one that is due, with its notice and the device that it goes to.
type push struct {
	Until, NextAt int64
	Tries         int
	Notice        noticeRow       `gorm:"embedded;embeddedPrefix:n_"`
	To            subscriptionRow `gorm:"embedded;embeddedPrefix:s_"`
}

// pushSome looks after what is due now, several at a time, and tells how long
// nothing is to be done.
func (n *Notify) pushSome(ctx context.Context) (pause time.Duration, err error) {
	now := n.clock()
	pushes, next, err := n.duePushes(ctx, now.UnixMilli(), pushesTaken)
	if err != nil {
		return 0, err
	}
	if len(pushes) == 0 {
		return due.Until(next, now), nil
	}
	places := make(chan struct{}, pushesAtOnce)
	failed := make([]error, len(pushes))
	var all sync.WaitGroup
	for i, p := range pushes {
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			failed[i] = n.pushOne(ctx, p)
		})
	}
	all.Wait()
	return 0, errors.Join(failed...)
}

// pushOne pushes a notice, unless it was read meanwhile, its person may not see
// it any more or wants no ring: then it goes as if it had never been.
func (n *Notify) pushOne(ctx context.Context, p push) error {
	now := n.clock()
	told, wanted, err := n.wanted(ctx, p, now)
	if err != nil {
		return err
	}
	if !wanted {
		return n.dropPush(ctx, p)
	}
	status, after, err := n.deliver(ctx, p, told)
	switch {
	case ctx.Err() != nil:
		return nil // it is tried again when the program is back
	case errors.Is(err, outward.ErrForbidden):
		n.logger.Warn("a device has a push service that may not be called, and rings no more", "device", p.To.ID)
		return n.dropDevice(ctx, p.To.ID)
	case err == nil && status < http.StatusMultipleChoices:
		return n.dropPush(ctx, p)
	case status == http.StatusNotFound || status == http.StatusGone:
		n.logger.Debug("a device is not there any more", "device", p.To.ID)
		return n.dropDevice(ctx, p.To.ID)
	case err == nil && status < http.StatusInternalServerError && status != http.StatusTooManyRequests && status != http.StatusRequestTimeout:
		n.logger.Warn("a push was refused and is dropped", "device", p.To.ID, "status", status)
		return n.dropPush(ctx, p)
	}
	wait := max(after, min(tryFirst<<min(p.Tries, 16), tryMost))
	n.logger.Info("a push could not be sent; it is tried again", "device", p.To.ID, "in", wait, "status", status, "error", reasonOf(err))
	return n.pushLater(ctx, p, now.Add(wait).UnixMilli())
}

// reasonOf is why a call failed, without the address: who knows it can ring.
func reasonOf(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err
}

// wanted is the notice of a push, and whether it is to ring now.
func (n *Notify) wanted(ctx context.Context, p push, now time.Time) (told Notice, wanted bool, err error) {
	if p.Notice.ReadAt > 0 || now.UnixMilli() >= p.Until {
		return told, false, nil
	}
	levels, err := n.levelsOf(ctx, p.Notice.Room)
	if err != nil || !wants(levels[p.Notice.Person], p.Notice.Why) {
		return told, false, err
	}
	quiet, err := n.quietOf(ctx, p.Notice.Person)
	if err != nil || quiet != nil && quiet.at(now) {
		return told, false, err
	}
	return n.tell(ctx, p.Notice)
}

// deliver hands a notice to the push service, and tells how that answered and
// how long it wants to be left alone.
func (n *Notify) deliver(ctx context.Context, p push, told Notice) (status int, after time.Duration, err error) {
	contact := n.contact
	if contact == "" {
		contact = p.To.Site
	}
	urgency := webpush.UrgencyHigh
	if told.Why == whySaid {
		urgency = webpush.UrgencyNormal
	}
	response, err := webpush.SendNotificationWithContext(ctx, message(told, p.To.Language),
		&webpush.Subscription{Endpoint: p.To.Endpoint, Keys: webpush.Keys{P256dh: p.To.P256dh, Auth: p.To.Auth}},
		&webpush.Options{
			HTTPClient: n.client, Subscriber: contact, VAPIDPublicKey: n.keys.Public, VAPIDPrivateKey: n.keys.Private,
			TTL: int(time.UnixMilli(p.Until).Sub(n.clock()) / time.Second), Urgency: urgency,
		})
	if err != nil {
		return 0, 0, fmt.Errorf("push: %w", err)
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, longestAnswer) // so that the connection can be used again; what it says is of no account
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds > 0 {
		after = min(time.Duration(seconds)*time.Second, pushFor)
	}
	return response.StatusCode, after, nil
}
