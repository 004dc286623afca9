// Plenum is one place where a group writes together and decides together, live.
// This is its program: the server, and the few things to be done to its data.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go heed(signals, cancel)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// heed ends the program in order at the first signal, and at once at a second.
func heed(signals <-chan os.Signal, cancel context.CancelFunc) {
	<-signals
	cancel()
	second := <-signals
	os.Exit(128 + int(second.(syscall.Signal)))
}

const about = `Plenum: one place where a group writes together and decides together, live.

Start it, open the address that it prints, and show the code: people join with a
browser, on a laptop or a phone, and need no account. Everything it keeps is in
one folder (--data).

  plenum                               on port 8080, for everyone on this network
  plenum --listen 127.0.0.1:9000       on another port, for this machine only
  plenum serve --help                  every flag of the server
  plenum backup saturday.db            a copy of everything, while it runs

Every flag can be given as a variable in the environment, named beside it.`

// commandLine is everything that can be asked of the program.
type commandLine struct {
	Data string `help:"The folder where everything is kept. It is made if it does not exist." default:"data" env:"PLENUM_DATA" type:"path" placeholder:"FOLDER"`

	Serve   serveCommand   `cmd:"" default:"withargs" help:"Run the server. This is what happens without a command."`
	Migrate migrateCommand `cmd:"" help:"Bring the database up to date and end. Starting the server does it as well."`
	Backup  backupCommand  `cmd:"" help:"Copy the database to a new file and the files of rooms beside it, also while the server runs."`
	Restore restoreCommand `cmd:"" help:"Make a backup the database of an empty data folder. Stop the server first."`
	Doctor  doctorCommand  `cmd:"" help:"Check that the data is whole, also while the server runs."`
	Recount recountCommand `cmd:"" help:"Count exported ballots anew, by any method. It needs no server."`
	Load    loadCommand    `cmd:"" help:"Measure this program under load, on a server and data of its own."`
	User    userCommand    `cmd:"" help:"Help people with their accounts, also while the server runs."`
	Version versionCommand `cmd:"" help:"Tell which version this is."`
}

// run is the program without the process around it; it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var line commandLine
	exit := -1
	parser, err := kong.New(&line,
		kong.Name("plenum"), kong.Description(about), kong.UsageOnError(),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(folder("")), kong.Bind(output{stdout, stderr}), kong.Bind(input{os.Stdin}),
	)
	if err != nil {
		panic(err) // the struct above is wrong
	}
	chosen, err := parser.Parse(args)
	if exit >= 0 { // --help was asked for, and given
		return exit
	}
	if err != nil {
		return complain(stderr, err)
	}
	if err := chosen.Run(folder(line.Data)); err != nil {
		return complain(stderr, err)
	}
	return 0
}

func complain(stderr io.Writer, err error) int {
	fmt.Fprintf(stderr, "plenum: %v\n", err)
	var usage *kong.ParseError
	if errors.As(err, &usage) {
		fmt.Fprintln(stderr, "Try: plenum --help")
		return 2
	}
	return 1
}

// input is what a command reads.
type input struct{ io.Reader }

// output is where a command writes: answers and what people read to stdout,
// logs and errors to stderr.
type output struct{ stdout, stderr io.Writer }
