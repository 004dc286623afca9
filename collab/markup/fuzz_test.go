package markup

import (
	"bytes"
	"strings"
	"testing"

	"plenum/collab/delta"
)

// FuzzRead holds of any file: it is refused, or becomes a document that has
// only what documents have, and that can be written and read again.
func FuzzRead(f *testing.F) {
	for _, file := range hostile(300) {
		f.Add([]byte(file))
	}
	f.Add([]byte("# a\n\n- [x] *b*\n  1. `c`\n\n> d\n\n```\ne\n```\n"))
	f.Add([]byte(`<p>a<b>b<i>c</b>d</i><ul><li>e<li><input type=checkbox checked>f</ul><pre>g</pre><a href="javascript:x">h</a>`))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, form := range Formats {
			content, err := form.Read(file, 1<<20)
			if err != nil {
				continue
			}
			sound(t, content)
			for _, to := range Formats[:2] {
				var out bytes.Buffer
				if err := to.Write(&out, "", content); err != nil {
					t.Fatal(err)
				}
				if again, err := to.Read(out.Bytes(), 1<<22); err == nil && to.Name == "html" && !again.Equal(kept(content)) {
					t.Fatalf("%s becomes %s", kept(content), again)
				}
			}
		}
	})
}

// sound tells whether a document has only what documents have.
func sound(t *testing.T, content delta.Delta) {
	t.Helper()
	if !content.IsDocument() || !content.Equal(content.Normal()) || !strings.HasSuffix(content[len(content)-1].Text(), "\n") {
		t.Fatalf("no document: %s", content)
	}
	if parsed, err := delta.Parse([]byte(content.String())); err != nil || !parsed.Equal(content) {
		t.Fatalf("%v: %s", err, content)
	}
	for _, o := range content {
		if strings.ContainsAny(o.Text(), "\r\x00") {
			t.Fatalf("%q", o.Text())
		}
		line := o.Attributes().Get("list") != "" || o.Attributes().Get("header") != "" || o.Attributes().Get("indent") != "" || o.Attributes().Get("blockquote") != "" || o.Attributes().Get("code-block") != ""
		if _, _, cell := CellOf(o.Attributes()); cell {
			line = true
		}
		if newline := strings.Trim(o.Text(), "\n") == ""; line && !newline || len(o.Attributes()) > 0 && !line && strings.Contains(o.Text(), "\n") {
			t.Fatalf("%v on %q", o.Attributes(), o.Text())
		}
		if link, ok := o.Attributes().Get("link").AsString(); ok && !IsLink(link) {
			t.Fatalf("a link to %q", link)
		}
	}
}
