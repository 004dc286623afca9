package chat

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
)

// A reply stands in its thread, and beside the flow of the chat its first
// message shows how many there are, and when the last was written.
func TestReplies(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"who comes?\"\nbob says \"else\"")
	s.must("bob", "say", "", `{"text":"me","thread":1}`)                       // 3
	s.must("cyd", "say", "", `{"text":"me too","thread":1,"to":3}`)            // 4
	s.must("cyd", "edit", "", `{"seq":4,"text":"I will, @Bob","mentions":[]}`) // 5
	s.must("bob", "react", "", `{"seq":4,"emoji":"👍","on":true}`)              // 6
	s.must("Hal", "pin", "", `{"seq":4,"on":true}`)                            // 7
	s.view("ada: who comes?, bob: else")
	s.shows(1, &Replies{Count: 2, Last: 4000})
	s.shows(2, nil)
	page := s.thread(1)
	if got := texts(page.Messages); !reflect.DeepEqual(got, []string{"me", "I will, @Bob"}) || page.First.Text != "who comes?" || page.First.Replies.Count != 2 {
		t.Errorf("the thread is %q after %+v", got, page.First)
	}
	if m := page.Messages[1]; m.Thread != 1 || m.To != 3 || m.Edited != 5 || len(m.Reactions) != 1 {
		t.Errorf("the reply is %+v", m)
	}
	s.must("bob", "delete", "not-yours", `{"seq":4}`)
	s.must("Hal", "delete", "", `{"seq":4}`)
	s.shows(1, &Replies{Count: 1, Last: 4000})
	if len(s.seen().Pins) > 0 {
		t.Error("a reply that was deleted is pinned")
	}
	s.save()
	s.must("bob", "delete", "", `{"seq":3}`)
	s.shows(1, nil)
}

func TestRepliesAreRefused(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"one\"\nada says \"two\"\nada says \"three\"")
	s.must("bob", "say", "", `{"text":"a reply","thread":1}`) // 4
	s.must("bob", "react", "", `{"seq":1,"emoji":"👍","on":true}`)
	for with, want := range map[string]string{
		`{"text":"x","thread":99}`:       "no-message", // nobody has said it
		`{"text":"x","thread":5}`:        "no-message", // a reaction
		`{"text":"x","thread":4}`:        "nested",
		`{"text":"x","thread":1,"to":2}`: "elsewhere",
		`{"text":"x","thread":2,"to":4}`: "elsewhere",
		`{"text":"x","to":4}`:            "elsewhere",
		`{"text":" ","thread":1}`:        "empty",
		`{"text":"x","thread":-1}`:       "malformed",
		`{"text":"x","thread":"1"}`:      "malformed",
	} {
		s.must("bob", "say", want, "%s", with)
	}
	s.must("ada", "delete", "", `{"seq":2}`)
	s.must("bob", "say", "no-message", `{"text":"x","thread":2}`)
	s.must("bob", "edit", "", `{"seq":4,"text":"corrected"}`)
	s.must("ada", "edit", "not-yours", `{"seq":4,"text":"mine"}`)
	for _, ask := range []map[string]string{{"thread": "4"}, {"thread": "99"}, {"thread": "x"}, {"thread": "-1"}} {
		if _, err := older(t.Context(), s.reading(ask)); code(err) != "no-message" && code(err) != "malformed" {
			t.Errorf("%v: %v", ask, err)
		}
	}
}

// A message that is at hand when a reply comes may not be any more when the
// message that it answers has been read.
func TestWantsOfAReply(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"one\"")
	s.must("bob", "say", "", `{"text":"a reply","thread":1}`)
	for with, want := range map[string][]uint64{
		`{"text":"x","thread":1}`: nil, `{"text":"x","thread":1,"to":2}`: {2, 1}, `{"text":"x","to":1}`: nil,
		`{"text":"x","thread":7,"to":7}`: {7}, `{"text":"x"}`: nil,
	} {
		if got := s.chat.Wants(rooms.Command{Do: "say", With: []byte(with)}); !slices.Equal(got, want) {
			t.Errorf("%s wants %v", with, got)
		}
	}
}

