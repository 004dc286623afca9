package rooms

import (
	"bytes"
	"slices"
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

// FilesIn are the names of files in a content, each once.
func FilesIn(content []byte) []string {
	var names []string
	for {
		at := bytes.Index(content, []byte(FilePrefix))
		if at < 0 {
			return names
		}
		content = content[at:]
		name := string(content[:min(len(content), len(FilePrefix)+fileDigits)])
		if IsFile(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
		content = content[len(FilePrefix):]
	}
}
