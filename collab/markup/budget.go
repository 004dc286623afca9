package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	source "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A reader of Markdown may look through the rest of a paragraph at every mark
// in it, and through every quote and list that a line is in. So a small file
// could keep it busy for hours. What it may do is bounded: far above all that
// people write, and far below what would be felt.
const (
	maxLooks   = 200_000_000 // bytes that are looked at for marks, about one nanosecond each
	maxMarkers = 60          // of quotes and lists that one line begins with
	maxCells   = 50_000      // of a table, which may give many for a short line
)

var looksKey = parser.NewContextKey()

// bounded is a parser of marks that does nothing any more once too much was
// looked at.
type bounded struct{ parser.InlineParser }

func (b bounded) Parse(parent ast.Node, block source.Reader, pc parser.Context) ast.Node {
	left := pc.Get(looksKey).(*int)
	if lines := parent.Lines(); lines != nil && lines.Len() > 0 {
		*left -= lines.At(lines.Len()-1).Stop - lines.At(0).Start
	}
	if *left < 0 {
		return nil
	}
	return b.InlineParser.Parse(parent, block, pc)
}

// CloseBlock ends what was begun in a block.
func (b bounded) CloseBlock(parent ast.Node, block source.Reader, pc parser.Context) {
	if closer, ok := b.InlineParser.(parser.CloseBlocker); ok {
		closer.CloseBlock(parent, block, pc)
	}
}

// tables are those that are not too big; else what stands there is text.
type tables struct{ parser.ParagraphTransformer }

func (t tables) Transform(node *ast.Paragraph, reader source.Reader, pc parser.Context) {
	lines, columns := node.Lines(), 0
	for i := range lines.Len() {
		l := lines.At(i)
		columns = max(columns, bytes.Count(l.Value(reader.Source()), []byte("|"))+1)
	}
	if columns*lines.Len() <= maxCells {
		t.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// commonMark reads Markdown as CommonMark says, with what GFM adds.
var commonMark = func() parser.Parser {
	var inlines []util.PrioritizedValue
	for _, p := range append(parser.DefaultInlineParsers(), util.Prioritized(extension.NewStrikethroughParser(), 500), util.Prioritized(formulaParser{}, 150)) {
		inlines = append(inlines, util.Prioritized(bounded{p.Value.(parser.InlineParser)}, p.Priority))
	}
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(), util.Prioritized(formulaBlockParser{}, 750))...),
		parser.WithInlineParsers(append(inlines,
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewLinkifyParser(), 999))...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(tables{extension.NewTableParagraphTransformer()}, 200))...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}()

// parse makes a tree of Markdown, or nothing if that would take too much.
func parse(file string) ast.Node {
	for l := range strings.SplitSeq(file, "\n") {
		if markers(l) > maxMarkers {
			return nil
		}
	}
	left, pc := maxLooks, parser.NewContext()
	pc.Set(looksKey, &left)
	root := commonMark.Parse(source.NewReader([]byte(file)), parser.WithContext(pc))
	if left < 0 {
		return nil
	}
	return root
}

// markers counts what a line begins with that could begin a quote or a list.
func markers(l string) int {
	n, rule := 0, true // a rule is one mark again and again, and begins nothing
	for i, first := 0, byte(0); i < len(l); i++ {
		switch c := l[i]; {
		case c == ' ' || c == '\t':
			continue
		case c >= '0' && c <= '9':
			rule = false
			continue
		case c == '.' || c == ')':
			n++
		case c == '>' || c == '-' || c == '+' || c == '*':
			if first == 0 {
				first = c
			}
			rule = rule && c == first && (c == '-' || c == '*')
			n++
		default:
			return n
		}
	}
	if rule {
		return 0
	}
	return n
}
