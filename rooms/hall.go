package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// Options are what a hall is made of.
type Options struct {
	Kinds []Kind   // every kind but the lobby, which each room has
	Start []string // kinds of which a new room has one from the beginning
	Log   Log
	// Secrets of those who act without their names; nil: nobody can.
	Secrets Secrets
	// Account tells whether a person is signed in; nil: nobody is.
	Account func(ctx context.Context, person string) (bool, error)
	// Images finds the images of a room; nil: nobody looks whether one is there.
	Images LooksFor
	Build  string           // of this program, told to every peer
	Clock  func() time.Time // time.Now if nil
	Logger *slog.Logger     // slog.Default if nil
	Idle   time.Duration    // a room without peers is closed after this; 5 minutes if 0
}

// wakeEvery is how often the hall looks for rooms whose time has come.
const wakeEvery = 250 * time.Millisecond

// restartAfter is within what time peers come back after a restart.
const restartAfter = 2 * time.Second

// Hall holds all open rooms of this node. It opens a room when somebody needs
// it and closes it when it has been idle.
type Hall struct {
	o     Options
	kinds map[string]Kind
	told  json.RawMessage // the kinds' permissions, for peers

	passcodes *passcodes
	quit      chan struct{}
	ended     sync.WaitGroup

	mu      sync.Mutex // guards what follows
	open    map[string]*door
	closing bool
}

// door is the way to a room that is opening, open or closing.
type door struct {
	ready  chan struct{} // closed when room or err is set
	room   *Room
	err    error
	closed chan struct{} // closed when the room has ended
}

// NewHall makes a hall. Close it to let every room finish.
func NewHall(o Options) *Hall {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Idle == 0 {
		o.Idle = 5 * time.Minute
	}
	h := &Hall{o: o, kinds: map[string]Kind{}, passcodes: newPasscodes(), open: map[string]*door{}, quit: make(chan struct{})}
	for _, k := range o.Kinds {
		h.kinds[k.Name] = k
	}
	h.told = toldKinds(h.kinds)
	h.ended.Add(2)
	go h.attend()
	go h.tidy()
	return h
}

// toldKinds is the table of permissions, as the peers get it.
func toldKinds(kinds map[string]Kind) json.RawMessage {
	type table struct {
		Commands map[string]Needs `json:"commands"`
		Signals  map[string]Needs `json:"signals"`
	}
	all := map[string]table{LobbyID: {Commands: lobbyKind(kinds).Commands, Signals: lobbyKind(kinds).Signals}}
	for name, k := range kinds {
		t := table{Commands: k.Commands, Signals: k.Signals}
		if t.Signals == nil {
			t.Signals = map[string]Needs{}
		}
		all[name] = t
	}
	return mustJSON(all)
}

