package rooms

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// frame builds one frame towards a peer, key by key.
type frame struct {
	b     bytes.Buffer
	parts int
}

func (f *frame) key(name string) {
	if f.parts == 0 {
		f.b.WriteByte('{')
	} else {
		f.b.WriteByte(',')
	}
	f.parts++
	f.b.WriteByte('"')
	f.b.WriteString(name)
	f.b.WriteString(`":`)
}

// raw adds a key with encoded JSON.
func (f *frame) raw(name string, content []byte) {
	f.key(name)
	f.b.Write(content)
}

// add adds a key with one of our own values, which always encode.
func (f *frame) add(name string, value any) { f.raw(name, mustJSON(value)) }

// list adds a key with an array of encoded values.
func (f *frame) list(name string, items [][]byte) {
	f.key(name)
	f.b.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			f.b.WriteByte(',')
		}
		f.b.Write(item)
	}
	f.b.WriteByte(']')
}

// through says that the peer is told through a place in the log.
func (f *frame) through(seq uint64, mark string) {
	f.raw("seq", strconv.AppendUint(nil, seq, 10))
	f.add("mark", mark)
}

// bytes ends the frame.
func (f *frame) bytes() []byte {
	if f.parts == 0 {
		return []byte("{}")
	}
	f.b.WriteByte('}')
	return f.b.Bytes()
}

func mustJSON(value any) []byte {
	b, err := json.Marshal(value)
	if err != nil {
		panic(err) // programmer error: our own types always encode
	}
	return b
}

// toldJSON is an event as it is told.
type toldJSON struct {
	In    string          `json:"in"`
	Did   string          `json:"did"`
	With  json.RawMessage `json:"with"`
	By    string          `json:"by,omitempty"`
	Peer  string          `json:"peer,omitempty"`
	N     uint64          `json:"n,omitempty"`
	About uint64          `json:"about,omitempty"`
	At    int64           `json:"at"`
	Seq   uint64          `json:"seq"`
}

// encodeEvent writes an event as it is told.
func encodeEvent(e Event) []byte {
	return mustJSON(toldJSON{e.In, e.Did, orNull(e.With), e.By, e.Peer, e.N, e.About, e.At, e.Seq})
}

// refusedFrame tells the sender why a command was not done, or must wait.
func refusedFrame(c Command, ref string, why *Refusal, after int) []byte {
	var f frame
	if Waits(why) {
		f.add("wait", c.N)
		f.add("after", after)
	} else {
		f.add("refused", c.N)
		if why.After > 0 {
			f.add("after", why.After)
		}
	}
	f.add("because", why.Code)
	f.add("say", why.Say)
	f.add("in", c.In)
	f.add("do", c.Do)
	if ref != "" {
		f.add("ref", ref)
	}
	return f.bytes()
}
