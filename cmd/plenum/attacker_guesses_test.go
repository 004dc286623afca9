package main

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// choiceIn is the one option that a text names, as a vote does.
func (a *attack) choiceIn(text string) (int, bool) {
	found, choice := 0, 0
	for i, option := range a.options {
		if strings.Contains(text, `["`+option+`"]`) {
			found, choice = found+1, i
		}
	}
	return choice, found == 1
}

// byNames: a row that has a member and one option.
func (a *attack) byNames() map[string]int {
	guesses := map[string]int{}
	for _, rows := range a.copies {
		for _, r := range rows {
			choice, ok := a.choiceIn(r.text)
			for _, member := range a.members {
				if ok && (r.by == member || strings.Contains(r.text, member)) {
					guesses[member] = choice
				}
			}
		}
	}
	return guesses
}

// byOrder: who enters votes at once, so a ballot is of whoever entered last.
func (a *attack) byOrder() map[string]int {
	guesses := map[string]int{}
	for _, rows := range a.copies {
		last := ""
		for _, r := range rows {
			if r.did == "entered" {
				for _, member := range a.members {
					if strings.Contains(r.text, `"`+member+`"`) {
						last = member
					}
				}
			}
			if choice, ok := a.choiceIn(r.text); ok && r.did == "voted" && last != "" {
				if _, known := guesses[last]; !known {
					guesses[last] = choice
				}
			}
		}
	}
	return guesses
}

// bySizes: the longer the text beside a ballot, the higher the choice.
func (a *attack) bySizes() map[string]int {
	guesses, last, sizes := map[string]int{}, "", map[int]bool{}
	rows := a.copies[len(a.copies)-1]
	for _, r := range rows {
		if r.did == "voted" {
			sizes[r.size] = true
		}
	}
	ordered := []int{}
	for size := range sizes {
		ordered = append(ordered, size)
	}
	sort.Ints(ordered)
	if len(ordered) < choices {
		return guesses // one for each question
	}
	for _, r := range rows {
		if r.did == "entered" {
			for _, member := range a.members {
				if strings.Contains(r.text, `"`+member+`"`) {
					last = member
				}
			}
		}
		if r.did == "voted" && last != "" {
			guesses[last] = min(choices-1, max(0, slices.Index(ordered, r.size)-(len(ordered)-choices)))
		}
	}
	return guesses
}

// byDifferences: what of the choices grew in what the host saw while a single
// person voted.
func (a *attack) byDifferences() map[string]int {
	guesses := map[string]int{}
	for _, text := range a.texts {
		was, people := make([]int, choices), 0
		for line := range strings.Lines(text) {
			counts, voted, ok := a.tally(line)
			if !ok {
				continue
			}
			grown, times := 0, 0
			for i := range counts {
				if counts[i] > was[i] {
					grown, times = i, times+counts[i]-was[i]
				}
			}
			if times == 1 && voted == people+1 && voted <= voters {
				guesses[a.members[voted-1]] = grown
			}
			was, people = counts, voted
		}
	}
	return guesses
}

// tally is what a frame tells of the counts.
func (a *attack) tally(line string) (counts []int, people int, ok bool) {
	var f struct {
		Digests []struct {
			Key  string
			With struct {
				People int
				Counts map[string]int
			}
		}
	}
	if json.Unmarshal([]byte(line), &f) != nil {
		return nil, 0, false
	}
	for _, d := range f.Digests {
		if d.Key == "q" && d.With.Counts != nil {
			for _, option := range a.options {
				counts = append(counts, d.With.Counts[option])
			}
			return counts, d.With.People, true
		}
	}
	return nil, 0, false
}

// byCounted: ballots are counted in the order in which they came.
func (a *attack) byCounted(members []string) map[string]int {
	guesses := map[string]int{}
	for _, r := range a.copies[len(a.copies)-1] {
		if r.did != "counted" || !strings.Contains(r.text, `"question":"q"`) {
			continue
		}
		var with struct{ Ballots []byte }
		if _, content, found := strings.Cut(r.text, " "); found && json.Unmarshal([]byte(content), &with) == nil {
			for i := 0; 2*i+1 < len(with.Ballots) && i < len(members); i++ {
				guesses[members[i]] = int(math.Log2(float64(with.Ballots[2*i+1])))
			}
		}
	}
	if len(guesses) != voters {
		a.t.Errorf("%d ballots were counted", len(guesses))
	}
	return guesses
}

// byCodes are the voters in the order of the codes that they have used.
func (a *attack) byCodes() []string {
	used := map[int]string{}
	for _, r := range a.copies[len(a.copies)-1] {
		var with struct{ Code int }
		if _, content, found := strings.Cut(r.text, " "); r.did == "redeemed" && found && json.Unmarshal([]byte(content), &with) == nil {
			used[with.Code] = r.by
		}
	}
	if len(used) != voters {
		a.t.Errorf("%d codes were used", len(used))
	}
	var members []string
	for _, code := range slices.Sorted(maps.Keys(used)) {
		members = append(members, used[code])
	}
	return members
}

// byTables: what of the choices grew in what was exported for a spreadsheet
// right after somebody had voted.
func (a *attack) byTables() map[string]int {
	guesses := map[string]int{}
	was := make([]int, choices)
	for _, g := range a.tables {
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(g.results, "\ufeff"))).ReadAll()
		if err != nil {
			a.t.Fatal(err)
		}
		counts, grown, times := make([]int, 0, choices), 0, 0
		for _, row := range rows {
			if row[1] == "Who?" {
				n, err := strconv.Atoi(row[7])
				if err != nil {
					a.t.Fatal(err)
				}
				counts = append(counts, n)
			}
		}
		if len(counts) != choices {
			a.t.Fatalf("the table is %q", g.results)
		}
		for i := range counts {
			if counts[i] > was[i] {
				grown, times = i, times+counts[i]-was[i]
			}
		}
		if was = counts; times == 1 {
			guesses[g.member] = grown
		}
	}
	return guesses
}
