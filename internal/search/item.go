package search

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"plenum/rooms"
)

// longestText bounds the text of one item, in bytes. Activities stay far below.
const longestText = 128 << 10

// item is a piece of an activity, as the index has it.
type item struct {
	n        uint32
	activity string
	key      string
	text     string
	author   string
	at       int64
	to       rooms.Audience
}

const itemColumns = "n, activity, key, text, author, at, least, only"

type scanner interface{ Scan(...any) error }

func scanItem(row scanner) (i item, err error) {
	var least rooms.Role
	var members string
	err = row.Scan(&i.n, &i.activity, &i.key, &i.text, &i.author, &i.at, &least, &members)
	i.to = rooms.ToMembers(members, least)
	return i, err
}

// newItem is a text of an activity. What the text does not say of its author
// and time is as it was before, or as the event says.
func newItem(activity string, t rooms.Text, before *item, by string, at int64) item {
	i := item{activity: activity, key: t.Key, text: cut(t.Text), author: t.By, at: t.At, to: t.To}
	if before != nil {
		by, at = before.author, before.at
	}
	if i.author == "" {
		i.author = by
	}
	if i.at == 0 {
		i.at = at
	}
	return i
}

func cut(text string) string {
	if len(text) <= longestText {
		return text
	}
	end := longestText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// weights are the terms by which an item is found.
func (i item) weights() map[string]byte {
	terms, length := counted(i.text)
	weights := make(map[string]byte, len(terms)+4)
	for term, times := range terms {
		weights[term] = weigh(times, length)
	}
	weights[ofActivity+i.activity] = 1
	if i.author != "" {
		weights[ofAuthor+i.author] = 1
	}
	if linked(i.text) {
		weights[hasLink] = 1
	}
	if i.to.Only != "" {
		weights[toMembers] = 1
		for member := range strings.FieldsSeq(i.to.Members()) {
			weights[toMember+member] = 1
		}
	} else if i.to.Least > rooms.Everyone {
		weights[toLeast+strconv.Itoa(int(i.to.Least))] = 1
	}
	return weights
}

func linked(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "http://") || strings.Contains(lower, "https://")
}
