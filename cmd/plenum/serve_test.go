package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"plenum/rooms"
)

const chatty = `{"in":"lobby","do":"add","with":{"kind":"chat","title":"Chat"},"n":1}`

// openChat makes a room with a chat and tells the chat's id.
func openChat(ada *browser) (code, chat string, tab *tab) {
	ada.t.Helper()
	code = ada.create()
	tab = ada.join(code, "p-ada-00001", `"next":1,"watch":{"lobby":null}`)
	tab.send(chatty)
	_, added := tab.hears("added", "")
	return code, added.With.ID, tab
}

func TestTwoPeopleTalkAcrossARestart(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := serve(t, data, serveCommand{})
	ada, bob := browse(t, server.url), browse(t, server.url)
	code, chat, adas := openChat(ada)
	bob.enter(code, "Bob")
	bobs := bob.join(code, "p-bob-00001", fmt.Sprintf(`"next":1,"watch":{%q:null}`, chat))
	joined := bobs.until("joined", func(f frame) bool { return f.Joined })
	bobs.until("the chat", func(f frame) bool { return f.Watch[chat].View != nil })
	adas.send(fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"before"},"n":2}`, chat))
	last, _ := bobs.hears("said", "before")

	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	for _, tab := range []*tab{adas, bobs} {
		tab.until("closing", func(f frame) bool { return f.Closing != nil && f.Closing.After > 0 })
		if got := tab.closed(); got != rooms.CloseRestart {
			t.Errorf("closed with %d", got)
		}
	}

	again := serve(t, data, serveCommand{})
	ada.url, bob.url = again.url, again.url // cookies belong to the host, not to its port
	adas = ada.join(code, "p-ada-00001", fmt.Sprintf(`"next":3,"watch":{%q:null}`, chat))
	adas.until("the chat", func(f frame) bool { return f.Watch[chat].View != nil })
	adas.send(fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"before"},"n":2}`, chat)) // once more: settled already
	adas.send(fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"after"},"n":3}`, chat))
	adas.until("its acknowledgement", func(f frame) bool { return len(f.Events) > 0 && f.Events[0].N == 3 })

	back := bob.join(code, "p-bob-00001", fmt.Sprintf(`"next":1,"epoch":%q,"seq":%d,"mark":%q,"watch":{%q:%d}`, joined.Epoch, last.Seq, last.Mark, chat, last.Seq))
	missed := back.until("what was missed", func(f frame) bool { return f.Watch[chat].Seq > 0 })
	answer := missed.Watch[chat]
	if answer.View != nil || len(answer.Events) != 1 || answer.Events[0].With.Text != "after" {
		t.Fatalf("resumed with %+v", answer)
	}
}

func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := spawn(t, data)
	ada := browse(t, server.url)
	code, chat, tab := openChat(ada)
	tab.send(fmt.Sprintf(`{"watch":{%q:null}}`, chat))
	for i := range 20 {
		tab.send(fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"message %d"},"n":%d}`, chat, i, i+2))
	}
	tab.hears("said", "message 19")
	server.signal(syscall.SIGKILL)
	if server.wait() == nil {
		t.Fatal("it was killed and says that it ended well")
	}

	again := spawn(t, data)
	ada.url = again.url
	status, answer := ada.ask(http.MethodGet, "/api/rooms/"+code+"/activities/"+chat+"/view", "")
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, answer)
	}
	messages := answer["view"].(map[string]any)["messages"].([]any)
	if len(messages) != 20 || messages[19].(map[string]any)["text"] != "message 19" {
		t.Fatalf("%d messages are left: %v", len(messages), messages)
	}
}

func TestASignalEndsItInOrder(t *testing.T) {
	t.Parallel()
	for _, s := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		server := spawn(t, t.TempDir())
		_, _, tab := openChat(browse(t, server.url))
		server.signal(s)
		if got := tab.closed(); got != rooms.CloseRestart {
			t.Errorf("%v: closed with %d", s, got)
		}
		if err := server.wait(); err != nil {
			t.Errorf("%v: %v\n%s", s, err, server.log)
		}
		if !strings.Contains(server.log.String(), "msg=ended") || strings.Contains(server.log.String(), "level=ERROR") {
			t.Errorf("%v: the log is\n%s", s, server.log)
		}
	}
}

