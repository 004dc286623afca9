package polls

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"plenum/rooms"
)

// redeems tries a code as somebody, as often as the room says that it is busy.
func (p *place) redeems(who, in, typed string) error {
	with := encode(map[string]string{"code": typed})
	for {
		_, err := p.hall.Do(p.t.Context(), p.code, who, rooms.Command{In: in, Do: "redeem", With: with})
		if err == nil || !rooms.Waits(rooms.AsRefusal(err)) {
			return err
		}
	}
}

// another adds one more poll to the room.
func (p *place) another() (id string) {
	p.t.Helper()
	first := p.poll
	p.add()
	p.poll = first
	var lobby struct {
		View struct{ Activities []struct{ ID string } }
	}
	decode(p.view("person-0", rooms.LobbyID), &lobby)
	for _, a := range lobby.View.Activities {
		if a.ID != first {
			id = a.ID
		}
	}
	return id
}

// asks is a host's command that may be refused.
func (p *place) asks(in, do string, with any) error {
	_, err := p.hall.Do(p.t.Context(), p.code, "person-0", rooms.Command{In: in, Do: do, With: encode(with)})
	return err
}

func codesFrom(first, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("CODE%06d", first+i)
	}
	return all
}

// Votes count of those who have used a code of this poll, each code for one
// person, also when two tabs use it at once and after a restart, in every secrecy.
func TestACodeIsOneVote(t *testing.T) {
	t.Parallel()
	for _, secrecy := range []Secrecy{Named, Pseudonymous, Anonymous} {
		t.Run(string(secrecy), func(t *testing.T) {
			t.Parallel()
			q := choice(2)
			q.Kind, q.Secrecy = Single, secrecy
			p := openPlace(t, 6, q)
			first := p.poll
			p.send("person-0", first, "strength", map[string]string{"strength": "code"})
			p.send("person-0", first, "issue", map[string]any{"codes": []string{"abcde-23456", "ABCDE 23457", "abcde23458"}})
			other := p.another() // with other codes
			p.send("person-0", other, "strength", map[string]string{"strength": "code"})
			p.send("person-0", other, "issue", map[string]any{"codes": []string{"OTHER-12345"}})
			p.host("open", map[string]any{})
			a := p.tea.Options[0].ID
			refused(t, p.vote(person(1), 1, a), "code-needed")
			for _, forged := range []string{"", "ABCDE", "ABCDE23459", "other-12345", strings.Repeat("A", 201), "ABCDE23456'", "ＡＢＣＤＥ23456"} {
				refused(t, p.redeems(person(1), first, forged), "code-wrong")
			}
			refused(t, p.vote(person(1), 1, a), "code-needed")
			var tabs sync.WaitGroup // of one code two people at once
			got := make([]error, 2)
			for i := range got {
				tabs.Go(func() { got[i] = p.redeems(person(i+1), first, " abcde-23456 ") })
			}
			tabs.Wait()
			winner, loser := 1, 2
			if got[0] != nil {
				winner, loser = 2, 1
			}
			refused(t, got[winner-1], "")
			refused(t, got[loser-1], "code-used")
			refused(t, p.vote(person(winner), 1, a), "")
			refused(t, p.vote(person(loser), 1, a), "code-needed")
			p.restart()
			refused(t, p.redeems(person(loser), first, "ABCDE23456"), "code-used")
			refused(t, p.redeems(person(winner), first, "ABCDE23457"), "") // has the right already, and wastes no other code
			refused(t, p.redeems(person(loser), first, "ABCDE23457"), "")
			refused(t, p.vote(person(loser), 1, a), "")
			refused(t, p.vote(person(winner), 2, p.tea.Options[1].ID), "")
			refused(t, p.asks(first, "strength", map[string]string{"strength": ""}), "strength")
			p.send("person-0", first, "cancel", map[string]any{})
			refused(t, p.redeems(person(3), first, "ABCDE23458"), "code-wrong")
			if told := p.deck().Codes; told == nil || *told != (Codes{2, 2}) {
				t.Errorf("hosts are told of %+v", told)
			}
			if got := p.deck().Questions[0].People; got != 2 {
				t.Errorf("%d people have voted", got)
			}
		})
	}
}

func refused(t *testing.T, err error, want string) {
	t.Helper()
	if code(err) != want {
		t.Errorf("refused with %q (%v), want %q", code(err), err, want)
	}
}

// Only who is signed in votes, where that is asked for.
func TestOnlyAccountsVote(t *testing.T) {
	t.Parallel()
	p := openPlace(t, 2, choice(2))
	p.send("person-0", p.poll, "strength", map[string]string{"strength": "account"})
	p.host("open", map[string]any{})
	refused(t, p.vote(person(1), 1, p.tea.Options[0].ID), "account-needed")
	p.account = func(_ context.Context, person string) (bool, error) { return person == "person-2", nil }
	p.restart()
	refused(t, p.vote(person(1), 1, p.tea.Options[0].ID), "account-needed")
	refused(t, p.vote(person(2), 1, p.tea.Options[0].ID), "")
	refused(t, p.redeems(person(1), p.poll, "ABCDE23456"), "no-codes")
	p.agree(1)
}

