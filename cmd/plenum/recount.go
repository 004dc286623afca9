package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"plenum/polls/methods"
)

// recountCommand counts exported ballots anew. It needs no server and no data.
type recountCommand struct {
	File   string           `arg:"" help:"The ballots, as the host's desk exports them (docs/polls.md); - reads them from standard input." type:"path"`
	Method []methods.Method `help:"Only this method: borda, irv, schulze, stv or approval. Can be given several times." placeholder:"METHOD"`
	Seats  int              `help:"So many winners, instead of what the file says." placeholder:"N"`
}

// Run counts the ballots and prints the results as tables.
func (c recountCommand) Run(out output) error {
	file, err := c.read()
	if err != nil {
		return err
	}
	page := paper{names: map[string]string{}}
	if file.Kind != "" {
		if c.Seats != 0 || len(c.Method) > 0 {
			return fmt.Errorf("these ballots choose no options: there are no seats and no methods for them")
		}
		page.kind(&file)
		page.quiz(&file)
		_, err = io.WriteString(out.stdout, page.String())
		return err
	}
	if c.Seats != 0 {
		file.Seats = c.Seats
	}
	results, people, err := c.count(&file)
	if err != nil {
		return err
	}
	for _, o := range file.Options {
		page.ids = append(page.ids, o.ID)
		page.names[o.ID] = o.Text
		if o.Text == "" {
			page.names[o.ID] = o.ID
		}
	}
	if file.Prompt != "" {
		page.line("%s", file.Prompt)
	}
	page.line("Ballots: %d   Options: %d   Winners: %d", people, len(file.Options), file.Seats)
	for _, r := range results {
		page.result(r, file.Method, people)
	}
	page.verdict(results)
	page.quiz(&file)
	_, err = io.WriteString(out.stdout, page.String())
	return err
}

func (c recountCommand) read() (methods.File, error) {
	from := os.Stdin
	if c.File != "-" {
		opened, err := os.Open(c.File)
		if err != nil {
			return methods.File{}, fmt.Errorf("open the ballots: %w", err)
		}
		defer opened.Close() //nolint:errcheck // it was only read
		from = opened
	}
	file, err := methods.ReadFile(from)
	if err != nil {
		return file, fmt.Errorf("%s: %w", c.File, err)
	}
	return file, nil
}

// count is every method that was asked for, or all that go with the ballots:
// first the one that decides.
func (c recountCommand) count(f *methods.File) (results []methods.Result, people int, err error) {
	if f.Scored() {
		if len(c.Method) > 0 {
			return nil, 0, fmt.Errorf("these ballots are scores, and scores are added up: there is no other method for them")
		}
		r, err := f.Score()
		for _, b := range f.Ballots {
			people += *b.Count
		}
		return []methods.Result{r}, people, err
	}
	p, err := f.Profile()
	if err != nil {
		return nil, 0, err
	}
	for _, m := range c.wanted(f) {
		r, err := methods.Count(p, m, f.Rules())
		if err != nil {
			return nil, 0, err
		}
		results = append(results, r)
	}
	return results, p.People(), nil
}

func (c recountCommand) wanted(f *methods.File) []methods.Method {
	if len(c.Method) > 0 {
		return c.Method
	}
	all := slices.DeleteFunc(slices.Clone(methods.All), func(m methods.Method) bool {
		return m == f.Method || m == methods.Approval || m == methods.Runoff && f.Seats > 1 || m == methods.Transfer && f.Seats == 1
	})
	if f.Method == methods.Approval { // nothing was ranked
		return []methods.Method{methods.Approval}
	}
	if f.Method != "" && f.Method != methods.Score {
		all = append([]methods.Method{f.Method}, all...)
	}
	return all
}

// methodNames are what methods are called on paper.
var methodNames = map[methods.Method]string{
	methods.Borda: "Borda (points for places)", methods.Runoff: "Run-off (instant run-off)", methods.Schulze: "Schulze (duels, Condorcet)",
	methods.Transfer: "Single transferable vote", methods.Approval: "Approval (how often named)", methods.Score: "Score (sum of points)",
}

// paper is what is printed.
type paper struct {
	strings.Builder
	ids   []string // in their order
	names map[string]string
}

func (p *paper) line(format string, parts ...any) { fmt.Fprintf(p, format+"\n", parts...) }

func (p *paper) named(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = p.names[id]
	}
	return strings.Join(names, ", ")
}

func (p *paper) result(r methods.Result, decides methods.Method, people int) {
	mark := ""
	if r.Method == decides {
		mark = ", which decides"
	}
	p.line("\n== %s%s", methodNames[r.Method], mark)
	p.order(r)
	p.rounds(r)
	p.pairs(r)
	for _, tie := range r.Broken {
		p.line("The order of the options decided between: %s", p.named(tie))
	}
	switch {
	case people == 0:
		p.line("Nobody has voted.")
	case len(r.Winners) > 0:
		p.line("Elected: %s", p.named(r.Winners))
	}
	if len(r.Tied) > 0 {
		p.line("Tied: %s", p.named(r.Tied))
	}
}

// verdict says whether the methods agree.
func (p *paper) verdict(results []methods.Result) {
	if len(results) < 2 {
		return
	}
	set := func(r methods.Result) string { return strings.Join(slices.Sorted(slices.Values(r.Winners)), " ") }
	for _, r := range results[1:] {
		if set(r) != set(results[0]) {
			p.line("\nWho wins differs by method.")
			return
		}
	}
	p.line("\nAll these methods agree on who wins.")
}
