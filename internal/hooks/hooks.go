// Package hooks tells programs outside what happens in a room, by webhooks. It
// follows the committed log. What it keeps of an event is where it stands; what is
// sent is made of the log when it is sent, as every viewer may see it then. Each
// is sent at least once, under one id, and those of one hook in their order.
package hooks

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"plenum/internal/due"
	"plenum/internal/outward"
	"plenum/internal/store"
	"plenum/rooms"
)

// Limits of hooks.
const (
	MaxHooks   = 10 // of a room
	MaxURL     = 1000
	MaxWaiting = 1000 // that wait for one hook; with one more it is switched off
	listed     = 20   // deliveries that are kept and told
	keptRooms  = 200  // of which it is known who may see what
	bothValid  = 24 * time.Hour
	secretSize = 32
	prefix     = "whsec_"
	pinged     = "ping"
)

// Why something cannot be done with a hook.
var (
	ErrHook    = rooms.Refuse("hook", "This webhook is not here any more.")
	ErrHooks   = rooms.Refuse("hooks", fmt.Sprintf("A room has at most %d webhooks. Take one away first.", MaxHooks))
	ErrAddress = rooms.Refuse("hook-address", "A webhook needs an https address on the internet.")
	ErrWhat    = rooms.Refuse("hook-what", "Choose what it is told of.")
	ErrOff     = rooms.Refuse("hook-off", "This webhook is switched off. Switch it on first.")
	ErrSending = rooms.Refuse("delivery", "This delivery is not kept any more, or waits already.")
)

// Why a hook is off.
const (
	offGone    = "gone"    // the receiver said 410
	offFailing = "failing" // nothing went through for about a day
	offAddress = "address" // its address may not be called any more
	offFull    = "full"    // too much waits
)

// Options may stay zero.
type Options struct {
	Clock  func() time.Time // time.Now if nil
	Logger *slog.Logger     // slog.Default if nil
	// Allow are hosts, "name:port", that are called although they are in a private
	// network, or not encrypted.
	Allow []string
	// Pauses are those between tries; after the last the hook is switched off.
	Pauses []time.Duration
}

// pauses are about a day together.
var pauses = []time.Duration{
	5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 8 * time.Hour,
}

// Hooks are the webhooks of all rooms with their follower. They are safe for
// concurrent use.
type Hooks struct {
	store    *store.Store
	tail     *store.Tail
	sights   *rooms.Sights
	kinds    map[string]rooms.Kind
	types    []string
	client   *http.Client
	allow    []string
	pauses   []time.Duration
	bell     due.Bell
	clock    func() time.Time
	logger   *slog.Logger
	cancel   context.CancelFunc
	ended    sync.WaitGroup
	places   chan struct{} // one for each call under way
	changing sync.Mutex    // one change of a room's hooks at a time

	mu    sync.Mutex
	rooms map[string]bool // guarded by mu; that have hooks
	busy  map[string]bool // guarded by mu; hooks that are called just now
}

// Open follows the rooms of a store. Close it before the store.
func Open(ctx context.Context, st *store.Store, kinds []rooms.Kind, o Options) (*Hooks, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Pauses == nil {
		o.Pauses = pauses
	}
	tail, err := st.Tail()
	if err != nil {
		return nil, fmt.Errorf("follow the rooms for webhooks: %w", err)
	}
	h := &Hooks{
		store: st, tail: tail, sights: rooms.NewSights(tail, kinds, keptRooms), kinds: map[string]rooms.Kind{}, types: []string{}, client: outward.Client(o.Allow), allow: o.Allow,
		pauses: o.Pauses, bell: due.NewBell(), clock: o.Clock, logger: o.Logger, places: make(chan struct{}, atOnce), busy: map[string]bool{},
	}
	// What a redirect leads to was never agreed to.
	h.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, k := range kinds {
		h.kinds[k.Name] = k
		for did := range k.Tells {
			h.types = append(h.types, k.Name+"."+did)
		}
	}
	slices.Sort(h.types)
	if h.rooms, err = h.roomsWithHooks(ctx); err != nil {
		return nil, errors.Join(err, tail.Close())
	}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	h.cancel = cancel
	follower := rooms.NewFollower(tail, &reader{h}, o.Logger)
	h.ended.Go(func() { follower.Run(running) })
	h.ended.Go(func() { due.Run(running, h.bell, o.Logger, h.callDue) })
	return h, nil
}

// Close ends it. What was not sent yet is sent after the next Open.
func (h *Hooks) Close() error {
	h.cancel()
	h.ended.Wait()
	return h.tail.Close()
}

// Hook is a webhook as hosts are told of it.
type Hook struct {
	ID      string   `json:"id"`
	URL     string   `json:"url"`
	What    []string `json:"what"`
	By      string   `json:"by"` // the member
	At      int64    `json:"at"` // Unix milliseconds, as all times
	Off     int64    `json:"off,omitempty"`
	Why     string   `json:"why,omitempty"`
	Waiting int      `json:"waiting"`
	Next    int64    `json:"next,omitempty"` // when it is tried again, if something waits after a failure
	Both    int64    `json:"both,omitempty"` // until when the former secret is good, too
	Last    *Answer  `json:"last,omitempty"`
}

// Answer is what came of a delivery when it was sent last.
type Answer struct {
	At     int64  `json:"at"`
	Status int    `json:"status"` // 0: there was no answer
	Took   int64  `json:"took"`   // milliseconds
	Text   string `json:"text,omitempty"`
}

