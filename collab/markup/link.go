package markup

import (
	"net/url"
	"strings"
	"unicode"

	"plenum/collab/delta"
)

// MaxLink is how long a link may be, in UTF-16 units.
const MaxLink = 2000

// IsLink tells whether a link may be followed: to the web, to a mail address,
// or to a place of this server. Links are judged as a browser reads them, which
// is why there may be nothing in them that browsers skip.
func IsLink(s string) bool {
	if delta.Units(s) > MaxLink || strings.ContainsFunc(s, hidden) {
		return false
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != "" && u.Opaque == ""
	case "mailto":
		return u.Opaque != ""
	}
	local := strings.HasPrefix(s, "#") || strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//")
	return local && u.Scheme == "" && u.Host == ""
}

func hidden(r rune) bool {
	return r <= ' ' || r == '\\' || unicode.IsSpace(r) || unicode.IsControl(r)
}

// tidyLink is a link that stood in a file, in a form that may be kept, or "".
// What leads into the site that the file is from leads nowhere here.
func tidyLink(s string) string {
	s = strings.TrimSpace(s)
	lower := strings.ToLower(s[:min(len(s), 8)])
	if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "mailto:") {
		return ""
	}
	s = strings.ReplaceAll(s, " ", "%20")
	if !IsLink(s) {
		return ""
	}
	return s
}
