package polls

import (
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

// What is said of a picture is what the room has; what it has not is refused.
func TestPicturesOfTheRoom(t *testing.T) {
	t.Parallel()
	q := Question{Kind: Pins, Prompt: "tea", Special: Special{Picture: aPicture()}}
	s := newScript(t)
	ask := rooms.Command{Do: "write", With: encode(map[string]any{"question": q}), From: rooms.Member{Role: rooms.Host}}
	if got := s.poll.Images(ask); len(got) != 1 || got[0] != q.Picture.File {
		t.Errorf("it names %v", got)
	}
	ask.Images = map[string]rooms.Image{}
	if _, err := s.poll.Decide(ask); code(err) != "picture" {
		t.Errorf("what the room has not: %v", err)
	}
	ask.Images[q.Picture.File] = rooms.Image{Width: 7, Height: 9}
	events, err := s.poll.Decide(ask)
	if err != nil || !strings.Contains(string(events[0].With), `"width":7,"height":9`) {
		t.Errorf("%v %s", err, events[0].With)
	}
	for _, e := range events {
		s.seq++
		e.Seq = s.seq
		s.apply(e)
	}
	choice := Question{Kind: Single, Prompt: "cake", Options: []Option{{Text: "a", Picture: aPicture()}, {Text: "b"}}}
	s.must("write", s.do("host", "write", map[string]any{"question": choice}))
	frees := func(do string, with any) string {
		command := rooms.Command{Do: do, With: encode(with), From: rooms.Member{Role: rooms.Host}}
		events, err := s.poll.Decide(command)
		s.must(do, err)
		return fmt.Sprint(events[len(events)-1].Frees)
	}
	drop := map[string]any{"question": s.labels["cake"]}
	if got := frees("drop", drop); got != "[]" {
		t.Errorf("another question shows it, and it frees %s", got)
	}
	s.must("drop", s.do("host", "drop", map[string]any{"question": s.labels["tea"]}))
	if got := frees("drop", drop); got != "["+aPicture().File+"]" {
		t.Errorf("the last one frees %s", got)
	}
	choice.ID = s.labels["cake"]
	choice.Options[0].Picture = nil
	if got := frees("write", map[string]any{"question": choice}); got != "["+aPicture().File+"]" {
		t.Errorf("without it, it frees %s", got)
	}
}

// A picture is part of what was asked.
func TestAPictureIsFrozenWithItsQuestion(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	q := Question{Kind: Single, Prompt: "tea", Options: []Option{{Text: "a", Picture: aPicture()}, {Text: "b"}}}
	s.must("write", s.do("host", "write", map[string]any{"question": q}))
	s.run("host opens tea")
	id := s.tea().Options[0].ID
	s.must("vote", s.do("ann", "vote", map[string]any{"question": s.tea().ID, "round": 1, "turn": 1, "options": []string{id}}))
	s.run("host closes tea")
	now := s.tea().Question
	now.Options = []Option{{ID: id, Text: "a", Picture: aPicture()}, now.Options[1]}
	now.Options[0].Picture.Alt = "something else"
	if err := s.do("host", "write", map[string]any{"question": now}); code(err) != "voted" {
		t.Errorf("another picture after the vote: %v", err)
	}
}

// A slide is shown and nothing else.
func TestASlideIsNoQuestion(t *testing.T) {
	t.Parallel()
	s := run(t, "host writes tea: single Black|Green")
	s.must("write", s.do("host", "write", map[string]any{"question": Question{Kind: Slide, Prompt: "hello", Special: Special{Text: "**you**"}}}))
	s.run(`host opens hello -> slide
		host presents hello
		ann votes hello: nothing -> closed
		host closes hello -> draft
		host reveals hello -> draft
		host repeats hello -> draft
		save`)
	if got := s.plain("ann"); got.State != rooms.PlainShows || got.Title != "hello" || got.Text != "**you**" || len(got.Fields) != 0 {
		t.Errorf("without scripts it is %+v", got)
	}
	told, err := report(t.Context(), s.whole(nil))
	s.must("report", err)
	if all := told.(Report).Rounds; len(all) != 1 || all[0].Text != "**you**" {
		t.Errorf("the report has %+v", all)
	}
	made, err := table(t.Context(), s.whole(nil))
	s.must("table", err)
	var text strings.Builder
	s.must("write", made.(rooms.File).Write(&text))
	if strings.Contains(text.String(), "hello") {
		t.Errorf("the results have %s", text.String())
	}
	s.run("host drops hello")
}

// The longest sealed ballot has room.
func TestTheLongestBallotOfPlacesIsSealed(t *testing.T) {
	t.Parallel()
	long := many(MaxItems)
	for i := range long {
		long[i].ID = fmt.Sprintf("o23456789abcde%02d", i)
	}
	for _, q := range []Question{
		{Kind: Axes, Options: long, To: fine, Special: Special{X: anAxis("x"), Y: anAxis("y")}},
		{Kind: Pins, Most: MaxPins, Special: Special{Picture: aPicture()}},
	} {
		q.Prompt, q.ID, q.Veiling = "tea", "q1", Veiling{Secrecy: Anonymous}
		made, err := Kind.New(encode(settings{Questions: []Question{q}}))
		if err != nil {
			t.Fatal(err)
		}
		s := newScript(t)
		s.poll, s.labels["tea"] = made.(*Poll), "q1"
		s.run("host opens tea")
		places, pins := map[string][]int{}, [][]int{}
		for _, o := range s.tea().Options {
			places[o.ID] = []int{fine, fine}
		}
		for range MaxPins {
			pins = append(pins, []int{sideLength, sideLength})
		}
		vote := map[string]any{"question": "q1", "round": 1, "turn": MaxTurn, "slip": "0123456789012345678901"}
		if q.Kind == Axes {
			vote["places"] = places
		} else {
			vote["pins"] = pins
		}
		s.must("vote", s.do("ann", "vote", vote))
		if e := s.log[len(s.log)-1]; e.Did != "voted" || len(e.With) > e.Pad {
			t.Errorf("%q has %d bytes in a box of %d", e.Did, len(e.With), e.Pad)
		}
	}
}
