package markup

import (
	"bufio"
	"html"
	"strings"

	"plenum/collab/delta"
)

// page is what stands around a document: no script, and nothing from elsewhere.
const page = `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>`

const styles = `</title>
<style>
body { max-width: 45rem; margin: 3rem auto; padding: 0 1rem; font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
p, li, blockquote, h1, h2, h3 { unicode-bidi: plaintext; text-align: start; }
h1, h2, h3 { margin: 1.4em 0 0.3em; line-height: 1.25; break-after: avoid; }
blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid #bbb; color: #555; }
code { padding: 0.1em 0.3em; border-radius: 4px; background: #f1f1f1; font-size: 0.9em; }
pre { padding: 0.75em 1em; border-radius: 6px; background: #f1f1f1; white-space: pre-wrap; tab-size: 4; }
pre code { padding: 0; }
table { width: 100%; margin: 1em 0; border-collapse: collapse; }
th, td { padding: 0.4em 0.75em; border: 1px solid #bbb; text-align: start; vertical-align: top; unicode-bidi: plaintext; }
th { background: #f1f1f1; }
img { max-width: 100%; height: auto; vertical-align: middle; }
.small { width: 15rem; }
.medium { width: 30rem; }
.check { padding-inline-start: 0.2em; list-style: none; }
@media print {
body { max-width: none; margin: 0; font-size: 11pt; }
pre, blockquote, li, tr { break-inside: avoid; }
a[href^="http"]::after { content: " (" attr(href) ")"; color: #555; }
}
</style>
</head>
<body>
`

// writeHTML writes a page that stands for itself. Only what is listed here can
// be in it, and every text is escaped.
func writeHTML(w *bufio.Writer, title string, content delta.Delta) {
	w.WriteString(page + html.EscapeString(title) + styles)
	h := hypertext{w: w}
	for l := range tidy(content) {
		h.line(l)
	}
	h.shut(0)
	h.leave()
	w.WriteString("</body>\n</html>\n")
}

type hypertext struct {
	w    *bufio.Writer
	open string // the end of the block that is open
	is   block
	says string // the language of the code that is open
	// lists are the ends of the lists that are open, each with an open item.
	lists []block
}

func (h *hypertext) line(l line) {
	if l.block.isList() {
		h.leave()
		h.item(l)
		return
	}
	h.shut(0)
	switch {
	case l.block == tableBlock:
		h.leave()
		h.table(l.grid)
		return
	case l.block == heading:
		h.leave()
		level := string(rune('0' + l.level))
		h.w.WriteString("<h" + level + ">")
		h.runs(l.runs)
		h.w.WriteString("</h" + level + ">\n")
		return
	case l.blank() && l.block != codeLine:
		h.part(l)
		return
	case h.open == "" || h.is != l.block || h.says != l.language:
		h.leave()
		h.begin(l)
	case l.block == codeLine:
		h.w.WriteByte('\n')
	default:
		h.w.WriteString("<br>\n")
	}
	h.runs(l.runs)
}

// table writes a table. All of its first row is a head.
func (h *hypertext) table(g grid) {
	h.w.WriteString("<table>\n")
	start, end := `<th scope="col">`, "</th>"
	for _, row := range g {
		h.w.WriteString("<tr>")
		for _, cell := range row {
			h.w.WriteString(start)
			for k, l := range cell {
				if k > 0 {
					h.w.WriteString("<br>\n")
				}
				h.runs(l.runs)
			}
			h.w.WriteString(end)
		}
		h.w.WriteString("</tr>\n")
		start, end = "<td>", "</td>"
	}
	h.w.WriteString("</table>\n")
}

var starts = map[block][2]string{
	text: {"<p>", "</p>\n"}, quote: {"<blockquote><p>", "</p></blockquote>\n"}, codeLine: {"<pre>\n<code>", "\n</code></pre>\n"},
}

func (h *hypertext) begin(l line) {
	start := starts[l.block][0]
	if l.language != "" {
		start = "<pre>\n<code class=\"language-" + html.EscapeString(l.language) + "\">"
	}
	h.w.WriteString(start)
	h.open, h.is, h.says = starts[l.block][1], l.block, l.language
}

// part is an empty line: another paragraph, or an end of what went before.
func (h *hypertext) part(l line) {
	if h.open == "" || h.is != l.block {
		h.leave()
		h.w.WriteString("<p><br></p>\n")
		return
	}
	if l.block == quote {
		h.w.WriteString("</p>\n<p>")
		h.open = starts[quote][1]
		h.is = quote
		return
	}
	h.leave()
}

func (h *hypertext) leave() {
	h.w.WriteString(h.open)
	h.open = ""
}

// item begins a list item, within the lists that it is in.
func (h *hypertext) item(l line) {
	h.shut(l.indent + 1)
	if len(h.lists) == l.indent+1 && (h.lists[l.indent] == ordered) != (l.block == ordered) {
		h.shut(l.indent)
	}
	if len(h.lists) == l.indent+1 {
		h.w.WriteString("</li>\n")
	} else {
		h.w.WriteString(map[bool]string{true: "\n<ol>\n", false: "\n<ul>\n"}[l.block == ordered])
		h.lists = append(h.lists, l.block)
	}
	h.w.WriteString(map[block]string{
		bullet: "<li>", ordered: "<li>", checked: `<li class="check"><input type="checkbox" disabled checked> `,
		unchecked: `<li class="check"><input type="checkbox" disabled> `,
	}[l.block])
	h.runs(l.runs)
}

// shut ends lists until so many are open.
func (h *hypertext) shut(depth int) {
	for len(h.lists) > depth {
		last := len(h.lists) - 1
		h.w.WriteString("</li>\n" + map[bool]string{true: "</ol>\n", false: "</ul>\n"}[h.lists[last] == ordered])
		h.lists = h.lists[:last]
	}
}

func (h *hypertext) runs(runs []run) {
	if !spacious(runs) || h.open != "" && h.is == codeLine {
		h.pieces(runs)
		return
	}
	h.w.WriteString(`<span style="white-space: pre-wrap">`)
	h.pieces(runs)
	h.w.WriteString("</span>")
}

func (h *hypertext) pieces(runs []run) {
	for _, r := range runs {
		if r.link != "" {
			h.w.WriteString(`<a href="` + html.EscapeString(r.link) + `" rel="noopener noreferrer">`)
		}
		for _, n := range names {
			if r.marks&n.mark != 0 {
				h.w.WriteString("<" + n.tag + ">")
			}
		}
		if r.file != "" {
			h.w.WriteString(r.tag(r.text))
		} else if r.tex != "" {
			h.w.WriteString(formulaTag(r.tex))
		} else {
			h.w.WriteString(html.EscapeString(r.text))
		}
		for i := range names {
			if n := names[len(names)-1-i]; r.marks&n.mark != 0 {
				h.w.WriteString("</" + n.tag + ">")
			}
		}
		if r.link != "" {
			h.w.WriteString("</a>")
		}
	}
}

// spacious tells whether a line has white space that would not be shown.
func spacious(runs []run) bool {
	var all strings.Builder
	for _, r := range runs {
		if !r.thing() {
			all.WriteString(r.text)
		} else {
			all.WriteByte('x')
		}
	}
	line := all.String()
	return strings.Trim(line, spaces) != line || strings.Contains(line, "  ") || strings.ContainsAny(line, "\t\f")
}
