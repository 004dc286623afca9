package rooms

import (
	"strings"

	"github.com/rivo/uniseg"
)

// maxMentioned is how long the id of somebody mentioned may be.
const maxMentioned = 64

// Mention is a member whom a text calls: "@" and the name stand in the text.
type Mention struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// StandsIn tells whether a text has the mention, of a name that a member may have.
func (m Mention) StandsIn(text string) bool {
	named := m.Name != "" && len(m.Name) <= 40*MaxName && uniseg.GraphemeClusterCount(m.Name) <= MaxName
	return m.ID != "" && len(m.ID) <= maxMentioned && named && strings.Contains(text, "@"+m.Name)
}
