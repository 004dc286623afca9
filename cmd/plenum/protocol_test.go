package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The conversations in docs/protocol.md happen as they are written there.
func TestProtocolConversations(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```conversation\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(blocks) < 2 {
		t.Fatalf("%d conversations are written down", len(blocks))
	}
	server := serve(t, t.TempDir(), serveCommand{})
	for i, block := range blocks {
		t.Run(strconv.Itoa(i+1), func(t *testing.T) {
			t.Parallel()
			c := conversation{t: t, url: server.url, people: map[string]*speaker{}, words: map[string]string{}}
			for line := range strings.Lines(block[1]) {
				c.line(strings.TrimSpace(line))
			}
		})
	}
}

// conversation plays what is written, line by line.
type conversation struct {
	t      *testing.T
	url    string
	people map[string]*speaker
	words  map[string]string // what {word} stands for
	at     string            // the line, for errors
}

type speaker struct {
	browser *browser
	tab     *tab
	status  int
	answer  map[string]any
}

func (c *conversation) line(line string) {
	c.t.Helper()
	c.at = line
	name, rest, _ := strings.Cut(line, " ")
	act, rest, _ := strings.Cut(rest, " ")
	who := c.people[name]
	if who == nil {
		who = &speaker{browser: browse(c.t, c.url)}
		c.people[name] = who
	}
	switch act {
	case "→":
		c.sends(who, c.filled(rest))
	case "←":
		c.hears(who, rest)
	case "✕":
		if code := who.tab.closed(); fmt.Sprint(code) != rest {
			c.t.Fatalf("%s: closed with %d", c.at, code)
		}
	case "GET", "POST":
		path, body, _ := strings.Cut(c.filled(rest), " ")
		who.status, who.answer = who.browser.ask(act, path, body)
	default:
		if fmt.Sprint(who.status) != act {
			c.t.Fatalf("%s: got %d %v", c.at, who.status, who.answer)
		}
		if why := c.differs(decoded(c.t, rest), who.answer); why != "" {
			c.t.Fatalf("%s: %s\nin %v", c.at, why, who.answer)
		}
	}
}

// filled puts in what the words stand for.
func (c *conversation) filled(text string) string {
	for word, value := range c.words {
		text = strings.ReplaceAll(text, "{"+word+"}", value)
	}
	return text
}

func (c *conversation) sends(who *speaker, frame string) {
	if who.tab == nil {
		join := decoded(c.t, frame).(map[string]any)
		who.tab = who.browser.open(join["join"].(string))
	}
	who.tab.send(frame)
}

// hears reads frames to the first that has all that is written.
func (c *conversation) hears(who *speaker, written string) {
	c.t.Helper()
	want := decoded(c.t, c.filled(written))
	var heard []string
	for {
		_, text, err := who.tab.conn.ReadMessage()
		if err != nil {
			c.t.Fatalf("%s: %v; heard\n%s", c.at, err, strings.Join(heard, "\n"))
		}
		if c.differs(want, decoded(c.t, string(text))) == "" {
			return
		}
		heard = append(heard, string(text))
	}
}

// differs tells what is missing of what is written; "" if nothing is. A word
// that is met for the first time is learnt once the whole fits.
func (c *conversation) differs(want, got any) string {
	learnt := map[string]string{}
	if why := c.compare(want, got, learnt); why != "" {
		return why
	}
	for word, value := range learnt {
		c.words[word] = value
	}
	return ""
}

func (c *conversation) compare(want, got any, learnt map[string]string) string {
	switch w := want.(type) {
	case string:
		return c.compareText(w, got, learnt)
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return fmt.Sprintf("%v is not an object", got)
		}
		for key, value := range w {
			if why := c.compare(value, g[key], learnt); why != "" {
				return key + ": " + why
			}
		}
		return ""
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Sprintf("%v is not a list of %d", got, len(w))
		}
		for i := range w {
			if why := c.compare(w[i], g[i], learnt); why != "" {
				return why
			}
		}
		return ""
	}
	if want != got {
		return fmt.Sprintf("got %v, not %v", got, want)
	}
	return ""
}

func (c *conversation) compareText(want string, got any, learnt map[string]string) string {
	value := ""
	switch g := got.(type) {
	case string:
		value = g
	case float64:
		value = strconv.FormatFloat(g, 'f', -1, 64)
	default:
		return fmt.Sprintf("got %v, not %q", got, want)
	}
	if want == "…" {
		return ""
	}
	if word, ok := strings.CutPrefix(want, "{"); ok {
		word = strings.TrimSuffix(word, "}")
		if known, ok := learnt[word]; ok {
			want = known
		} else {
			learnt[word] = value
			return ""
		}
	}
	if want != value {
		return fmt.Sprintf("got %q, not %q", value, want)
	}
	return ""
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return v
}