// The limits of codes, and what is stored of them.
func TestCodesAtTheEdge(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	issue := func(codes ...string) error { return s.do("host", "issue", map[string]any{"codes": codes}) }
	for what, codes := range map[string][]string{
		"none": {}, "short": {"ABCDE2345"}, "long": {strings.Repeat("A", 41)}, "twice": {"ABCDE23456", "abcde-23456"},
		"odd": {"ABCDE_23456"}, "foreign": {"ÄBCDE23456"}, "1,001": codesFrom(0, mostIssued+1),
	} {
		if err := issue(codes...); code(err) != "codes" {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused(t, s.do("host", "issue", map[string]any{}), "malformed")
	refused(t, s.do("host", "strength", map[string]any{"strength": "blood"}), "malformed")
	refused(t, s.do("host", "strength", map[string]any{}), "malformed")
	refused(t, issue("ABCDE23456", strings.Repeat("A", 40)), "")
	refused(t, issue("abcde 23456"), "codes") // is there
	// 10,000 and no more; hashing as many is not what is tried here.
	for n := len(s.poll.codes.hashes); n < MaxCodes-2; n++ {
		s.poll.codes.add(codeHash{1, byte(n), byte(n >> 8)}, "")
	}
	refused(t, issue(codesFrom(0, 3)...), "many-codes")
	refused(t, issue(codesFrom(0, 2)...), "")
	refused(t, issue(codesFrom(5, 1)...), "many-codes")
	refused(t, s.do("host", "strength", map[string]string{"strength": "code"}), "")
	refused(t, s.do("ann", "redeem", map[string]string{"code": "ABCDE23456"}), "")
	s.save()
	if got := *s.poll.codes.told(); got != (Codes{MaxCodes, 1}) {
		t.Errorf("after a checkpoint: %+v", got)
	}
	refused(t, s.do("ben", "redeem", map[string]string{"code": "ABCDE23456"}), "code-used")
	refused(t, s.do("ben", "redeem", map[string]string{"code": "CODE000001"}), "")
	for _, e := range s.log {
		if text := string(e.With); strings.Contains(text, "ABCDE") || strings.Contains(text, "CODE0") {
			t.Errorf("%q has a code: %s", e.Did, text)
		}
		if e.Did == "coded" && (e.To.Sees(rooms.Member{Role: rooms.Owner}) || e.To.Sees(rooms.Member{Role: rooms.TheRoom})) {
			t.Errorf("the hashes are told")
		}
	}
}

// Hashes of codes are made beside the room, under one salt.
func TestCodesAreHashedBeside(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	make := func(codes ...string) rooms.Command {
		return rooms.Command{In: "poll-1", Do: "issue", With: encode(map[string]any{"codes": codes}), From: rooms.Member{Role: rooms.Host}}
	}
	one, other := make("ABCDE23456"), make("ABCDE23457")
	one.Prepared, other.Prepared = s.poll.Prepare(one)(), s.poll.Prepare(other)() // before there is a salt
	events, err := s.poll.Decide(one)
	s.must("issue", err)
	for _, e := range events {
		s.apply(e)
	}
	if _, err := s.poll.Decide(other); code(err) != "codes-moved" {
		t.Errorf("codes under another salt: %v", err)
	}
	refused(t, s.do("host", "strength", map[string]string{"strength": "code"}), "")
	redeem := rooms.Command{Do: "redeem", With: json.RawMessage(`{"code":"abcde-23456"}`), From: rooms.Member{ID: "ann", Role: rooms.Participant}}
	redeem.Prepared = s.poll.Prepare(redeem)()
	if events, err := s.poll.Decide(redeem); err != nil || len(events) != 1 {
		t.Errorf("%v %v", events, err)
	}
	for _, work := range []rooms.Command{make(), {Do: "redeem", With: json.RawMessage(`{"code":7}`)}, {Do: "redeem", With: json.RawMessage(`{"code":"A"}`)}} {
		if s.poll.Prepare(work) != nil {
			t.Errorf("%s is prepared", work.With)
		}
	}
}

// Checkpoints that make no sense are not loaded.
func TestCheckpointsOfCodes(t *testing.T) {
	t.Parallel()
	good := map[string]any{"stage": stage{}, "voters": []string{}, "deck": []string{}}
	for what, bad := range map[string]map[string]any{
		"strength": {"strength": "blood"}, "hashes without people": {"salt": []byte("salt"), "hashes": make([]byte, 16)},
		"half a hash": {"salt": []byte("salt"), "hashes": make([]byte, 15), "by": []string{""}},
		"no salt":     {"hashes": make([]byte, 16), "by": []string{""}},
		"twice":       {"salt": []byte("salt"), "hashes": make([]byte, 32), "by": []string{"", ""}},
	} {
		with := maps.Clone(good)
		maps.Copy(with, bad)
		if err := (&Poll{}).Load(encode(with)); err == nil {
			t.Errorf("%s: loaded", what)
		}
	}
	if err := (&Poll{}).Load(encode(good)); err != nil {
		t.Error(err)
	}
}

// A page without scripts asks for the code first, and then for the answer.
func TestACodeWithoutScripts(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	s.run("host writes tea: single Black|Green")
	refused(t, s.do("host", "strength", map[string]string{"strength": "code"}), "")
	refused(t, s.do("host", "issue", map[string]any{"codes": []string{"ABCDE23456"}}), "")
	s.run("host opens tea")
	asked := s.plain("ann")
	if asked.State != rooms.PlainAsks || asked.Hint.How != "code" || len(asked.Fields) != 1 || asked.Title != "tea" {
		t.Fatalf("the form is %+v", asked)
	}
	refused(t, s.sends("ann", "=ABCDE23457"), "code-wrong")
	refused(t, s.sends("ann", "=abcde-23456"), "")
	if asked = s.plain("ann"); asked.Hint.How != "one" {
		t.Fatalf("after the code: %+v", asked)
	}
	refused(t, s.sends("ann", "=Green"), "")
	s.run("ann has: tea (1.1) Green")
}
