package frontend

import (
	"io/fs"
	"strings"
	"testing"
)

// Who gets the program gets the licences of those whose work is in it.
func TestABuildHasItsLicences(t *testing.T) {
	t.Parallel()
	text, err := fs.ReadFile(Dist(), "licences.txt")
	if !Built() {
		return // nothing of others is in a page that was not built
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"\nsvelte ", "\nquill ", "\nkatex ", "\ngithub.com/gin-gonic/gin ", "\nGo and its standard library\n", "THE SOFTWARE IS PROVIDED"} {
		if !strings.Contains(string(text), name) {
			t.Errorf("there is no %q", name)
		}
	}
}

func TestDistHasAPageWithAndWithoutABuild(t *testing.T) {
	t.Parallel()
	page, err := fs.ReadFile(Dist(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	placeholder, err := fs.ReadFile(files, "dist/index.html")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(placeholder), "make build") {
		t.Error("the page shown without a build does not say how to build")
	}
	if Built() == (string(page) == string(placeholder)) {
		t.Errorf("Built() is %v, and index.html says the contrary", Built())
	}
	if Built() && !strings.Contains(string(page), "__CSP_NONCE__") {
		t.Error("the built page has no place for the nonce: its scripts would be refused")
	}
}
