package chat

// How much of a chat is kept at hand: whichever comes first, but always the
// newest message. The second limit keeps a view of very long messages small
// enough to be encoded inside a room.
const (
	WindowMessages = 100
	WindowUnits    = 64_000 // UTF-16 units of text
)

// window is the newest messages, oldest first. A message in it never changes,
// and what was handed out is never written again.
type window struct {
	messages []Message
	units    int
}

// add puts a message at the end and lets the oldest go that are too much.
func (w *window) add(m Message) {
	w.messages = append(w.messages, m)
	w.units += units(m.Text)
	for len(w.messages) > WindowMessages || (w.units > WindowUnits && len(w.messages) > 1) {
		w.units -= units(w.messages[0].Text)
		w.messages = w.messages[1:]
	}
}

// shown is the window as it is now and will stay: later messages are appended
// behind its end.
func (w *window) shown() []Message {
	if len(w.messages) == 0 {
		return []Message{}
	}
	return w.messages[:len(w.messages):len(w.messages)]
}
