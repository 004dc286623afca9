package collab

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"plenum/collab/delta"
)

// A script is a few people writing, in lines:
//
//	ada types 3 "x"                 … at a place of the text that she sees
//	ada deletes 3 2                 … two units from there
//	ada formats 3 2 {"bold":true}
//	ada sends                       what she has not sent goes to the server
//	ada hears                       she takes all that she was not told yet
//	ada is away, ada is back        … catching up by composed changes
//	ada has "text"                  what she sees, without its last newline
//	all have "text"                 everyone sends and hears, and has the same
//	doc [{"insert":"text\n"}]       the document's content
//	eve asks 7 [{"delete":1}] -> behind   a change with a base, as it is sent
//	save                            the document goes on from its checkpoint
type script struct {
	t       *testing.T
	server  *server
	clients map[string]*client
}

func run(t *testing.T, lines string) *script {
	t.Helper()
	s := &script{t: t, server: newServer(windowChanges), clients: map[string]*client{}}
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line != "" {
			if err := s.line(line); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
	}
	return s
}

func (s *script) line(line string) error {
	who, rest, _ := strings.Cut(line, " ")
	verb, rest, _ := strings.Cut(rest, " ")
	switch {
	case line == "save":
		return s.server.restart()
	case who == "doc":
		if got := s.server.doc.text.content().String(); "doc "+got != line {
			return fmt.Errorf("got doc %s", got)
		}
		return nil
	case who == "all":
		return s.all(rest)
	case verb == "asks":
		return s.asks(who, rest)
	}
	return s.does(s.client(who), verb, rest)
}

// client is a person, who comes when first named.
func (s *script) client(name string) *client {
	c, ok := s.clients[name]
	if !ok {
		c = &client{peer: name}
		c.open(s.server.doc.rev, s.server.doc.text.content())
		s.clients[name] = c
	}
	return c
}

func (s *script) does(c *client, verb, rest string) error {
	words := strings.SplitN(rest, " ", 3)
	number := func(i int) int {
		n, err := strconv.Atoi(words[i])
		if err != nil {
			s.t.Fatalf("%s: %v", rest, err)
		}
		return n
	}
	switch verb {
	case "types":
		at, text, _ := strings.Cut(rest, " ")
		return s.edit(c, fmt.Sprintf(`[{"retain":%s},{"insert":%s}]`, at, text))
	case "deletes":
		return s.edit(c, fmt.Sprintf(`[{"retain":%d},{"delete":%d}]`, number(0), number(1)))
	case "formats":
		return s.edit(c, fmt.Sprintf(`[{"retain":%d},{"retain":%d,"attributes":%s}]`, number(0), number(1), words[2]))
	case "sends":
		return s.send(c)
	case "hears":
		return s.server.catchUp(c, false)
	case "is":
		if rest == "back" {
			return s.server.catchUp(c, true)
		}
		return nil
	case "has":
		return s.has(c, rest)
	}
	return fmt.Errorf("no such line")
}

func (s *script) edit(c *client, raw string) error {
	change, err := delta.Parse([]byte(strings.Replace(raw, `{"retain":0},`, "", 1)))
	if err != nil {
		return err
	}
	return c.edit(change)
}

func (s *script) send(c *client) error {
	asked, ok := c.command()
	if !ok {
		return fmt.Errorf("there is nothing to send")
	}
	_, code, err := s.server.take(asked)
	if code != "" {
		err = fmt.Errorf("refused: %s", code)
	}
	return err
}

func (s *script) has(c *client, want string) error {
	text := ""
	for _, o := range c.text {
		text += o.Text()
	}
	if got, err := json.Marshal(strings.TrimSuffix(text, "\n")); err != nil || string(got) != want {
		return fmt.Errorf("%s has %s, %v", c.peer, got, err)
	}
	return nil
}

func (s *script) all(want string) error {
	for range 2 {
		for _, c := range s.clients {
			for tries := 0; !c.synced(); tries++ {
				if tries == 100 {
					return fmt.Errorf("%s waits for ever", c.peer)
				}
				if err := s.send(c); err != nil {
					return err
				}
				if err := s.server.catchUp(c, false); err != nil {
					return err
				}
			}
			if err := s.server.catchUp(c, false); err != nil {
				return err
			}
		}
	}
	for _, c := range s.clients {
		if err := s.has(c, want); err != nil {
			return err
		}
	}
	return nil
}

func (s *script) asks(who, rest string) error {
	base, rest, _ := strings.Cut(rest, " ")
	change, want, _ := strings.Cut(rest, " -> ")
	before := s.server.doc.text.content()
	_, code, err := s.server.ask(who, 0, json.RawMessage(fmt.Sprintf(`{"base":%s,"change":%s}`, base, change)))
	if err != nil || code != want {
		return fmt.Errorf("answered %q, %v", code, err)
	}
	if want != "" && !s.server.doc.text.content().Equal(before) {
		return fmt.Errorf("refused, and the document is %s", s.server.doc.text.content())
	}
	return nil
}

