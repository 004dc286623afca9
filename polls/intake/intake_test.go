package intake_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"plenum/polls/intake"
	"plenum/polls/tables"
	"plenum/rooms"
)

// said is what was found, a line each.
func said(f intake.Found) string {
	var out strings.Builder
	for _, i := range f.Items {
		fmt.Fprintf(&out, "%d %s %q", i.Line, i.Form, i.Prompt)
		for at, o := range i.Options {
			mark := ""
			if slices.Contains(i.Right, at) {
				mark = "*"
			}
			fmt.Fprintf(&out, " %s%q", mark, o)
		}
		if len(i.Accept) > 0 {
			fmt.Fprintf(&out, " accepts %q", i.Accept)
		}
		if i.Number != nil {
			fmt.Fprintf(&out, " is %v±%v (%d)", i.Number.Truth, rounded(i.Number.Within), i.Number.Decimals)
		}
		if i.Seconds > 0 || i.Worth > 0 {
			fmt.Fprintf(&out, " %ds %dp", i.Seconds, i.Worth)
		}
		out.WriteString("\n")
	}
	for _, fault := range f.Faults {
		fmt.Fprintf(&out, "%d: %s\n", fault.Line, fault.Because)
	}
	return out.String()
}

func rounded(n float64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.6f", n), "0"), ".")
}

func compare(t *testing.T, what, got, want string) {
	t.Helper()
	if want = strings.TrimLeft(want, "\n"); got != want {
		t.Errorf("%s is read as\n%swant\n%s", what, got, want)
	}
}

