package intake

import (
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// readGIFT reads questions as Moodle's GIFT has them: blocks of text that empty
// lines part.
func readGIFT(text string) Found {
	var found Found
	var block []string
	begins, line := 0, 0
	end := func() {
		if len(block) > 0 {
			found.gift(begins, strings.Join(block, "\n"))
		}
		block = nil
	}
	for text := range strings.Lines(text) {
		line++
		switch text = strings.TrimRight(text, "\n"); {
		case strings.TrimSpace(text) == "":
			end()
		case strings.HasPrefix(strings.TrimSpace(text), "//") || strings.HasPrefix(strings.TrimSpace(text), "$CATEGORY:"):
		default:
			if len(block) == 0 {
				begins = line
			}
			block = append(block, text)
		}
	}
	end()
	return found
}

var giftFormat = regexp.MustCompile(`^\[(html|moodle|plain|markdown)\]`)

// gift reads one block.
func (f *Found) gift(line int, block string) {
	block = strings.TrimSpace(block)
	if named, ok := strings.CutPrefix(block, "::"); ok {
		if end := index(named, "::"); end >= 0 {
			block = strings.TrimSpace(named[end+2:])
		}
	}
	block = giftFormat.ReplaceAllString(block, "")
	open, shut := index(block, "{"), lastIndex(block, "}")
	switch {
	case open < 0 && shut < 0:
		f.fault(line, errNoAnswers)
		return
	case open < 0 || shut < open:
		f.fault(line, errUnclosed)
		return
	}
	before, inside, after := block[:open], strings.TrimSpace(block[open+1:shut]), block[shut+1:]
	item := Item{Line: line, Prompt: plain(before)}
	if after = plain(after); after != "" {
		item.Prompt = strings.TrimSpace(item.Prompt + " _____" + spaced(after))
	}
	if err := item.giftAnswers(inside); err != nil {
		f.fault(line, err)
		return
	}
	f.add(item)
}

// spaced puts a space before a text that goes on with a word.
func spaced(text string) string {
	if strings.ContainsAny(text[:1], ".,;:!?)") {
		return text
	}
	return " " + text
}

var giftTruth = regexp.MustCompile(`(?i)^(T|TRUE|F|FALSE)\s*(#.*)?$`)

// giftAnswers reads what stands between the braces.
func (i *Item) giftAnswers(inside string) error {
	if end := index(inside, "####"); end >= 0 {
		inside = strings.TrimSpace(inside[:end])
	}
	if inside == "" {
		i.Form = wall
		return nil
	}
	if rest, ok := strings.CutPrefix(inside, "#"); ok {
		return i.giftNumber(rest)
	}
	if truth := giftTruth.FindStringSubmatch(strings.ReplaceAll(inside, "\n", " ")); truth != nil {
		i.Form, i.Options, i.Right = single, []string{"True", "False"}, []int{1}
		if truth[1][0] == 'T' || truth[1][0] == 't' {
			i.Right[0] = 0
		}
		return nil
	}
	answers, err := giftList(inside)
	if err != nil {
		return err
	}
	choice := false
	for _, a := range answers {
		if index(a.text, "->") >= 0 {
			return errMatching
		}
		choice = choice || a.sign == '~'
	}
	if !choice {
		i.Form = words
		for _, a := range answers {
			if a.weight > 0 {
				i.Accept = append(i.Accept, plain(a.text))
			}
		}
		return nil
	}
	i.Form = single
	for _, a := range answers {
		if a.weight > 0 {
			i.Right = append(i.Right, len(i.Options))
		}
		i.Options = append(i.Options, plain(a.text))
	}
	if len(i.Right) > 1 {
		i.Form = multiple
	}
	if len(i.Right) == 0 {
		return errRight
	}
	return nil
}

// giftAnswer is one answer, with how much of the points it brings in percent.
type giftAnswer struct {
	sign   byte
	weight float64
	text   string
}

var giftWeight = regexp.MustCompile(`^\s*%(-?\d+(?:\.\d+)?)%`)

// giftList parts answers at their signs.
func giftList(inside string) ([]giftAnswer, error) {
	var all []giftAnswer
	at := indexAny(inside, "=~")
	if at < 0 || strings.TrimSpace(inside[:at]) != "" {
		return nil, errAnswers
	}
	for at < len(inside) {
		a := giftAnswer{sign: inside[at]}
		rest := inside[at+1:]
		end := indexAny(rest, "=~")
		if end < 0 {
			end = len(rest)
		}
		a.text, at = rest[:end], at+1+end
		if a.sign == '=' {
			a.weight = 100
		}
		if w := giftWeight.FindStringSubmatch(a.text); w != nil {
			a.weight, _ = strconv.ParseFloat(w[1], 64)
			a.text = a.text[len(w[0]):]
		}
		if note := index(a.text, "#"); note >= 0 {
			a.text = a.text[:note]
		}
		if plain(a.text) == "" {
			return nil, errAnswers
		}
		all = append(all, a)
	}
	return all, nil
}

// giftNumber reads a number: "3", "3:0.5" or "1..5", or a list of such, of which
// the one counts that brings most.
func (i *Item) giftNumber(text string) error {
	best := giftAnswer{weight: -1, text: text}
	if indexAny(text, "=~") >= 0 {
		all, err := giftList(text)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.sign == '=' && a.weight > best.weight {
				best = a
			}
		}
	} else if note := index(text, "#"); note >= 0 {
		best.text = text[:note]
	}
	i.Form = estimate
	var err error
	i.Number, err = numberOf(plain(best.text), ":")
	return err
}

