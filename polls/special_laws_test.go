package polls

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

var forms = []Form{Single, Multiple, Rating, Ranking, Words, Words, Wall, Wall, Estimate, Points, Dates, Grid, Grid, Axes, Pins}

// randomSpecial is a question of a special form.
func randomSpecial(r *rand.Rand, q Question) Question {
	switch q.Kind {
	case Words, Wall:
		q.Most, q.Review = 1+r.IntN(3), q.Kind == Wall && r.IntN(2) == 0
	case Estimate:
		q.Decimals, q.Unit = r.IntN(3), "kg"
		if r.IntN(2) == 0 {
			least, most := float64(r.IntN(4)-3), float64(10+r.IntN(50))
			q.Min, q.Max = &least, &most
		}
		if r.IntN(2) == 0 {
			q.Truth = randomNumber(r, q)
		}
	case Points:
		q.Total = []int{1, 10, 100}[r.IntN(3)]
		for range 2 + r.IntN(3) {
			q.Options = append(q.Options, Option{Text: fmt.Sprintf("answer %d", r.IntN(1_000_000))})
		}
	case Dates:
		q.Zone = []string{"Europe/Berlin", "Asia/Kolkata", "America/St_Johns"}[r.IntN(3)]
		for i := range 1 + r.IntN(4) {
			day := 20_000 + 100*i + r.IntN(99)
			if r.IntN(2) == 0 {
				q.Options = append(q.Options, Option{Date: time.UnixMilli(int64(day) * 86_400_000).UTC().Format(time.DateOnly)})
				continue
			}
			at := int64(day)*86_400_000 + int64(r.IntN(24*4))*900_000
			q.Options = append(q.Options, Option{Start: at, End: at + 900_000*int64(1+r.IntN(8))})
		}
	case Axes:
		for range 1 + r.IntN(4) {
			q.Options = append(q.Options, Option{Text: fmt.Sprintf("answer %d", r.IntN(1_000_000))})
		}
		q.Least, q.To = 1+r.IntN(len(q.Options)), []int{0, coarse, fine}[r.IntN(3)]
		q.X, q.Y = anAxis("Effort"), anAxis("Value")
	case Pins:
		q.Most, q.Picture = 1+r.IntN(3), aPicture()
		if r.IntN(2) == 0 {
			q.Options = areas()
		}
	case Grid:
		for range 1 + r.IntN(4) {
			q.Options = append(q.Options, Option{Text: fmt.Sprintf("answer %d", r.IntN(1_000_000))})
		}
		q.Least = 1 + r.IntN(len(q.Options))
		if r.IntN(2) == 0 {
			q.From, q.To, q.Low, q.High = r.IntN(3)-1, 3+r.IntN(3), "bad", "good"
			break
		}
		q.Several = r.IntN(2) == 0
		for i := range 2 + r.IntN(3) {
			q.Columns = append(q.Columns, Option{Text: fmt.Sprint("column ", i)})
		}
	}
	return q
}

func randomNumber(r *rand.Rand, q Question) *float64 {
	number := float64(r.IntN(int(10*q.scale()))) / q.scale()
	return &number
}

// randomContent is what a ballot on a question of a special form holds.
func randomContent(r *rand.Rand, q Question, vote map[string]any) {
	switch q.Kind {
	case Estimate:
		vote["number"] = *randomNumber(r, q)
	case Points:
		points, left := map[string]int{}, q.Total
		for _, i := range r.Perm(len(q.Options))[1:] {
			points[q.Options[i].ID] = r.IntN(left + 1)
			left -= points[q.Options[i].ID]
		}
		for _, o := range q.Options {
			if _, given := points[o.ID]; !given {
				points[o.ID] = left
			}
		}
		vote["points"] = points
	case Axes:
		places, most := map[string][]int{}, max(q.To, coarse)
		for _, item := range r.Perm(len(q.Options))[:q.Least+r.IntN(len(q.Options)-q.Least+1)] {
			places[q.Options[item].ID] = []int{r.IntN(most + 1), r.IntN(most + 1)}
		}
		vote["places"] = places
	case Pins:
		var pins [][]int
		for range 1 + r.IntN(q.Most) {
			pins = append(pins, []int{r.IntN(sideLength + 1), r.IntN(sideLength + 1)})
		}
		vote["pins"] = pins
	case Dates, Grid:
		rows := map[string][]string{}
		for _, row := range r.Perm(len(q.Options))[:q.Least+r.IntN(len(q.Options)-q.Least+1)] {
			chosen := 1
			if q.Several {
				chosen += r.IntN(q.columns())
			}
			for _, column := range r.Perm(q.columns())[:chosen] {
				rows[q.Options[row].ID] = append(rows[q.Options[row].ID], q.columnName(column))
			}
		}
		vote["rows"] = rows
	default:
		var texts []string
		for _, i := range r.Perm(len(someWords))[:1+r.IntN(q.Most)] {
			texts = append(texts, someWords[i][r.IntN(len(someWords[i]))])
		}
		vote["texts"] = texts
	}
}

// someWords are words, each in its spellings.
var someWords = [][]string{
	{"tea", "Tea", "TEA", " tea "}, {"Straße", "STRASSE"}, {"caf\u00e9", "cafe\u0301", "CAFÉ"}, {"咖啡"}, {"two words", "Two  Words"}, {"😀"}, {"شاي"}, {"<b>x</b>"},
}

// randomMark lets an answer through that a host sees, or holds it back.
func randomMark(r *rand.Rand, seen HostView) (do string, with any) {
	for _, i := range r.Perm(len(seen.Questions)) {
		q := seen.Questions[i]
		if q.Answers == nil {
			continue
		}
		var ids []string
		for _, card := range append(q.Answers.Cards, q.Answers.Waiting...) {
			ids = append(ids, card.ID)
		}
		for _, word := range append(q.Answers.Words, q.Answers.Out...) {
			ids = append(ids, word.Text)
		}
		if len(ids) > 0 {
			do := []string{"approve", "withhold"}[r.IntN(2)]
			return do, map[string]any{"question": q.ID, "round": q.Round, "answer": ids[r.IntN(len(ids))]}
		}
	}
	return "", nil
}

// spaced is a word of a script, in which spaces are underlines.
func spaced(word string) string { return strings.ReplaceAll(word, "_", " ") }

func decimal(word string) float64 {
	number, err := strconv.ParseFloat(word, 64)
	if err != nil {
		panic(err)
	}
	return number
}
