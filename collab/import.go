package collab

import (
	"encoding/json"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

// MaxImport is the largest event that an import makes, in bytes: as large as a
// change may be that is sent.
const MaxImport = 8 << 20

// Why a file is refused.
var (
	ErrNotEmpty = rooms.Refuse("not-empty", "There is text in this document already. Import into an empty one.")
	ErrEncoding = rooms.Refuse("encoding", "This file is not text in UTF-8.")
	ErrFile     = rooms.Refuse("file-type", "Documents can be made of Markdown, HTML and plain text.")
	ErrTangled  = rooms.Refuse("tangled", "This file is too tangled to be read.")
)

// imported makes the content of the command "import" of a file.
func imported(mediaType string, file []byte) (json.RawMessage, error) {
	for _, f := range markup.Formats {
		if f.Type != mediaType {
			continue
		}
		content, err := f.Read(file, MaxUnits)
		if err != nil {
			return nil, unread(err)
		}
		return json.Marshal(map[string]any{"content": content})
	}
	return nil, ErrFile
}

// decideImport puts a content into an empty document. For everybody it is a
// change like any other. That the document is empty makes it safe to try again.
func (d *Document) decideImport(command rooms.Command) ([]rooms.Event, error) {
	if d.text.length > 1 {
		return nil, ErrNotEmpty
	}
	var with struct{ Content json.RawMessage }
	if err := json.Unmarshal(command.With, &with); err != nil || with.Content == nil {
		return nil, rooms.ErrMalformed
	}
	content, err := delta.ParseMost(with.Content, markup.MaxOperations+2)
	if err != nil {
		return nil, refused(err)
	}
	if content, err = contentOf(content, d.allowed); err != nil {
		return nil, err
	}
	if !d.holds(brings(content)) {
		return nil, ErrPolls
	}
	change, err := d.filled(content)
	if err != nil {
		return nil, err
	}
	event, err := d.changed(change, note{})
	if err != nil {
		return nil, err
	}
	if len(event) > MaxImport {
		return nil, ErrTooBig
	}
	return []rooms.Event{{Did: "changed", With: event}}, nil
}

// filled is the change that gives an empty document a content. The newline that
// it has becomes the last of the content.
func (d *Document) filled(content delta.Delta) (delta.Delta, error) {
	body, err := content.Slice(0, content.Len()-1)
	if err != nil {
		return nil, err
	}
	end := content[len(content)-1].Attributes()
	var laid []delta.Attribute
	for _, leaf := range d.text.leaves {
		for _, o := range leaf.ops {
			for _, a := range o.Attributes() {
				laid = append(laid, delta.Attribute{Name: a.Name, Value: delta.Null})
			}
		}
	}
	return append(body, delta.Keep(1, delta.Attributed(append(laid, end...)...))).Normal(), nil
}
