package polls

import (
	"strings"
	"testing"
)

// goldenPlaces is a story of items between two axes, of pins on a picture, of
// options with pictures and of a slide: x,y for each item or pin, _ for one that
// is left out.
const goldenPlaces = `
	m4 write - 300
	m4 write - 301
	m4 write - 302
	m4 write - 303
	m4 write - 304
	m4 present 5
	m4 open 5 0
	m4 open 1 0
	m2 vote 1 1 1 0,10 5,5
	m3 vote 1 1 1 10,0 _
	m7 vote 1 1 1 11,0 3,3
	m7 vote 1 1 2 3,3 7,9
	m2 vote 1 1 2 1,9 5,5
	m3 vote 1 1 2 -
	m4 write 1 305
	m4 close 1
	m4 hide 1
	m4 reveal 1
	m4 open 2 600
	m2 vote 2 1 1 1500,1500 9000,200
	m3 vote 2 1 1 0,10000
	m3 vote 2 1 2 5000,5000 5000,5000
	m7 vote 2 1 1 10001,3
	m7 vote 2 1 2 2000,2000
	m4 close 2
	m4 reveal 2
	m4 again 2
	m4 open 2 600
	m2 vote 2 2 1 4000,7000
	m4 open 3 0
	m2 vote 3 1 1 6000,1000
	m3 vote 3 1 1 6001,9999 1,1 2,2
	m4 close 3
	m4 open 4 0
	m2 vote 4 1 1 1
	m3 vote 4 1 1 0
	m4 close 4
	m4 write 5 306
	m4 present 5
	m4 drop 3
	m4 present 1
	m4 again 1
	m4 open 1 20
	m7 vote 1 2 1 10,10 0,0`

// TestGoldenPlaces is the same for axes, pins, pictures and slides, which came later.
func TestGoldenPlaces(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenPlaces, "testdata/places.jsonl")
}

const (
	onePicture   = `{"file":"sha256-` + oneHash + `","alt":"A <b>house</b> 😀","width":640,"height":480}`
	otherPicture = `{"file":"sha256-` + otherHash + `","alt":"茶","width":1,"height":2560}`
	oneHash      = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	otherHash    = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
)

// goldenPlaceQuestions are what it asks, from 300 on.
var goldenPlaceQuestions = []string{
	`{"kind":"axes","prompt":"What first?","options":[{"text":"Roof"},{"text":"Garden 😀"}],"x":{"title":"Effort","low":"little","high":"much"},"y":{"title":"Value"},"show":"closed"}`,
	`{"kind":"pins","prompt":"Where is it cold?","options":[{"text":"The door","area":[1000,1000,2000,3000]},{"text":"The roof","area":[0,0,10000,0,5000,4000]}],"most":2,"picture":` + onePicture + `}`,
	`{"kind":"pins","prompt":"Anywhere","most":3,"picture":` + otherPicture + `,"secrecy":"named"}`,
	`{"kind":"single","prompt":"Which one?","options":[{"text":"This","picture":` + onePicture + `},{"text":"That","picture":` + otherPicture + `},{"text":"None"}]}`,
	`{"kind":"slide","prompt":"And now","text":"**Look** at\n- this","picture":` + otherPicture + `}`,
	`{"kind":"axes","prompt":"What else?","options":[{"text":"Roof"}],"x":{"title":"Effort"},"y":{"title":"Value"},"to":20}`,
	`{"kind":"slide","prompt":"And then","text":""}`,
}

func goldenPlace(word string, at int, q HostQuestion, with map[string]any) {
	if word == "_" {
		return
	}
	x, y, _ := strings.Cut(word, ",")
	pair := []int{number(x), number(y)}
	if q.Kind == Pins {
		pins, _ := with["pins"].([][]int)
		with["pins"] = append(pins, pair)
		return
	}
	places, there := with["places"].(map[string][]int)
	if !there {
		places = map[string][]int{}
	}
	places[q.Options[at].ID] = pair
	with["places"] = places
}
