package markup

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenum/collab/delta"
)

var update = flag.Bool("update", false, "write the golden files anew")

// every is a document of every format that there is.
const every = `[{"insert":"Minutes <of> *May*"},{"insert":"\n","attributes":{"header":1}},
{"insert":"Bold","attributes":{"bold":true}},{"insert":", "},{"insert":"italic","attributes":{"italic":true}},{"insert":", "},{"insert":"both","attributes":{"bold":true,"italic":true}},{"insert":", "},{"insert":"struck","attributes":{"strike":true}},{"insert":", "},{"insert":"under","attributes":{"underline":true}},{"insert":", "},{"insert":"a` + "`" + `b","attributes":{"code":true}},{"insert":" and "},{"insert":"a link","attributes":{"link":"https://plenum.example/?a=1&copy=2"}},{"insert":".\nThe next line.\n\nAnother paragraph: 1 < 2 & 3 > 2; javascript:alert(1).\n"},
{"insert":"「重点」","attributes":{"bold":true}},{"insert":"是这样\n"},
{"insert":"Lists"},{"insert":"\n","attributes":{"header":2}},{"insert":"one"},{"insert":"\n","attributes":{"list":"bullet"}},{"insert":"under one"},{"insert":"\n","attributes":{"list":"bullet","indent":1}},{"insert":"first"},{"insert":"\n","attributes":{"list":"ordered","indent":2}},{"insert":"second"},{"insert":"\n","attributes":{"list":"ordered","indent":2}},{"insert":"two"},{"insert":"\n","attributes":{"list":"bullet"}},{"insert":"1. and three"},{"insert":"\n","attributes":{"list":"ordered"}},{"insert":"done"},{"insert":"\n","attributes":{"list":"checked"}},{"insert":"to do"},{"insert":"\n","attributes":{"list":"unchecked"}},{"insert":"\n","attributes":{"list":"bullet"}},
{"insert":"A table"},{"insert":"\n","attributes":{"header":2}},{"insert":"\n","attributes":{"cell-start":"t-r1-c1"}},{"insert":"Task"},{"insert":"\n","attributes":{"cell":"t-r1-c1"}},{"insert":"\n","attributes":{"cell-start":"t-r1-c2"}},{"insert":"Who | when"},{"insert":"\n","attributes":{"cell":"t-r1-c2"}},{"insert":"\n","attributes":{"cell-start":"t-r1-x"}},{"insert":"new"},{"insert":"\n","attributes":{"cell":"t-r1-x"}},{"insert":"\n","attributes":{"cell-start":"t-r2-c1"}},{"insert":"Write","attributes":{"bold":true}},{"insert":" it"},{"insert":"\n","attributes":{"cell":"t-r2-c1"}},{"insert":"down"},{"insert":"\n","attributes":{"cell":"t-r2-c1"}},{"insert":"\n","attributes":{"cell-start":"t-r2-c2"}},{"insert":"a|b","attributes":{"code":true}},{"insert":"\n","attributes":{"cell":"t-r2-c2"}},{"insert":"\n","attributes":{"cell-start":"t-gone-x"}},{"insert":"\n","attributes":{"cell":"t-gone-x"}},{"insert":"Quotes and code"},{"insert":"\n","attributes":{"header":3}},{"insert":"said"},{"insert":"\n","attributes":{"blockquote":true}},{"insert":"and said"},{"insert":"\n","attributes":{"blockquote":true}},{"insert":"\n"},{"insert":"elsewhere"},{"insert":"\n","attributes":{"blockquote":true}},{"insert":"func main() {\n\tprint(\"` + "```" + `</code>\")"},{"insert":"\n","attributes":{"code-block":true}},{"insert":"}"},{"insert":"\n","attributes":{"code-block":true}},{"insert":"- no list\n  two  spaces \n"}]`

