package markup

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
)

func readMarkdown(file string, s *sink) {
	file = clean(file)
	m := mdReader{reader: reader{to: s}, file: []byte(file)}
	root := parse(file)
	if root == nil {
		s.tangled = true
		return
	}
	// Not by calls of itself: how deep a tree is, is for the file to say.
	for n := root; n != nil && !s.full(); {
		if first := n.FirstChild(); m.enter(n) && first != nil {
			n = first
			continue
		}
		for n != nil {
			m.leave(n)
			if next := n.NextSibling(); next != nil && n != root {
				n = next
				break
			}
			n = n.Parent()
		}
	}
	m.done()
}

// mdReader tells a reader what stands in Markdown as if it were HTML.
type mdReader struct {
	reader
	file []byte
}

// tags are the elements of nodes that have one.
func tag(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Paragraph:
		return "p"
	case *ast.Heading:
		return fmt.Sprintf("h%d", n.Level)
	case *ast.Blockquote:
		return "blockquote"
	case *ast.List:
		if n.IsOrdered() {
			return "ol"
		}
		return "ul"
	case *ast.ListItem:
		return "li"
	case *ast.Emphasis:
		return map[bool]string{true: "strong", false: "em"}[n.Level == 2]
	case *gfm.Strikethrough:
		return "del"
	case *ast.CodeSpan:
		return "code"
	case *ast.Link, *ast.AutoLink:
		return "a"
	case *gfm.Table:
		return "table"
	case *gfm.TableHeader, *gfm.TableRow:
		return "tr"
	case *gfm.TableCell:
		if _, head := n.Parent().(*gfm.TableHeader); head {
			return "th"
		}
		return "td"
	}
	return ""
}

// enter begins a node and tells whether its children are to be read.
func (m *mdReader) enter(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		m.code(n)
		return false
	case *ast.HTMLBlock:
		m.htmlBlock(n)
		return false
	case *formula:
		m.formula(n)
	case *formulaBlock:
		m.formulaBlock(n)
		return false
	case *ast.RawHTML:
		m.feed(string(n.Segments.Value(m.file)))
	case *ast.Text:
		m.written(n)
	case *ast.String:
		m.text(string(n.Value), true)
	case *ast.ThematicBreak:
		m.start("hr", nil)
	case *gfm.TaskCheckBox:
		m.check(n.IsChecked)
	case *ast.Image:
		m.start("img", map[string]string{"src": decoded(n.Destination), "alt": string(plainOf(n, m.file))})
		return false
	case *ast.Link:
		m.start("a", map[string]string{"href": decoded(n.Destination)})
	case *ast.AutoLink:
		m.start("a", map[string]string{"href": address(n, m.file)})
		m.text(string(n.Label(m.file)), true)
	default:
		if name := tag(n); name != "" {
			m.start(name, nil)
		}
	}
	return true
}

func (m *mdReader) leave(n ast.Node) {
	if name := tag(n); name != "" {
		m.finish(name)
	} else if _, tight := n.(*ast.TextBlock); tight {
		m.end(false)
	}
}

// written is a text, with what ends its line.
func (m *mdReader) written(n *ast.Text) {
	value := n.Segment.Value(m.file)
	if _, inCode := n.Parent().(*ast.CodeSpan); inCode || n.IsRaw() {
		m.text(strings.ReplaceAll(string(value), "\n", " "), true)
		return
	}
	m.text(decoded(value), true)
	switch {
	case n.HardLineBreak():
		m.end(true)
	case n.SoftLineBreak() && !m.joined(value, n):
		m.text(" ", true)
	}
}

// joined tells whether two lines go on without a space, as in Chinese.
func (m *mdReader) joined(before []byte, n *ast.Text) bool {
	next, ok := n.NextSibling().(*ast.Text)
	if !ok {
		return false
	}
	a, _ := utf8.DecodeLastRune(before)
	b, _ := utf8.DecodeRune(next.Segment.Value(m.file))
	return wide(a) && wide(b)
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// code is a block of code. Its last newline ends its last line.
func (m *mdReader) code(n ast.Node) {
	has := map[string]string{}
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		has["class"] = "language-" + strings.Trim(decoded(fenced.Language(m.file)), "{.}")
	}
	m.start("pre", has)
	for _, l := range n.Lines().Sliced(0, n.Lines().Len()) {
		value := l.Value(m.file)
		m.text(strings.TrimSuffix(string(value), "\n"), true)
		m.end(true)
	}
	if n.Lines().Len() == 0 {
		m.end(true)
	}
	m.finish("pre")
}

func (m *mdReader) htmlBlock(n *ast.HTMLBlock) {
	value := string(n.Lines().Value(m.file))
	if n.HasClosure() {
		value += string(n.ClosureLine.Value(m.file))
	}
	m.reader.end(false)
	if at := m.top(); strings.TrimSpace(value) == nothing && at.item == 0 {
		m.reader.end(true) // it parts two blocks
		return
	}
	m.feed(value)
	m.reader.end(false)
}

// plainOf is all text in a node.
func plainOf(n ast.Node, file []byte) []byte {
	var out []byte
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			out = append(out, decoded(t.Segment.Value(file))...)
		}
		return ast.WalkContinue, nil
	})
	return out
}

func address(n *ast.AutoLink, file []byte) string {
	url := string(n.URL(file))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(url, "mailto:") {
		return "mailto:" + url
	}
	if !strings.Contains(url, ":") {
		return "http://" + url
	}
	return url
}

// escaped finds what stands for something else in Markdown.
var escaped = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[0-9A-Za-z]{1,40});")

func decoded(value []byte) string {
	return clean(escaped.ReplaceAllStringFunc(string(value), func(found string) string {
		if found[0] == '\\' {
			return found[1:]
		}
		return html.UnescapeString(found)
	}))
}
