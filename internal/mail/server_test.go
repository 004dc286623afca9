package mail

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"
)

// postOffice is a mail server of the least kind: it takes what comes, unless
// answer says otherwise for a recipient.
type postOffice struct {
	at     string
	took   chan *mail.Message
	answer func(recipient string) string
}

func openOffice(t *testing.T, answer func(recipient string) string) *postOffice {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &postOffice{at: l.Addr().String(), took: make(chan *mail.Message, 16), answer: answer}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go o.serve(conn)
		}
	}()
	return o
}

func (o *postOffice) serve(conn net.Conn) {
	defer conn.Close()
	in := textproto.NewReader(bufio.NewReader(conn))
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 here")
	for {
		line, err := in.ReadLine()
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch verb {
		case "RCPT":
			say(o.answer(strings.Trim(strings.TrimPrefix(line, "RCPT TO:"), "<>")))
		case "DATA":
			say("354 go on")
			message, err := mail.ReadMessage(in.DotReader())
			if err != nil {
				return
			}
			text, _ := io.ReadAll(quotedprintable.NewReader(message.Body))
			message.Body = strings.NewReader(string(text))
			say("250 taken")
			o.took <- message
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func yes(string) string { return "250 ok" }

func (o *postOffice) server(t *testing.T) *Server {
	t.Helper()
	s, err := NewServer(&url.URL{Scheme: "smtp", Host: o.at}, "Plenum <plenum@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALetterArrivesAsItIs(t *testing.T) {
	t.Parallel()
	office := openOffice(t, yes)
	letter := Letter{To: "ada@example.org", Subject: "重设 Plenum 密码", Text: "请打开此链接：\nhttps://plenum.example/account#password=abc_-=\n"}
	if err := office.server(t).Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	got := <-office.took
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != letter.Subject {
		t.Errorf("the subject %q, %v", subject, err)
	}
	for header, want := range map[string]string{
		"From": `"Plenum" <plenum@example.org>`, "To": "<ada@example.org>", "Auto-Submitted": "auto-generated",
	} {
		if got := got.Header.Get(header); got != want {
			t.Errorf("%s is %q", header, got)
		}
	}
	text, _ := io.ReadAll(got.Body)
	if strings.ReplaceAll(string(text), "\r\n", "\n") != letter.Text {
		t.Errorf("the text %q", text)
	}
}

func TestWhatIsRefusedForGoodIsToldApart(t *testing.T) {
	t.Parallel()
	office := openOffice(t, func(recipient string) string {
		if strings.HasPrefix(recipient, "nobody") {
			return "550 5.1.1 no such person"
		}
		return "451 4.3.0 later"
	})
	s := office.server(t)
	if err := s.Send(t.Context(), Letter{To: "nobody@example.org"}); !errors.Is(err, ErrRefused) {
		t.Errorf("nobody: %v", err)
	}
	if err := s.Send(t.Context(), Letter{To: "not an address"}); !errors.Is(err, ErrRefused) {
		t.Errorf("no address: %v", err)
	}
	if err := s.Send(t.Context(), Letter{To: "ada@example.org"}); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("later: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	gone := &postOffice{at: "127.0.0.1:1"}
	if err := gone.server(t).Send(ctx, Letter{To: "ada@example.org"}); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("no server: %v", err)
	}
}

// A password must not go over the network in the clear, nor a letter.
func TestAServerElsewhereMustEncrypt(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"smtp://mail.example.org": "TLSMandatory", "smtp://10.0.0.7:25": "TLSMandatory", "smtp://127.0.0.1:25": "TLSOpportunistic",
		"smtp://localhost": "TLSOpportunistic", "smtp://[::1]:25": "TLSOpportunistic", "smtp://10.0.0.7:25?tls=none": "NoTLS",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := policy(u).String(); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}

func TestWhatIsNoMailServer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ address, from string }{
		{"http://mail.example.org", "plenum@example.org"}, {"smtp://", "plenum@example.org"},
		{"smtp://mail.example.org:70000", "plenum@example.org"}, {"smtp://mail.example.org", ""}, {"smtp://mail.example.org", "Plenum"},
	} {
		u, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewServer(u, c.from); err == nil {
			t.Errorf("%s from %q is taken", c.address, c.from)
		} else if strings.Contains(err.Error(), "secret") {
			t.Error(err)
		}
	}
}
