package polls

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
)

// A script is a poll in lines. Everything but a name's first word is optional;
// "-> code" at the end of a line says that it is refused:
//
//	host writes tea: multiple Black|Green|White most=2 show=closed seconds=30
//	host writes trip: ranking Lake|Town|Home seats=2 method=stv ties=order
//	host opens tea for 20s        also: presents, extends … by, closes, reveals, hides, repeats, drops, moves … to
//	ann votes tea: Black, Green   "nothing" withdraws; turn=3 round=1 after it
//	ann rates mood: 4
//	time +5s                      time passes; nobody wakes the poll
//	wake                          the room wakes the poll, if its time has come
//	save                          the poll goes on from a checkpoint
//	deck: …                       what hosts see
//	stage: …                      what everybody else sees
//	ann has: …                    what ann sees as hers
type script struct {
	t       testing.TB
	poll    *Poll
	labels  map[string]string // ids by prompts and by prompts and options
	seq     uint64
	now     int64
	log     []rooms.Event
	table   map[string]ballotRow // as the database would have it
	room    string
	account bool // everybody is signed in
}

const began = 1_700_000_000_000

func newScript(t testing.TB) *script {
	return &script{
		t: t, poll: &Poll{voters: newRoll()}, labels: map[string]string{"nothing": ""},
		now: began, table: map[string]ballotRow{}, room: rand.Text(),
	}
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
	case line == "wake":
		s.wake()
	case words[0] == "time":
		seconds, err := strconv.Atoi(strings.TrimSuffix(words[1], "s"))
		s.must(line, err)
		s.now += 1000 * int64(seconds)
	case words[0] == "deck:":
		s.compare(line, s.deck(), "deck: ")
	case words[0] == "stage:":
		s.compare(line, s.stage(), "stage: ")
	case words[1] == "has:":
		s.compare(line, s.mine(words[0]), words[0]+" has: ")
	default:
		do, with := s.command(line, words)
		if err := s.do(words[0], do, with); code(err) != want {
			s.t.Fatalf("%s: got %q (%v)", line, code(err), err)
		}
	}
}

func (s *script) must(line string, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("%s: %v", line, err)
	}
}

func (s *script) compare(line, got, prefix string) {
	s.t.Helper()
	if want := strings.TrimSpace(strings.TrimPrefix(line, strings.TrimSpace(prefix))); got != want {
		s.t.Errorf("%s\n got %s\nwant %s", prefix, got, want)
	}
}

// command reads a line in which somebody does something.
func (s *script) command(line string, words []string) (do string, with any) {
	s.t.Helper()
	verb, label := words[1], strings.TrimSuffix(words[2], ":")
	id, known := s.labels[label]
	if !known {
		id = label
	}
	ask := map[string]any{"question": id}
	if len(words) == 5 && (words[3] == "for" || words[3] == "by" || words[3] == "to") {
		n, err := strconv.Atoi(strings.TrimSuffix(words[4], "s"))
		s.must(line, err)
		ask[map[string]string{"for": "seconds", "by": "seconds", "to": "place"}[words[3]]] = n
	}
	switch verb {
	case "writes":
		return "write", map[string]any{"question": s.question(line, label, words[3:])}
	case "votes", "rates":
		return "vote", s.vote(line, words[0], label, id, words[3:])
	case "repeats":
		return "again", ask
	case "closes":
		return "close", ask
	}
	return strings.TrimSuffix(verb, "s"), ask
}

var setting = regexp.MustCompile(`^(\w+)=(.*)$`)

// question reads what is written: its kind, its options, its settings.
func (s *script) question(line, label string, words []string) Question {
	s.t.Helper()
	q := Question{ID: s.labels[label], Kind: Form(words[0]), Prompt: label}
	for _, word := range words[1:] {
		parts := setting.FindStringSubmatch(word)
		if parts == nil {
			for text := range strings.SplitSeq(word, "|") {
				q.Options = append(q.Options, Option{ID: s.labels[label+" "+text], Text: text})
			}
			continue
		}
		n, _ := strconv.Atoi(parts[2])
		switch parts[1] {
		case "show":
			q.Show = Show(parts[2])
		case "prompt":
			q.Prompt = parts[2]
		case "right":
			q.Key = &Key{}
			for place := range strings.SplitSeq(parts[2], ",") {
				at, err := strconv.Atoi(place)
				s.must(line, err)
				q.Key.Right = append(q.Key.Right, at)
			}
		case "low":
			q.Low = parts[2]
		case "method":
			q.Method = methods.Method(parts[2])
		case "ties":
			q.Ties = methods.Ties(parts[2])
		default:
			*map[string]*int{"seconds": &q.Seconds, "least": &q.Least, "most": &q.Most, "seats": &q.Seats, "from": &q.From, "to": &q.To, "worth": &q.Worth}[parts[1]] = n
		}
	}
	return q
}

