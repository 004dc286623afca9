package rooms

import (
	"bytes"
	"strings"
)

// How a stored file is called, wherever somebody names one: by the hash of its
// content, in hexadecimal digits. Nothing else looks like that.
const (
	FilePrefix = "sha256-"
	fileDigits = 64
)

// IsFile tells whether a text can be the name of a stored file.
func IsFile(name string) bool {
	digits, ok := strings.CutPrefix(name, FilePrefix)
	return ok && len(digits) == fileDigits && strings.Trim(digits, "0123456789abcdef") == ""
}

// MaxFiles is how many files one event can name. More are not looked for: whose
// events can have more has to refuse that.
const MaxFiles = 1000

// FilesIn are the names of files in a content, each once and at most MaxFiles.
func FilesIn(content []byte) (names []string) {
	found := map[string]bool{}
	for len(names) < MaxFiles {
		at := bytes.Index(content, []byte(FilePrefix))
		if at < 0 {
			return names
		}
		content = content[at:]
		name := string(content[:min(len(content), len(FilePrefix)+fileDigits)])
		if IsFile(name) && !found[name] {
			found[name] = true
			names = append(names, name)
		}
		content = content[len(FilePrefix):]
	}
	return names
}
