package notify

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// service is a push service: it answers as it is told, and opens what it takes
// with the keys of the devices, as browsers do (RFC 8291, RFC 8292).
type service struct {
	t      *testing.T
	server *httptest.Server
	public string // of the server that pushes

	mu      sync.Mutex
	devices map[string]*device // guarded by mu; by their paths
	answers []int              // guarded by mu; of the next requests, then 201
	header  http.Header        // guarded by mu; of all answers
	tries   int                // guarded by mu
	got     []pushed           // guarded by mu
	last    http.Header        // guarded by mu; of the last request
}

// device is a browser on which somebody lets ring.
type device struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newService(t *testing.T) *service {
	s := &service{t: t, devices: map[string]*device{}, header: http.Header{}}
	s.server = httptest.NewServer(http.HandlerFunc(s.take))
	t.Cleanup(s.server.Close)
	return s
}

func (s *service) host() string { return strings.TrimPrefix(s.server.URL, "http://") }

// subscription makes a device.
func (s *service) subscription(path string) Subscription {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	d := &device{key: key, auth: make([]byte, 16)}
	_, _ = rand.Read(d.auth)
	s.mu.Lock()
	s.devices[path] = d
	s.mu.Unlock()
	sub := Subscription{Endpoint: s.server.URL + path, Language: "en", Site: "https://plenum.example"}
	sub.Keys.P256dh = base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())
	sub.Keys.Auth = base64.RawURLEncoding.EncodeToString(d.auth)
	return sub
}

func (s *service) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	s.last = r.Header
	d := s.devices[r.URL.Path]
	if err != nil || d == nil || r.Method != http.MethodPost || r.Header.Get("Content-Encoding") != "aes128gcm" || r.Header.Get("TTL") == "" {
		s.t.Errorf("%s %s %v: %v", r.Method, r.URL, r.Header, err)
	}
	s.checkSigned(r.Header.Get("Authorization"))
	for name, values := range s.header {
		w.Header()[name] = values
	}
	if len(s.answers) > 0 {
		status := s.answers[0]
		s.answers = s.answers[1:]
		w.WriteHeader(status)
		return
	}
	var content pushed
	if err := json.Unmarshal(d.open(s.t, body), &content); err != nil {
		s.t.Errorf("it carries no JSON: %v", err)
	}
	s.got = append(s.got, content)
	w.WriteHeader(http.StatusCreated)
}

// checkSigned wants a token signed with the key that devices subscribed to.
func (s *service) checkSigned(authorization string) {
	token, key, _ := strings.Cut(strings.TrimPrefix(authorization, "vapid t="), ", k=")
	parts := strings.Split(token, ".")
	raw, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil || len(parts) != 3 || key != s.public {
		s.t.Errorf("it is signed as %q", authorization)
		return
	}
	signer, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
	if err != nil {
		s.t.Errorf("the key is none: %v", err)
		return
	}
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if len(signature) != 64 || !ecdsa.Verify(signer, sum[:],
		new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		s.t.Error("the signature is wrong")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	text, _ := base64.RawURLEncoding.DecodeString(parts[1])
	if json.Unmarshal(text, &claims) != nil || claims.Aud != s.server.URL || claims.Sub != "https://plenum.example" ||
		claims.Exp < time.Now().Unix() || claims.Exp > time.Now().Add(24*time.Hour).Unix() {
		s.t.Errorf("it claims %s", text)
	}
}

// open decrypts one record.
func (d *device) open(t *testing.T, body []byte) []byte {
	if len(body) < 86 || len(body) > 4096 || binary.BigEndian.Uint32(body[16:20]) != 4096 || body[20] != 65 {
		t.Fatalf("%d bytes are no record", len(body))
	}
	salt, sender := body[:16], body[21:86]
	public, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := d.key.ECDH(public)
	if err != nil {
		t.Fatal(err)
	}
	expand := func(secret, salt []byte, info string, size int) []byte {
		key, err := hkdf.Key(sha256.New, secret, salt, info, size)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	ikm := expand(shared, d.auth, "WebPush: info\x00"+string(d.key.PublicKey().Bytes())+string(sender), 32)
	block, err := aes.NewCipher(expand(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	text, err := gcm.Open(nil, expand(ikm, salt, "Content-Encoding: nonce\x00", 12), body[86:], nil)
	if err != nil {
		t.Fatalf("it cannot be decrypted: %v", err)
	}
	return []byte(strings.TrimSuffix(strings.TrimRight(string(text), "\x00"), "\x02"))
}

func (s *service) answer(statuses ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers = statuses
}

func (s *service) tried() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tries
}

// titles are what came, in its order.
func (s *service) titles() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	titles := []string{}
	for _, one := range s.got {
		titles = append(titles, one.Title)
	}
	return titles
}
