package delta

import "strconv"

// MarshalJSON is the canonical JSON of the delta, without HTML escaping.
func (d Delta) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil), nil }

// AppendJSON appends the canonical JSON of the delta: no spaces, attributes
// sorted and last, strings escaped as JSON.stringify does. Deltas in normal
// form are the same if and only if these bytes are.
func (d Delta) AppendJSON(to []byte) []byte {
	to = append(to, '[')
	for i := range d {
		if i > 0 {
			to = append(to, ',')
		}
		to = d[i].appendJSON(to)
	}
	return append(to, ']')
}

func (o Op) appendJSON(to []byte) []byte {
	switch o.kind {
	case Retain:
		to = strconv.AppendInt(append(to, `{"retain":`...), int64(o.n), 10)
	case Delete:
		to = strconv.AppendInt(append(to, `{"delete":`...), int64(o.n), 10)
	case Text:
		to = appendString(append(to, `{"insert":`...), o.text)
	case Embed:
		to = append(append(to, `{"insert":`...), o.text...)
	}
	return o.attributes.appendJSON(to)
}

// appendJSON writes the end of an operation.
func (a Attributes) appendJSON(to []byte) []byte {
	if len(a) > 0 {
		to = a.appendObject(append(to, `,"attributes":`...))
	}
	return append(to, '}')
}

func (a Attributes) appendObject(to []byte) []byte {
	to = append(to, '{')
	for i := range a {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(appendString(to, a[i].Name), ':')
		to = append(to, a[i].Value...)
	}
	return append(to, '}')
}

// appendString writes a JSON string.
func appendString(to []byte, s string) []byte {
	return append(appendEscaped(append(to, '"'), s), '"')
}

// appendEscaped writes what is inside a JSON string, with the escapes of
// JSON.stringify: the short ones, \u00xx for other controls, and nothing else.
func appendEscaped(to []byte, s string) []byte {
	const hex = "0123456789abcdef"
	plain := 0
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= ' ' && b != '"' && b != '\\' {
			continue
		}
		to = append(to, s[plain:i]...)
		plain = i + 1
		switch b {
		case '"', '\\':
			to = append(to, '\\', b)
		case '\b':
			to = append(to, '\\', 'b')
		case '\f':
			to = append(to, '\\', 'f')
		case '\n':
			to = append(to, '\\', 'n')
		case '\r':
			to = append(to, '\\', 'r')
		case '\t':
			to = append(to, '\\', 't')
		default:
			to = append(to, '\\', 'u', '0', '0', hex[b>>4], hex[b&15])
		}
	}
	return append(to, s[plain:]...)
}