// numberOf reads a number and how far from it is right as well, which stands
// behind a sign; or two numbers with two dots between them.
func numberOf(text, sign string) (*Number, error) {
	if low, high, ok := strings.Cut(text, ".."); ok {
		from, _, err1 := decimal(low)
		to, _, err2 := decimal(high)
		if err1 != nil || err2 != nil || to < from {
			return nil, errNumber
		}
		middle := math.Round((from+to)/2*1e6) / 1e6
		_, decimals, err := decimal(strconv.FormatFloat(middle, 'f', -1, 64))
		return &Number{middle, (to - from) / 2, decimals}, err
	}
	value, off, has := strings.Cut(text, sign)
	n := &Number{}
	var err error
	if n.Truth, n.Decimals, err = decimal(value); err != nil {
		return nil, err
	}
	if has {
		if n.Within, _, err = decimal(off); err != nil || n.Within < 0 {
			return nil, errNumber
		}
	}
	return n, nil
}

// decimal reads a number, and how many decimals it has.
func decimal(text string) (float64, int, error) {
	text = strings.TrimSpace(text)
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != n || n > 1e15 || n < -1e15 {
		return 0, 0, errNumber
	}
	_, behind, _ := strings.Cut(text, ".")
	return n, len(strings.TrimRight(behind, "0")), nil
}

// index is where a sign stands that no backslash makes a letter; -1: nowhere.
func index(text, sign string) int {
	for at := 0; at < len(text); at++ {
		if text[at] == '\\' {
			at++
		} else if strings.HasPrefix(text[at:], sign) {
			return at
		}
	}
	return -1
}

func indexAny(text, signs string) int {
	for at := 0; at < len(text); at++ {
		if text[at] == '\\' {
			at++
		} else if strings.IndexByte(signs, text[at]) >= 0 {
			return at
		}
	}
	return -1
}

func lastIndex(text, sign string) int {
	last := -1
	for from := 0; ; {
		at := index(text[from:], sign)
		if at < 0 {
			return last
		}
		last = from + at
		from = last + len(sign)
	}
}

var (
	giftEscape = regexp.MustCompile(`\\([~=#{}:\\n])`)
	breaks     = regexp.MustCompile(`(?i)\s*(<br\s*/?>|</p>|</li>|</div>)\s*`)
	marks      = regexp.MustCompile(`(?i)</?(p|br|b|i|u|em|strong|span|div|sub|sup|ul|ol|li|font|code|pre|h[1-6])(\s[^<>]*)?/?>`)
	spaces     = regexp.MustCompile(`[ \t\n]+`)
)

// plain is a text without backslashes and marks of HTML. Lines go on, but where
// HTML or \n breaks them.
func plain(text string) string {
	text = spaces.ReplaceAllString(text, " ")
	if marks.MatchString(text) || strings.Contains(text, "&") {
		text = html.UnescapeString(marks.ReplaceAllString(breaks.ReplaceAllString(text, "\n"), ""))
	}
	text = giftEscape.ReplaceAllStringFunc(text, func(found string) string {
		if found[1] == 'n' {
			return "\n"
		}
		return found[1:]
	})
	return strings.TrimSpace(text)
}
