package web

import (
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"strings"
)

// asset is a file of the front end with its precomputed forms.
type asset struct {
	kind    string // the media type
	caching string
	plain   form
	br      *form // nil if there is none
	gzip    *form
}

// form is one encoding of an asset.
type form struct {
	path   string
	coding string // as in Content-Encoding; "" for plain
	size   int64
	etag   string
}

const (
	forEver = "public, max-age=31536000, immutable" // for what has its hash in its name
	askMe   = "no-cache"
)

// findAssets lists every file but the app's page. A file with .br or .gz at its
// end is a form of the file beside it.
func findAssets(files fs.FS) (map[string]asset, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == appPage {
			return err
		}
		if isForm(files, name) {
			return nil
		}
		found, err := readAsset(files, name)
		assets[name] = found
		return err
	})
	return assets, err
}

func isForm(files fs.FS, name string) bool {
	for _, ending := range []string{".br", ".gz"} {
		if plain, ok := strings.CutSuffix(name, ending); ok {
			_, err := fs.Stat(files, plain)
			return err == nil
		}
	}
	return false
}

func readAsset(files fs.FS, name string) (asset, error) {
	found := asset{kind: typeOf(name), caching: askMe}
	if strings.HasPrefix(name, "assets/") {
		found.caching = forEver
	}
	plain, err := readForm(files, name, "")
	if err != nil {
		return found, err
	}
	found.plain = *plain
	// A missing form is no error: not every file is worth compressing.
	found.br, _ = readForm(files, name+".br", "br")
	found.gzip, _ = readForm(files, name+".gz", "gzip")
	return found, nil
}

func readForm(files fs.FS, name, coding string) (*form, error) {
	content, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	etag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	return &form{path: name, coding: coding, size: int64(len(content)), etag: etag}, nil
}

func (a asset) choose(taken encodings) form {
	if a.br != nil && taken.br > 0 && (a.gzip == nil || taken.br >= taken.gzip) {
		return *a.br
	}
	if a.gzip != nil && taken.gzip > 0 {
		return *a.gzip
	}
	return a.plain
}

// matches tells whether an If-None-Match names this form.
func matches(header, etag string) bool {
	for _, candidate := range strings.Split(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == etag {
			return true
		}
	}
	return false
}
