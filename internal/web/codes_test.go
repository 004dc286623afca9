package web

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"
)

// Secrets that commands bring are tried out by each person so often and no
// oftener, also by many requests at once. When a whole network's budget is used
// up, somebody there who types the right one gets in.
func TestCodesAreNotGuessed(t *testing.T) {
	t.Parallel()
	f := start(t)
	at, _ := f.paper()
	code := strings.Split(at, "/")[3]
	member := func() []string {
		who := bearer(f.someone())
		if got := f.post("/api/rooms/"+code+"/enter", `{"name":"Eve"}`, who...); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		return who
	}
	try := func(who []string, says string) reply {
		return f.post(at+"/try", fmt.Sprintf(`{"with":%q}`, says), who...)
	}
	for n := range triesPerEntrance / triesPerPerson {
		guesser := member()
		var once sync.WaitGroup
		wrong := make([]string, 2*triesPerPerson)
		for i := range wrong {
			once.Go(func() { wrong[i] = try(guesser, "wrong").because() })
		}
		once.Wait()
		tried := 0
		for _, because := range wrong {
			if because == "code-wrong" {
				tried++
			} else if because != "tries" {
				t.Fatalf("a guess is refused as %q", because)
			}
		}
		if tried < triesPerPerson || tried > triesPerPerson+2 { // the budget fills up again meanwhile
			t.Errorf("person %d could guess %d times", n, tried)
		}
		if got := try(guesser, "right"); got.status != http.StatusTooManyRequests || got.because() != "tries" {
			t.Errorf("after the guesses: %d %s", got.status, got.body)
		}
	}
	honest := member()
	for range 3 {
		if got := try(honest, "right"); got.status != http.StatusOK {
			t.Errorf("somebody in the same hall: %d %s", got.status, got.body)
		}
	}
	clumsy := member()
	if got := try(clumsy, "wrong"); got.status != http.StatusForbidden || got.because() != "code-wrong" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// What tries a secret out is not taken over a socket, where nobody counts.
func TestCodesAreNotTriedOverASocket(t *testing.T) {
	t.Parallel()
	f := start(t)
	at, owner := f.paper()
	code := strings.Split(at, "/")[3]
	id := at[strings.LastIndex(at, "/")+1:]
	conn, status := f.dial(code, owner...)
	if conn == nil {
		t.Fatalf("no socket: %d", status)
	}
	for _, frame := range []string{
		fmt.Sprintf(`{"join":%q,"peer":"peer-of-eve","next":1,"protocol":1,"watch":{}}`, code),
		fmt.Sprintf(`{"in":%q,"do":"try","with":"right","n":1}`, id),
	} {
		if err := conn.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
			t.Fatal(err)
		}
	}
	for {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(frame), `"by-post"`) {
			return
		}
	}
}
