package delta

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Parse reads the JSON of a delta, as it is: nothing is merged or dropped. It is
// strict, because what it lets pass is stored for ever: an operation has one of
// insert, retain and delete, and may have attributes where it is no delete;
// lengths are plain integers from 1 to MaxLength; values are null, booleans,
// strings and safe integers; an embed has one name. It fails with ErrShape,
// ErrText (half a surrogate pair, also escaped, or broken UTF-8), ErrValue (a
// name that is not printable ASCII, a null on an insert) or ErrEmpty.
func Parse(raw []byte) (Delta, error) { return ParseMost(raw, math.MaxInt) }

// ParseMost is Parse with a bound on the work: it fails with ErrMany as soon as
// there are more operations than most.
func ParseMost(raw []byte, most int) (Delta, error) {
	p := parser{raw: raw}
	d, err := p.delta(most)
	if err == nil {
		p.space()
		if p.at < len(raw) {
			err = ErrShape
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%w (at byte %d)", err, p.at)
	}
	return d, nil
}

// UnmarshalJSON is Parse.
func (d *Delta) UnmarshalJSON(raw []byte) error {
	parsed, err := Parse(raw)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// parser reads JSON of the few shapes that deltas have. It does not recurse, so
// nesting cannot hurt it.
type parser struct {
	raw []byte
	at  int
}

func (p *parser) delta(most int) (Delta, error) {
	d := Delta{}
	err := p.list('[', ']', func() error {
		if len(d) == most {
			return ErrMany
		}
		o, err := p.op()
		d = append(d, o)
		return err
	})
	return d, err
}

// op reads one operation.
func (p *parser) op() (o Op, err error) {
	acts, attributed := 0, false
	err = p.object(func(key string) (err error) {
		switch key {
		case "insert":
			acts++
			o.kind = Text
			return p.inserted(&o)
		case "retain", "delete":
			acts++
			if o.kind = Retain; key == "delete" {
				o.kind = Delete
			}
			o.n, err = p.length()
			return err
		case "attributes":
			if attributed {
				return ErrShape
			}
			attributed = true
			o.attributes, err = p.attributes()
			return err
		}
		return ErrShape
	})
	switch {
	case err != nil:
		return o, err
	case acts != 1 || attributed && o.kind == Delete:
		return o, ErrShape
	case o.Inserts() && slices.ContainsFunc(o.attributes, func(a Attribute) bool { return a.Value == Null }):
		return o, ErrValue
	}
	return o, nil
}

// inserted reads the text or the embed of an insert.
func (p *parser) inserted(o *Op) (err error) {
	p.space()
	if p.peek() != '{' {
		if o.text, err = p.string(); err == nil && o.text == "" {
			err = ErrEmpty
		}
		if o.n = Units(o.text); o.n > MaxLength {
			err = ErrShape
		}
		return err
	}
	names, sort, value := 0, "", Value("")
	err = p.object(func(key string) (err error) {
		names++
		sort = key
		value, err = p.value()
		return err
	})
	if err == nil && (names != 1 || value == Null) {
		err = ErrShape
	}
	*o = Put(sort, value, o.attributes)
	return err
}

func (p *parser) attributes() (Attributes, error) {
	var a Attributes
	err := p.object(func(key string) error {
		if !named(key) {
			return ErrValue
		}
		value, err := p.value()
		a = append(a, Attribute{key, value})
		return err
	})
	if err != nil || len(a) < 2 {
		return a, err
	}
	slices.SortFunc(a, func(x, y Attribute) int { return strings.Compare(x.Name, y.Name) })
	for i := 1; i < len(a); i++ {
		if a[i-1].Name == a[i].Name {
			return nil, ErrShape
		}
	}
	return a, nil
}

func named(name string) bool {
	for i := range len(name) {
		if name[i] <= ' ' || name[i] > '~' {
			return false
		}
	}
	return name != ""
}
