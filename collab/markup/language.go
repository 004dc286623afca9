package markup

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"strings"

	"plenum/collab/delta"
)

// languages are those that are known by more than their name; the front end reads
// the same list.
//
//go:embed languages.json
var languagesFile []byte

type language struct {
	Name string
	End  string   // of a file's name
	Also []string // other names
}

var languages = func() map[string]language {
	var all []language
	if err := json.Unmarshal(languagesFile, &all); err != nil {
		panic(err)
	}
	byName := map[string]language{}
	for _, l := range all {
		for _, name := range append(l.Also, l.Name) {
			byName[name] = l
		}
	}
	return byName
}()

var languageName = regexp.MustCompile(`^[a-z0-9][a-z0-9+#._-]{0,31}$`)

// IsLanguage tells whether a text can name the language of code: 1 to 32 small
// letters of ASCII, digits and some signs. It need not be one that is known.
func IsLanguage(s string) bool { return languageName.MatchString(s) }

// Language is the name of a language that is called so, or "" if nothing can be.
func Language(called string) string {
	called = strings.ToLower(strings.TrimSpace(called))
	if known, ok := languages[called]; ok {
		return known.Name
	}
	if !IsLanguage(called) {
		return ""
	}
	return called
}

// LanguageEnd is how the name of a file in a language ends.
func LanguageEnd(name string) string {
	if known, ok := languages[name]; ok {
		return known.End
	}
	return ".txt"
}

// IsCode tells whether a value can be that of the attribute "code-block": true, or
// a language.
func IsCode(v delta.Value) bool {
	s, ok := v.AsString()
	return v == delta.True || ok && IsLanguage(s)
}

// blockLanguage is the language of a block that is called so. Plain text is none.
func blockLanguage(called string) string {
	if name := Language(called); name != "text" {
		return name
	}
	return ""
}

// classLanguage is the language that the class of an element names.
func classLanguage(class string) string {
	for name := range strings.FieldsSeq(class) {
		for _, before := range []string{"language-", "lang-"} {
			if called, ok := strings.CutPrefix(name, before); ok {
				return blockLanguage(called)
			}
		}
	}
	return ""
}