// A thread whose first message was deleted goes on; one that was never answered does not begin.
func TestTheFirstMessageIsDeleted(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"a secret\"")
	s.must("bob", "say", "", `{"text":"why?","thread":1}`)
	s.must("ada", "delete", "", `{"seq":1}`)
	s.must("ada", "say", "", `{"text":"because","thread":1}`)
	s.shows(1, &Replies{Count: 2, Last: 4000})
	for range 2 * WindowMessages { // out of sight
		s.must("ada", "say", "", `{"text":"more"}`)
	}
	s.must("bob", "say", "", `{"text":"and now?","thread":1}`)
	page := s.thread(1)
	if got := texts(page.Messages); !reflect.DeepEqual(got, []string{"why?", "because", "and now?"}) || !page.First.Gone || page.First.Replies.Count != 3 {
		t.Errorf("the thread is %q after %+v", got, page.First)
	}
	s.must("bob", "edit", "", `{"seq":2,"text":"why not?"}`)
	if first := s.thread(1).First; first.Replies.Count != 3 {
		t.Errorf("after an edit of an old reply there are %+v", first.Replies)
	}
}

// Who takes part has something unread, by seqs that stay right when replies are
// deleted; until they have read it, also in a checkpoint.
func TestUnreadReplies(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"one\"")
	s.must("bob", "say", "", `{"text":"a","thread":1}`) // 2
	s.must("cyd", "say", "", `{"text":"b","thread":1}`) // 3
	s.must("bob", "say", "", `{"text":"c","thread":1}`) // 4
	s.unread("ada", 2, 3, 4)
	s.unread("bob", 3)
	s.unread("cyd", 4)
	s.must("cyd", "delete", "", `{"seq":3}`)
	s.unread("ada", 2, 4)
	s.unread("bob")
	s.must("ada", "read", "", `{"seq":2,"thread":1}`)
	s.must("dan", "read", "", `{"seq":2,"thread":1}`)
	s.must("ada", "read", "", `{"seq":4,"thread":77}`)
	s.save()
	s.unread("ada", 4)
	if mine := s.chat.Mine(rooms.Member{ID: "id-dan"}); mine != nil {
		t.Errorf("who does not take part has %+v", mine)
	}
	reads := 0
	for _, e := range s.log {
		if e.Did == "read" {
			reads++
			if e.Thread != 1 || e.To.Only != "id-ada" {
				t.Errorf("it was told to %+v in %d", e.To, e.Thread)
			}
		}
	}
	if reads != 1 {
		t.Errorf("%d reads were stored", reads)
	}
	s.must("ada", "read", "", `{"seq":5}`)
	s.unread("ada", 4) // the chat is read, not the thread
	for i := range 2 * knownReplies {
		s.must("bob", "say", "", `{"text":"%d","thread":1}`, i)
	}
	if n := len(s.chat.unread("id-ada")[0].Seqs); n != knownReplies {
		t.Errorf("%d unread", n)
	}
}

// Much talk in many threads by many people is known as far as it is bounded.
func TestWhatIsKnownOfThreadsIsBounded(t *testing.T) {
	t.Parallel()
	s := run(t, "")
	for i := range KnownThreads + 5 {
		s.must("ada", "say", "", `{"text":"%d"}`, i)
	}
	for i := range KnownThreads + 5 {
		s.must("bob", "say", "", `{"text":"reply","thread":%d}`, i+1)
	}
	for i := range knownPeople + 5 {
		s.must(fmt.Sprint("p", i), "say", "", `{"text":"reply","thread":%d}`, KnownThreads)
	}
	if n, last := len(s.chat.threads), s.chat.threads[KnownThreads-1]; n != KnownThreads || last.Of != KnownThreads || len(last.People) != knownPeople || len(last.Newest) != knownReplies {
		t.Errorf("%d threads, the last %d of %d and %d", n, last.Of, len(last.People), len(last.Newest))
	}
	s.must("bob", "say", "", `{"text":"again","thread":2}`) // it is not known, nor at hand
	if got := s.thread(2); got.First.Replies.Count != 2 {
		t.Errorf("an old thread has %+v", got.First.Replies)
	}
}

