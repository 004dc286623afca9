package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"runtime/debug"
	"sync"
)

// build is set by the release build: -ldflags "-X main.build=1.2.3".
var build string

// version names this build: as it was released, by its commit, or by what is in
// the program itself. Pages notice a new one by its name.
var version = sync.OnceValue(func() string {
	if build != "" {
		return build
	}
	if revision := commit(); revision != "" {
		return revision
	}
	return digest()
})

// commit is where the sources were in git, if the go command has noted it.
func commit() string {
	made, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	revision, changed := "", ""
	for _, setting := range made.Settings {
		switch setting.Key {
		case "vcs.revision":
			revision = setting.Value[:min(12, len(setting.Value))]
		case "vcs.modified":
			if setting.Value == "true" {
				changed = "+changes"
			}
		}
	}
	if revision == "" {
		return ""
	}
	return revision + changed
}

// digest is the beginning of the SHA-256 of this program's file.
func digest() string {
	path, err := os.Executable()
	if err != nil {
		return "unknown"
	}
	file, err := os.Open(path)
	if err != nil {
		return "unknown"
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "unknown"
	}
	return "file-" + hex.EncodeToString(sum.Sum(nil)[:6])
}
