package search

import (
	"fmt"
	"strings"
	"testing"
)

// A document is found part by part, as it is after its changes.
func TestDocuments(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, _ := w.room("ada", "")
	long := strings.Repeat("filler text ", 100)
	doc := w.add(code, "doc", "", fmt.Sprintf(`{"content":[{"insert":"Alpha"},{"insert":"\n","attributes":{"header":1}},{"insert":"first part %s\n"},{"insert":"Beta"},{"insert":"\n","attributes":{"header":1}},{"insert":"second part\n"}]}`, long))
	w.settle()
	if got := w.find("ada", "first"); len(got.Results) != 1 || got.Results[0].In != doc || got.Results[0].Type != "doc" {
		t.Fatalf("found %+v", got)
	}
	w.finds("ada", "second", "Beta second part")
	below := w.find("ada", "second").Results[0].Key
	w.do(code, "ada", doc, "change", `{"base":0,"change":[{"insert":"Written above. "}]}`)
	w.settle()
	if got := w.texts("ada", "written above alpha"); len(got) != 1 || !strings.HasPrefix(got[0], "Written above. Alpha first part filler") {
		t.Errorf("found %q", got)
	}
	if got := w.find("ada", "second").Results[0].Key; got != below {
		t.Errorf("the part below was %s and is %s now", below, got)
	}
	w.do(code, "ada", doc, "change", `{"base":1,"change":[{"delete":15}]}`)
	w.settle()
	w.finds("ada", "written")
}

// A question is found by those whose view shows it.
func TestQuestions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, _ := w.room("ada", "")
	w.enter(code, "ben")
	const options = `"kind":"single","options":[{"text":"tea"},{"text":"coffee"}]`
	poll := w.add(code, "poll", "", `{"questions":[{"id":"q1","prompt":"Which drink?",`+options+`},{"id":"q2","prompt":"Which drink later?",`+options+`}]}`)
	w.settle()
	w.finds("ben", "drink")
	w.finds("ada", "drink", "Which drink? tea coffee", "Which drink later? tea coffee")
	present := func(id string) {
		w.do(code, "ada", poll, "present", `{"question":%s}`, id)
		w.settle()
	}
	present(`"q1"`)
	w.finds("ben", "coffee", "Which drink? tea coffee")
	present(`"q2"`)
	w.finds("ben", "coffee", "Which drink later? tea coffee")
	present(`""`)
	w.finds("ben", "coffee")
	w.do(code, "ada", poll, "write", `{"question":{"id":"q1","prompt":"Which sandwich?",`+options+`}}`)
	w.do(code, "ada", poll, "drop", `{"question":"q2"}`)
	w.settle()
	w.finds("ada", "drink")
	w.finds("ada", "sandwich", "Which sandwich? tea coffee")
}

// A message is found as it was corrected, and not at all once it is deleted.
func TestMessagesThatChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	w.say(code, "ada", talk, "lunch on friday")
	w.settle()
	seq := w.find("ada", "lunch").Results[0].Key
	w.do(code, "ada", talk, "edit", `{"seq":%s,"text":"lunch on monday"}`, seq)
	w.settle()
	w.finds("ada", "lunch", "lunch on monday")
	w.finds("ada", "friday")
	w.do(code, "ada", talk, "delete", `{"seq":%s}`, seq)
	w.settle()
	w.finds("ada", "lunch")
}

// A question waits for hosts alone, is then found by all, and with its answer;
// who asked without a name is not named by it.
func TestAskedQuestions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, _ := w.room("ada", "")
	w.enter(code, "ben")
	w.enter(code, "cleo")
	asked := w.add(code, "qa", "", `{"moderated":true}`)
	w.do(code, "ben", asked, "ask", `{"text":"Where is the lunch?","unnamed":true}`)
	w.settle()
	w.finds("cleo", "lunch")
	w.finds("ada", "lunch", "Where is the lunch?")
	id := w.find("ada", "lunch").Results[0].Key
	w.do(code, "ada", asked, "approve", `{"question":%s}`, id)
	w.do(code, "ada", asked, "answer", `{"question":%s,"text":"In the garden"}`, id)
	w.settle()
	w.finds("cleo", "garden", "Where is the lunch? In the garden")
	if found := w.find("cleo", "garden").Results[0]; found.By != "" || found.Name != "" {
		t.Errorf("it is said to be by %q", found.Name)
	}
	w.do(code, "ada", asked, "dismiss", `{"question":%s}`, id)
	w.settle()
	w.finds("cleo", "garden")
	w.do(code, "ada", asked, "restore", `{"question":%s}`, id)
	w.settle()
	w.finds("cleo", "garden", "Where is the lunch? In the garden")
}

// The questions of a survey are found by hosts while it is a draft, and then by
// all; what people answer is found by nobody.
func TestSurveys(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, _ := w.room("ada", "")
	w.enter(code, "ben")
	made := w.add(code, "survey", "", `{"pages":[{"id":"p","title":"Food","questions":[{"id":"q","kind":"short","prompt":"Which sandwich?"}]}]}`)
	w.settle()
	w.finds("ben", "sandwich")
	w.finds("ada", "sandwich", "Food Which sandwich?")
	w.do(code, "ada", made, "open", `{}`)
	w.do(code, "ben", made, "send", `{"page":"p","answers":{"q":"cucumber"}}`)
	w.settle()
	w.finds("ben", "sandwich", "Food Which sandwich?")
	w.finds("ada", "cucumber")
	w.finds("ben", "cucumber")
}
