package main

import (
	"fmt"
	"strings"

	"plenum/polls/methods"
)

// kind prints ballots that choose no options.
func (p *paper) kind(f *methods.File) {
	if f.Prompt != "" {
		p.line("%s", f.Prompt)
	}
	p.line("Ballots: %d", f.People())
	if f.People() == 0 {
		p.line("Nobody has answered.")
		return
	}
	if f.Kind == methods.FileEstimate {
		p.numbers(f.Numbers(), f.Unit)
		return
	}
	if f.Gridded() {
		p.grid(f)
		return
	}
	told, held := f.Texts()
	p.line("")
	for _, t := range told {
		p.line("%8d  %s", t.Count, strings.ReplaceAll(t.Text, "\n", "\n          "))
	}
	if held > 0 {
		p.line("Held back by the hosts: %d", held)
	}
}

func (p *paper) numbers(n *methods.Numbers, unit string) {
	row := func(name string, number float64) {
		p.line("%-22s%s", name, strings.TrimSpace(decimal(number)+" "+unit))
	}
	row("Median", n.Median)
	row("Mean", n.Mean)
	row("Half of all: from", n.Low)
	row("             to", n.High)
	row("Least", n.Least)
	row("Greatest", n.Greatest)
	p.line("")
	if n.Below > 0 {
		p.line("%16s below %-14s%8d", "", decimal(n.Start), n.Below)
	}
	for i, count := range n.Bins {
		from := n.Start + float64(i)*n.Width
		p.line("%16s up to below %-8s%8d", decimal(from), decimal(from+n.Width), count)
	}
	if n.Above > 0 {
		p.line("%16s and above %19d", decimal(n.Start+float64(len(n.Bins))*n.Width), n.Above)
	}
}

// grid prints a line for each row, with a number under each column.
func (p *paper) grid(f *methods.File) {
	p.line("")
	var head strings.Builder
	for i, column := range f.Columns {
		fmt.Fprintf(&head, "%8s", fmt.Sprintf("(%d)", i+1))
		name := column.Text
		if name == "" {
			name = column.ID
		}
		p.line("(%d) %s", i+1, name)
	}
	if f.Scale {
		fmt.Fprintf(&head, "%8s", "mean")
	}
	p.line("")
	p.line("%s", head.String())
	for _, row := range f.Rows() {
		var line strings.Builder
		for _, n := range row.Counts {
			fmt.Fprintf(&line, "%8d", n)
		}
		if f.Scale {
			mean := "-"
			if row.Mean != nil {
				mean = fmt.Sprintf("%.2f", *row.Mean)
			}
			fmt.Fprintf(&line, "%8s", mean)
		}
		mark := ""
		if row.Best {
			mark = "   best"
		}
		p.line("%s  %s%s", line.String(), row.Text, mark)
	}
}
