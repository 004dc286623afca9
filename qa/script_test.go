package qa

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plenum/rooms"
)

// A script is a round of questions in lines. A question is called by its text;
// "-> code" at the end of a line says that it is refused:
//
//	ann asks Tea                     also: asks Tea unnamed
//	ann edits Tea to Coffee          also: withdraws Tea
//	bob votes Tea                    also: unvotes Tea, votes Tea turn=7
//	host approves Tea                also: holds, dismisses … because …, restores, answers … with …,
//	                                 reopens, pins, unpins, takes, merges … into …
//	host takes nothing
//	host sets moderated              also: unmoderated, closed, opened
//	save                             it goes on from a checkpoint
//	all: …                           what participants see
//	hosts: …                         what hosts see
//	ann has: …                       what ann sees as hers, newest first, and what she votes for
type script struct {
	t   *testing.T
	qa  *QA
	ids map[string]uint64
	seq uint64
	log []rooms.Event
}

func newScript(t *testing.T) *script {
	t.Helper()
	made, err := Kind.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &script{t: t, qa: made.(*QA), ids: map[string]uint64{"nothing": 0}}
}

func run(t *testing.T, lines string) *script {
	t.Helper()
	s := newScript(t)
	s.run(lines)
	return s
}

func (s *script) run(lines string) {
	s.t.Helper()
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line != "" {
			s.line(line)
		}
	}
}

func (s *script) line(line string) {
	s.t.Helper()
	rest, want, _ := strings.Cut(line, " -> ")
	words := strings.Fields(rest)
	switch {
	case line == "save":
		s.save()
	case words[0] == "all:":
		s.same(line, "all: ", s.seen(rooms.Participant))
	case words[0] == "hosts:":
		s.same(line, "hosts: ", s.seen(rooms.Host))
	case words[1] == "has:":
		s.same(line, words[0]+" has: ", s.mine(words[0]))
	default:
		do, with := s.command(words)
		if err := s.do(words[0], do, with); code(err) != want {
			s.t.Fatalf("%s: got %q (%v)", line, code(err), err)
		}
	}
}

func (s *script) same(line, prefix, got string) {
	s.t.Helper()
	if want := strings.TrimSpace(strings.TrimPrefix(line+" ", prefix)); got != want {
		s.t.Errorf("%s\n got %s\nwant %s", prefix, got, want)
	}
}

// command reads a line in which somebody does something.
func (s *script) command(words []string) (string, map[string]any) {
	verb, label, more := words[1], words[2], strings.Join(words[min(4, len(words)):], " ")
	ask := map[string]any{"question": s.id(label)}
	switch verb {
	case "asks":
		return "ask", map[string]any{"text": label, "unnamed": len(words) > 3}
	case "sets":
		return "set", map[string]map[string]any{
			"moderated": {"moderated": true}, "unmoderated": {"moderated": false}, "closed": {"closed": true}, "opened": {"closed": false},
		}[label]
	case "edits":
		ask["text"] = more
		return "edit", ask
	case "votes", "unvotes":
		ask["turn"] = s.turn(words, verb == "votes")
		return "vote", ask
	case "dismisses":
		ask["reason"] = more
		return "dismiss", ask
	case "answers":
		if more != "" {
			ask["text"] = more
		}
	case "pins", "unpins":
		ask["pinned"] = verb == "pins"
		return "pin", ask
	case "merges":
		ask["into"] = s.id(more)
	}
	return strings.TrimSuffix(verb, "s"), ask
}

func (s *script) id(label string) uint64 {
	if id, known := s.ids[label]; known {
		return id
	}
	return 999_999
}

// turn is said in the line, or the next that votes or takes the vote back.
func (s *script) turn(words []string, up bool) int {
	if len(words) > 3 {
		n, _ := strconv.Atoi(strings.TrimPrefix(words[3], "turn="))
		return n
	}
	has := s.qa.Mine(rooms.Member{ID: "id-" + words[0]}).(Mine).Votes[s.ids[words[2]]]
	if has.counts() == up {
		return int(has)
	}
	return int(has) + 1
}

// do asks for something and lets happen what follows.
func (s *script) do(who, do string, with any) error {
	s.t.Helper()
	from := rooms.Member{ID: "id-" + who, Name: who, Colour: 3, Role: rooms.Participant}
	if strings.HasPrefix(who, "host") {
		from.Role = rooms.Host
	}
	if raw, ok := with.(string); ok {
		with = json.RawMessage(raw)
	}
	raw, ok := with.(json.RawMessage)
	if !ok {
		raw = encode(with)
	}
	events, err := s.qa.Decide(rooms.Command{
		In: "qa-1", Do: do, With: raw, Peer: "peer-" + who, N: s.seq + 1, From: from, At: int64(1000 * s.seq), Seq: s.seq + 1,
	})
	for _, e := range events {
		s.seq++
		e.Seq, e.In, e.At, e.Format = s.seq, "qa-1", int64(1000*s.seq), 1
		if !e.Unsigned {
			e.By = from.ID
		}
		s.apply(e)
	}
	s.balanced(do)
	return err
}

func (s *script) apply(e rooms.Event) {
	s.log = append(s.log, e)
	s.qa.Apply(e)
	if e.Did == "asked" || e.Did == "edited" {
		var with own
		decode(e.With, &with)
		s.ids[with.Question.Text] = with.Question.ID
	}
}

// balanced holds the counts to the ballots.
func (s *script) balanced(do string) {
	s.t.Helper()
	for _, q := range s.qa.slots.all() {
		if want := peopleIn(s.qa.group(q.ID)); q.people != want {
			s.t.Fatalf("after %q %q has %d people and %d in its ballots", do, q.Text, q.people, want)
		}
	}
}

func (s *script) save() {
	s.t.Helper()
	encode := s.qa.Save()
	state, err := encode()
	if err != nil {
		s.t.Fatal(err)
	}
	s.qa = newScript(s.t).qa
	if err := s.qa.Load(state); err != nil {
		s.t.Fatal(err)
	}
}

// seen is a view in words.
func (s *script) seen(role rooms.Role) string {
	v := s.qa.View(rooms.Member{Role: role}).(View)
	var out []string
	for _, q := range v.Questions {
		text := s.words(q.Question) + " " + strconv.Itoa(q.People)
		if q.ID == v.Now {
			text = ">" + text
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func (s *script) words(q Question) string {
	text := q.Text
	if q.Name != "" {
		text += " by " + q.Name
	}
	if q.State != Shown {
		text += " " + string(q.State)
	}
	for _, more := range []string{q.Answer, q.Reason} {
		if more != "" {
			text += fmt.Sprintf(" (%s)", more)
		}
	}
	if q.Pinned {
		text += " pinned"
	}
	return text
}

func (s *script) mine(who string) string {
	own := s.qa.Mine(rooms.Member{ID: "id-" + who, Role: rooms.Participant}).(Mine)
	var asked, votes []string
	for _, q := range own.Questions {
		q.Name = ""
		asked = append(asked, s.words(q))
	}
	for id, t := range own.Votes {
		if t.counts() {
			votes = append(votes, s.qa.slots.find(id).Text)
		}
	}
	slices.Sort(votes)
	return strings.TrimSpace(strings.Join(asked, ", ") + " + " + strings.Join(votes, " "))
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return rooms.AsRefusal(err).Code
}
