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

// eachSaid goes through all messages, oldest first and a page at a time.
func eachSaid(ctx context.Context, r rooms.Reading, take func(Message) error) error {
	for after, more := uint64(0), true; more; {
		var said []rooms.Event
		var err error
		if said, more, err = collect(ctx, r, after, 0, MaxOlder, false); err != nil {
			return err
		}
		if len(said) == 0 {
			return nil
		}
		after = said[len(said)-1].Seq
		whole, err := page(ctx, r, said, false, false)
		if err != nil {
			return err
		}
		for _, m := range whole.(Page).Messages {
			if m.Gone {
				continue
			}
			if err := take(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// markdown writes a message as a paragraph: when, who, and what was said. A room
// keeps a file that is named so; see markup.
func (m Message) markdown(w io.Writer) error {
	said := strings.ReplaceAll(m.Text, "\n", "\n> ")
	if m.File != nil {
		name := strings.NewReplacer("[", "(", "]", ")").Replace(m.File.Name)
		said = strings.TrimSpace(said + "\n> [" + name + "](files/" + m.File.Hash + ")")
		said = strings.TrimPrefix(said, "> ")
	}
	at := time.UnixMilli(m.At).UTC().Format("2006-01-02 15:04")
	_, err := fmt.Fprintf(w, "**%s**, %s UTC\n\n> %s\n\n", starless.Replace(m.Name), at, said)
	return err
}

// starless keeps a name from ending its own bold type.
var starless = strings.NewReplacer("*", `\*`, "_", `\_`, "<", "&lt;")
