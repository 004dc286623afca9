package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The table must not rot: every text is where it says, exactly once, and the
// file with the change is still Go.
func TestMutantsApply(t *testing.T) {
	t.Parallel()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, m := range mutants {
		source, err := m.changed(root)
		if err != nil {
			t.Errorf("law %d, %s: %v", m.law, m.name, err)
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), m.file, source, parser.AllErrors); err != nil {
			t.Errorf("law %d, %s: %v", m.law, m.name, err)
		}
		if names[m.name] {
			t.Errorf("two mutants are called %q", m.name)
		}
		names[m.name] = true
	}
}

// Every law has a mutant, and every mutant a test that exists.
func TestEveryLawHasMutants(t *testing.T) {
	t.Parallel()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	laws := map[int]int{}
	for _, m := range mutants {
		laws[m.law]++
		name, _, _ := strings.Cut(strings.TrimSuffix(m.run, "$"), "/")
		if !hasTest(t, filepath.Join(root, m.pkg), name) {
			t.Errorf("law %d, %s: there is no %s in %s", m.law, m.name, name, m.pkg)
		}
	}
	for law := 1; law <= 10; law++ {
		if laws[law] == 0 {
			t.Errorf("law %d has no mutant", law)
		}
	}
}

func hasTest(t *testing.T, dir, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(source), "func "+name+"(") {
			return true
		}
	}
	return false
}
