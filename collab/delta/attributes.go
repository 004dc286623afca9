package delta

import (
	"slices"
	"strconv"
	"strings"
)

// Value is the value of an attribute or an embed, as canonical JSON: null, a
// boolean, a string or an integer.
type Value string

// The values that have no content.
const (
	Null  Value = "null"
	True  Value = "true"
	False Value = "false"
)

// String is the value that is a string.
func String(s string) Value { return Value(appendString(nil, s)) }

// Int is the value that is a number.
func Int(n int64) Value { return Value(strconv.FormatInt(n, 10)) }

// AsString is the string that the value is, if it is one.
func (v Value) AsString() (s string, ok bool) {
	if len(v) == 0 || v[0] != '"' {
		return "", false
	}
	p := parser{raw: []byte(v)}
	s, err := p.string()
	return s, err == nil
}

// Attribute is one name with its value.
type Attribute struct {
	Name  string // printable ASCII
	Value Value
}

// Attributes are sorted by name, each once. On a retain, Null takes the
// attribute away; inserts never carry it. Attributes are never written after
// they were made.
type Attributes []Attribute

// Attributed sorts attributes. Of one name given twice the last counts.
func Attributed(given ...Attribute) Attributes {
	a := Attributes(slices.Clone(given))
	slices.SortStableFunc(a, func(x, y Attribute) int { return strings.Compare(x.Name, y.Name) })
	kept := a[:0]
	for i := range a {
		if i+1 == len(a) || a[i].Name != a[i+1].Name {
			kept = append(kept, a[i])
		}
	}
	return kept
}

// Get is the value of a name, or "" if it has none.
func (a Attributes) Get(name string) Value {
	for i := range a {
		if a[i].Name == name {
			return a[i].Value
		}
	}
	return ""
}

// Equal tells whether both have the same names with the same values.
func (a Attributes) Equal(b Attributes) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// then lays b over a. Nulls are kept or, where there is nothing below to take
// away from any more, dropped.
func (a Attributes) then(b Attributes, keepNull bool) Attributes {
	if len(b) == 0 {
		return a
	}
	if len(a) == 0 && keepNull {
		return b
	}
	out := make(Attributes, 0, len(a)+len(b))
	for i, j := 0, 0; i < len(a) || j < len(b); {
		next := Attribute{}
		switch {
		case j == len(b) || i < len(a) && a[i].Name < b[j].Name:
			next = a[i]
			i++
		case i == len(a) || b[j].Name < a[i].Name:
			next = b[j]
			j++
		default:
			next = b[j]
			i++
			j++
		}
		if keepNull || next.Value != Null {
			out = append(out, next)
		}
	}
	return out
}

// without is a without the names that b touches.
func (a Attributes) without(b Attributes) Attributes {
	if len(a) == 0 || len(b) == 0 {
		return a
	}
	out := make(Attributes, 0, len(a))
	for i := range a {
		if b.Get(a[i].Name) == "" {
			out = append(out, a[i])
		}
	}
	return out
}

// undo is what gives back the attributes of old after a was laid over them.
func (a Attributes) undo(old Attributes) Attributes {
	if len(a) == 0 {
		return nil
	}
	out := make(Attributes, len(a))
	for i := range a {
		out[i] = Attribute{a[i].Name, Null}
		if was := old.Get(a[i].Name); was != "" {
			out[i].Value = was
		}
	}
	return out
}