// NormalCode is a join code as people type it, made canonical.
func NormalCode(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// with runs f on the goroutine of the room with a join code, opening the room
// if need be.
func (h *Hall) with(ctx context.Context, code string, f func(*Room)) error {
	id, err := h.o.Log.Find(ctx, NormalCode(code))
	if err != nil {
		return err
	}
	return h.withID(ctx, id, f)
}

func (h *Hall) withID(ctx context.Context, id string, f func(*Room)) error {
	for {
		r, err := h.room(ctx, id)
		if err != nil {
			return err
		}
		err = r.call(ctx, func() { f(r) })
		if !errors.Is(err, errClosed) {
			return err
		}
	}
}

// room finds an open room or opens it. A room that is closing is waited for.
func (h *Hall) room(ctx context.Context, id string) (*Room, error) {
	for {
		h.mu.Lock()
		if h.closing {
			h.mu.Unlock()
			return nil, WaitMoving
		}
		d, ok := h.open[id]
		if !ok {
			d = &door{ready: make(chan struct{}), closed: make(chan struct{})}
			h.open[id] = d
			h.ended.Add(1)
			go h.enterRoom(id, d)
		}
		h.mu.Unlock()
		select {
		case <-d.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if d.err != nil {
			return nil, d.err
		}
		select {
		case <-d.room.quit:
		default:
			return d.room, nil
		}
		select {
		case <-d.closed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// enterRoom opens a room and keeps it until it has ended.
func (h *Hall) enterRoom(id string, d *door) {
	defer h.ended.Done()
	d.room, d.err = h.openRoom(context.Background(), id)
	close(d.ready)
	if d.err == nil {
		<-d.room.done
		if h.isClosing() {
			d.room.fan.post(func() { d.room.fan.goodbye(restartAfter) })
		}
		d.room.fan.stop()
	}
	h.mu.Lock()
	delete(h.open, id)
	h.mu.Unlock()
	close(d.closed)
}

func (h *Hall) openRoom(ctx context.Context, id string) (*Room, error) {
	head, err := h.o.Log.Head(ctx, id)
	if err != nil {
		return nil, err
	}
	s, err := loadLobby(ctx, h.o.Log, head, h.kinds)
	if err != nil {
		return nil, fmt.Errorf("open room %s: %w", id, err)
	}
	r := &Room{
		id: id, code: head.Code, kinds: h.kinds, log: h.o.Log, secrets: h.o.Secrets, looksFor: h.o.Images, clock: h.o.Clock, logger: h.o.Logger, idle: h.o.Idle,
		inbox: make(chan *ask, inboxLength), calls: make(chan func(), inboxLength),
		done: make(chan struct{}), quit: make(chan struct{}),
		head: head, lobby: s.act.(*lobby), slots: map[string]*slot{LobbyID: s}, queues: map[string]*queue{},
		deaths: map[string]int{}, used: h.o.Clock(), waits: map[string]map[chan struct{}]bool{},
	}
	r.fan = newFan(r)
	r.tellDigests() // of the lobby: who waited before, waits still
	go r.run()
	return r, nil
}

// attend wakes activities whose time has come and closes idle rooms.
func (h *Hall) attend() {
	defer h.ended.Done()
	wakes := time.NewTicker(wakeEvery)
	defer wakes.Stop()
	idle := time.NewTicker(max(h.o.Idle/10, 10*time.Millisecond))
	defer idle.Stop()
	for {
		select {
		case <-wakes.C:
			h.wake()
		case <-idle.C:
			h.letGo()
		case <-h.quit:
			return
		}
	}
}

func (h *Hall) wake() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	due, err := h.o.Log.Wakes(ctx, h.o.Clock().UnixMilli())
	if err != nil {
		h.o.Logger.Error("read wake-up times", "error", err)
		return
	}
	for _, w := range due {
		if err := h.withID(ctx, w.Room, func(r *Room) { r.wake(w.Activity) }); err != nil {
			h.o.Logger.Error("wake", "room", w.Room, "activity", w.Activity, "error", err)
		}
	}
}

// wake gives an activity the command "wake" from the room itself.
func (r *Room) wake(activity string) {
	s, ok := r.slotFor(activity, TheRoom)
	if ok && s.ready() && (s.wake == 0 || s.wake > r.now() || len(s.making) > 0) {
		return // it has been woken meanwhile, or will be
	}
	r.submit(&ask{
		c:      Command{In: activity, Do: "wake", With: orNull(nil), From: Member{Role: TheRoom}},
		answer: func(answer) {},
	})
}

// letGo ends rooms that nobody has used for a while, and lets open rooms drop
// activities that nobody uses.
func (h *Hall) letGo() {
	h.mu.Lock()
	var open []*Room
	for _, d := range h.open {
		select {
		case <-d.ready:
			if d.err == nil {
				open = append(open, d.room)
			}
		default:
		}
	}
	h.mu.Unlock()
	for _, r := range open {
		go r.post(r.rest)
	}
}

// rest lets go of what has been idle. Called on the room's goroutine.
func (r *Room) rest() {
	if r.moving {
		return
	}
	now := r.clock()
	for id, s := range r.slots {
		if id == LobbyID || !s.ready() || s.saving || len(s.reading) > 0 || now.Sub(s.used) < r.idle {
			continue
		}
		if s.events > 0 {
			r.save(s)
			continue // gone at the next look
		}
		delete(r.slots, id)
	}
	if r.fan.crowd.Load() == 0 && len(r.waits) == 0 && len(r.inbox) == 0 && now.Sub(r.used) >= r.idle {
		r.end()
	}
}

func (h *Hall) isClosing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.closing
}

// Close lets every room finish what it has in hand, says goodbye to the peers
// and ends. Nothing is taken after it was called.
func (h *Hall) Close(ctx context.Context) error {
	h.mu.Lock()
	if h.closing {
		h.mu.Unlock()
		return nil
	}
	h.closing = true
	doors := make([]*door, 0, len(h.open))
	for _, d := range h.open {
		doors = append(doors, d)
	}
	h.mu.Unlock()
	close(h.quit)
	for _, d := range doors {
		<-d.ready
		if d.err == nil {
			d.room.end()
		}
	}
	ended := make(chan struct{})
	go func() { h.ended.Wait(); close(ended) }()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
