package web

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Twenty at once ask for the last place of a link: one gets it, the others are
// told why not, and are nobody in the room.
func TestOneOfManyGetsTheLastUseOfALink(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, owner := f.room()
	links := "/api/rooms/" + code + "/links"
	made := f.post(links, `{"role":"editor","uses":1}`, bearer(owner)...)
	enter := fmt.Sprintf(`{"name":"Ben","key":%q}`, made.field(t, "key"))
	var in, late atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		token := f.someone()
		all.Go(func() {
			got := f.post("/api/rooms/"+code+"/enter", enter, bearer(token)...)
			switch {
			case got.status == http.StatusOK:
				in.Add(1)
			case got.status == http.StatusForbidden && got.because() == "key-used":
				late.Add(1)
			default:
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
	all.Wait()
	if in.Load() != 1 || late.Load() != 19 {
		t.Errorf("%d came in, %d were late", in.Load(), late.Load())
	}
	for body, want := range map[string]string{
		`{"role":"editor","until":1}`: "expiry",
		fmt.Sprintf(`{"role":"editor","until":%d}`, time.Now().Add(-time.Hour).UnixMilli()): "expiry",
		`{"role":"editor","uses":-1}`:    "uses",
		`{"role":"editor","uses":10001}`: "uses",
		`{"role":"editor","uses":1.5}`:   "malformed",
		`{"role":"owner"}`:               "malformed",
		`{}`:                             "malformed",
	} {
		if got := f.post(links, body, bearer(owner)...); got.because() != want {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
}
