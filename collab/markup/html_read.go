package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func readHTML(file string, s *sink) {
	r := reader{to: s}
	r.feed(file)
	r.done()
}

// done ends what is still open at the end of a file.
func (r *reader) done() {
	if r.top().tex {
		r.stack = nil
		r.endFormula()
	}
	r.end(false)
	for r.table != nil {
		r.endTable()
	}
}

// feed takes a piece of HTML. Tokens are taken as they come and no tree is
// made of them, so that nothing in it costs more than its length.
func (r *reader) feed(source string) {
	tokens := html.NewTokenizer(strings.NewReader(source))
	for !r.to.full() {
		switch tokens.Next() {
		case html.ErrorToken:
			return // the end: a string cannot fail to be read
		case html.TextToken:
			r.content(clean(string(tokens.Text())))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := tokens.TagName()
			r.start(string(name), attributes(tokens, more))
		case html.EndTagToken:
			name, _ := tokens.TagName()
			r.finish(string(name))
		}
	}
}

// content is text between tags. The first newline in a pre counts for nothing.
func (r *reader) content(text string) {
	if r.fresh {
		text = strings.TrimPrefix(text, "\n")
	}
	r.fresh = false
	r.text(text, false)
}

// attributes are those that mean something to a document.
func attributes(tokens *html.Tokenizer, more bool) map[string]string {
	var found map[string]string
	for more {
		var name, value []byte
		name, value, more = tokens.TagAttr()
		switch string(name) {
		case "href", "src", "alt", "encoding", "width", "height", "colspan", "class", "style", "checked", "type", "data-list":
			if found == nil {
				found = map[string]string{}
			}
			if _, twice := found[string(name)]; !twice {
				found[string(name)] = string(value)
			}
		}
	}
	return found
}

// inlines are the marks of elements in a line.
var inlines = map[string]marks{
	"b": bold, "strong": bold, "i": italic, "em": italic, "cite": italic, "dfn": italic, "s": strike, "del": strike, "strike": strike,
	"u": underline, "ins": underline, "code": code, "kbd": code, "samp": code, "tt": code, "var": italic, "th": bold,
}

// hiddenElements are those whose content is not to be seen, or is no text.
var hiddenElements = map[string]bool{
	"script": true, "style": true, "title": true, "template": true, "svg": true, "math": true, "select": true, "object": true, "audio": true,
	"video": true, "canvas": true, "iframe": true, "noembed": true, "noframes": true, "datalist": true,
}

// blocks are elements that stand on lines of their own. Those that are true
// have space around them.
var blocks = map[string]bool{
	"p": true, "div": false, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "ul": true, "ol": true, "li": false,
	"blockquote": true, "pre": true, "table": true, "caption": false, "thead": false, "tbody": false, "tfoot": false, "tr": false, "section": false,
	"article": false, "header": false, "footer": false, "main": false, "aside": false, "nav": false, "address": false, "figure": true,
	"figcaption": false, "dl": true, "dt": false, "dd": false, "form": false, "fieldset": false, "details": false, "summary": false, "body": false,
	"head": false, "html": false, "hr": true, "center": false, "hgroup": false,
}

func (r *reader) start(name string, has map[string]string) {
	if spaced, isBlock := blocks[name]; isBlock {
		// A list item that begins with a list is an empty one.
		r.end((name == "ul" || name == "ol") && r.emptyItem())
		r.gap = r.gap || spaced
	}
	switch {
	case name == "br":
		r.end(true)
	case name == "hr":
		r.text("———", true)
		r.end(false)
	case name == "img":
		r.image(has)
	case name == "input":
		if _, on := has["checked"]; has["type"] == "checkbox" {
			r.check(on)
		}
	case name == "td" || name == "th":
		r.cell(name, has)
	case name == "p" && r.top().name == "p", name == "li" && r.top().name == "li":
		r.close(name)
		fallthrough
	default:
		r.enter(name, has)
	}
}

