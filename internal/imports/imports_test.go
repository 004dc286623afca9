// Package imports holds the graph of who may import whom. It is a table, so
// that a new edge is a decision and not an accident.
package imports

import (
	"bytes"
	"encoding/json"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "plenum"

// may says what of ours the files of a package may import, and what more its
// tests may. A package that is not here may import nothing of ours.
var may = map[string]struct{ code, tests []string }{
	"rooms":             {tests: []string{"rooms", "rooms/laws", "chat", "collab", "polls", "internal/store"}},
	"rooms/laws":        {code: []string{"rooms", "internal/store"}},
	"collab":            {code: []string{"rooms", "collab/delta", "collab/markup"}, tests: []string{"collab", "rooms/laws", "internal/store"}},
	"collab/delta":      {tests: []string{"collab/delta"}},
	"collab/markup":     {code: []string{"collab/delta"}},
	"polls":             {code: []string{"rooms", "polls/intake", "polls/methods", "polls/tables"}, tests: []string{"polls", "rooms/laws", "internal/store"}},
	"polls/intake":      {code: []string{"rooms", "polls/tables"}, tests: []string{"polls/intake"}},
	"polls/methods":     {tests: []string{"polls/methods"}},
	"polls/tables":      {tests: []string{"polls/tables"}},
	"chat":              {code: []string{"rooms"}, tests: []string{"chat", "rooms/laws", "internal/store"}},
	"qa":                {code: []string{"rooms", "polls/tables"}, tests: []string{"qa", "rooms/laws", "internal/store"}},
	"surveys":           {code: []string{"rooms", "polls/tables"}, tests: []string{"surveys", "rooms/laws", "internal/store"}},
	"places":            {code: []string{"rooms"}, tests: []string{"places", "rooms/laws", "internal/store"}},
	"feeds":             {code: []string{"rooms"}, tests: []string{"feeds", "rooms/laws", "internal/store"}},
	"games":             {code: []string{"rooms"}, tests: []string{"games", "rooms/laws", "internal/store"}},
	"internal/store":    {code: []string{"rooms", "migrations"}, tests: []string{"internal/store"}},
	"internal/bus":      {code: []string{"rooms"}, tests: []string{"internal/bus", "internal/store"}},
	"internal/due":      {tests: []string{"internal/due"}},
	"internal/mail":     {code: []string{"internal/due"}, tests: []string{"internal/mail", "internal/store"}},
	"internal/oidc":     {tests: []string{"internal/oidc", "internal/oidc/oidctest"}},
	"internal/accounts": {code: []string{"internal/mail", "internal/oidc", "internal/store"}, tests: []string{"internal/accounts", "internal/store"}},
	"internal/search":   {code: []string{"rooms", "internal/store"}, tests: []string{"internal/search", "internal/store", "chat", "collab", "polls", "qa", "surveys"}},
	"internal/files":    {code: []string{"rooms", "internal/store"}, tests: []string{"internal/files", "internal/store", "chat"}},
	"internal/notify":   {code: []string{"rooms", "internal/store", "internal/due", "internal/mail", "internal/outward"}, tests: []string{"internal/notify", "chat", "collab"}},
	"internal/hooks":    {code: []string{"rooms", "internal/store", "internal/due", "internal/outward"}, tests: []string{"internal/hooks", "polls", "qa"}},
	"internal/roomzip":  {code: []string{"rooms", "internal/files"}, tests: []string{"internal/roomzip", "internal/store", "chat", "collab", "collab/delta", "polls", "qa", "surveys"}},
	"internal/outward":  {tests: []string{"internal/outward"}},
	"internal/web": {
		code:  []string{"rooms", "frontend", "internal/accounts", "internal/oidc", "internal/search", "internal/files", "internal/notify", "internal/hooks", "internal/roomzip"},
		tests: []string{"internal/web", "internal/oidc/oidctest", "internal/mail", "internal/store"},
	},
	"frontend": {tests: []string{"frontend"}},
}

// all may import everything: only the program and the load generator know the kinds.
var all = []string{"cmd/plenum", "bench"}

// home says where the packages that shape a program may be imported: in these
// packages, or in files of these names.
var home = map[string]struct{ packages, files []string }{
	"github.com/gin-gonic/gin": {packages: []string{"internal/web"}},
	"github.com/olahol/melody": {packages: []string{"internal/web"}},
	"gorm.io/": {
		packages: []string{"internal/store", "internal/accounts", "internal/search", "internal/notify", "internal/mail", "internal/files", "internal/hooks"},
		files:    []string{"tables.go"},
	},
	"github.com/xuri/excelize":              {packages: []string{"polls/tables"}},
	"github.com/yuin/goldmark":              {packages: []string{"collab/markup"}},
	"golang.org/x/net/html":                 {packages: []string{"collab/markup"}},
	"github.com/mattn/go-sqlite3":           {packages: []string{"internal/store"}},
	"github.com/wneessen/go-mail":           {packages: []string{"internal/mail"}},
	"github.com/SherClockHolmes/webpush-go": {packages: []string{"internal/notify"}},
	"golang.org/x/image":                    {packages: []string{"internal/files"}},
	"github.com/pquerna/otp":                {packages: []string{"internal/accounts", "internal/web"}},
	"github.com/go-webauthn/":               {packages: []string{"internal/accounts"}},
}

type listed struct {
	ImportPath   string
	Dir          string
	GoFiles      []string
	TestGoFiles  []string
	XTestGoFiles []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// packages are ours, as the go command lists them.
func packages(t *testing.T) []listed {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Dir,GoFiles,TestGoFiles,XTestGoFiles,Imports,TestImports,XTestImports", module+"/...")
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v: %s", err, stderr.String())
	}
	var found []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		found = append(found, p)
	}
	if len(found) < 5 {
		t.Fatalf("only %d packages were found", len(found))
	}
	return found
}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		if slices.Contains(all, name) {
			continue
		}
		for _, wrong := range foreign(p.Imports, may[name].code) {
			t.Errorf("%s may not import %s", name, wrong)
		}
		tests := append(slices.Clone(may[name].code), may[name].tests...)
		for _, wrong := range foreign(append(p.TestImports, p.XTestImports...), tests) {
			t.Errorf("the tests of %s may not import %s", name, wrong)
		}
	}
}

