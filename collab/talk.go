package collab

import (
	"encoding/json"
	"fmt"
	"strings"

	"plenum/rooms"
)

// talks tells whether an event is about comments.
func talks(did string) bool {
	switch did {
	case "commented", "replied", "amended", "erased", "resolved", "reopened":
		return true
	}
	return false
}

// applyTalk places what happened to the comments. Of what is forgotten the words
// are missing: the event that made it so, or the one with other words, follows.
func (d *Document) applyTalk(e rooms.Event) {
	var with amended // has all fields of the others but one
	var erased erased
	if err := json.Unmarshal(e.With, &with); err != nil {
		panic(fmt.Errorf("collab: read event %d: %w", e.Seq, err))
	}
	first := Comment{Seq: e.Seq, At: e.At, By: e.By, held: []uint64{e.Seq}}
	first.write(with.said)
	switch e.Did {
	case "commented":
		d.talk.add(Thread{ID: e.Seq, Quote: with.Quote, Comments: []Comment{first}})
	case "replied":
		d.talk.change(with.Thread, func(of *Thread) { of.Comments = append(of.Comments, first) })
	case "amended":
		d.talk.changeComment(with.Thread, with.Of, func(c *Comment) {
			c.write(with.said)
			c.Edited, c.held = true, append(c.held[:len(c.held):len(c.held)], e.Seq)
		})
	case "erased":
		if err := json.Unmarshal(e.With, &erased); err != nil {
			panic(fmt.Errorf("collab: read event %d: %w", e.Seq, err))
		}
		if erased.Ends {
			d.talk.remove(erased.Thread)
			return
		}
		d.talk.changeComment(erased.Thread, erased.Of, func(c *Comment) {
			*c = Comment{Seq: c.Seq, At: c.At, By: c.By, Gone: true, held: c.held[:1]}
		})
	case "resolved":
		d.talk.change(with.Thread, func(of *Thread) { of.Resolved = e.By })
	case "reopened":
		d.talk.change(with.Thread, func(of *Thread) { of.Resolved = "" })
	}
}

func (t *talk) changeComment(thread, comment uint64, change func(*Comment)) {
	t.change(thread, func(of *Thread) {
		for i := range of.Comments {
			if of.Comments[i].Seq == comment {
				change(&of.Comments[i])
			}
		}
	})
}

func (c *Comment) write(with said) {
	c.Text = ""
	if with.Text != nil {
		c.Text = *with.Text
	}
	c.Name, c.Colour, c.Mentions = with.Name, with.Colour, with.Mentions
}

// forgettable are the events with the words of comments.
var forgettable = []string{"commented", "replied", "amended"}

// forgets are the events that an event makes forgotten. Their threads and quotes
// stay, which are no words of the comment.
func forgets(e rooms.Event) []rooms.Blank {
	if e.Did != "amended" && e.Did != "erased" {
		return nil
	}
	var with struct {
		Thread, Of uint64
		Quote      string
		Forgets    []uint64
	}
	if err := json.Unmarshal(e.With, &with); err != nil {
		return nil // it is forgotten itself
	}
	var all []rooms.Blank
	for i, seq := range with.Forgets {
		left := any(turned{with.Thread})
		switch {
		case i > 0:
			left = amended{Thread: with.Thread, Of: with.Of}
		case with.Of == with.Thread:
			left = said{Quote: with.Quote}
		}
		raw, err := json.Marshal(left)
		if err != nil {
			panic(err) // numbers and a text always encode
		}
		all = append(all, rooms.Blank{Seq: seq, With: raw})
	}
	return all
}

// comments are the texts of the comments, as search can find them.
func (d *Document) comments() (texts []rooms.Text) {
	for _, of := range d.talk.threads {
		for _, c := range of.Comments {
			if text := strings.TrimSpace(c.Text); text != "" {
				texts = append(texts, rooms.Text{Key: commentKey(of.ID, c.Seq), Text: text, By: c.By, At: c.At})
			}
		}
	}
	return texts
}