// Each format in the form that people get. What is in the files is looked at by
// people; -update writes them anew.
func TestGolden(t *testing.T) {
	t.Parallel()
	content, err := delta.Parse([]byte(strings.Replace(every, `"func main() {\n\tprint(\"`, `"func main() {"},{"insert":"\n","attributes":{"code-block":true}},{"insert":"\tprint(\"`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Formats {
		file := written(t, f, content)
		path := filepath.Join("testdata", "every"+f.End)
		if *update {
			if err := os.WriteFile(path, file, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(file) != string(want) {
			t.Errorf("%s is\n%s", path, file)
		}
		if f.Name != "text" && !read(t, f, want).Equal(kept(content)) {
			t.Errorf("%s reads as %s", path, read(t, f, want))
		}
	}
}

// Files as other programs write them.
func TestForeignFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ format, file, want string }{
		{"markdown", "Title\n=====\n\nA *b*\nc  \nd\n\ne", `[{"insert":"Title"},{"insert":"\n","attributes":{"header":1}},{"insert":"A "},{"insert":"b","attributes":{"italic":true}},{"insert":" c\nd\n\ne\n"}]`},
		{"markdown", "会议\n纪要", `[{"insert":"会议纪要\n"}]`},
		{"markdown", "* a\n\n  b\n* c\n    1. d\n", `[{"insert":"a"},{"insert":"\n","attributes":{"list":"bullet"}},{"insert":"b"},{"insert":"\n","attributes":{"indent":1}},{"insert":"c"},{"insert":"\n","attributes":{"list":"bullet"}},{"insert":"d"},{"insert":"\n","attributes":{"indent":1,"list":"ordered"}}]`},
		{"markdown", "| a | b |\n|---|---|\n| 1 | *2* |", `[{"insert":"\n","attributes":{"cell-start":"1-1-1"}},{"insert":"a"},{"insert":"\n","attributes":{"cell":"1-1-1"}},{"insert":"\n","attributes":{"cell-start":"1-1-2"}},{"insert":"b"},{"insert":"\n","attributes":{"cell":"1-1-2"}},{"insert":"\n","attributes":{"cell-start":"1-2-1"}},{"insert":"1"},{"insert":"\n","attributes":{"cell":"1-2-1"}},{"insert":"\n","attributes":{"cell-start":"1-2-2"}},{"insert":"2","attributes":{"italic":true}},{"insert":"\n","attributes":{"cell":"1-2-2"}},{"insert":"\n"}]`},
		{"markdown", "![logo](https://a.b/c.png) <https://d.e> https://f.g", `[{"insert":"logo","attributes":{"link":"https://a.b/c.png"}},{"insert":" "},{"insert":"https://d.e","attributes":{"link":"https://d.e"}},{"insert":" "},{"insert":"https://f.g","attributes":{"link":"https://f.g"}},{"insert":"\n"}]`},
		{"markdown", "[x](javascript:alert(1)) [y](<java\tscript:x>) <script>alert(2)</script>z", `[{"insert":"x y z\n"}]`},
		{"markdown", "<div>\n\n# a\n\n</div><script>\nalert(1)\n</script>\n\n~~~ go\nb\n~~~\n    ", `[{"insert":"a"},{"insert":"\n","attributes":{"header":1}},{"insert":"b"},{"insert":"\n","attributes":{"code-block":"go"}}]`},
		{"html", "<title>T</title><style>p{}</style><h4>a</h4>\n<p>b <B>c\n</B> d<p>e<br>f<br></p><div>g</div>", `[{"insert":"a"},{"insert":"\n","attributes":{"header":3}},{"insert":"b "},{"insert":"c ","attributes":{"bold":true}},{"insert":"d\n\ne\nf\n\ng\n"}]`},
		{"html", `<p><span style="font-weight:700;font-style: italic">a</span><b style="font-weight:normal">b</b><a href=" https://x.y/z " onclick=x()>c</a><a href="javascript:alert(1)">d</a><img src=x onerror=alert(1)>`, `[{"insert":"a","attributes":{"bold":true,"italic":true}},{"insert":"b"},{"insert":"c","attributes":{"link":"https://x.y/z"}},{"insert":"d\n"}]`},
		{"html", "<ul><li>a<ul><li>b</ul><li><input type=checkbox checked> c</ul><ol><li><p>d</p></li></ol><pre>\n e\n\nf</pre><blockquote><p>g<p>h</blockquote>", `[{"insert":"a"},{"insert":"\n","attributes":{"list":"bullet"}},{"insert":"b"},{"insert":"\n","attributes":{"indent":1,"list":"bullet"}},{"insert":"c"},{"insert":"\n","attributes":{"list":"checked"}},{"insert":"d"},{"insert":"\n","attributes":{"list":"ordered"}},{"insert":" e"},{"insert":"\n\n","attributes":{"code-block":true}},{"insert":"f"},{"insert":"\n","attributes":{"code-block":true}},{"insert":"g"},{"insert":"\n\n","attributes":{"blockquote":true}},{"insert":"h"},{"insert":"\n","attributes":{"blockquote":true}}]`},
		{"html", "<table><tr><th>a<th>b<tr><td>1<td> 2 </table>&lt;b&gt;&nbsp;&#0;", "[{\"insert\":\"\\n\",\"attributes\":{\"cell-start\":\"1-1-1\"}},{\"insert\":\"a\"},{\"insert\":\"\\n\",\"attributes\":{\"cell\":\"1-1-1\"}},{\"insert\":\"\\n\",\"attributes\":{\"cell-start\":\"1-1-2\"}},{\"insert\":\"b\"},{\"insert\":\"\\n\",\"attributes\":{\"cell\":\"1-1-2\"}},{\"insert\":\"\\n\",\"attributes\":{\"cell-start\":\"1-2-1\"}},{\"insert\":\"1\"},{\"insert\":\"\\n\",\"attributes\":{\"cell\":\"1-2-1\"}},{\"insert\":\"\\n\",\"attributes\":{\"cell-start\":\"1-2-2\"}},{\"insert\":\"2\"},{\"insert\":\"\\n\",\"attributes\":{\"cell\":\"1-2-2\"}},{\"insert\":\"<b>\u00a0\ufffd\\n\"}]"},
		{"html", "<div><table><caption>T<colgroup><col></colgroup><tbody><tr></tr><tr><td colspan=2><p class=MsoNormal><b>a</b></p><p>b</p><p></p><td>x<table><tr><td>y<td>z</table></tr><tr><th>c</tbody></table>d", `[{"insert":"T\n"},{"insert":"\n","attributes":{"cell-start":"1-1-1"}},{"insert":"a","attributes":{"bold":true}},{"insert":"\n","attributes":{"cell":"1-1-1"}},{"insert":"b"},{"insert":"\n","attributes":{"cell":"1-1-1"}},{"insert":"\n","attributes":{"cell-start":"1-1-2"}},{"insert":"\n","attributes":{"cell":"1-1-2"}},{"insert":"\n","attributes":{"cell-start":"1-1-3"}},{"insert":"x"},{"insert":"\n","attributes":{"cell":"1-1-3"}},{"insert":"y\tz"},{"insert":"\n","attributes":{"cell":"1-1-3"}},{"insert":"\n","attributes":{"cell-start":"1-2-1"}},{"insert":"c","attributes":{"bold":true}},{"insert":"\n","attributes":{"cell":"1-2-1"}},{"insert":"\n","attributes":{"cell-start":"1-2-2"}},{"insert":"\n","attributes":{"cell":"1-2-2"}},{"insert":"\n","attributes":{"cell-start":"1-2-3"}},{"insert":"\n","attributes":{"cell":"1-2-3"}},{"insert":"d\n"}]`},
		{"html", "<template><table><tr><td>a</table></template><table></table><table><tr><td>b", `[{"insert":"\n","attributes":{"cell-start":"1-1-1"}},{"insert":"b"},{"insert":"\n","attributes":{"cell":"1-1-1"}},{"insert":"\n"}]`},
		{"markdown", "|a\\|b|`c\\|d`|\n|-|-|\n|x<br>y", `[{"insert":"\n","attributes":{"cell-start":"1-1-1"}},{"insert":"a|b"},{"insert":"\n","attributes":{"cell":"1-1-1"}},{"insert":"\n","attributes":{"cell-start":"1-1-2"}},{"insert":"c|d","attributes":{"code":true}},{"insert":"\n","attributes":{"cell":"1-1-2"}},{"insert":"\n","attributes":{"cell-start":"1-2-1"}},{"insert":"x"},{"insert":"\n","attributes":{"cell":"1-2-1"}},{"insert":"y"},{"insert":"\n","attributes":{"cell":"1-2-1"}},{"insert":"\n","attributes":{"cell-start":"1-2-2"}},{"insert":"\n","attributes":{"cell":"1-2-2"}},{"insert":"\n"}]`},
		{"text", "\ufeffa\r\n- b\r\r\n", `[{"insert":"a\n- b\n\n"}]`},
	} {
		var f Format
		for _, f = range Formats {
			if f.Name == c.format {
				break
			}
		}
		if got := read(t, f, []byte(c.file)).String(); got != c.want {
			t.Errorf("%s %q\nis   %s\nwant %s", c.format, c.file, got, c.want)
		}
	}
}