func TestASecondSignalEndsItAtOnce(t *testing.T) {
	t.Parallel()
	server := spawn(t, t.TempDir())
	// A request that never comes to its end holds the first signal up.
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 12)); err != nil { // 100: the handler reads the body
		t.Fatal(err)
	}
	server.signal(syscall.SIGTERM)
	server.log.until(t, "a second signal")
	server.signal(syscall.SIGTERM)
	err = server.wait()
	if err == nil || err.Error() != "exit status 143" {
		t.Errorf("it ended with %v\n%s", err, server.log)
	}
}

func TestAPortThatIsTakenIsSaid(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"--listen", l.Addr().String(), "--data", t.TempDir()}, &stdout, &stderr)
	if code != 1 || stdout.Len() > 0 || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), l.Addr().String()+" is taken") {
		t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
	}
}

func TestAFolderHasOneServer(t *testing.T) {
	t.Parallel()
	first := serve(t, t.TempDir(), serveCommand{})
	second, err := Open(t.Context(), serveCommand{Listen: "127.0.0.1:0"}, folder(first.data), slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "another Plenum serves the folder") {
		t.Fatalf("a second server: %v %v", second, err)
	}
	if err := first.stop(); err != nil {
		t.Fatal(err)
	}
	serve(t, first.data, serveCommand{})
}

func TestTheServerSpeaksTLS(t *testing.T) {
	t.Parallel()
	cert, key, pool := certificate(t)
	server := serve(t, t.TempDir(), serveCommand{TLSCert: cert, TLSKey: key})
	if !strings.HasPrefix(server.url, "https://") {
		t.Fatalf("it says %s", server.url)
	}
	ada := browse(t, server.url)
	ada.http.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true}
	_, _, tab := openChat(ada)
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	if got := tab.closed(); got != rooms.CloseRestart {
		t.Errorf("closed with %d", got)
	}
	broken := serveCommand{Listen: "127.0.0.1:0", TLSCert: key, TLSKey: cert}
	if _, err := Open(t.Context(), broken, folder(t.TempDir()), nil); err == nil {
		t.Error("a key was taken for a certificate")
	}
}

// Behind a proxy as docs/operating.md sets it up, everything works; behind one
// that does not pass the Host on, only with the base URL.
func TestBehindAProxy(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ passesHost, told, works bool }{
		"the Host passed on":          {true, false, true},
		"another Host":                {false, false, false},
		"another Host, base URL told": {false, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var server serving
			front := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
				target, err := url.Parse(server.url)
				if err != nil {
					panic(err) // a server's own address
				}
				r.SetURL(target)
				r.SetXForwarded()
				if test.passesHost {
					r.Out.Host = r.In.Host
				}
			}})
			t.Cleanup(front.Close)
			settings := serveCommand{TrustProxy: []string{"127.0.0.1"}}
			if test.told {
				settings.BaseURL, _ = url.Parse(front.URL)
			}
			server = serve(t, t.TempDir(), settings)
			ada := browse(t, front.URL)
			if !test.works {
				if status, answer := ada.ask(http.MethodPost, "/api/rooms", `{"title":"T","name":"Ada"}`); status != http.StatusForbidden || answer["because"] != "origin" {
					t.Errorf("answered with %d %v", status, answer)
				}
				return
			}
			_, chat, tab := openChat(ada)
			tab.send(fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"through the proxy"},"n":2}`, chat))
			tab.until("done", isDone(2))
		})
	}
}

// certificate is a new one for 127.0.0.1, and who trusts it.
func certificate(t *testing.T) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	certFile, keyFile = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	pool = x509.NewCertPool()
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if !pool.AppendCertsFromPEM(text) {
		t.Fatal("the certificate cannot be read")
	}
	for name, content := range map[string][]byte{certFile: text, keyFile: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile, pool
}
