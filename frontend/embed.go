// Package frontend holds the web UI as it was built: hashed assets, each with
// its compressed forms beside it. Without a build it holds one page that says so.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// Dist is the root of what the browser may ask for. It always has an
// index.html: the app's, or, when only the Go side was built, a page that tells
// how to build the app. Built reports which.
func Dist() fs.FS {
	folder := "dist"
	if Built() {
		folder = "dist/web"
	}
	dist, err := fs.Sub(files, folder)
	if err != nil {
		panic(err) // the folder's name is a constant and is valid
	}
	return dist
}

// Built reports whether the web UI was built before this program was compiled.
func Built() bool {
	_, err := fs.Stat(files, "dist/web/index.html")
	return err == nil
}
