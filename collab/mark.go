package collab

import (
	"iter"
	"strconv"
	"strings"

	"plenum/collab/delta"
)

// A mark is the attribute by which a suggestion is in the text: "added-" and the
// suggestion's id on what it adds, "removed-" and the id on what it removes, with
// the colour of its author as the value. So a suggestion moves with the text,
// comes back with it by undo, and dies with it; it is open as long as some text
// has a mark of it. The id begins with the member's: whose it is, nobody can
// forge, and nothing has to be looked up to know it.

const (
	addedPrefix   = "added-"
	removedPrefix = "removed-"
)

// maxMarks is how many suggestions may be on one piece of text.
const maxMarks = 16

// maxSuggestionID is the longest id of a suggestion, in bytes.
const maxSuggestionID = 64

// marked is the suggestion whose mark an attribute is, and whether it adds.
func marked(name string) (suggestion string, adds, ok bool) {
	if suggestion, adds = strings.CutPrefix(name, addedPrefix); !adds {
		if suggestion, ok = strings.CutPrefix(name, removedPrefix); !ok {
			return "", false, false
		}
	}
	return suggestion, adds, isSuggestion(suggestion)
}

// isSuggestion tells whether a text can be the id of a suggestion: the id of a
// member, a dash, and letters or digits of the author's choice.
func isSuggestion(id string) bool {
	by, rest, ok := strings.Cut(id, "-")
	return ok && by != "" && rest != "" && len(id) <= maxSuggestionID && isWord(by) && isWord(rest)
}

func isWord(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// suggestedBy is the member whose suggestion has an id.
func suggestedBy(suggestion string) string {
	by, _, _ := strings.Cut(suggestion, "-")
	return by
}

// isMark tells whether an attribute is a mark of any suggestion.
func isMark(name string) bool {
	_, _, ok := marked(name)
	return ok
}

// marks is how many of some attributes are marks.
func marks(a delta.Attributes) (n int) {
	for i := range a {
		if isMark(a[i].Name) {
			n++
		}
	}
	return n
}

// validMark tells whether a mark may have a value: a colour of members.
func validMark(v delta.Value) bool {
	n, err := strconv.Atoi(string(v))
	return err == nil && n >= 1 && n <= 12
}

// outcome is what becomes of some suggestions.
type outcome int

const (
	accepted outcome = iota
	rejected
)

func anySuggestion(string) bool { return true }

// settled is the change that accepts or rejects suggestions in a content, for
// which `of` says which: their marks go, and with them the text that an accepted
// one removes or a rejected one has added. The last newline stays.
func settled(content iter.Seq[delta.Delta], length int, of func(suggestion string) bool, as outcome) delta.Delta {
	var out delta.Delta
	at := 0
	for piece := range content {
		for _, o := range piece {
			at += o.Len()
			off, goes := settlePiece(o.Attributes(), of, as)
			switch end := at == length; {
			case goes && !end:
				out = append(out, delta.Drop(o.Len()))
			case goes && o.Len() > 1:
				out = append(out, delta.Drop(o.Len()-1), delta.Keep(1, off))
			default:
				out = append(out, delta.Keep(o.Len(), off))
			}
		}
	}
	return out.Normal()
}

// settlePiece is what takes the marks of some suggestions off, and whether the text
// that has them goes.
func settlePiece(a delta.Attributes, of func(string) bool, as outcome) (off delta.Attributes, goes bool) {
	for i := range a {
		suggestion, adds, ok := marked(a[i].Name)
		if !ok || !of(suggestion) {
			continue
		}
		off = append(off, delta.Attribute{Name: a[i].Name, Value: delta.Null})
		goes = goes || adds == (as == rejected)
	}
	return off, goes
}

// signed is a content in which suggestions are said with the signs of
// CriticMarkup, for files that have no other way: {++added++}, {--removed--}, and
// ¶ for the end of a line that is one or the other.
func signed(content delta.Delta) delta.Delta {
	out := make(delta.Delta, 0, len(content))
	is := "" // the sign that is open: "+" or "-"
	turn := func(to string) {
		if is != "" && is != to {
			out = append(out, delta.Write(is+is+"}", nil))
		}
		if to != "" && is != to {
			out = append(out, delta.Write("{"+to+to, nil))
		}
		is = to
	}
	for _, o := range content {
		sign := signOf(o.Attributes())
		bare := o.With(unmarked(o.Attributes()))
		if o.Kind() == delta.Embed || !strings.Contains(o.Text(), "\n") {
			turn(sign)
			out = append(out, bare)
			continue
		}
		for rest := o.Text(); rest != ""; {
			before, after, ends := strings.Cut(rest, "\n")
			if before != "" {
				turn(sign)
				out = append(out, delta.Write(before, bare.Attributes()))
			}
			if ends && sign != "" {
				turn(sign)
				out = append(out, delta.Write("¶", nil))
			}
			if ends {
				turn("")
				out = append(out, delta.Write("\n", bare.Attributes()))
			}
			rest = after
		}
	}
	turn("")
	return out.Normal()
}

// signOf is how some attributes are said: "-" where something is to go, "+"
// where it is to come, "" where nothing is suggested.
func signOf(a delta.Attributes) (sign string) {
	for i := range a {
		if _, adds, ok := marked(a[i].Name); ok && !adds {
			return "-"
		} else if ok {
			sign = "+"
		}
	}
	return sign
}

func unmarked(a delta.Attributes) delta.Attributes {
	if marks(a) == 0 {
		return a
	}
	var kept delta.Attributes
	for i := range a {
		if !isMark(a[i].Name) {
			kept = append(kept, a[i])
		}
	}
	return kept
}
