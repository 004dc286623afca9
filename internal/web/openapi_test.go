package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"plenum/internal/files"
	"plenum/rooms"
)

// openAPI is what these tests look at in docs/openapi.json.
type openAPI struct {
	Paths map[string]map[string]struct {
		Responses map[string]struct {
			Content map[string]struct{ Schema schema }
		}
	}
	Components struct{ Schemas map[string]schema }
}

type schema struct {
	Ref        string `json:"$ref"`
	Type       string
	Enum       []string
	Required   []string
	Properties map[string]schema
	Items      *schema
	Statuses   map[string][]string `json:"x-statuses"`
}

func openAPIFile(t *testing.T) openAPI {
	t.Helper()
	text, err := os.ReadFile("../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var file openAPI
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file
}

// Every route is in the file, and the file has no other.
func TestOpenAPIHasTheRoutes(t *testing.T) {
	t.Parallel()
	var told []string
	for path, operations := range openAPIFile(t).Paths {
		for method := range operations {
			told = append(told, strings.ToUpper(method)+" "+path)
		}
	}
	var real []string
	for _, route := range start(t).site.server.Handler.(*gin.Engine).Routes() {
		if route.Path == "/plain" || route.Path == plainPath || route.Path == screenPath {
			continue // pages for people
		}
		parts := strings.Split(route.Path, "/")
		for i, part := range parts {
			if name, ok := strings.CutPrefix(part, ":"); ok {
				parts[i] = "{" + name + "}"
			}
		}
		real = append(real, route.Method+" "+strings.Join(parts, "/"))
	}
	slices.Sort(told)
	slices.Sort(real)
	if !slices.Equal(told, real) {
		t.Errorf("the file has\n%s\nthe routes are\n%s", strings.Join(told, "\n"), strings.Join(real, "\n"))
	}
}

func TestOpenAPIHasTheStatuses(t *testing.T) {
	t.Parallel()
	told := map[string]int{}
	for status, codes := range openAPIFile(t).Components.Schemas["Refusal"].Statuses {
		number, err := strconv.Atoi(status)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range codes {
			told[code] = number
		}
	}
	if !maps.Equal(told, statuses) {
		t.Errorf("the file has %v, the program %v", told, statuses)
	}
}

// What the site answers is as the file says: nothing missing, nothing more.
func TestAnswersAreAsInOpenAPI(t *testing.T) {
	t.Parallel()
	file := openAPIFile(t)
	f := withFiles(t, files.Options{})
	code, token := f.room()
	owner := bearer(token)
	_, _, _, screen := f.aScreen("")
	ada := withCookie(cookie(t, f.post("/api/account", adas)))
	here := []string{"Origin", "http://" + f.host}
	for _, ask := range []struct {
		method, path, at, body string
		status                 int
		header                 []string
	}{
		{"POST", "/api/rooms", "/api/rooms", `{"title":"T","name":"Ada"}`, 201, nil},
		{"GET", "/api/rooms/{code}", "/api/rooms/" + code, "", 200, nil},
		{"GET", "/api/rooms/{code}", "/api/rooms/" + code, "", 200, owner},
		{"POST", "/api/rooms/{code}/enter", "/api/rooms/" + code + "/enter", `{"name":"Ben"}`, 200, nil},
		{"POST", "/api/rooms/{code}/links", "/api/rooms/" + code + "/links", `{"role":"editor"}`, 201, owner},
		{"GET", "/api/rooms/{code}/hooks", "/api/rooms/" + code + "/hooks", "", 200, owner},
		{"POST", "/api/rooms/{code}/hooks", "/api/rooms/" + code + "/hooks", `{"url":"http://127.0.0.1/","what":["paper.wrote"]}`, 403, owner},
		{"POST", "/api/rooms/{code}/hooks/{hook}/ping", "/api/rooms/" + code + "/hooks/none/ping", "", 404, owner},
		{"POST", "/api/rooms/{code}/screens", "/api/rooms/" + code + "/screens", `{"activity":"none"}`, 404, owner},
		{"GET", "/api/screens/{key}", "/api/screens/none", "", 404, nil},
		{"GET", "/api/screens/{key}", "/api/screens/" + screen, "", 200, nil},
		{"GET", "/oembed", "/oembed?url=http://" + f.host + "/screen/" + screen, "", 200, nil},
		{"POST", "/api/rooms/{code}/passcode", "/api/rooms/" + code + "/passcode", `{"passcode":""}`, 200, owner},
		{"POST", "/api/rooms/{code}/links", "/api/rooms/" + code + "/links", `{"role":"editor"}`, 401, nil},
		{"POST", "/api/rooms/{code}/activities/{id}/{command}", "/api/rooms/" + code + "/activities/lobby/title", `{"with":{"title":"U"}}`, 200, owner},
		{"POST", "/api/rooms/{code}/activities/{id}/{command}", "/api/rooms/" + code + "/activities/lobby/title", `{"with":{"title":"V"},"peer":"peer-of-ada","n":1}`, 200, owner},
		{"POST", "/api/rooms/{code}/activities/{id}/{command}", "/api/rooms/" + code + "/activities/lobby/nonsense", `{}`, 404, owner},
		{"POST", "/api/rooms/{code}/activities/{id}/{command}/look", "/api/rooms/" + code + "/activities/lobby/title/look", "a file", 404, append([]string{"Content-Type", "text/plain"}, owner...)},
		{"GET", "/api/account", "/api/account", "", 200, owner},
		{"GET", "/api/account", "/api/account", "", 200, ada},
		{"POST", "/api/account/rooms/{code}/pin", "/api/account/rooms/" + code + "/pin", `{"on":true}`, 200, owner},
		{"GET", "/api/account/rooms", "/api/account/rooms", "", 200, owner},
		{"POST", "/api/account", "/api/account", `{"email":"b@example.org","password":"correct horse"}`, 201, nil},
		{"POST", "/api/account/login", "/api/account/login", adas, 200, nil},
		{"GET", "/api/account/sessions", "/api/account/sessions", "", 200, ada},
		{"GET", "/api/account/sessions", "/api/account/sessions", "", 403, owner},
		{"DELETE", "/api/account/sessions/{id}", "/api/account/sessions/x", "", 404, ada},
		{"DELETE", "/api/account/sessions", "/api/account/sessions", "", 200, ada},
		{"POST", "/api/account/password", "/api/account/password", `{"former":"correct horse","password":"another horse"}`, 200, ada},
		{"POST", "/api/account/forgotten", "/api/account/forgotten", `{"email":"ada@example.org"}`, 409, nil},
		{"POST", "/api/account/reset", "/api/account/reset", `{"link":"x","password":"correct horse"}`, 404, nil},
		{"POST", "/api/account/address/ask", "/api/account/address/ask", "", 409, ada},
		{"POST", "/api/account/address/open", "/api/account/address/open", `{"link":"x"}`, 404, nil},
		{"POST", "/api/account/address", "/api/account/address", `{"email":"ada@example.net","password":"another horse"}`, 200, ada},
		{"POST", "/api/account/second/confirm", "/api/account/second/confirm", `{"code":"123456"}`, 409, ada},
		{"POST", "/api/account/second", "/api/account/second", `{"password":"another horse"}`, 200, ada},
		{"POST", "/api/account/second/end", "/api/account/second/end", `{"password":"another horse"}`, 200, ada},
		{"GET", "/api/account/passkeys", "/api/account/passkeys", "", 200, ada},
		{"POST", "/api/account/passkeys", "/api/account/passkeys", `{"answer":{}}`, 403, append(ada, here...)},
		{"DELETE", "/api/account/passkeys/{id}", "/api/account/passkeys/x", "", 404, ada},
		{"POST", "/api/account/login/passkey", "/api/account/login/passkey", `{"answer":{}}`, 403, here},
		{"POST", "/api/account/delete", "/api/account/delete", `{"password":"wrong horse!"}`, 403, ada},
		{"POST", "/api/account/logout", "/api/account/logout", "", 200, ada},
		{"GET", "/api/rooms/{code}/activities/{id}/view", "/api/rooms/" + code + "/activities/lobby/view", "", 200, owner},
		{"GET", "/api/rooms/{code}/activities/{id}/read/{name}", "/api/rooms/" + code + "/activities/lobby/read/nothing", "", 404, owner},
		{"POST", "/api/rooms/{code}/files", "/api/rooms/" + code + "/files?name=a.txt", "hello", 201, owner},
		{"POST", "/api/rooms/{code}/files", "/api/rooms/" + code + "/files", "", 400, owner},
		{"GET", "/api/rooms/{code}/files/{hash}", "/api/rooms/" + code + "/files/x", "", 404, owner},
		{"GET", "/api/search", "/api/search?q=type:person+type:room+no:filter", "", 200, owner},
		{"GET", "/api/search", "/api/search?q=t", "", 401, nil},
		{"GET", "/api/notices", "/api/notices", "", 200, owner},
		{"POST", "/api/notices/read", "/api/notices/read", `{"through":1}`, 200, owner},
		{"POST", "/api/notices/level", "/api/notices/level", `{"room":"` + code + `","level":"all"}`, 200, owner},
		{"POST", "/api/notices/level", "/api/notices/level", `{"room":"` + code + `","level":"loud"}`, 400, owner},
		{"POST", "/api/notices/quiet", "/api/notices/quiet", `{"quiet":{"from":1320,"to":420,"zone":"Europe/Berlin"}}`, 200, owner},
		{"POST", "/api/notices/mail", "/api/notices/mail", `{"mail":true}`, 200, owner},
		{"GET", "/api/notices/settings", "/api/notices/settings", "", 200, owner},
		{"POST", "/api/notices/devices", "/api/notices/devices", aDevice("https://push.example/x"), 200, owner},
		{"POST", "/api/notices/devices", "/api/notices/devices", aDevice("https://192.168.1.1/x"), 403, owner},
		{"POST", "/api/notices/devices/end", "/api/notices/devices/end", `{"endpoint":"https://push.example/x"}`, 200, owner},
	} {
		got := f.do(ask.method, ask.at, ask.body, ask.header...)
		if got.status != ask.status {
			t.Errorf("%s %s: %d %s", ask.method, ask.at, got.status, got.body)
			continue
		}
		want := file.Components.Schemas["Refusal"]
		if told, ok := file.Paths[ask.path][strings.ToLower(ask.method)].Responses[strconv.Itoa(got.status)]; ok {
			want = told.Content["application/json"].Schema
		} else if got.status < http.StatusBadRequest {
			t.Errorf("%s %s: %d is not in the file", ask.method, ask.path, got.status)
		}
		var value any
		if err := json.Unmarshal([]byte(got.body), &value); err != nil {
			t.Errorf("%s: %v", got.body, err)
		}
		if err := file.fits(want, value); err != nil {
			t.Errorf("%s %s answers %s: %v", ask.method, ask.at, got.body, err)
		}
	}
	if err := file.fits(file.Components.Schemas["Member"], map[string]any{"id": "m", "name": "Ada", "colour": 1.0, "role": rooms.Owner.String(), "more": 1.0}); err == nil {
		t.Error("a property that is not in the file was not seen")
	}
}

// fits tells what is wrong with a value that should be as a schema says.
func (file openAPI) fits(s schema, value any) error {
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		s = file.Components.Schemas[name]
	}
	switch v := value.(type) {
	case map[string]any:
		if s.Type != "object" {
			break
		}
		for _, name := range s.Required {
			if _, ok := v[name]; !ok {
				return fmt.Errorf("%s is missing", name)
			}
		}
		for name, part := range v {
			of, ok := s.Properties[name]
			if !ok {
				return fmt.Errorf("%s is not in the file", name)
			}
			if err := file.fits(of, part); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	case []any:
		for _, part := range v {
			if s.Items == nil {
				break
			}
			if err := file.fits(*s.Items, part); err != nil {
				return err
			}
		}
	}
	kinds := map[string]string{"string": "string", "bool": "boolean", "float64": "integer", "[]interface {}": "array", "map[string]interface {}": "object"}
	if kind := kinds[fmt.Sprintf("%T", value)]; s.Type != "" && s.Type != kind {
		return fmt.Errorf("it is %s, not %s", kind, s.Type)
	}
	if text, ok := value.(string); ok && s.Enum != nil && !slices.Contains(s.Enum, text) {
		return fmt.Errorf("%q is not one of %v", text, s.Enum)
	}
	return nil
}
