package rooms

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestFilesIn(t *testing.T) {
	t.Parallel()
	one, two := FilePrefix+strings.Repeat("0a", 32), FilePrefix+strings.Repeat("f9", 32)
	for content, want := range map[string][]string{
		"":                                    nil,
		`{"image":"` + one + `"}`:             {one},
		one + one + " " + two + one:           {one, two},
		one[:70] + " " + strings.ToUpper(one): nil,
		FilePrefix + one + "0":                {one},
		FilePrefix[:3] + two[:len(two)-1] + "g" + FilePrefix: nil,
	} {
		if got := FilesIn([]byte(content)); !slices.Equal(got, want) {
			t.Errorf("%s names %v", content, got)
		}
	}
	var many strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&many, "%s%064x", FilePrefix, i)
	}
	if got := FilesIn([]byte(many.String())); len(got) != MaxFiles {
		t.Errorf("%d of many are found", len(got))
	}
}
