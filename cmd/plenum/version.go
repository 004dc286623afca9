package main

import "runtime/debug"

// build is set by the release build: -ldflags "-X main.build=1.2.3".
var build string

// version names this build: as it was released, or by its commit.
func version() string {
	if build != "" {
		return build
	}
	made, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
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
		return "unknown"
	}
	return revision + changed
}
