package methods

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		numbers []int64
		scale   float64
		want    string
	}{
		"one":           {[]int64{42}, 1, `{"median":42,"mean":42,"low":42,"high":42,"least":42,"greatest":42,"start":42,"width":1,"bins":[1]}`},
		"two":           {[]int64{1, 2}, 1, `{"median":1.5,"mean":1.5,"low":1.25,"high":1.75,"least":1,"greatest":2,"start":1,"width":1,"bins":[1,1]}`},
		"decimals":      {[]int64{-15, 0, 25}, 10, `{"median":0,"mean":0.33333333333333337,"low":-0.75,"high":1.25,"least":-1.5,"greatest":2.5,"start":-1.5,"width":0.5,"bins":[1,0,0,1,0,0,0,0,1]}`},
		"a wide middle": {[]int64{0, 100, 200, 300, 1000}, 1, `{"median":200,"mean":320,"low":100,"high":300,"least":0,"greatest":1000,"start":0,"width":50,"bins":[1,0,1,0,1,0,1],"above":1}`},
		"far away":      {[]int64{-1_000_000, 10, 11, 12, 13, 14, 5_000_000}, 1, `{"median":12,"mean":571437.1428571428,"low":10.5,"high":13.5,"least":-1000000,"greatest":5000000,"start":10,"width":1,"bins":[1,1,1,1,1],"below":1,"above":1}`},
		"all the same":  {[]int64{7, 7, 7, 7, 900}, 1, `{"median":7,"mean":185.6,"low":7,"high":7,"least":7,"greatest":900,"start":0,"width":100,"bins":[4,0,0,0,0,0,0,0,0,1]}`},
	} {
		raw, err := json.Marshal(Summary(c.numbers, c.scale))
		if err != nil || string(raw) != c.want {
			t.Errorf("%s:\n got %s %v\nwant %s", name, raw, err, c.want)
		}
	}
	if Summary(nil, 1) != nil {
		t.Error("no numbers have a summary")
	}
}

// Every number is in one column or outside, there are few columns, and each is
// as wide as it should be.
func TestSummaryCountsAll(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		scale := math.Pow10(r.IntN(4))
		numbers := make([]int64, 1+r.IntN(60))
		for i := range numbers {
			numbers[i] = int64(math.Pow(10, 15*r.Float64()))
			if r.IntN(2) == 0 {
				numbers[i] = -numbers[i] % 1000
			}
		}
		slices.Sort(numbers)
		n := Summary(numbers, scale)
		sum := n.Below + n.Above
		for _, count := range n.Bins {
			sum += count
		}
		lead := n.Width * scale / math.Pow10(int(math.Round(math.Log10(n.Width*scale)-0.35)))
		if sum != len(numbers) || len(n.Bins) > mostBins || !slices.Contains([]float64{1, 2, 5, 10}, math.Round(lead)) || n.Low > n.Median || n.Median > n.High {
			t.Fatalf("%v / %v: %+v (%v)", numbers, scale, n, lead)
		}
	}
}

// The greatest numbers that a question takes do not run over.
func TestSummaryAtTheEdge(t *testing.T) {
	t.Parallel()
	const most = 1_000_000_000_000_000
	n := Summary([]int64{-most, -most, 0, most, most}, 1000)
	if n.Least != -1e12 || n.Greatest != 1e12 || n.Median != 0 || n.Mean != 0 || len(n.Bins) > mostBins {
		t.Errorf("%+v", n)
	}
}