// vote reads a ballot. If the line does not say, it is for the present round,
// and one turn above the voter's last.
func (s *script) vote(line, who, label, id string, words []string) map[string]any {
	s.t.Helper()
	vote := map[string]any{"question": id, "round": 1, "turn": uint64(1)}
	if c, _ := s.poll.deck.find(id); c != nil {
		name := "id-" + who
		if c.veiled() {
			name = aliasOf(name, c.scope())
		}
		vote["round"], vote["turn"] = c.Round, s.poll.ballotOf(name, c).turn+1
	}
	options := []string{}
	for _, word := range words {
		word = strings.TrimSuffix(word, ",")
		n, err := strconv.Atoi(word)
		switch parts := setting.FindStringSubmatch(word); {
		case parts != nil:
			n, err := strconv.Atoi(parts[2])
			s.must(line, err)
			vote[parts[1]] = n
		case err == nil:
			vote["score"] = n
		case word != "nothing":
			option, known := s.labels[label+" "+word]
			if !known {
				option = word
			}
			options = append(options, option)
		}
	}
	if vote["score"] == nil {
		vote["options"] = options
	}
	return vote
}

func aliasOf(member, scope string) string { return "alias of " + member + " in " + scope }

// do asks for something and lets happen what follows.
func (s *script) do(who, do string, with any) error {
	s.t.Helper()
	from := rooms.Member{ID: "id-" + who, Name: who, Colour: 1, Role: rooms.Participant}
	switch who {
	case "host":
		from.Role = rooms.Host
	case "room":
		from = rooms.Member{Role: rooms.TheRoom}
	}
	command := rooms.Command{
		In: "poll-1", Do: do, With: encode(with), Peer: "peer-" + who, From: from, Account: s.account, At: s.now, Seed: s.seq + 99, Seq: s.seq + 1,
	}
	if err := s.poll.Admits(command); err != nil {
		return err
	}
	if scope, begins := s.poll.Veil(command); scope != "" && !begins {
		command.Alias, command.From, command.Peer = aliasOf(from.ID, scope), rooms.Member{Role: from.Role}, ""
	}
	events, err := s.poll.Decide(command)
	for _, e := range events {
		s.seq++
		e.Seq, e.In, e.At, e.Format = s.seq, "poll-1", s.now, 1
		if e.Veil == "" {
			e.By = from.ID
		}
		s.apply(e)
	}
	return err
}

// letVote decides at random who may vote, and gives all of these the right.
func (s *script) letVote(r *mathrand.Rand, voters []rooms.Member) {
	s.t.Helper()
	strength := []Strength{ByDevice, ByCode, ByAccount}[r.IntN(3)]
	s.must("strength", s.do("host", "strength", strengthened{&strength}))
	s.account = strength == ByAccount
	for i, voter := range voters {
		if strength == ByCode {
			code := fmt.Sprintf("voter-code-%03d", i)
			s.must("issue", s.do("host", "issue", map[string]any{"codes": []string{code}}))
			s.must("redeem", s.do(strings.TrimPrefix(voter.ID, "id-"), "redeem", map[string]any{"code": code}))
		}
	}
}

// apply lets an event happen, also in the table, and counts.
func (s *script) apply(e rooms.Event) {
	s.t.Helper()
	s.log = append(s.log, e)
	s.poll.Apply(e)
	project(s.table, e)
	if e.Did == "wrote" {
		var with wrote
		decode(e.With, &with)
		s.labels[with.Question.Prompt] = with.Question.ID
		for _, o := range with.Question.Options {
			s.labels[with.Question.Prompt+" "+o.Text] = o.ID
		}
	}
	if err := balanced(s.poll, s.table); err != nil {
		s.t.Fatalf("after %q: %v", e.Did, err)
	}
}

func (s *script) wake() {
	s.t.Helper()
	if at := s.poll.Wake(); at == 0 || at > s.now {
		return
	}
	s.must("wake", s.do("room", "wake", nil))
}

func (s *script) save() {
	s.t.Helper()
	encode := s.poll.Save()
	if encode == nil {
		return // there are sealed ballots
	}
	state, err := encode()
	s.must("save", err)
	s.poll = &Poll{}
	s.must("load", s.poll.Load(state))
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return rooms.AsRefusal(err).Code
}
