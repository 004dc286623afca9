package laws

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// Stands in a good command for the value that junk replaces.
const hole = `"@@hole@@"`

// mutants are good commands of a name, each with one place changed to junk.
func (w *world) mutants(name string) [][]byte {
	var out [][]byte
	for _, sample := range w.samples(name) {
		for _, holed := range holes(sample) {
			for _, value := range odd() {
				out = append(out, bytes.Replace(holed, []byte(hole), []byte(value), 1))
			}
		}
		out = append(out, twice(sample)...)
	}
	return out
}

// samples are a few of the commands of a name that were sent in this run, no
// two of the same shape.
func (w *world) samples(name string) [][]byte {
	var out [][]byte
	shapes := map[string]bool{}
	for _, c := range w.sent {
		var v any
		if c.Do != name || json.Unmarshal(c.With, &v) != nil {
			continue
		}
		if shape := shapeOf(v); !shapes[shape] && len(out) < 4 {
			shapes[shape] = true
			out = append(out, c.With)
		}
	}
	return out
}

func shapeOf(v any) string {
	switch v := v.(type) {
	case map[string]any:
		shape := "{"
		for _, key := range slices.Sorted(maps.Keys(v)) {
			shape += key + shapeOf(v[key])
		}
		return shape + "}"
	case []any:
		if len(v) > 0 {
			return "[" + shapeOf(v[0]) + "]"
		}
		return "[]"
	}
	return "."
}

// holes is the sample again and again, each time with one value cut out. Of
// lists only the first three items are tried.
func holes(sample []byte) [][]byte {
	var v any
	if json.Unmarshal(sample, &v) != nil {
		return nil
	}
	var out [][]byte
	var walk func(v any, put func(any))
	cut := func(old any, put func(any)) {
		put("@@hole@@")
		out = append(out, must(json.Marshal(v)))
		put(old)
		walk(old, put)
	}
	walk = func(at any, _ func(any)) {
		switch at := at.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(at)) {
				cut(at[key], func(x any) { at[key] = x })
			}
		case []any:
			for i := range min(len(at), 3) {
				cut(at[i], func(x any) { at[i] = x })
			}
		}
	}
	walk(v, nil)
	return out
}

// twice repeats each key of a sample, before and after, with another value.
func twice(sample []byte) [][]byte {
	var object map[string]json.RawMessage
	sample = bytes.TrimSpace(sample)
	if json.Unmarshal(sample, &object) != nil || len(object) == 0 {
		return nil
	}
	var out [][]byte
	for _, key := range slices.Sorted(maps.Keys(object)) {
		pair := append(append(must(json.Marshal(key)), ':'), "null"...)
		out = append(out,
			bytes.Join([][]byte{[]byte("{"), pair, []byte(","), sample[1:]}, nil),
			bytes.Join([][]byte{sample[:len(sample)-1], []byte(","), pair, []byte("}")}, nil))
	}
	return out
}