// The pages of the chat and of a thread do not mix, however they stand in the log.
func TestPagesOfThreads(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"first\"")
	var replies []uint64
	for i := range 120 {
		s.must("ada", "say", "", `{"text":"m%d"}`, i)
		s.must("bob", "say", "", `{"text":"r%d","thread":1}`, i)
		replies = append(replies, s.number)
	}
	page := s.thread(1)
	if len(page.Messages) != 50 || page.Messages[0].Text != "r70" || !page.More {
		t.Errorf("%d replies from %q", len(page.Messages), page.Messages[0].Text)
	}
	before, err := older(t.Context(), s.reading(map[string]string{"thread": "1", "before": fmt.Sprint(page.Messages[0].Seq), "limit": "100"}))
	if got := before.(Page); err != nil || len(got.Messages) != 70 || got.More {
		t.Errorf("before it %d, more %v, %v", len(got.Messages), got.More, err)
	}
	answer, err := around(t.Context(), s.reading(map[string]string{"at": fmt.Sprint(replies[60]), "limit": "4"}))
	if got := answer.(Page); err != nil || got.First == nil || !reflect.DeepEqual(texts(got.Messages), []string{"r58", "r59", "r60", "r61"}) {
		t.Errorf("around a reply %+v, %v", got, err)
	}
	all, err := older(t.Context(), s.reading(map[string]string{"limit": "100"}))
	if got := all.(Page); err != nil || len(got.Messages) != 100 || slices.ContainsFunc(got.Messages, func(m Message) bool { return m.Thread > 0 }) {
		t.Errorf("the chat has %d, %v", len(got.Messages), err)
	}
}

func TestNoticesOfReplies(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"one\"")
	s.must("bob", "say", "", `{"text":"a","thread":1}`)
	s.must("ada", "read", "", `{"seq":2,"thread":1}`)
	want := [][]rooms.Notice{{{Key: "1", Text: "one"}}, {{Key: "2", Text: "a", Thread: 1}}, {{Read: 2, Thread: 1}}}
	for i, e := range s.log {
		if got := noticesOf(e); !reflect.DeepEqual(got, want[i]) {
			t.Errorf("%+v, want %+v", got, want[i])
		}
	}
}

func TestPapersOfThreads(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"one\"\nada says \"two\"\nada says \"three\"")
	s.must("bob", "say", "", `{"text":"a\nb","thread":1}`)
	s.must("bob", "say", "", `{"text":"c","thread":2}`)
	s.must("ada", "delete", "", `{"seq":2}`)
	s.must("ada", "delete", "", `{"seq":3}`)
	files, err := papers.Do(t.Context(), s.reading(nil))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"**ada**, 1970-01-01 00:00 UTC\n\n> one\n\n> **bob**, 1970-01-01 00:00 UTC\n> \n> > a\n> > b\n\n" +
			"*A message that was deleted*, 1970-01-01 00:00 UTC\n\n> **bob**, 1970-01-01 00:00 UTC\n> \n> > c\n\n",
		`"text":"a\nb","thread":1`,
	}
	for i, file := range files {
		var written bytes.Buffer
		if err := file.Write(&written); err != nil || !strings.Contains(written.String(), want[i]) {
			t.Errorf("%s: %v\n%s", file.Name, err, written.String())
		}
	}
}

// shows holds a message of the view to what it shows of its thread.
func (s *script) shows(seq uint64, want *Replies) {
	s.t.Helper()
	seen := s.seen().Messages
	at := slices.IndexFunc(seen, func(m Message) bool { return m.Seq == seq })
	if got := seen[at].Replies; !reflect.DeepEqual(got, want) {
		s.t.Errorf("message %d shows %+v, want %+v", seq, got, want)
	}
}

func (s *script) thread(of uint64) Page {
	s.t.Helper()
	page, err := older(s.t.Context(), s.reading(map[string]string{"thread": fmt.Sprint(of)}))
	if err != nil {
		s.t.Fatal(err)
	}
	return page.(Page)
}

// unread holds the only thread that somebody takes part in to what they have not read.
func (s *script) unread(who string, want ...uint64) {
	s.t.Helper()
	mine, ok := s.chat.Mine(rooms.Member{ID: "id-" + who}).(Mine)
	if !ok || len(mine.Threads) != 1 || !slices.Equal(mine.Threads[0].Seqs, want) {
		s.t.Errorf("%s has %+v, want %v", who, mine, want)
	}
}