// foreign are the imports of ours that are not allowed.
func foreign(imports, allowed []string) []string {
	var wrong []string
	for _, path := range imports {
		ours, ok := strings.CutPrefix(path, module+"/")
		if ok && !slices.Contains(allowed, ours) {
			wrong = append(wrong, path)
		}
	}
	return wrong
}

func TestLibrariesAreAtHome(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		for _, file := range slices.Concat(p.GoFiles, p.TestGoFiles, p.XTestGoFiles) {
			parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, file), nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range parsed.Imports {
				path, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				if library, ok := atHome(name, file, path); !ok {
					t.Errorf("%s/%s imports %s, which has its home elsewhere", name, file, library)
				}
			}
		}
	}
}

// atHome tells whether a file may import a path; library is the entry that says no.
func atHome(name, file, path string) (library string, ok bool) {
	for library, where := range home {
		if !strings.HasPrefix(path, library) {
			continue
		}
		if !slices.Contains(where.packages, name) && !slices.Contains(where.files, file) {
			return library, false
		}
	}
	return "", true
}

// The checks see what they are made for.
func TestWrongImportsAreSeen(t *testing.T) {
	t.Parallel()
	if wrong := foreign([]string{"fmt", module + "/rooms", module + "/polls", module + "/rooms/laws"}, may["chat"].code); len(wrong) != 2 {
		t.Errorf("the chat may import all but %v", wrong)
	}
	if wrong := foreign([]string{module + "/chat"}, may["internal/web"].code); len(wrong) != 1 {
		t.Error("the web may know a kind")
	}
	for _, c := range []struct {
		name, file, path string
		ok               bool
	}{
		{"internal/web", "routes.go", "github.com/gin-gonic/gin", true},
		{"internal/web", "routes.go", "github.com/gin-gonic/gin/binding", true},
		{"rooms", "room.go", "github.com/olahol/melody", false},
		{"polls", "tables.go", "gorm.io/gorm", true},
		{"polls", "poll.go", "gorm.io/gorm", false},
		{"internal/web", "rooms.go", "gorm.io/driver/sqlite", false},
	} {
		if _, ok := atHome(c.name, c.file, c.path); ok != c.ok {
			t.Errorf("%s/%s imports %s: %v", c.name, c.file, c.path, ok)
		}
	}
}
