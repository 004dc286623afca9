package delta

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxSafe is the largest integer that every reader of JSON keeps.
const maxSafe = 1<<53 - 1

func (p *parser) space() {
	for p.at < len(p.raw) {
		switch p.raw[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// peek is the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.at < len(p.raw) {
		return p.raw[p.at]
	}
	return 0
}

// skip takes one byte, after space, if it is the next.
func (p *parser) skip(b byte) bool {
	p.space()
	if p.peek() != b {
		return false
	}
	p.at++
	return true
}

// list reads what is between two brackets, separated by commas.
func (p *parser) list(open, closed byte, item func() error) error {
	if !p.skip(open) {
		return ErrShape
	}
	if p.skip(closed) {
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		if p.skip(closed) {
			return nil
		}
		if !p.skip(',') {
			return ErrShape
		}
	}
}

// object reads an object; field reads the value of a key.
func (p *parser) object(field func(key string) error) error {
	return p.list('{', '}', func() error {
		p.space()
		key, err := p.string()
		if err != nil {
			return err
		}
		if !p.skip(':') {
			return ErrShape
		}
		return field(key)
	})
}

// length reads a length: digits, not zero.
func (p *parser) length() (int, error) {
	n, err := p.integer()
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, ErrEmpty
	case n < 0 || n > MaxLength:
		return 0, ErrShape
	}
	return int(n), nil
}

// integer reads a safe integer without fraction, exponent, or any other way to
// write it than the shortest.
func (p *parser) integer() (int64, error) {
	p.space()
	from := p.at
	for c := p.peek(); c >= '0' && c <= '9' || c == '-'; c = p.peek() {
		p.at++
	}
	digits := string(p.raw[from:p.at])
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > maxSafe || n < -maxSafe || strconv.FormatInt(n, 10) != digits {
		return 0, ErrShape
	}
	switch p.peek() {
	case '.', 'e', 'E':
		return 0, ErrShape
	}
	return n, nil
}

// value reads null, a boolean, a string or an integer.
func (p *parser) value() (Value, error) {
	p.space()
	for _, word := range []Value{Null, True, False} {
		if bytes.HasPrefix(p.raw[p.at:], []byte(word)) {
			p.at += len(word)
			return word, nil
		}
	}
	if p.peek() == '"' {
		s, err := p.string()
		return String(s), err
	}
	n, err := p.integer()
	return Int(n), err
}

// string reads a string. encoding/json would put U+FFFD for half a surrogate
// pair or broken UTF-8 without a word; here they are refused.
func (p *parser) string() (string, error) {
	if p.peek() != '"' {
		return "", ErrShape
	}
	p.at++
	from := p.at
	var out []byte // once there was an escape
	for p.at < len(p.raw) {
		switch b := p.raw[p.at]; {
		case b == '"':
			out = append(out, p.raw[from:p.at]...)
			p.at++
			if !utf8.Valid(out) {
				return "", ErrText
			}
			return string(out), nil
		case b < ' ':
			return "", ErrShape
		case b != '\\':
			p.at++
		default:
			out = append(out, p.raw[from:p.at]...)
			var err error
			if out, err = p.escape(out); err != nil {
				return "", err
			}
			from = p.at
		}
	}
	return "", ErrShape
}

// escape reads one escape, or two that make a pair.
func (p *parser) escape(out []byte) ([]byte, error) {
	p.at++
	b := p.peek()
	if at := bytes.IndexByte([]byte(`"\/bfnrt`), b); at >= 0 {
		p.at++
		return append(out, "\"\\/\b\f\n\r\t"[at]), nil
	}
	p.at--
	unit, err := p.unit()
	if err != nil {
		return nil, err
	}
	if !utf16.IsSurrogate(unit) {
		return utf8.AppendRune(out, unit), nil
	}
	if p.peek() != '\\' {
		return nil, ErrText
	}
	low, err := p.unit()
	if err != nil {
		return nil, ErrText // another escape, or a broken one
	}
	pair := utf16.DecodeRune(unit, low)
	if pair == utf8.RuneError {
		return nil, ErrText
	}
	return utf8.AppendRune(out, pair), nil
}

// unit reads a \uXXXX.
func (p *parser) unit() (rune, error) {
	if p.at+6 > len(p.raw) || p.raw[p.at+1] != 'u' {
		return 0, ErrShape
	}
	unit, err := strconv.ParseUint(string(p.raw[p.at+2:p.at+6]), 16, 16)
	if err != nil {
		return 0, ErrShape
	}
	p.at += 6
	return rune(unit), nil
}
