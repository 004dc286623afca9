package methods

import "math"

// mostBins is how many columns a picture of numbers has at most.
const mostBins = 12

// Numbers is what many numbers look like: the middle, the spread, and how many
// of them lie where.
type Numbers struct {
	Median   float64 `json:"median"`
	Mean     float64 `json:"mean"`
	Low      float64 `json:"low"`  // half of all numbers lie from here
	High     float64 `json:"high"` // to here
	Least    float64 `json:"least"`
	Greatest float64 `json:"greatest"`
	Start    float64 `json:"start"` // where the first column begins
	Width    float64 `json:"width"` // of a column: it has what is not yet in the next
	Bins     []int   `json:"bins"`
	Below    int     `json:"below,omitempty"` // far away from all others, and in no column
	Above    int     `json:"above,omitempty"`
}

// Summary is made of numbers in order, in a unit of which so many make 1. It is
// nil without numbers.
func Summary(sorted []int64, scale float64) *Numbers {
	if len(sorted) == 0 {
		return nil
	}
	var total float64
	for _, n := range sorted {
		total += float64(n)
	}
	last := len(sorted) - 1
	low, high := quantile(sorted, 0.25), quantile(sorted, 0.75)
	n := &Numbers{
		Median: quantile(sorted, 0.5) / scale, Mean: total / float64(len(sorted)) / scale,
		Low: low / scale, High: high / scale, Least: float64(sorted[0]) / scale, Greatest: float64(sorted[last]) / scale,
	}
	// What lies farther out than three times the middle half is wide would make
	// all the rest one column.
	from, to := sorted[0], sorted[last]
	if reach := 3 * (high - low); reach > 0 {
		for i := 0; float64(from) < low-reach; i++ {
			from = sorted[i+1]
		}
		for i := last; float64(to) > high+reach; i-- {
			to = sorted[i-1]
		}
	}
	n.fill(sorted, from, to, scale)
	return n
}

func (n *Numbers) fill(sorted []int64, from, to int64, scale float64) {
	width := widthOf(from, to)
	start := floorDiv(from, width)
	n.Start, n.Width = float64(start*width)/scale, float64(width)/scale
	n.Bins = make([]int, floorDiv(to, width)-start+1)
	for _, number := range sorted {
		switch bin := floorDiv(number, width) - start; {
		case bin < 0:
			n.Below++
		case bin >= int64(len(n.Bins)):
			n.Above++
		default:
			n.Bins[bin]++
		}
	}
}

// widthOf is the smallest of 1, 2, 5, 10, 20, … that needs few enough columns.
func widthOf(from, to int64) int64 {
	for ten := int64(1); ; ten *= 10 {
		for _, width := range []int64{ten, 2 * ten, 5 * ten} {
			if floorDiv(to, width)-floorDiv(from, width) < mostBins {
				return width
			}
		}
	}
}

func floorDiv(a, b int64) int64 {
	quotient := a / b
	if a%b < 0 {
		quotient--
	}
	return quotient
}

// quantile is a number below which so large a part lies; between two numbers
// it is as near to each as the part says.
func quantile(sorted []int64, part float64) float64 {
	at := part * float64(len(sorted)-1)
	below := math.Floor(at)
	one := float64(sorted[int(below)])
	if rest := at - below; rest > 0 {
		one += rest * (float64(sorted[int(below)+1]) - one)
	}
	return one
}
