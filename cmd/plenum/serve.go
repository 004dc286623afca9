package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"os"
	"time"
	"unicode/utf8"

	"plenum/internal/mail"
	"plenum/internal/notify"
	"plenum/internal/oidc"
	"plenum/internal/web"
)

// serveCommand is how a server is set up. Its fields say what they mean in
// their help.
type serveCommand struct {
	Listen     string   `help:"The address to answer on. Without a host it is every network of this machine; port 0 is any free one." default:":8080" env:"PLENUM_LISTEN" placeholder:"HOST:PORT"`
	BaseURL    *url.URL `name:"base-url" help:"How people reach the server, when that is not its own address: https://plenum.example. Needed behind a proxy that changes the Host." env:"PLENUM_BASE_URL" placeholder:"URL"`
	TLSCert    string   `name:"tls-cert" help:"Serve HTTPS with this certificate (PEM, with its chain)." env:"PLENUM_TLS_CERT" type:"existingfile" and:"tls" placeholder:"FILE"`
	TLSKey     string   `name:"tls-key" help:"The certificate's key (PEM)." env:"PLENUM_TLS_KEY" type:"existingfile" and:"tls" placeholder:"FILE"`
	TrustProxy []string `name:"trust-proxy" help:"Believe X-Forwarded-For and X-Forwarded-Proto of proxies at these addresses or ranges: 127.0.0.1,10.0.0.0/8." env:"PLENUM_TRUST_PROXY" placeholder:"RANGE"`

	SMTP       *url.URL      `name:"smtp" help:"The mail server that letters go through: smtp://user:password@host:587, or smtps:// on port 465. Needs --mail-from and --base-url. Without it no mail is sent." env:"PLENUM_SMTP" placeholder:"URL"`
	MailFrom   string        `name:"mail-from" help:"Whom letters come from: Plenum <plenum@example.org>." env:"PLENUM_MAIL_FROM" placeholder:"ADDRESS"`
	MailUnread time.Duration `name:"mail-unread" help:"How long a notification stays unread before it is mailed (${default})." default:"30m" env:"PLENUM_MAIL_UNREAD" placeholder:"TIME"`

	PushAllow []string `name:"push-allow" help:"Push services in a private network, or without encryption, that may be called all the same: push.example.lan:8443. Others must be on the internet." env:"PLENUM_PUSH_ALLOW" placeholder:"HOST:PORT"`

	OIDCIssuer *url.URL `name:"oidc-issuer" help:"An identity provider (OpenID Connect) where people can sign in: https://id.example.org. Needs --oidc-client and --base-url." env:"PLENUM_OIDC_ISSUER" placeholder:"URL"`
	OIDCClient string   `name:"oidc-client" help:"What the provider knows this server as." env:"PLENUM_OIDC_CLIENT" placeholder:"ID"`
	OIDCSecret string   `name:"oidc-secret" help:"The client's secret. As a variable it does not show in the list of processes." env:"PLENUM_OIDC_SECRET" placeholder:"SECRET"`
	OIDCName   string   `name:"oidc-name" help:"What people know the provider by: Example University. Its host if left out." env:"PLENUM_OIDC_NAME" placeholder:"NAME"`
	HookAllow  []string `name:"hook-allow" help:"Receivers of webhooks in a private network, or without encryption, that may be called all the same: ci.example.lan:8080. Others must be on the internet." env:"PLENUM_HOOK_ALLOW" placeholder:"HOST:PORT"`

	MaxSockets          int   `name:"max-sockets" help:"Live connections altogether (${default})." default:"20000" env:"PLENUM_MAX_SOCKETS" placeholder:"N"`
	MaxSocketsPerPerson int   `name:"max-sockets-per-person" help:"Live connections of one person (${default})." default:"50" env:"PLENUM_MAX_SOCKETS_PER_PERSON" placeholder:"N"`
	MaxRoomsPerHour     int   `name:"max-rooms-per-hour" help:"Rooms made from one address in an hour (${default})." default:"360" env:"PLENUM_MAX_ROOMS_PER_HOUR" placeholder:"N"`
	FilesPerRoom        int64 `name:"files-per-room" help:"Megabytes that the files of one room may take (${default})." default:"1024" env:"PLENUM_FILES_PER_ROOM" placeholder:"N"`

	LogLevel  slog.Level `name:"log-level" help:"How much is logged: debug, info, warn or error (${default})." default:"info" env:"PLENUM_LOG_LEVEL" placeholder:"LEVEL"`
	LogFormat string     `name:"log-format" help:"text or json (${default})." enum:"text,json" default:"text" env:"PLENUM_LOG_FORMAT" placeholder:"FORMAT"`
	QR        bool       `name:"qr" help:"Print the address as a QR code even when the output is no terminal." env:"PLENUM_QR"`
}

