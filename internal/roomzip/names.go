package roomzip

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// names gives every entry one of its own, also where capitals do not count.
type names map[string]bool

func (n names) free(folder, name string) string {
	end := path.Ext(name)
	stem := strings.TrimSuffix(name, end)
	if reserved(stem) {
		stem = "_" + stem
	}
	for i := 1; ; i++ {
		try := folder + stem + end
		if i > 1 {
			try = fmt.Sprintf("%s%s (%d)%s", folder, stem, i, end)
		}
		if key := strings.ToLower(try); !n[key] {
			n[key] = true
			return try
		}
	}
}

// reserved tells whether Windows has no file of that name.
func reserved(stem string) bool {
	stem, _, _ = strings.Cut(strings.ToLower(stem), ".")
	if slices.Contains([]string{"con", "prn", "aux", "nul"}, stem) {
		return true
	}
	port := strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")
	return port && len(stem) == 4 && stem[3] >= '0' && stem[3] <= '9'
}
