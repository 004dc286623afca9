package collab

import (
	"encoding/json"
	"fmt"

	"plenum/collab/markup"
	"plenum/rooms"
)

// ErrLanguage is why a source does not get a language.
var ErrLanguage = rooms.Refuse("language", "A language is called by 1 to 32 letters, digits and signs, without spaces.")

// spoken is the language of a source that is called so; "" for Markdown.
func spoken(called string) (string, error) {
	name := markup.Language(called)
	switch {
	case name == "markdown" || called == "":
		return "", nil
	case name == "":
		return "", ErrLanguage
	}
	return name, nil
}

// decideCode gives a source another language, for everybody.
func (d *Document) decideCode(with json.RawMessage) ([]rooms.Event, error) {
	if !d.source {
		return nil, rooms.ErrUnknown
	}
	var asked struct{ Language *string }
	if err := json.Unmarshal(with, &asked); err != nil || asked.Language == nil {
		return nil, rooms.ErrMalformed
	}
	language, err := spoken(*asked.Language)
	if err != nil {
		return nil, err
	}
	return []rooms.Event{{Did: "coded", With: fmt.Appendf(nil, `{"language":%q}`, language)}}, nil
}

// applyCoded places the language of a source.
func (d *Document) applyCoded(e rooms.Event) {
	var with struct{ Language string }
	if err := json.Unmarshal(e.With, &with); err != nil {
		panic(fmt.Errorf("collab: read event %d: %w", e.Seq, err))
	}
	d.spoken = with.Language
}
