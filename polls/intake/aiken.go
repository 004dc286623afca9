package intake

import (
	"regexp"
	"strings"
)

var (
	aikenAnswer = regexp.MustCompile(`(?m)^[ \t]*ANSWER:[ \t]*[A-Z]`)
	aikenOption = regexp.MustCompile(`^\s*([A-Z])[.)]\s+(.*)$`)
	aikenRight  = regexp.MustCompile(`^\s*ANSWER:\s*([A-Z](?:\s*,\s*[A-Z])*)\s*$`)
)

// aiken is a question that is being read.
type aiken struct {
	Item
	bad bool // it was said already
}

func (a *aiken) empty() bool { return a.Prompt == "" && len(a.Options) == 0 && !a.bad }

// readAiken reads questions as Moodle's Aiken has them.
func readAiken(text string) Found {
	var found Found
	var now aiken
	wrong := func(line int) {
		if !now.bad {
			found.fault(line, errAiken)
		}
		now.bad = true
	}
	line := 0
	for text := range strings.Lines(text) {
		line++
		text = strings.TrimSpace(text)
		option, right := aikenOption.FindStringSubmatch(text), aikenRight.FindStringSubmatch(text)
		switch {
		case text == "":
			if len(now.Options) > 0 || now.bad {
				if !now.empty() {
					wrong(now.Line)
				}
				now = aiken{}
			}
		case right != nil:
			switch {
			case now.Prompt == "" || len(now.Options) == 0:
				wrong(line)
			case !now.bad:
				found.take(now.Item, right[1])
			}
			now = aiken{}
		case strings.HasPrefix(text, "ANSWER:"):
			wrong(line)
		case option != nil && now.Prompt != "":
			if place := int(option[1][0] - 'A'); place != len(now.Options) {
				wrong(line)
			}
			now.Options = append(now.Options, option[2])
		case len(now.Options) > 0: // an option goes on, which Aiken does not know
			wrong(line)
		case now.Prompt == "":
			now.Line, now.Prompt = line, text
		default:
			now.Prompt += "\n" + text
		}
	}
	if !now.empty() {
		wrong(now.Line)
	}
	return found
}

// take adds a question whose right letters are known.
func (f *Found) take(i Item, letters string) {
	i.Form = single
	for letter := range strings.SplitSeq(letters, ",") {
		place := int(strings.TrimSpace(letter)[0] - 'A')
		if place >= len(i.Options) {
			f.fault(i.Line, errRight)
			return
		}
		i.Right = append(i.Right, place)
	}
	if i.Right = unique(i.Right); len(i.Right) > 1 {
		i.Form = multiple
	}
	f.add(i)
}
