package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	virtual "github.com/descope/virtualwebauthn"
)

// optionsOf are what the site asks a browser for.
func optionsOf(t *testing.T, r reply) string {
	t.Helper()
	if r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	text, err := json.Marshal(r.field(t, "options"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAPasskeyAtTheDoor(t *testing.T) {
	t.Parallel()
	f := start(t)
	here := []string{"Origin", "http://" + f.host}
	ada := append(withCookie(cookie(t, f.post("/api/account", adas))), here...)
	name, _, _ := strings.Cut(f.host, ":")
	party := virtual.RelyingParty{ID: name, Name: "Plenum", Origin: "http://" + f.host}
	key := virtual.NewCredential(virtual.KeyTypeEC2)
	if got := f.post("/api/account/passkeys/ask", `{"password":"wrong horse!"}`, ada...); got.because() != "password-former" {
		t.Errorf("a wrong password: %d %s", got.status, got.body)
	}
	if got := f.post("/api/account/passkeys/ask", `{"password":"correct horse"}`, ada[:2]...); got.because() != "origin" {
		t.Errorf("not from a page: %d %s", got.status, got.body)
	}
	making, err := virtual.ParseAttestationOptions(optionsOf(t, f.post("/api/account/passkeys/ask", `{"password":"correct horse"}`, ada...)))
	if err != nil {
		t.Fatal(err)
	}
	phone := virtual.NewAuthenticatorWithOptions(virtual.AuthenticatorOptions{UserHandle: []byte(making.UserID)})
	made := virtual.CreateAttestationResponse(party, phone, key, *making)
	if got := f.post("/api/account/passkeys", `{"answer":`+made+`}`, ada...); got.status != http.StatusCreated {
		t.Fatalf("%d %s", got.status, got.body)
	}

	// Another device, with nothing but the key.
	asking, err := virtual.ParseAssertionOptions(optionsOf(t, f.post("/api/account/login/passkey/ask", "", here...)))
	if err != nil {
		t.Fatal(err)
	}
	signed := `{"answer":` + virtual.CreateAssertionResponse(party, phone, key, *asking) + `}`
	entered := f.post("/api/account/login/passkey", signed, here...)
	if !strings.Contains(entered.body, "ada@example.org") {
		t.Fatalf("%d %s", entered.status, entered.body)
	}
	own := withCookie(cookie(t, entered))
	if got := f.post("/api/account/login/passkey", signed, here...); got.because() != "passkey" || got.header.Get("Set-Cookie") != "" {
		t.Errorf("the same answer again: %d %s", got.status, got.body)
	}
	listed := f.get("/api/account/passkeys", own...).field(t, "passkeys").([]any)
	if len(listed) != 1 || listed[0].(map[string]any)["used"].(float64) == 0 {
		t.Fatalf("%v", listed)
	}
	if got := f.do(http.MethodDelete, "/api/account/passkeys/"+listed[0].(map[string]any)["id"].(string), "", own...); got.status != http.StatusOK {
		t.Errorf("%d %s", got.status, got.body)
	}
	guest := withCookie(cookie(t, f.post("/api/rooms", `{"title":"T","name":"Ben"}`)))
	if got := f.post("/api/account/passkeys/ask", `{"password":"correct horse"}`, append(guest, here...)...); got.because() != "no-account" {
		t.Errorf("a guest: %d %s", got.status, got.body)
	}
}
