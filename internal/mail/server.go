// Package mail sends letters. They are stored with what gives rise to them, and
// handed to a mail server until it takes them or they are worth nothing any more.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Letter is a mail of plain text.
type Letter struct {
	To      string
	Subject string
	Text    string
	Until   time.Time // it is not sent later
}

// Server is the mail server that takes letters.
type Server struct {
	from   string
	client *gomail.Client
}

// dialWait is how long a mail server may take for one letter.
const dialWait = 30 * time.Second

// NewServer reads a server's address, smtp://user:password@host:587 or
// smtps://…:465, and the address that letters come from. smtp is encrypted by
// STARTTLS; only to this machine it may do without, or if ?tls=none says so.
// Nothing is dialled yet.
func NewServer(address *url.URL, from string) (*Server, error) {
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("the address that mail comes from must be like plenum@example.org or Plenum <plenum@example.org>: %w", err)
	}
	options := []gomail.Option{gomail.WithTimeout(dialWait), gomail.WithoutNoop()}
	port := 587
	switch address.Scheme {
	case "smtps":
		port = 465
		options = append(options, gomail.WithSSL())
	case "smtp":
		options = append(options, gomail.WithTLSPolicy(policy(address)))
	default:
		return nil, fmt.Errorf("%q is no mail server: it must be like smtp://user:password@host:587 or smtps://…:465", address.Redacted())
	}
	if address.Hostname() == "" {
		return nil, errors.New("the mail server has no host")
	}
	if text := address.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil {
			return nil, fmt.Errorf("the mail server's port: %w", err)
		}
	}
	options = append(options, gomail.WithPort(port))
	if password, ok := address.User.Password(); ok {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(address.User.Username()), gomail.WithPassword(password))
	}
	client, err := gomail.NewClient(address.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("the mail server: %w", err)
	}
	return &Server{from: sender.String(), client: client}, nil
}

func policy(address *url.URL) gomail.TLSPolicy {
	host := address.Hostname()
	ip := net.ParseIP(host)
	switch {
	case address.Query().Get("tls") == "none":
		return gomail.NoTLS
	case host == "localhost" || ip != nil && ip.IsLoopback():
		return gomail.TLSOpportunistic
	}
	return gomail.TLSMandatory
}

// Send hands a letter over. ErrRefused means that trying again is useless.
func (s *Server) Send(ctx context.Context, l Letter) error {
	m := gomail.NewMsg()
	if err := errors.Join(m.From(s.from), m.To(l.To)); err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	m.Subject(l.Subject)
	m.SetDate()
	m.SetMessageID()
	// Nobody's holiday notice is wanted.
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	ctx, cancel := context.WithTimeout(ctx, dialWait)
	defer cancel()
	err := s.client.DialAndSendWithContext(ctx, m)
	var failed *gomail.SendError
	if errors.As(err, &failed) && !failed.IsTemp() && failed.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return err
}

// ErrRefused means that the mail server will never take a letter.
var ErrRefused = errors.New("the mail server refuses this letter")