func TestScripts(t *testing.T) {
	t.Parallel()
	scripts := map[string]string{
		"one after the other": `
			ada types 0 "hello"
			ada has "hello"
			bob has ""
			ada sends
			bob hears
			bob types 5 " world"
			all have "hello world"
			doc [{"insert":"hello world\n"}]`,
		"at one place: who is committed first stands left": `
			ada types 0 "A"
			bob types 0 "B"
			bob sends
			ada sends
			all have "BA"`,
		"inside what another deletes": `
			ada types 0 "abcdef"
			all have "abcdef"
			bob hears
			ada deletes 1 4
			bob types 3 "X"
			ada sends
			bob sends
			all have "aXf"`,
		"both delete": `
			ada types 0 "abcdef"
			ada sends
			bob hears
			ada hears
			ada deletes 0 4
			bob deletes 2 4
			all have ""
			doc [{"insert":"\n"}]`,
		"waiting for what was sent, more is written": `
			bob has ""
			ada types 0 "one"
			ada sends
			ada types 3 " two"
			bob types 0 "zero "
			bob sends
			ada types 7 " three"
			ada hears
			ada has "onezero  two three"
			bob hears
			all have "onezero  two three"`,
		"away for long": `
			ada types 0 "start"
			all have "start"
			bob hears
			bob is away
			bob types 5 " end"
			ada types 5 " of"
			ada sends
			ada hears
			ada types 8 " it"
			ada sends
			ada hears
			bob is back
			bob has "start of it end"
			all have "start of it end"`,
		"away, and what was sent has arrived": `
			ada types 0 "a"
			bob types 0 "b"
			bob sends
			bob is away
			ada sends
			ada hears
			ada types 0 "x"
			ada sends
			bob types 1 "!"
			bob is back
			all have "xba!"`,
		"bold over lines lies on the text": `
			ada types 0 "one\ntwo"
			ada sends
			bob hears
			eve asks 1 [{"retain":8,"attributes":{"bold":true}}]
			doc [{"insert":"one","attributes":{"bold":true}},{"insert":"\n"},{"insert":"two","attributes":{"bold":true}},{"insert":"\n"}]
			eve asks 2 [{"retain":8,"attributes":{"bold":null}}]
			doc [{"insert":"one\ntwo\n"}]`,
		"headings lie on newlines": `
			ada types 0 "one\ntwo"
			ada sends
			ada hears
			ada formats 3 1 {"header":1}
			ada sends
			doc [{"insert":"one"},{"insert":"\n","attributes":{"header":1}},{"insert":"two\n"}]
			eve asks 2 [{"retain":3,"attributes":{"header":1}}] -> format
			eve asks 2 [{"retain":3},{"retain":1,"attributes":{"header":2,"bold":true}}]
			doc [{"insert":"one"},{"insert":"\n","attributes":{"header":2}},{"insert":"two\n"}]
			eve asks 3 [{"retain":7},{"retain":1,"attributes":{"list":"bullet"}}]`,
		"two formats at once: the committed one stays": `
			ada types 0 "a"
			ada sends
			bob hears
			ada hears
			ada formats 1 1 {"header":1}
			bob formats 1 1 {"header":2,"indent":1}
			ada sends
			bob sends
			doc [{"insert":"a"},{"insert":"\n","attributes":{"header":1,"indent":1}}]`,
		"emoji are two units, and whole": `
			ada types 0 "a😀b"
			all have "a😀b"
			eve asks 1 [{"retain":2},{"insert":"x"}] -> text
			eve asks 1 [{"retain":2},{"delete":1}] -> text
			eve asks 1 [{"retain":1},{"delete":1}] -> text
			eve asks 1 [{"retain":2,"attributes":{"bold":true}}] -> text
			eve asks 1 [{"retain":1},{"delete":2}]
			ada hears
			all have "ab"`,
		"a checkpoint remembers what late changes need": `
			ada types 0 "abc"
			ada sends
			ada hears
			bob hears
			ada types 3 "d"
			ada sends
			save
			bob types 0 "0"
			bob sends
			save
			ada hears
			all have "0abcd"`,
		"no base before one's own last change": `
			ada asks 0 [{"insert":"a"}]
			bob asks 0 [{"insert":"b"}]
			ada asks 0 [{"insert":"c"}] -> behind
			save
			ada asks 0 [{"insert":"c"}] -> behind
			ada asks 1 [{"insert":"c"}]
			doc [{"insert":"cab\n"}]`,
		"nothing left to do is a revision like any other": `
			eve asks 0 [{"insert":"a"}]
			eve asks 1 [{"delete":1}]
			bob asks 1 [{"delete":1}]
			bob asks 3 []
			doc [{"insert":"\n"}]
			bob asks 4 [{"insert":"x"}]`,
	}
	for name, lines := range scripts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, lines)
		})
	}
}
