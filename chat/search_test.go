package chat

import (
	"encoding/json"
	"reflect"
	"testing"

	"plenum/rooms"
)

func TestTexts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		did, with string
		want      []rooms.Text
	}{
		{"said", `{"text":"hello","name":"Ada"}`, []rooms.Text{{Key: "7", Text: "hello"}}},
		{"said", `{"size":5}`, []rooms.Text{{Key: "7"}}},
		{"edited", `{"of":3,"text":"hello again"}`, []rooms.Text{{Key: "3", Text: "hello again"}}},
		{"edited", `{"of":3,"size":11}`, []rooms.Text{{Key: "3"}}},
		{"deleted", `{"of":3,"forgets":[[3,5]]}`, []rooms.Text{{Key: "3"}}},
		{"reacted", `{"of":3,"emoji":"👍","on":true}`, nil},
		{"pinned", `{"of":3,"on":true}`, nil},
	} {
		if got := textsOf(rooms.Event{Seq: 7, Did: test.did, With: json.RawMessage(test.with)}); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s %s: %+v", test.did, test.with, got)
		}
	}
}