func fixture(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func read(t *testing.T, mediaType string, file []byte) intake.Found {
	t.Helper()
	found, err := intake.Read(mediaType, file)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestGIFT(t *testing.T) {
	t.Parallel()
	compare(t, "GIFT", said(read(t, "text/plain", fixture(t, "moodle.gift"))), `
3 single "Who's buried in Grant's tomb?" "Grant" "Jefferson" *"no one"
5 single "Grant is _____ in Grant's tomb." "buried" *"entombed" "living"
7 single "The American holiday of Thanksgiving is celebrated on the _____ Thursday of November." "second" "third" *"fourth"
13 words "Who's buried in Grant's tomb?" accepts ["no one" "nobody"]
15 words "Two plus two equals _____." accepts ["four" "4"]
17 single "Grant is buried in Grant's tomb." "True" *"False"
19 single "The sun rises in the east." *"True" "False"
28 estimate "When was Ulysses S. Grant born?" is 1822±0 (0)
30 estimate "What is the value of pi (to 3 decimal places)? _____." is 3.1415±0.0005 (4)
32 estimate "What is the value of pi (to 3 decimal places)? _____." is 3.1415±0.0005 (4)
34 estimate "When was Ulysses S. Grant born?" is 1822±0 (0)
41 single "Japanese characters originally came from what country?" "India" *"China" "Korea" "Egypt"
48 multiple "What two people are entombed in Grant's tomb?" "No one" *"Grant" *"Grant's wife" "Grant's father"
55 single "Which answer equals 5?" "= 2 + 2" *"= 2 + 3" "= 2 + 4"
61 single "Which of the following is NOT a control character for the GIFT import format?" "~" "=" "#" "{" "}" *"\\"
71 wall "Write about love & war."
21: gift-matching
73: gift-text
`)
}

func TestWhatIsNoGIFTIsSaid(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Open {~a =b":                   "1: gift-braces\n",
		"Shut ~a =b}\n\nGood {T}":       "3 single \"Good\" *\"True\" \"False\"\n1: gift-braces\n",
		"No sign {a b}":                 "1: gift-answers\n",
		"Empty {= ~}":                   "1: gift-answers\n",
		"Nothing right {~a ~b}":         "1: right-answer\n",
		"No number {#abc}":              "1: no-number\n",
		"Backwards {#5..1}":             "1: no-number\n",
		"Escaped \\{ and \\} {=a ~b}":   "1 single \"Escaped { and }\" *\"a\" \"b\"\n",
		"a::b {T}":                      "1 single \"a::b\" *\"True\" \"False\"\n",
		"::t\\:\\:u:: q {F}":            "1 single \"q\" \"True\" *\"False\"\n",
		"Two\\nlines <br> three {TRUE}": "1 single \"Two\\nlines\\nthree\" *\"True\" \"False\"\n",
		"x < y & z > 1 {T}":             "1 single \"x < y & z > 1\" *\"True\" \"False\"\n",
		"Why? {}####because":            "1 wall \"Why? _____ ####because\"\n",
		"Why? {=a####because}":          "1 words \"Why?\" accepts [\"a\"]\n",
	} {
		compare(t, text, said(read(t, "text/plain", []byte(text))), want)
	}
}

func TestAiken(t *testing.T) {
	t.Parallel()
	compare(t, "Aiken", said(read(t, "text/plain", fixture(t, "moodle.aiken"))), `
1 single "What is the correct answer to this question?" "Is it this one?" "Maybe this answer?" "Possibly this one?" *"Must be this one!"
8 single "Which LMS has the most quiz import formats?" *"Moodle" "ATutor" "Claroline" "Blackboard" "WebCT" "Ilias"
`)
}

// Every mistake is said once, and what stands behind it is read.
func TestWhatIsNoAikenIsSaid(t *testing.T) {
	t.Parallel()
	good := "Good?\nA. yes\nB. no\nANSWER: A\n"
	for text, want := range map[string]string{
		"Skipped?\nA. a\nC. c\nANSWER: A\n":            "3: aiken\n",
		"Beyond?\nA. a\nB. b\nANSWER: C\n":             "1: right-answer\n",
		"No options?\nANSWER: A\n":                     "2: aiken\n",
		"No answer?\nA. a\nB. b\n\n":                   "1: aiken\n",
		"Goes on\nA. a\nand on\nB. b\nANSWER: A\n":     "3: aiken\n",
		"Odd\nA. a\nB. b\nANSWER: A or B\nANSWER: A\n": "4: aiken\n",
	} {
		found := read(t, "text/plain", []byte(text+"\n"+good))
		got := said(found)
		if first := got[:strings.Index(got, "\n")+1]; !strings.Contains(first, "\"Good?\" *\"yes\" \"no\"") {
			t.Errorf("after %q the next question is read as %s", text, got)
			continue
		}
		compare(t, text, got[strings.Index(got, "\n")+1:], want)
	}
	compare(t, "several", said(read(t, "", []byte("Two\nlines?\nA) a\nB) b\nC) c\nANSWER: A, C"))), "1 multiple \"Two\\nlines?\" *\"a\" \"b\" *\"c\"\n")
}

const fromCSV = `
2 single "Which is a fruit?" "Leek" *"Tomato" "Carrot" 20s 500p
3 multiple "Which are even?" *"2" "3" *"4"
4 single "茶还是咖啡？" "茶" *"咖啡"
5 rating "How was it?"
6 ranking "What comes first?" "Tea" "Talk" "Rest"
7 words "In a word, please?"
8 words "What do you call it?" accepts ["Tee" "tea"] 30s 0p
9 estimate "How high is it?" is 40±2 (0)
10 wall "What else?"
`

// A table is read in every way in which spreadsheets write one.
func TestCSV(t *testing.T) {
	t.Parallel()
	file := string(fixture(t, "questions.csv"))
	compare(t, "CSV", said(read(t, "text/csv", []byte(file))), fromCSV)
	compare(t, "CSV with a mark", said(read(t, "text/plain", []byte("\ufeff"+strings.ReplaceAll(file, "\n", "\r\n")))), fromCSV)
	semicolons := "question;type;option 1;option 2;right\nWhich, then?;;a;\"b; c\";2\n"
	compare(t, "a table with semicolons", said(read(t, "text/csv", []byte(semicolons))), "2 single \"Which, then?\" \"a\" *\"b; c\"\n")
	compare(t, "a table with tabs", said(read(t, "text/csv", []byte("Question\tA\tB\tCorrect\nWhich?\ta\tb\tA"))), "2 single \"Which?\" *\"a\" \"b\"\n")
	units := utf16.Encode([]rune("\ufeff" + file))
	var wide bytes.Buffer
	for _, unit := range units {
		wide.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	compare(t, "UTF-16", said(read(t, "text/csv", wide.Bytes())), fromCSV)
	chinese := "题目,题型,选项1,选项2,正确,限时\n一加一？,,二,三,1,20\n"
	compare(t, "a Chinese table", said(read(t, "text/csv", []byte(chinese))), "2 single \"一加一？\" *\"二\" \"三\" 20s 0p\n")
}

func TestWhatIsNoCSVIsSaid(t *testing.T) {
	t.Parallel()
	const names = "question,type,option 1,option 2,right,time\n"
	for text, want := range map[string]string{
		"Odd,sudoku,a,b,,\n":                 "2: form-name\n",
		"Which?,,a,b,3,\n":                   "2: right-answer\n",
		"Which?,,a,b,c,\n":                   "2: right-answer\n",
		"Which?,,a,b,,soon\n":                "2: no-number\n",
		"How much?,estimate,,,many,\n":       "2: no-number\n",
		"Fine?,,a,b,b,\n\"Not,,a,b,1,\n":     "2 single \"Fine?\" \"a\" *\"b\"\n3: csv-quotes\n",
		",,,,,\nFine?,,a,b,\"a\",5\n":        "3 single \"Fine?\" *\"a\" \"b\" 5s 0p\n",
		"\"Two\nlines?\",,a,b,A,\nX?,,a,b\n": "2 single \"Two\\nlines?\" *\"a\" \"b\"\n4 single \"X?\" \"a\" \"b\"\n",
	} {
		compare(t, text, said(read(t, "text/csv", []byte(names+text))), want)
	}
}

// Kahoot's template: words to the reader, the names of the columns in row 8,
// numbered rows, and of several right answers each is right.
func TestKahoot(t *testing.T) {
	t.Parallel()
	columns := make([]tables.Column, 8)
	for i := range columns {
		columns[i].Wide = 20
	}
	rows := [][]any{
		{nil, "Quiz template"}, {nil, "Add questions, at least two answer alternatives, time limit and choose correct answers (at least one)."},
		{}, {}, {nil, "Remember: questions have a limit of 120 characters and answers can have 75 characters max."}, {},
		{nil, "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters", "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
			"Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one"},
		{1, "Which is a planet?", "Mars", "Sun", "Venus", "Moon", 20, "1,3"},
		{2, "Two plus two?", 3, 4, nil, nil, 5, 2},
		{3, "Nobody knows", "a", "b", nil, nil, 30, 4},
		{4}, {5},
	}
	var file bytes.Buffer
	if err := tables.WriteXLSX(&file, "", []tables.Table{{Name: "Other", Columns: columns, Rows: slices.Values([][]any{{"nothing"}})}, {Name: "Kahoot", Columns: columns, Rows: slices.Values(rows)}}); err != nil {
		t.Fatal(err)
	}
	const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	compare(t, "Kahoot's workbook", said(read(t, xlsx, file.Bytes())), `
9 single "Which is a planet?" *"Mars" "Sun" *"Venus" "Moon" 20s 0p
10 single "Two plus two?" "3" *"4" 5s 0p
11: right-answer
`)
}

func TestWhatIsNoFileOfQuestions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"a letter":       {[]byte("Dear Ada,\nhow are you?"), intake.ErrFile},
		"nothing":        {nil, intake.ErrFile},
		"half a zip":     {[]byte("PK\x03\x04 and so on"), intake.ErrFile},
		"an image":       {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), intake.ErrEncoding},
		"Latin-1":        {[]byte("question,option 1,option 2\nF\xfcr wen?,a,b"), intake.ErrEncoding},
		"too much":       {bytes.Repeat([]byte("a"), intake.MaxFile+1), intake.ErrBig},
		"an empty table": {[]byte("name,age\nAda,36\n"), intake.ErrFile},
	} {
		if _, err := intake.Read("text/plain", c.file); rooms.AsRefusal(err).Code != rooms.AsRefusal(c.want).Code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if found := read(t, "text/plain", append([]byte("Why? {}\n\n"), bytes.Repeat([]byte(" "), intake.MaxFile-9)...)); len(found.Items) != 1 {
		t.Errorf("a file as big as it may be has %d questions", len(found.Items))
	}
}

// Nothing that somebody may choose as a file makes it stumble, and every place
// that is named is in the file.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"moodle.gift", "moodle.aiken", "questions.csv"} {
		file, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file, name == "questions.csv")
	}
	f.Add([]byte("a{#1..2}::\\"), false)
	f.Add([]byte("\xff\xfea\x00{\x00"), false)
	f.Fuzz(func(t *testing.T, file []byte, table bool) {
		kind := "text/plain"
		if table {
			kind = "text/csv"
		}
		found, err := intake.Read(kind, file)
		if err != nil {
			if !errors.As(err, new(*rooms.Refusal)) {
				t.Fatal(err)
			}
			return
		}
		lines := 2 + bytes.Count(file, []byte("\n")) + bytes.Count(file, []byte("\r"))
		for _, fault := range found.Faults {
			if fault.Line < 1 || fault.Line > lines || fault.Say == "" {
				t.Errorf("there is no line %d of %d: %+v", fault.Line, lines, fault)
			}
		}
		for _, i := range found.Items {
			if i.Line < 1 || i.Line > lines {
				t.Errorf("there is no line %d of %d", i.Line, lines)
			}
			for _, at := range i.Right {
				if at < 0 || at >= len(i.Options) {
					t.Errorf("option %d of %d is right", at, len(i.Options))
				}
			}
		}
	})
}