// Delivery is something that was sent, or is to be.
type Delivery struct {
	ID    string  `json:"id"`
	Type  string  `json:"type"`
	At    int64   `json:"at"`
	State string  `json:"state"`
	Tries int     `json:"tries"`
	Last  *Answer `json:"last,omitempty"`
}

// Types are what a hook can be told of.
func (h *Hooks) Types() []string { return h.types }

// List is the hooks of a room, the oldest first.
func (h *Hooks) List(ctx context.Context, room string) ([]Hook, error) { return h.list(ctx, room) }

// Add makes a hook, which is told of what happens from now on. Its secret is told
// only here. note is called before it is stored.
func (h *Hooks) Add(ctx context.Context, room, member, address string, what []string, note func(host string) error) (id, secret string, err error) {
	u, err := h.checked(address)
	if err != nil {
		return "", "", err
	}
	slices.Sort(what)
	if what = slices.Compact(what); len(what) == 0 || slices.ContainsFunc(what, func(t string) bool { return !slices.Contains(h.types, t) }) {
		return "", "", ErrWhat
	}
	h.changing.Lock()
	defer h.changing.Unlock()
	all, err := h.list(ctx, room)
	if err != nil {
		return "", "", err
	}
	if len(all) >= MaxHooks {
		return "", "", ErrHooks
	}
	if err := note(u.Host); err != nil {
		return "", "", err
	}
	head, err := h.tail.Head(ctx, room)
	if err != nil {
		return "", "", err
	}
	raw := newSecret()
	types, err := json.Marshal(what)
	if err != nil {
		return "", "", err
	}
	row := hookRow{ID: "h" + rand.Text()[:12], Room: room, URL: u.String(), What: string(types), Secret: raw, Former: []byte{}, MadeBy: member, MadeAt: h.now(), Since: head.Seq}
	h.withHooks(room, true) // from now on its place counts
	if err := h.add(ctx, row, head); err != nil {
		return "", "", err
	}
	return row.ID, told(raw), nil
}

func (h *Hooks) checked(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || len(address) > MaxURL || u.Host == "" || u.Fragment != "" || !outward.Allows(u, h.allow) {
		return nil, ErrAddress
	}
	return u, nil
}

// Remove takes a hook away with all that waits for it.
func (h *Hooks) Remove(ctx context.Context, room, id string, note func(host string) error) error {
	h.changing.Lock()
	defer h.changing.Unlock()
	row, err := h.noted(ctx, room, id, note)
	if err != nil {
		return err
	}
	left, err := h.remove(ctx, row)
	if err == nil {
		h.withHooks(room, left > 0)
	}
	return err
}

// Rotate gives a hook another secret. For a day what is sent is signed with both.
func (h *Hooks) Rotate(ctx context.Context, room, id string, note func(host string) error) (secret string, err error) {
	row, err := h.noted(ctx, room, id, note)
	if err != nil {
		return "", err
	}
	raw := newSecret()
	return told(raw), h.change(ctx, id, map[string]any{"former": row.Secret, "former_until": h.now() + bothValid.Milliseconds(), "secret": raw})
}

// SwitchOn lets a hook go on with what waits.
func (h *Hooks) SwitchOn(ctx context.Context, room, id string, note func(host string) error) error {
	if _, err := h.noted(ctx, room, id, note); err != nil {
		return err
	}
	return h.change(ctx, id, map[string]any{"off_at": 0, "off_why": "", "tries": 0, "next_at": 0})
}

// Ping sends a hook something, so that its receiver can be tried.
func (h *Hooks) Ping(ctx context.Context, room, id string) error {
	row, err := h.find(ctx, room, id)
	if err != nil {
		return err
	}
	if row.OffAt > 0 {
		return ErrOff
	}
	if err := h.queue(ctx, deliveryRow{ID: "msg_" + rand.Text(), Hook: id, Room: room, Type: pinged, At: h.now(), State: waiting}); err != nil {
		return err
	}
	return h.change(ctx, id, map[string]any{"next_at": 0})
}

// Deliveries are what waits first, and the last that were sent, the newest first.
func (h *Hooks) Deliveries(ctx context.Context, room, id string) ([]Delivery, error) {
	if _, err := h.find(ctx, room, id); err != nil {
		return nil, err
	}
	return h.deliveries(ctx, id)
}

// Again sends a delivery once more, under its id.
func (h *Hooks) Again(ctx context.Context, room, id, delivery string) error {
	row, err := h.find(ctx, room, id)
	if err != nil {
		return err
	}
	if row.OffAt > 0 {
		return ErrOff
	}
	if err := h.again(ctx, id, delivery); err != nil {
		return err
	}
	h.bell.Ring()
	return nil
}

// noted finds a hook and notes what is done with it.
func (h *Hooks) noted(ctx context.Context, room, id string, note func(host string) error) (hookRow, error) {
	row, err := h.find(ctx, room, id)
	if err != nil {
		return row, err
	}
	u, err := url.Parse(row.URL)
	if err != nil {
		return row, fmt.Errorf("read the address of hook %s: %w", id, err)
	}
	return row, note(u.Host)
}

func (h *Hooks) now() int64 { return h.clock().UnixMilli() }

func (h *Hooks) withHooks(room string, has bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if has {
		h.rooms[room] = true
	} else {
		delete(h.rooms, room)
	}
}

func (h *Hooks) hasHooks(room string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rooms[room]
}

func newSecret() []byte {
	raw := make([]byte, secretSize)
	_, _ = rand.Read(raw) // it never fails on the systems we run on
	return raw
}

// told is a secret as Standard Webhooks writes it.
func told(secret []byte) string { return prefix + base64.StdEncoding.EncodeToString(secret) }