func (r *reader) enter(name string, has map[string]string) {
	if isVoid[name] {
		return
	}
	if name == "tr" && r.table != nil {
		r.table.row()
	}
	if name == "tr" { // the end of the row before may be left out
		for top := r.top().name; top == "td" || top == "th" || top == "tr"; top = r.top().name {
			r.close(top)
		}
		r.cells = 0
	}
	r.fresh = name == "pre"
	if name == "table" {
		defer r.beginTable()
	}
	place := len(r.stack) + 1
	r.open(name, func(e *element) {
		e.marks |= inlines[name]
		e.skip = e.skip || hiddenElements[name]
		e.styled(has["style"], name)
		e.mathml = e.mathml || name == "math" && !r.top().skip
		e.skip = e.skip || hasClass(has["class"], "katex-html") // it is there as MathML, too
		e.beginFormula(name, has)
		switch name {
		case "a":
			e.link = tidyLink(has["href"])
			if strings.HasPrefix(has["href"], "#") || strings.HasPrefix(has["href"], "/") && IsLink(has["href"]) {
				e.link = has["href"]
			}
		case "h1", "h2", "h3", "h4", "h5", "h6":
			if !e.block.isList() {
				level, _ := strconv.Atoi(name[1:])
				e.block, e.level = heading, min(level, 3)
			}
		case "blockquote":
			e.block = quote
		case "pre":
			e.block, e.keep, e.language = codeLine, true, classLanguage(has["class"])
		case "code":
			if said := classLanguage(has["class"]); said != "" && e.block == codeLine {
				e.language = said
				r.says(said)
			}
		case "ul", "ol":
			e.depth, e.numbers = e.depth+1, name == "ol"
		case "li":
			e.item, e.block = place, bullet
			if e.numbers {
				e.block = ordered
			}
			e.depth = max(e.depth, 1)
			switch has["data-list"] {
			case "checked":
				e.block = checked
			case "unchecked":
				e.block = unchecked
			}
		}
	})
}

// says gives the block of code that the reader is in its language.
func (r *reader) says(language string) {
	for i := len(r.stack) - 1; i >= 0 && r.stack[i].block == codeLine; i-- {
		r.stack[i].language = language
	}
}

var isVoid = map[string]bool{"meta": true, "link": true, "base": true, "col": true, "wbr": true, "area": true, "source": true, "track": true, "embed": true, "param": true}

func (r *reader) finish(name string) {
	if name == "br" {
		r.end(true)
		return
	}
	if name == "p" && !r.within("p") {
		return
	}
	spaced, isBlock := blocks[name]
	if !isBlock {
		r.endCell(name)
		r.close(name)
		return
	}
	if name == "pre" && r.top().block == codeLine {
		r.end(false)
	}
	// An empty list item is one all the same.
	r.end(name == "li" && r.emptyItem())
	r.gap = r.gap || spaced
	r.close(name)
	if name == "table" {
		r.endTable()
	}
}

// emptyItem tells whether the reader is in a list item of which nothing has come.
func (r *reader) emptyItem() bool { return r.top().name == "li" && !r.top().used }

// styled takes what a style attribute says of the text.
func (e *element) styled(style, name string) {
	for declaration := range strings.SplitSeq(strings.ToLower(style), ";") {
		what, value, _ := strings.Cut(declaration, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(what) {
		case "font-weight":
			weight, err := strconv.Atoi(value)
			e.set(bold, value == "bold" || value == "bolder" || err == nil && weight >= 600)
		case "font-style":
			e.set(italic, value == "italic" || value == "oblique")
		case "text-decoration", "text-decoration-line":
			if strings.Contains(value, "underline") && name != "a" && e.link == "" {
				e.marks |= underline
			}
			if strings.Contains(value, "line-through") {
				e.marks |= strike
			}
		case "white-space":
			e.keep = strings.HasPrefix(value, "pre") || strings.HasPrefix(value, "break-spaces")
		case "display":
			e.skip = e.skip || value == "none"
		}
	}
}

func (e *element) set(m marks, on bool) {
	if e.marks &^= m; on {
		e.marks |= m
	}
}

// cell begins a cell of a table. Of a table in a cell, a row is one line.
func (r *reader) cell(name string, has map[string]string) {
	if t := r.table; t != nil && t.depth == 0 {
		r.end(false)
		t.cell(has["colspan"])
		for top := r.top().name; top == "td" || top == "th"; top = r.top().name {
			r.close(top)
		}
		r.enter(name, nil)
		if head := len(r.stack) - 1; len(t.grid) == 1 && head >= 0 && r.stack[head].name == "th" {
			r.stack[head].marks &^= bold // all of the first row is a head
		}
		return
	}
	for _, other := range []string{"td", "th"} {
		if r.top().name == other {
			r.close(other)
		}
	}
	if r.cells++; r.cells > 1 {
		r.cut()
		r.text("\t", true)
	}
	r.enter(name, nil)
}

// endCell ends a cell of a table.
func (r *reader) endCell(name string) {
	if t := r.table; t != nil && t.depth == 0 && (name == "td" || name == "th") {
		r.end(false)
		t.inCell = false
	}
}

// image is an image of the room. Of another one it writes what that shows, as a
// link to it.
func (r *reader) image(has map[string]string) {
	if p, ok := pictureFrom(has); ok {
		r.place(p)
		return
	}
	link, alt := tidyLink(has["src"]), clean(strings.TrimSpace(has["alt"]))
	if alt == "" {
		alt = link
	}
	if link == "" || r.top().link != "" {
		r.text(alt, false)
		return
	}
	r.open("img", func(e *element) { e.link = link })
	r.text(alt, false)
	r.close("img")
}
