// Command mutants proves that the tests of the laws can fail: it breaks the
// program in one place at a time, on a copy, and wants the named test to see
// it. Run it with `go run ./internal/mutants`, for all or for the laws whose
// numbers are given.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// patience is how long one test may run: a broken program may well hang.
const patience = 3 * time.Minute

func main() {
	flag.Usage = func() { fmt.Fprintln(os.Stderr, "usage: go run ./internal/mutants [law ...]") }
	flag.Parse()
	if err := run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(laws []string) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var lived []error
	tried, sound := 0, map[string]error{}
	for _, m := range mutants {
		if len(laws) > 0 && !slices.Contains(laws, strconv.Itoa(m.law)) {
			continue
		}
		tried++
		started := time.Now()
		test := m.pkg + " " + m.run
		if _, known := sound[test]; !known {
			sound[test] = m.sound(root, dir)
		}
		err := sound[test]
		if err == nil {
			err = m.try(root, dir)
		}
		verdict := "caught"
		if err != nil {
			verdict = "LIVES"
			lived = append(lived, fmt.Errorf("law %d, %s: %w", m.law, m.name, err))
		}
		fmt.Printf("%-6s law %-2d %5.1f s  %s\n", verdict, m.law, time.Since(started).Seconds(), m.name)
	}
	if tried == 0 {
		return errors.New("there is no mutant of these laws")
	}
	return errors.Join(lived...)
}

func moduleRoot() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(out))), nil
}

// changed is the mutant's file with the change. The text to be changed must
// be there exactly once, so that nobody can rewrite the file and leave the
// mutant behind.
func (m mutant) changed(root string) ([]byte, error) {
	source, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return nil, err
	}
	if times := bytes.Count(source, []byte(m.old)); times != 1 {
		return nil, fmt.Errorf("the text to be changed is %d times in %s", times, m.file)
	}
	return bytes.Replace(source, []byte(m.old), []byte(m.new), 1), nil
}

// sound wants the test to pass while nothing is broken: a test that always
// fails would catch every mutant.
func (m mutant) sound(root, dir string) error {
	binary := filepath.Join(dir, "sound.test")
	if out, err := goTool(root, "test", "-c", "-o", binary, m.pkg); err != nil {
		return fmt.Errorf("the program itself does not compile: %w\n%s", err, out)
	}
	if out, err := m.test(filepath.Join(root, m.pkg), binary); err != nil {
		return fmt.Errorf("%s in %s fails without any mutant: %w\n%s", m.run, m.pkg, err, out)
	}
	return nil
}

// try wants the mutant to compile and its test to fail.
func (m mutant) try(root, dir string) error {
	source, err := m.changed(root)
	if err != nil {
		return err
	}
	copied := filepath.Join(dir, "mutant.go")
	if err := os.WriteFile(copied, source, 0o600); err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, m.file): copied}})
	if err != nil {
		return err
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		return err
	}
	binary := filepath.Join(dir, "mutant.test")
	if out, err := goTool(root, "test", "-c", "-overlay", list, "-o", binary, m.pkg); err != nil {
		return fmt.Errorf("it does not compile: %w\n%s", err, out)
	}
	return m.caught(filepath.Join(root, m.pkg), binary)
}

// caught runs the test. Only a test that says FAIL has caught the mutant.
func (m mutant) caught(dir, binary string) error {
	out, err := m.test(dir, binary)
	var exit *exec.ExitError
	switch {
	case err == nil:
		return fmt.Errorf("%s in %s passes", m.run, m.pkg)
	case !errors.As(err, &exit):
		return err
	case !bytes.Contains(out, []byte("--- FAIL: ")) && !bytes.Contains(out, []byte("panic: ")):
		return fmt.Errorf("%s in %s ends with %w, and no test failed:\n%s", m.run, m.pkg, err, out)
	}
	return nil
}

func (m mutant) test(dir, binary string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	test := exec.CommandContext(ctx, binary, "-test.run", m.run, "-test.timeout", "2m")
	test.Dir = dir
	return test.CombinedOutput()
}

func goTool(dir string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = dir
	return command.CombinedOutput()
}
