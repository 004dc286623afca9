package collab

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

func do(d *Document, name, with string) error {
	events, err := d.Decide(rooms.Command{Do: name, With: json.RawMessage(with)})
	for _, e := range events {
		e.By, e.At = "m1", 7
		d.Apply(e)
	}
	return err
}

func TestVersions(t *testing.T) {
	t.Parallel()
	d := written(t, "null")
	for i := range 3 {
		if err := ask(d, fmt.Sprintf(`{"base":%d,"change":[{"insert":"x"}]}`, i)); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct{ do, with, want, versions string }{
		{"name", `{"rev":2,"name":"  Second \u202e try\n"}`, "", `2 Second try`},
		{"name", `{"rev":0,"name":"漢字"}`, "", `0 漢字,2 Second try`},
		{"name", `{"rev":2,"name":"Final"}`, "", `0 漢字,2 Final`},
		{"name", `{"rev":3,"name":"Final"}`, "", `0 漢字,2 Final,3 Final`},
		{"name", `{"rev":4,"name":"too early"}`, "no-revision", `0 漢字,2 Final,3 Final`},
		{"name", `{"rev":1,"name":""}`, "version-name", `0 漢字,2 Final,3 Final`},
		{"name", `{"rev":1,"name":" \t\u0000"}`, "version-name", `0 漢字,2 Final,3 Final`},
		{"name", `{"rev":1}`, "version-name", `0 漢字,2 Final,3 Final`},
		{"name", `{"name":"a"}`, "malformed", `0 漢字,2 Final,3 Final`},
		{"name", `{"rev":-1,"name":"a"}`, "malformed", `0 漢字,2 Final,3 Final`},
		{"name", `[]`, "malformed", `0 漢字,2 Final,3 Final`},
		{"unname", `{"rev":2}`, "", `0 漢字,3 Final`},
		{"unname", `{"rev":2}`, "no-version", `0 漢字,3 Final`},
		{"unname", `{}`, "malformed", `0 漢字,3 Final`},
		{"unname", `{"rev":1.5}`, "malformed", `0 漢字,3 Final`},
	} {
		if err := do(d, step.do, step.with); code(err) != step.want {
			t.Errorf("%s %s: %v, want %q", step.do, step.with, err, step.want)
		}
		var got []string
		for _, v := range d.View(rooms.Member{}).(View).Versions {
			got = append(got, fmt.Sprint(v.Rev, " ", v.Name))
			if v.By != "m1" || v.At != 7 {
				t.Errorf("%+v", v)
			}
		}
		if strings.Join(got, ",") != step.versions {
			t.Errorf("after %s %s: %v", step.do, step.with, got)
		}
	}
}

func TestVersionsAtTheEdge(t *testing.T) {
	t.Parallel()
	d := written(t, "null")
	for i := range MaxVersions + 1 {
		if err := ask(d, fmt.Sprintf(`{"base":%d,"change":[{"insert":"x"}]}`, i)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range MaxVersions {
		if err := do(d, "name", fmt.Sprintf(`{"rev":%d,"name":%q}`, i, strings.Repeat("é", MaxVersionName))); err != nil {
			t.Fatal(i, err)
		}
	}
	if err := do(d, "name", fmt.Sprintf(`{"rev":%d,"name":"one more"}`, MaxVersions)); code(err) != "versions" {
		t.Errorf("one more: %v", err)
	}
	if err := do(d, "name", `{"rev":7,"name":"another name"}`); err != nil {
		t.Errorf("another name when all are taken: %v", err)
	}
	if err := do(d, "name", fmt.Sprintf(`{"rev":7,"name":%q}`, strings.Repeat("é", MaxVersionName-1)+"😀")); code(err) != "version-name" {
		t.Errorf("a name of %d: %v", MaxVersionName+1, err)
	}
	if err := do(d, "unname", `{"rev":0}`); err != nil {
		t.Fatal(err)
	}
	if err := do(d, "name", fmt.Sprintf(`{"rev":%d,"name":"one more"}`, MaxVersions)); err != nil {
		t.Errorf("after one was removed: %v", err)
	}
}

// A change says which revision it restores; one that the sender cannot know is
// no revision.
func TestRestores(t *testing.T) {
	t.Parallel()
	d := written(t, "null")
	for with, want := range map[string]string{
		`{"base":1,"change":[],"restores":2}`: "malformed", `{"base":1,"change":[],"restores":-1}`: "malformed", `{"base":1,"change":[],"restores":"1"}`: "malformed",
		`{"base":1,"change":[{"insert":"y"}],"restores":0}`: "",
	} {
		d := written(t, "null")
		if err := ask(d, `{"base":0,"change":[{"insert":"x"}]}`); err != nil {
			t.Fatal(err)
		}
		if err := ask(d, with); code(err) != want {
			t.Errorf("%s: %v", with, err)
		}
	}
	events, err := d.Decide(rooms.Command{Do: "change", With: json.RawMessage(`{"base":0,"change":[{"insert":"y"}],"restores":0}`)})
	if err != nil || string(events[0].With) != `{"rev":1,"change":[{"insert":"y"}],"restores":0}` {
		t.Errorf("%v, %v", events, err)
	}
}
