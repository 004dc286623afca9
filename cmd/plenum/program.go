package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"plenum/frontend"
	"plenum/internal/accounts"
	"plenum/internal/files"
	"plenum/internal/hooks"
	"plenum/internal/mail"
	"plenum/internal/notify"
	"plenum/internal/roomzip"
	"plenum/internal/search"
	"plenum/internal/store"
	"plenum/internal/web"
	"plenum/rooms"
)

// drainWait is how long connections and requests may take to end in order.
const drainWait = 10 * time.Second

// Program is a server with its data, from the moment it listens.
type Program struct {
	settings  serveCommand
	logger    *slog.Logger
	listener  net.Listener
	lock      *flock.Flock // of the data folder
	store     *store.Store
	search    *search.Search
	notices   *notify.Notify
	hooks     *hooks.Hooks
	files     *files.Files
	outbox    *mail.Outbox // nil: no mail is sent
	eraser    *store.Eraser
	compactor *rooms.Compactor
	hall      *rooms.Hall
	site      *web.Site
	drainWait time.Duration
	closed    sync.Once
}

// Open listens, opens the data and makes the server ready to Run. Close it,
// unless Run is called, which does so.
func Open(ctx context.Context, settings serveCommand, data folder, logger *slog.Logger) (*Program, error) {
	p := &Program{settings: settings, logger: logger, drainWait: drainWait}
	if settings.TLSCert != "" {
		if _, err := tls.LoadX509KeyPair(settings.TLSCert, settings.TLSKey); err != nil {
			return nil, fmt.Errorf("read the TLS certificate: %w", err)
		}
	}
	var err error
	if p.listener, err = listen(ctx, settings.Listen); err != nil {
		return nil, err
	}
	if err := p.open(ctx, data); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is taken by another program, perhaps another Plenum; stop that one, or choose another port with --listen", address)
	}
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return l, nil
}

func (p *Program) open(ctx context.Context, data folder) error {
	if err := data.make(); err != nil {
		return err
	}
	var err error
	if p.lock, err = data.lock(); err != nil {
		return err
	}
	if p.store, err = store.Open(ctx, data.database(), store.Options{Log: p.logger}); err != nil {
		return err
	}
	if p.search, err = search.Open(ctx, data.index(), p.store, kinds, search.Options{Logger: p.logger}); err != nil {
		return err
	}
	if err := p.openMail(); err != nil {
		return err
	}
	if p.notices, err = notify.Open(ctx, p.store, kinds, p.settings.notices(p.outbox, p.logger)); err != nil {
		return err
	}
	if p.hooks, err = hooks.Open(ctx, p.store, kinds, hooks.Options{Logger: p.logger, Allow: p.settings.HookAllow}); err != nil {
		return err
	}
	if p.files, err = files.Open(data.files(), p.store, files.Options{Quota: p.settings.FilesPerRoom << 20, Logger: p.logger}); err != nil {
		return err
	}
	secrets, err := store.OpenSecrets(data.secrets())
	if err != nil {
		return err
	}
	p.eraser = store.NewEraser(p.store, secrets, store.EraserOptions{Logger: p.logger})
	people := p.accounts()
	p.compactor = rooms.NewCompactor(p.store, kinds, rooms.CompactorOptions{Logger: p.logger})
	p.compactor.Start()
	p.hall = rooms.NewHall(rooms.Options{
		Kinds: kinds, Start: start, Log: p.store, Secrets: secrets, Account: people.SignedIn, Images: p.files.Images, Build: version(), Logger: p.logger,
	})
	proxies, err := p.settings.proxies()
	if err != nil {
		return err
	}
	provider, err := p.settings.provider()
	if err != nil {
		return err
	}
	o := web.Options{
		Hall:    p.hall,
		People:  people,
		Search:  p.search,
		Notices: p.notices,
		Files:   p.files,
		Hooks:   p.hooks,
		Zips:    p.zips(),
		Pages:   frontend.Dist(),
		Build:   version(),
		Ready:   p.ready,
		BaseURL: p.settings.BaseURL,
		Proxies: proxies,
		Limits:  p.settings.limits(),
		Logger:  p.logger,
	}
	if provider != nil {
		o.Provider = provider // a nil one would not be a nil interface
	}
	p.site, err = web.New(o)
	return err
}

