package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"plenum/bench"
)

// loadCommand measures this very program under load, on this machine only.
type loadCommand struct {
	Vote   loadVote   `cmd:"" help:"Many people vote in one question within some seconds."`
	Write  loadWrite  `cmd:"" help:"Many people write in one document."`
	Fanout loadFanout `cmd:"" help:"One person talks and many listen."`
	Idle   loadIdle   `cmd:"" help:"Many peers do nothing: what memory does each cost?"`
	React  loadReact  `cmd:"" help:"Many people tap reactions, and some vote beside."`
	Join   loadJoin   `cmd:"" help:"A crowd comes in within some seconds."`
	Quiz   loadQuiz   `cmd:"" help:"Many players answer a question of a quiz, and see what it brought."`
}

type loadVote struct {
	Voters  int  `help:"How many (${default})." default:"10000"`
	Seconds int  `help:"Within how many seconds (${default})." default:"10"`
	Kill    bool `help:"Kill the server in the middle of it, with SIGKILL, and start it again."`
}

type loadWrite struct {
	Writers int     `help:"How many (${default})." default:"200"`
	Rate    float64 `help:"Changes each of them makes in a second (${default})." default:"1"`
	Seconds int     `help:"For how many seconds (${default})." default:"20"`
}

type loadFanout struct {
	Peers   int     `help:"How many listen (${default})." default:"500"`
	Rate    float64 `help:"Messages in a second (${default})." default:"10"`
	Seconds int     `help:"For how many seconds (${default})." default:"10"`
}

type loadIdle struct {
	Peers   int `help:"How many (${default})." default:"5000"`
	Seconds int `help:"For how many seconds (${default})." default:"60"`
}

type loadReact struct {
	People  int     `help:"How many tap (${default})." default:"2000"`
	Shows   int     `help:"How many screens show it (${default})." default:"20"`
	Rate    float64 `help:"Taps each of them makes in a second (${default})." default:"1"`
	Seconds int     `help:"For how many seconds (${default})." default:"10"`
}

type loadJoin struct {
	People  int `help:"How many (${default})." default:"2000"`
	Seconds int `help:"Within how many seconds (${default})." default:"10"`
}

type loadQuiz struct {
	Players int `help:"How many (${default})." default:"2000"`
	Seconds int `help:"Within how many seconds they answer (${default})." default:"10"`
}

// Run measures voting.
func (c *loadVote) Run(ctx context.Context, out output) error {
	return measure(ctx, out, func(s *bench.Server) (bench.Report, error) {
		return bench.Vote(ctx, s, c.Voters, time.Duration(c.Seconds)*time.Second, c.Kill)
	})
}

// Run measures writing.
func (c *loadWrite) Run(ctx context.Context, out output) error {
	return measure(ctx, out, func(s *bench.Server) (bench.Report, error) {
		return bench.Write(ctx, s, c.Writers, c.Rate, time.Duration(c.Seconds)*time.Second)
	})
}

// Run measures telling.
func (c *loadFanout) Run(ctx context.Context, out output) error {
	return measure(ctx, out, func(s *bench.Server) (bench.Report, error) {
		return bench.Fanout(ctx, s, c.Peers, c.Rate, time.Duration(c.Seconds)*time.Second)
	})
}

// Run measures doing nothing.
func (c *loadIdle) Run(ctx context.Context, out output) error {
	return measure(ctx, out, func(s *bench.Server) (bench.Report, error) {
		return bench.Idle(ctx, s, c.Peers, time.Duration(c.Seconds)*time.Second)
	})
}

// Run measures reacting.
func (c *loadReact) Run(ctx context.Context, out output) error {
	return measure(ctx, out, func(s *bench.Server) (bench.Report, error) {
		return bench.React(ctx, s, c.People, c.Shows, c.Rate, time.Duration(c.Seconds)*time.Second)
	})
}

// Run measures coming in.
func (c *loadJoin) Run(ctx context.Context, out output) error {
	return measure(ctx, out, func(s *bench.Server) (bench.Report, error) {
		return bench.Join(ctx, s, c.People, time.Duration(c.Seconds)*time.Second)
	})
}

// Run measures playing.
func (c *loadQuiz) Run(ctx context.Context, out output) error {
	return measure(ctx, out, func(s *bench.Server) (bench.Report, error) {
		return bench.Quiz(ctx, s, c.Players, time.Duration(c.Seconds)*time.Second)
	})
}

// measure starts a server of its own on empty data, runs a scenario and prints
// its report as JSON.
func measure(ctx context.Context, out output, scenario func(*bench.Server) (bench.Report, error)) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	data, err := os.MkdirTemp("", "plenum-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	server, err := bench.StartServer(ctx, program, data)
	if err != nil {
		return err
	}
	defer server.Kill() //nolint:errcheck // it may have ended in order already
	report, err := scenario(server)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	fmt.Fprintln(out.stdout, string(text))
	return nil
}
