package chat

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"plenum/rooms"
)

// papers are a chat as people read it in a room's ZIP, all that was said and not
// deleted: as Markdown, and as one JSON object in each line.
var papers = rooms.Papers{Folder: "chat", Do: func(ctx context.Context, r rooms.Reading) ([]rooms.File, error) {
	name := rooms.FileName(cmp.Or(r.Title, "Chat"), "chat")
	return []rooms.File{
		{Name: name + ".md", Type: "text/markdown; charset=utf-8", Write: func(w io.Writer) error {
			return eachSaid(ctx, r, func(m Message) error { return m.markdown(w) })
		}},
		{Name: name + ".jsonl", Type: "application/jsonl", Write: func(w io.Writer) error {
			lines := json.NewEncoder(w)
			lines.SetEscapeHTML(false)
			return eachSaid(ctx, r, func(m Message) error { return lines.Encode(m) })
		}},
	}, nil
}}

// eachSaid goes through all messages, oldest first and a page at a time, each
// with the thread that it begins. Of a first message that was deleted there is
// its place.
func eachSaid(ctx context.Context, r rooms.Reading, take func(Message) error) error {
	return eachIn(ctx, r, 0, func(m Message) error {
		if m.Gone && m.Replies == nil {
			return nil
		}
		if err := take(m); err != nil || m.Replies == nil {
			return err
		}
		return eachIn(ctx, r, m.Seq, func(m Message) error {
			if m.Gone {
				return nil
			}
			return take(m)
		})
	})
}

// eachIn goes through all messages of the chat or of one thread.
func eachIn(ctx context.Context, r rooms.Reading, thread uint64, take func(Message) error) error {
	for after, more := uint64(0), true; more; {
		var said []rooms.Event
		var err error
		if said, more, err = collect(ctx, r, thread, after, 0, MaxOlder, false); err != nil {
			return err
		}
		if len(said) == 0 {
			return nil
		}
		after = said[len(said)-1].Seq
		messages, err := become(ctx, r, thread, said)
		if err != nil {
			return err
		}
		for _, m := range messages {
			if err := take(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// markdown writes a message as a paragraph: when, who, and what was said; a
// reply is set in below the message that its thread begins with. A room keeps a
// file that is named so; see markup.
func (m Message) markdown(w io.Writer) error {
	if m.Gone {
		_, err := fmt.Fprintf(w, "*A message that was deleted*, %s UTC\n\n", minute(m.At))
		return err
	}
	said := m.Text
	if m.File != nil {
		name := strings.NewReplacer("[", "(", "]", ")").Replace(m.File.Name)
		said = strings.TrimSpace(said + "\n[" + name + "](files/" + m.File.Hash + ")")
	}
	text := fmt.Sprintf("**%s**, %s UTC\n\n%s", starless.Replace(m.Name), minute(m.At), quoted(said))
	if m.Thread > 0 {
		text = quoted(text)
	}
	_, err := fmt.Fprintf(w, "%s\n\n", text)
	return err
}

// quoted is a text with a mark before each line.
func quoted(text string) string { return "> " + strings.ReplaceAll(text, "\n", "\n> ") }

// minute is a time as people read it, without the zone, which is UTC.
func minute(at int64) string { return time.UnixMilli(at).UTC().Format("2006-01-02 15:04") }

// starless keeps a name from ending its own bold type.
var starless = strings.NewReplacer("*", `\*`, "_", `\_`, "<", "&lt;")
