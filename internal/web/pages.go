package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

const (
	appPage   = "index.html"
	votePage  = "vote.html"
	worker    = "sw.js"
	nonceMark = "__CSP_NONCE__"
	buildMark = "__BUILD__"
)

// pages is the built front end, as it is served. Nothing in it changes while
// the program runs.
type pages struct {
	files   fs.FS
	assets  map[string]asset // by path, without the leading slash; not the app's page
	app     [][]byte         // the app's page, cut where each nonce belongs
	scripts []string         // what allows the vote page's inline scripts
	styles  []string         // and its inline styles
}

// openPages reads the front end; build is what the app's page says it is of.
func openPages(files fs.FS, build string) (*pages, error) {
	app, err := fs.ReadFile(files, appPage)
	if err != nil {
		return nil, fmt.Errorf("open the front end: %w", err)
	}
	app = bytes.ReplaceAll(app, []byte(buildMark), []byte(html.EscapeString(build)))
	p := &pages{files: files, app: bytes.Split(app, []byte(nonceMark))}
	if p.assets, err = findAssets(files); err != nil {
		return nil, fmt.Errorf("open the front end: %w", err)
	}
	if _, ok := p.assets[votePage]; ok {
		vote, err := fs.ReadFile(files, votePage)
		if err != nil {
			return nil, fmt.Errorf("open the front end: %w", err)
		}
		p.scripts, p.styles = inline(vote, "script"), inline(vote, "style")
	}
	return p, nil
}

// page answers what is not /api: an asset, the phone's page for a join code
// (or, for a browser without scripts, the way to its own), and for anything else the app, which has its own routes.
func (s *Site) page(c *gin.Context) error {
	name := strings.TrimPrefix(path.Clean(c.Request.URL.Path), "/")
	if code := rooms.NormalCode(name); wellFormed(code) {
		if c.Request.URL.Query().Has("plain") {
			c.Redirect(http.StatusSeeOther, "/plain/"+code)
			return nil
		}
		if vote, ok := s.pages.assets[votePage]; ok {
			c.Header("Content-Security-Policy", s.policy(c.Request, s.pages.scripts, s.pages.styles))
			return s.serve(c, vote)
		}
		return s.app(c)
	}
	if found, ok := s.pages.assets[name]; ok && name != votePage {
		if name == worker {
			c.Header("Content-Security-Policy", workerPolicy)
		}
		return s.serve(c, found)
	}
	if strings.HasPrefix(name, "assets/") || name == worker {
		return errNotFound // of another build; the app's page would not be the script it should be
	}
	return s.app(c)
}

func (s *Site) app(c *gin.Context) error {
	nonce := nonce()
	source := []string{"'nonce-" + nonce + "'"}
	c.Header("Content-Security-Policy", s.policy(c.Request, source, source))
	c.Header("Cache-Control", "no-cache")
	c.Data(http.StatusOK, "text/html; charset=utf-8", bytes.Join(s.pages.app, []byte(nonce)))
	return nil
}

// serve sends an asset in the form that the browser likes best.
func (s *Site) serve(c *gin.Context, found asset) error {
	form := found.choose(accepted(c.Request.Header))
	h := c.Writer.Header()
	h.Set("Cache-Control", found.caching)
	h.Set("Vary", "Accept-Encoding")
	if strings.HasPrefix(form.path, "assets/") {
		h.Set("Access-Control-Allow-Origin", "*") // a page in a sandbox has no origin of its own
	}
	h.Set("ETag", form.etag)
	if matches(c.GetHeader("If-None-Match"), form.etag) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return nil
	}
	if form.coding != "" {
		h.Set("Content-Encoding", form.coding)
	}
	h.Set("Content-Type", found.kind)
	h.Set("Content-Length", fmt.Sprint(form.size))
	c.Status(http.StatusOK)
	c.Writer.WriteHeaderNow()
	if c.Request.Method == http.MethodHead {
		return nil
	}
	file, err := s.pages.files.Open(form.path)
	if err != nil {
		return err
	}
	defer file.Close()
	// The file is part of the program: only the browser can make this fail, by
	// going away.
	_, _ = io.Copy(c.Writer, file)
	return nil
}

// inline finds the hashes of a page's own elements of one name, as sources for
// its policy. Those with a src are files.
func inline(page []byte, element string) []string {
	// A browser reads line ends as \n before it looks at elements.
	page = bytes.ReplaceAll(page, []byte("\r\n"), []byte("\n"))
	pattern := regexp.MustCompile(`(?is)<` + element + `\b([^>]*)>(.*?)</` + element + `\s*>`)
	var sources []string
	for _, match := range pattern.FindAllSubmatch(page, -1) {
		if regexp.MustCompile(`(?i)\bsrc\s*=`).Match(match[1]) {
			continue
		}
		sum := sha256.Sum256(match[2])
		sources = append(sources, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return sources
}

// typeOf is the media type of a file, the same on every machine for what the
// front end is made of.
func typeOf(name string) string {
	switch path.Ext(name) {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	case ".wasm":
		return "application/wasm"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}
