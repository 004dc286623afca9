// Package notify tells people what calls them while they are not there: who
// mentions them, answers them, or says anything at all in a room of which they
// want to hear everything. It follows the committed log. What it keeps of an
// event is where it stands; what it says, and whether its receiver may see it,
// is asked of the room's log whenever it is told.
package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"plenum/internal/due"
	"plenum/internal/outward"
	"plenum/internal/store"
	"plenum/rooms"
)

// keptRooms is of how many rooms it is kept who may see what.
const keptRooms = 500

// Options may stay zero.
type Options struct {
	Clock  func() time.Time // time.Now if nil
	Logger *slog.Logger     // slog.Default if nil
	// Contact is whom push services can turn to: an e-mail address or an https
	// URL. The site of each device if "".
	Contact string
	// Allow are hosts, "name:port", whose push service is called although it is
	// in a private network, or not encrypted.
	Allow  []string
	Mails  Mails         // no mail is sent if nil
	Site   string        // how people reach the pages, https://plenum.example; needed with Mails
	Unread time.Duration // how long a notice stays unread before it is mailed; 30 minutes if zero
	Grace  time.Duration // how long a push waits for its notice to be read; 10 seconds if zero
}

// Notify is the notices with their follower. It is safe for concurrent use.
type Notify struct {
	store     *store.Store
	tail      *store.Tail
	sights    *rooms.Sights
	kinds     map[string]rooms.Kind
	reader    *reader
	follower  *rooms.Follower
	hears     atomic.Pointer[func(persons []string)]
	keys      keyRow
	client    *http.Client
	contact   string
	allow     []string
	grace     time.Duration
	pushes    due.Bell
	mails     Mails // nil: no mail is sent
	site      string
	unreadFor time.Duration
	digests   due.Bell
	clock     func() time.Time
	logger    *slog.Logger
	cancel    context.CancelFunc
	ended     sync.WaitGroup
}

// Open follows the rooms of a store. Close it before the store.
func Open(ctx context.Context, st *store.Store, kinds []rooms.Kind, o Options) (*Notify, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	tail, err := st.Tail()
	if err != nil {
		return nil, fmt.Errorf("follow the rooms for notices: %w", err)
	}
	n := &Notify{
		store: st, tail: tail, sights: rooms.NewSights(tail, kinds, keptRooms), kinds: map[string]rooms.Kind{},
		client: outward.Client(o.Allow), contact: o.Contact, allow: o.Allow, grace: cmp.Or(o.Grace, grace),
		pushes: due.NewBell(), mails: o.Mails, unreadFor: cmp.Or(o.Unread, digestWait), site: strings.TrimSuffix(o.Site, "/"), digests: due.NewBell(), clock: o.Clock, logger: o.Logger,
	}
	if n.keys, err = n.ownKeys(ctx); err != nil {
		return nil, errors.Join(err, tail.Close())
	}
	for _, k := range kinds {
		n.kinds[k.Name] = k
	}
	n.reader = &reader{Notify: n, ahead: map[string]rooms.Place{}, kept: o.Clock()}
	n.follower = rooms.NewFollower(tail, n.reader, o.Logger)
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	n.cancel = cancel
	n.ended.Go(func() { n.follower.Run(running) })
	n.ended.Go(func() { n.tidy(running) })
	n.ended.Go(func() { due.Run(running, n.pushes, o.Logger, n.pushSome) })
	if n.mails != nil {
		n.ended.Go(func() { due.Run(running, n.digests, o.Logger, n.mailNext) })
	}
	return n, nil
}

// Hear makes a function hear whose notices are others than before. It must be quick.
func (n *Notify) Hear(changed func(persons []string)) { n.hears.Store(&changed) }

func (n *Notify) changed(persons []string) {
	if hears := n.hears.Load(); hears != nil && len(persons) > 0 {
		(*hears)(persons)
	}
}

// Close ends it. What was not followed yet is followed after the next Open.
func (n *Notify) Close() error {
	n.cancel()
	n.ended.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	if err := n.reader.keepPlaces(ctx); err != nil {
		n.logger.Warn("places of notices were not kept; these events are looked at again", "error", err)
	}
	return n.tail.Close()
}

// closeWait is how long Close waits for the last write.
const closeWait = 5 * time.Second

// noticesOf asks a kind for the notices in an event. A kind that panics is
// passed over: it must not keep all others from being told.
func (n *Notify) noticesOf(kind string, e rooms.Event) (notices []rooms.Notice) {
	ask := n.kinds[kind].Notices
	if ask == nil {
		return nil
	}
	defer func() {
		if v := recover(); v != nil {
			n.logger.Error("the notices of an event cannot be read", "kind", kind, "seq", e.Seq, "panic", v, "stack", string(debug.Stack()))
			notices = nil
		}
	}()
	return ask(e)
}

// tidyEvery is how often what is old is taken away.
const tidyEvery = time.Hour

func (n *Notify) tidy(ctx context.Context) {
	ticks := time.NewTicker(tidyEvery)
	defer ticks.Stop()
	for {
		if err := n.dropOld(ctx, n.clock().Add(-keepFor).UnixMilli()); err != nil && ctx.Err() == nil {
			n.logger.Error("old notices could not be dropped", "error", err)
		}
		select {
		case <-ticks.C:
		case <-ctx.Done():
			return
		}
	}
}
