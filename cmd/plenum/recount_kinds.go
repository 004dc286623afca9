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
	if f.Placed() {
		p.places(f)
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

// places prints where items were placed on average, or how many have a pin in
// each area.
func (p *paper) places(f *methods.File) {
	name := func(o methods.FileOption) string {
		if o.Text == "" {
			return o.ID
		}
		return o.Text
	}
	p.line("")
	if f.Kind == methods.FilePins {
		areas, elsewhere := f.Hit()
		for i, n := range areas {
			p.line("%8d  %s", n, name(f.Options[i]))
		}
		p.line("%8d  elsewhere", elsewhere)
		return
	}
	for i, axis := range []*methods.FileAxis{f.X, f.Y} {
		if axis != nil {
			p.line("(%s) %s: 0 = %s, %d = %s", "xy"[i:i+1], axis.Title, axis.Low, f.Steps, axis.High)
		}
	}
	p.line("%8s%8s%8s%8s%8s", "people", "x", "spread", "y", "spread")
	for i, m := range f.Middles() {
		if m.People == 0 {
			p.line("%8d%8s%8s%8s%8s  %s", 0, "-", "-", "-", "-", name(f.Options[i]))
			continue
		}
		p.line("%8d%8.2f%8.2f%8.2f%8.2f  %s", m.People, m.X, m.SpreadX, m.Y, m.SpreadY, name(f.Options[i]))
	}
}