// Validate is called by kong before Run.
func (c *serveCommand) Validate() error {
	if _, err := c.proxies(); err != nil {
		return err
	}
	if c.MaxSockets < 1 || c.MaxSocketsPerPerson < 1 || c.MaxRoomsPerHour < 1 || c.FilesPerRoom < 1 {
		return fmt.Errorf("limits must be at least 1")
	}
	if c.MailUnread <= 0 {
		return fmt.Errorf("--mail-unread must be a time like 30m")
	}
	if _, err := c.mailServer(); err != nil {
		return err
	}
	if _, err := c.provider(); err != nil {
		return err
	}
	for flag, hosts := range map[string][]string{"--push-allow": c.PushAllow, "--hook-allow": c.HookAllow} {
		for _, host := range hosts {
			if name, port, err := net.SplitHostPort(host); err != nil || name == "" || port == "" {
				return fmt.Errorf("%s: %q is not like push.example.lan:8443", flag, host)
			}
		}
	}
	u := c.BaseURL
	if u == nil {
		return nil
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.User != nil {
		return fmt.Errorf("--base-url must be like https://plenum.example, with no path")
	}
	return nil
}

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, data folder, out output) error {
	logger := c.logger(out)
	slog.SetDefault(logger)
	program, err := Open(ctx, *c, data, logger)
	if err != nil {
		return err
	}
	greet(out.stdout, program.addresses(), c.QR || isTerminal(out.stdout))
	return program.Run(ctx)
}

func (c *serveCommand) logger(out output) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(out.stderr, options))
	}
	return slog.New(slog.NewTextHandler(out.stderr, options))
}

func (c *serveCommand) limits() web.Limits {
	return web.Limits{Sockets: c.MaxSockets, SocketsPerPerson: c.MaxSocketsPerPerson, RoomsPerHour: c.MaxRoomsPerHour}
}

// notices are told by pushes as well, and by mail if letters are sent. Who runs a push service may want to turn to
// whoever runs this server.
func (c *serveCommand) notices(outbox *mail.Outbox, logger *slog.Logger) notify.Options {
	o := notify.Options{Logger: logger, Allow: c.PushAllow}
	if from, err := netmail.ParseAddress(c.MailFrom); err == nil {
		o.Contact = from.Address
	} else if c.BaseURL != nil && c.BaseURL.Scheme == "https" {
		o.Contact = c.BaseURL.String()
	}
	if outbox != nil {
		o.Mails, o.Site, o.Unread = outbox, c.BaseURL.String(), c.MailUnread
	}
	return o
}

func (c *serveCommand) proxies() ([]netip.Prefix, error) {
	var ranges []netip.Prefix
	for _, text := range c.TrustProxy {
		if address, err := netip.ParseAddr(text); err == nil {
			ranges = append(ranges, netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()))
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("--trust-proxy: %q is neither an address nor a range like 10.0.0.0/8", text)
		}
		ranges = append(ranges, prefix.Masked())
	}
	return ranges, nil
}

// mailServer is where letters go; nil if there are none.
func (c *serveCommand) mailServer() (*mail.Server, error) {
	if c.SMTP == nil {
		return nil, nil
	}
	if c.BaseURL == nil {
		return nil, fmt.Errorf("--smtp needs --base-url: a link in a letter must lead here, wherever it is opened")
	}
	server, err := mail.NewServer(c.SMTP, c.MailFrom)
	if err != nil {
		return nil, fmt.Errorf("--smtp and --mail-from: %w", err)
	}
	return server, nil
}

// maxProviderName bounds the name on the button, in characters.
const maxProviderName = 60

// provider is where people can sign in besides this server; nil if there is none.
func (c *serveCommand) provider() (*oidc.Provider, error) {
	issuer := c.OIDCIssuer
	if issuer == nil {
		if c.OIDCClient != "" {
			return nil, fmt.Errorf("--oidc-client needs --oidc-issuer")
		}
		return nil, nil
	}
	local := issuer.Hostname() == "localhost" || net.ParseIP(issuer.Hostname()).IsLoopback()
	if issuer.Scheme != "https" && (issuer.Scheme != "http" || !local) || issuer.Host == "" || issuer.RawQuery != "" || issuer.User != nil {
		return nil, fmt.Errorf("--oidc-issuer must be like https://id.example.org")
	}
	if c.OIDCClient == "" || c.BaseURL == nil {
		return nil, fmt.Errorf("--oidc-issuer needs --oidc-client and --base-url: people come back to that address")
	}
	name := cmp.Or(c.OIDCName, issuer.Hostname())
	if utf8.RuneCountInString(name) > maxProviderName {
		return nil, fmt.Errorf("--oidc-name has at most %d characters", maxProviderName)
	}
	return oidc.New(oidc.Options{
		Issuer: issuer.String(), Client: c.OIDCClient, Secret: c.OIDCSecret, Name: name, Redirect: c.BaseURL.JoinPath("account").String(),
	}), nil
}

func isTerminal(out any) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	stat, err := file.Stat()
	return err == nil && stat.Mode()&os.ModeCharDevice != 0
}