// zips carry rooms, each with as many files as a room may have.
func (p *Program) zips() *roomzip.Zips {
	return roomzip.New(roomzip.Options{
		Hall: p.hall, Files: p.files, Most: p.settings.FilesPerRoom<<20 + roomzip.Spare, Build: version(), Logger: p.logger,
	})
}

// openMail sends letters, if a mail server is set.
func (p *Program) openMail() error {
	server, err := p.settings.mailServer()
	if err != nil || server == nil {
		return err
	}
	p.outbox = mail.Open(p.store, server, mail.Options{Logger: p.logger})
	return nil
}

func (p *Program) accounts() *accounts.Accounts {
	o := accounts.Options{Logger: p.logger}
	if p.outbox != nil {
		o.Mails, o.Site = p.outbox, p.settings.BaseURL.String()
	}
	return accounts.New(p.store, o)
}

// ready asks the database for an answer.
func (p *Program) ready(ctx context.Context) error {
	var one int
	return p.store.Read().WithContext(ctx).Raw("SELECT 1").Row().Scan(&one)
}

// Run serves until ctx ends, then lets everything finish and closes. It returns
// nil if all of that went well.
func (p *Program) Run(ctx context.Context) error {
	p.logger.Info("listening", "url", p.addresses().local, "build", version())
	running, calm := context.WithCancel(context.Background())
	defer calm()
	go giveBack(running)
	served := make(chan error, 1)
	go func() { served <- p.site.Serve(p.listener, p.settings.TLSCert, p.settings.TLSKey) }()
	select {
	case err := <-served:
		return errors.Join(err, p.Close())
	case <-ctx.Done():
	}
	p.logger.Info("ending; a second signal ends at once")
	err := p.drain()
	err = errors.Join(err, <-served, p.Close())
	p.logger.Info("ended")
	return err
}

// drain sends everyone away, each told that all is stored and when to come
// back. Whatever does not end in time is cut: the listener closes in any case.
func (p *Program) drain() error {
	ctx, cancel := context.WithTimeout(context.Background(), p.drainWait)
	defer cancel()
	p.site.StopUpgrades()
	unfinished := p.hall.Close(ctx)
	if unfinished != nil {
		unfinished = fmt.Errorf("close the rooms: %w", unfinished)
	}
	p.site.Drain(ctx)
	err := p.site.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		p.logger.Warn("requests that did not end were cut")
		err = nil
	}
	return errors.Join(unfinished, err)
}

// Close ends the server at once: connections are cut, what is committed stays.
// It may be called at any time after Open, and again.
func (p *Program) Close() error {
	var err error
	p.closed.Do(func() { err = p.close() })
	return err
}

func (p *Program) close() error {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var failures []error
	if p.site != nil {
		p.site.StopUpgrades()
		p.site.Drain(ctx)
		if err := p.site.Shutdown(ctx); !errors.Is(err, context.Canceled) {
			failures = append(failures, err)
		}
	}
	if err := p.listener.Close(); !errors.Is(err, net.ErrClosed) {
		failures = append(failures, err)
	}
	if p.hall != nil {
		finish, cancel := context.WithTimeout(context.Background(), p.drainWait)
		defer cancel()
		failures = append(failures, p.hall.Close(finish))
	}
	if p.compactor != nil {
		p.compactor.Close()
	}
	if p.eraser != nil {
		p.eraser.Close()
	}
	if p.files != nil {
		p.files.Close()
	}
	if p.hooks != nil {
		failures = append(failures, p.hooks.Close())
	}
	if p.notices != nil {
		failures = append(failures, p.notices.Close())
	}
	if p.outbox != nil {
		p.outbox.Close()
	}
	if p.search != nil {
		failures = append(failures, p.search.Close())
	}
	if p.store != nil {
		failures = append(failures, p.store.Close())
	}
	if p.lock != nil {
		failures = append(failures, p.lock.Unlock())
	}
	return errors.Join(failures...)
}
