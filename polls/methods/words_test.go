package methods

import "testing"

func TestFold(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"tea", "Tea", "TEA", " tea\t", "te\u00ada", "\u200btea\ufeff"}, {"caf\u00e9", "CAFE\u0301", "Cafe\u0301"}, {"straße", "STRASSE", "strasse"},
		{"two words", "Two\u3000 WORDS", "two\nwords"}, {"σίσυφος", "ΣΊΣΥΦΟΣ"}, {"咖啡"}, {"가", "\u1100\u1161"}, {"👩‍💻"}, {"", " \u200b"},
	} {
		for _, text := range same {
			if got := Fold(text); got != Fold(same[0]) || Fold(got) != got {
				t.Errorf("%q is %q, and %q is %q", text, got, same[0], Fold(same[0]))
			}
		}
	}
	for _, other := range [][2]string{{"tea", "tee"}, {"cafe", "café"}, {"二", "三"}, {"a b", "ab"}, {"👩‍💻", "👩💻"}} {
		if Fold(other[0]) == Fold(other[1]) {
			t.Errorf("%q and %q are the same word", other[0], other[1])
		}
	}
}
