package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	source "github.com/yuin/goldmark/text"
)

// maxAhead is how far the end of a formula over several lines is looked for, in bytes.
const maxAhead = 2 * MaxFormula

var (
	kindFormula      = ast.NewNodeKind("Formula")
	kindFormulaBlock = ast.NewNodeKind("FormulaBlock")
)

// formula is one within a line: $a$ or $$a$$.
type formula struct {
	ast.BaseInline
	tex string
}

func (*formula) Kind() ast.NodeKind          { return kindFormula }
func (f *formula) Dump(file []byte, n int)   { ast.DumpHelper(f, file, n, nil, nil) }
func (*formulaBlock) Kind() ast.NodeKind     { return kindFormulaBlock }
func (f *formulaBlock) Dump(b []byte, n int) { ast.DumpHelper(f, b, n, nil, nil) }

// formulaBlock is one over several lines, which $$ begins and ends.
type formulaBlock struct{ ast.BaseBlock }

// formulaParser finds formulas as Pandoc does, so that prices stay text: what
// begins one has no space behind it, and no letter or digit of ASCII before it; what
// ends it is the next such sign, with no space before it and no digit behind it.
type formulaParser struct{}

func (formulaParser) Trigger() []byte { return []byte{'$'} }

func (formulaParser) Parse(_ ast.Node, block source.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	tex, n := inlineFormula(block.PrecendingCharacter(), string(bytes.TrimRight(line, "\r\n")))
	if n == 0 {
		return nil
	}
	block.Advance(n)
	return &formula{tex: tex}
}

// inlineFormula is the formula that a line begins with, and how much of it that
// is; 0 if there is none.
func inlineFormula(before rune, line string) (tex string, n int) {
	if before == '$' || before < 0x80 && (before >= '0' && before <= '9' || before|0x20 >= 'a' && before|0x20 <= 'z') {
		return "", 0
	}
	sign := "$"
	if strings.HasPrefix(line, "$$") {
		sign = "$$"
	}
	rest := line[len(sign):]
	end := closes(rest)
	if end <= 0 || !strings.HasPrefix(rest[end:], sign) {
		return "", 0
	}
	tex, after := rest[:end], rest[end+len(sign):]
	if strings.HasPrefix(after, "$") {
		return "", 0
	}
	if tidy := tidyFormula(tex); sign == "$$" {
		tex = tidy
	} else if tidy != tex || after != "" && after[0] >= '0' && after[0] <= '9' {
		return "", 0
	}
	if !IsFormula(tex) {
		return "", 0
	}
	return tex, len(line) - len(after)
}

type formulaBlockParser struct{}

func (formulaBlockParser) Trigger() []byte                               { return []byte{'$'} }
func (formulaBlockParser) CanInterruptParagraph() bool                   { return true }
func (formulaBlockParser) CanAcceptIndentedLine() bool                   { return false }
func (formulaBlockParser) Close(ast.Node, source.Reader, parser.Context) {}

func (formulaBlockParser) Open(_ ast.Node, reader source.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || !bytes.HasPrefix(line[at:], []byte("$$")) || bytes.Contains(line[at+2:], []byte("$")) {
		return nil, parser.NoChildren
	}
	file := reader.Source()
	if !ends(file[segment.Stop:min(segment.Stop+maxAhead, len(file))]) {
		return nil, parser.NoChildren
	}
	f := &formulaBlock{}
	f.Lines().Append(source.NewSegment(segment.Start-segment.Padding+at+2, segment.Stop))
	return f, parser.NoChildren
}

// ends tells whether a formula ends in what follows, before an empty line.
func ends(ahead []byte) bool {
	for len(ahead) > 0 {
		line, rest, _ := bytes.Cut(ahead, []byte("\n"))
		if line = bytes.TrimSpace(line); len(line) == 0 {
			return false
		}
		if at := bytes.IndexByte(line, '$'); at >= 0 && !escapes(string(line), at) {
			return at == len(line)-2 && line[at+1] == '$'
		}
		ahead = rest
	}
	return false
}

func (formulaBlockParser) Continue(n ast.Node, reader source.Reader, _ parser.Context) parser.State {
	line, segment := reader.PeekLine()
	n.Lines().Append(segment)
	newline := 0
	if bytes.HasSuffix(line, []byte("\n")) {
		newline = 1
	}
	reader.Advance(segment.Stop - segment.Start - newline + segment.Padding)
	if bytes.HasSuffix(bytes.TrimSpace(line), []byte("$$")) {
		return parser.Close
	}
	return parser.Continue | parser.NoChildren
}

// formula puts in one that stands in a line.
func (m *mdReader) formula(f *formula) {
	tex := f.tex
	if strings.Contains(tex, `\|`) && m.within("table") { // where the sign alone would end the cell
		tex = strings.ReplaceAll(tex, `\|`, "|")
	}
	m.settleFormula(tex, "$"+f.tex+"$")
}

// formulaBlock puts in one that has lines of its own.
func (m *mdReader) formulaBlock(f *formulaBlock) {
	said := string(f.Lines().Value(m.file))
	m.start("p", nil)
	m.settleFormula(strings.TrimSuffix(strings.TrimSpace(said), "$$"), "$$"+said)
	m.finish("p")
}

// settleFormula puts a formula in, or what was said if it is none that documents have.
func (m *mdReader) settleFormula(tex, said string) {
	if tex = tidyFormula(tex); IsFormula(tex) && m.top().block != codeLine {
		m.place(run{tex: tex})
	} else {
		m.text(said, false)
	}
}
