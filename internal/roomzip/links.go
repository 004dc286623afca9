package roomzip

import (
	"bytes"
	"io"
	"net/url"
	"strings"

	"plenum/rooms"
)

// beside is how a page names a stored file: in a folder beside it.
const beside = "files/"

// nameLength is that of a stored file's name.
var nameLength = len(rooms.FilePrefix) + 64

// linker passes a text on and finds the stored files that it names. In pages it
// makes links of them to where they stand in the ZIP, one folder up.
type linker struct {
	to   io.Writer
	page bool
	path func(hash string) (string, error) // "": it is not there
	held []byte
}

// linkerTakes is how much is looked through at a time.
const linkerTakes = 32 << 10

// Write keeps back what may be the beginning of a name.
func (l *linker) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		n := min(linkerTakes, len(rest))
		l.held = append(l.held, rest[:n]...)
		rest = rest[n:]
		if err := l.look(); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

func (l *linker) look() error {
	for {
		at := bytes.Index(l.held, []byte(rooms.FilePrefix))
		if at < 0 {
			return l.pass(len(l.held) - len(rooms.FilePrefix) - len(beside))
		}
		if len(l.held) < at+nameLength {
			return l.pass(at - len(beside))
		}
		if err := l.name(at); err != nil {
			return err
		}
	}
}

// pass writes so much of what is held.
func (l *linker) pass(n int) error {
	if n <= 0 {
		return nil
	}
	_, err := l.to.Write(l.held[:n])
	l.held = append(l.held[:0], l.held[n:]...)
	return err
}

// name writes all through a name, or what only begins like one.
func (l *linker) name(at int) error {
	name := string(l.held[at : at+nameLength])
	if !rooms.IsFile(name) {
		return l.pass(at + len(rooms.FilePrefix))
	}
	path, err := l.path(name)
	if err != nil {
		return err
	}
	if !l.page || path == "" || !bytes.HasSuffix(l.held[:at], []byte(beside)) {
		return l.pass(at + nameLength)
	}
	if err := l.pass(at - len(beside)); err != nil {
		return err
	}
	l.held = append(l.held[:0], l.held[len(beside)+nameLength:]...)
	_, err = io.WriteString(l.to, "../"+address(path))
	return err
}

// Close writes what was held back.
func (l *linker) Close() error { return l.pass(len(l.held)) }

// address is a path as it stands in Markdown and in HTML.
func address(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = strings.NewReplacer("&", "%26", "'", "%27", "(", "%28", ")", "%29").Replace(url.PathEscape(part))
	}
	return strings.Join(parts, "/")
}
