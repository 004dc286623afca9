package chat

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
)

// A script is a conversation in lines:
//
//	ada says "hello"        a member says something, and it is said
//	bob says "" -> empty    … and it is refused with this code
//	ada is Countess         she is called something else from now on
//	view ada: hello, Ada: … what everyone sees, oldest first
//	save                    the chat is saved, and goes on from the checkpoint
type script struct {
	t      *testing.T
	chat   *Chat
	names  map[string]string
	number uint64
	log    []rooms.Event
}

func run(t *testing.T, lines string) *script {
	t.Helper()
	s := &script{t: t, chat: &Chat{}, names: map[string]string{}}
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line != "" {
			s.line(line)
		}
	}
	return s
}

func (s *script) line(line string) {
	s.t.Helper()
	who, rest, _ := strings.Cut(line, " ")
	verb, rest, _ := strings.Cut(rest, " ")
	switch {
	case line == "save":
		s.save()
	case who == "view": // also of nothing
		s.view(strings.TrimPrefix(line[len("view"):], " "))
	case verb == "is":
		s.names[who] = rest
	case verb == "says":
		s.says(line, who, rest)
	default:
		s.t.Fatalf("%s: no such line", line)
	}
}

func (s *script) says(line, who, rest string) {
	s.t.Helper()
	var text string
	decoder := json.NewDecoder(strings.NewReader(rest))
	if err := decoder.Decode(&text); err != nil {
		s.t.Fatalf("%s: %v", line, err)
	}
	_, want, _ := strings.Cut(rest[decoder.InputOffset():], "-> ")
	with := fmt.Sprintf(`{"text":%s}`, rest[:decoder.InputOffset()])
	if err := s.say(who, with); code(err) != want {
		s.t.Fatalf("%s: got %q (%v)", line, code(err), err)
	}
}

// say sends a command and lets happen what follows.
func (s *script) say(who, with string) error { return s.do(who, "say", with) }

// do sends a command of a participant, or of a host whose name begins with H.
func (s *script) do(who, do, with string) error {
	if s.names[who] == "" {
		s.names[who] = who
	}
	s.number++
	role := rooms.Participant
	if strings.HasPrefix(who, "H") {
		role = rooms.Host
	}
	command := rooms.Command{
		In: "chat", Do: do, With: json.RawMessage(with), N: s.number, Seq: s.number, At: int64(1000 * s.number),
		From: rooms.Member{ID: "id-" + who, Name: s.names[who], Colour: 1 + len(who)%12, Role: role},
	}
	command.Past = s.past(s.chat.Wants(command))
	events, err := s.chat.Decide(command)
	for _, e := range events {
		e.Seq, e.At, e.By, e.In = s.number, int64(1000*s.number), "id-"+who, "chat"
		for _, b := range forgets(e) {
			i := slices.IndexFunc(s.log, func(e rooms.Event) bool { return e.Seq == b.Seq })
			s.log[i].With, s.log[i].About = b.With, 0
		}
		s.log = append(s.log, e)
		s.chat.Apply(e)
	}
	return err
}

// past is what a room reads for a command that wants to know these.
func (s *script) past(wants []uint64) []rooms.Event {
	var past []rooms.Event
	for _, seq := range wants {
		for _, e := range s.log {
			if e.Seq == seq || e.About == seq {
				past = append(past, e)
			}
			if e.Seq != seq {
				continue
			}
			if newest, ok := s.newest(cmp.Or(e.Thread, seq)); ok {
				past = append(past, newest)
			}
		}
	}
	slices.SortFunc(past, func(a, b rooms.Event) int { return cmp.Compare(a.Seq, b.Seq) })
	return slices.CompactFunc(past, func(a, b rooms.Event) bool { return a.Seq == b.Seq })
}

// newest is the newest of the words in a thread.
func (s *script) newest(thread uint64) (e rooms.Event, found bool) {
	for _, one := range s.log {
		if one.Thread == thread && slices.Contains(Kind.Forgettable, one.Did) {
			e, found = one, true
		}
	}
	return e, found
}

func (s *script) save() {
	s.t.Helper()
	state, err := s.chat.Save()()
	if err != nil {
		s.t.Fatal(err)
	}
	s.chat = &Chat{}
	if err := s.chat.Load(state); err != nil {
		s.t.Fatal(err)
	}
}

func (s *script) view(want string) {
	s.t.Helper()
	var lines []string
	for _, m := range s.seen().Messages {
		lines = append(lines, m.Name+": "+m.Text)
	}
	if got := strings.Join(lines, ", "); got != want {
		s.t.Errorf("view:\n got %s\nwant %s", got, want)
	}
}

func (s *script) seen() View { return s.chat.View(rooms.Member{Role: rooms.Viewer}).(View) }

func code(err error) string {
	if err == nil {
		return ""
	}
	return rooms.AsRefusal(err).Code
}

func TestScripts(t *testing.T) {
	t.Parallel()
	scripts := map[string]string{
		"in order": `
			ada says "hello"
			bob says "hello, Ada"
			ada says "how are you?"
			view ada: hello, bob: hello, Ada, ada: how are you?`,
		"names are as they were": `
			ada says "one"
			ada is Countess
			ada says "two"
			view ada: one, Countess: two`,
		"space at the end goes, the rest stays": `
			ada says "  a  b \t\n "
			bob says "e\u0301 is not made \u00e9"
			view ada:   a  b, bob: e` + "\u0301" + ` is not made é`,
		"nothing is nothing": `
			ada says "" -> empty
			ada says " \n\t\u00a0\u2003" -> empty
			view `,
		"not text": `
			ada says "a\u0000b" -> bad-text
			ada says "half \ud83d of it" -> bad-text
			ada says "\ude00\ud83d" -> bad-text
			ada says "\\ud83d is only a way to write it"
			ada says "\ud83d\ude00"
			view ada: \ud83d is only a way to write it, ada: 😀`,
		"from a checkpoint": `
			ada says "one"
			save
			bob says "two"
			save
			view ada: one, bob: two`,
	}
	for name, lines := range scripts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := run(t, lines)
			if s.seen().More {
				t.Error("there is nothing older")
			}
		})
	}
}

func TestUnknownCommand(t *testing.T) {
	t.Parallel()
	_, err := (&Chat{}).Decide(rooms.Command{Do: "shout", With: json.RawMessage(`{"text":"a"}`)})
	if code(err) != "unknown" {
		t.Errorf("got %v", err)
	}
}

func TestOfBlankEventsThePlaceIsLeft(t *testing.T) {
	t.Parallel()
	s := run(t, `ada says "one"`)
	for i, with := range []string{"", "null", `{"size":12}`} {
		s.chat.Apply(rooms.Event{Seq: uint64(7 + i), Did: "said", With: json.RawMessage(with), By: "id-ada"})
	}
	s.view("ada: one, : , : , : ")
	if s.chat.count != 4 || !s.seen().Messages[3].Gone {
		t.Errorf("counted %d, and %+v", s.chat.count, s.seen().Messages[3])
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "null", "{}"} {
		if _, err := Kind.New(json.RawMessage(good)); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"[]", `"a"`, "{", "17"} {
		if _, err := Kind.New(json.RawMessage(bad)); code(err) != "malformed" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestBadCheckpoints(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "[]", `{"count":0,"messages":[{"seq":1}]}`} {
		if err := (&Chat{}).Load([]byte(bad)); err == nil {
			t.Errorf("%q was loaded", bad)
		}
	}
}

// texts are the texts of messages.
func texts(messages []Message) []string {
	out := []string{}
	for _, m := range messages {
		out = append(out, m.Text)
	}
	return slices.Clip(out)
}
