package web

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMain finds goroutines that outlive the tests: each socket must end its own.
func TestMain(m *testing.M) {
	code := m.Run()
	if left := stragglers(); code == 0 && left != "" {
		fmt.Fprintf(os.Stderr, "goroutines are left:\n%s\n", left)
		code = 1
	}
	os.Exit(code)
}

// stragglers are stacks of ours, after they had time to end.
func stragglers() string {
	var ours []string
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		stacks := make([]byte, 16<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		ours = nil
		for _, stack := range strings.Split(string(stacks), "\n\n") {
			if strings.Contains(stack, "plenum/") && !strings.Contains(stack, "web.TestMain") {
				ours = append(ours, stack)
			}
		}
		if ours == nil {
			return ""
		}
	}
	return strings.Join(ours, "\n\n")
}
