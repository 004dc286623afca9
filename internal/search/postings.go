package search

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// blockMost is how many places a row of the index holds at most.
const blockMost = 128

// hit is an item of a room in which something was found, and how well it fits.
type hit struct {
	n     uint32
	score float32
}

// posting is an item in which a term comes, with its weight from 1 to 255.
type posting struct {
	n      uint32
	weight byte
}

var errBlock = errors.New("a row of the index cannot be read")

// encode writes postings in order of n, the first of which is known: of each
// the distance from the one before, and the weight.
func encode(of []posting) []byte {
	out := make([]byte, 0, 3*len(of))
	before := of[0].n
	for _, p := range of {
		out = append(binary.AppendUvarint(out, uint64(p.n-before)), p.weight)
		before = p.n
	}
	return out
}

// decode reads what encode has written, and adds it to a list.
func decode(to []posting, first uint32, block []byte) ([]posting, error) {
	n := uint64(first)
	for len(block) > 0 {
		distance, size := binary.Uvarint(block)
		if size <= 0 || size == len(block) {
			return nil, errBlock
		}
		if n += distance; n > math.MaxUint32 {
			return nil, errBlock
		}
		to = append(to, posting{uint32(n), block[size]})
		block = block[size+1:]
	}
	return to, nil
}

// weigh is the weight of a term that comes so often in a text of this length:
// the part of BM25 that does not depend on other texts, for texts of 20 terms
// on average.
func weigh(times, length int) byte {
	const k, b, average = 1.2, 0.75, 20
	t := float64(times)
	w := t * (k + 1) / (t + k*(1-b+b*float64(length)/average))
	return byte(max(1, math.Round(w/(k+1)*255)))
}

// rarity is the part of BM25 that depends on how many of all have a term.
func rarity(having, all int) float32 {
	return float32(math.Log(1 + (float64(all-having)+0.5)/(float64(having)+0.5)))
}

// both are the hits in two lists in order of n, with the scores of both.
func both(a, b []hit) []hit {
	if len(a) > len(b) {
		a, b = b, a
	}
	var found []hit
	for _, h := range a {
		i, ok := slices.BinarySearchFunc(b, h.n, byNumber)
		if ok {
			found = append(found, hit{h.n, h.score + b[i].score})
		}
		b = b[i:]
	}
	return found
}

// either are the hits in any of the lists, each with its best score. n is the
// highest number there can be. Many hits are put in their places; few are sorted.
func either(lists [][]hit, n int) []hit {
	sum := 0
	for _, list := range lists {
		sum += len(list)
	}
	if len(lists) == 1 {
		return lists[0]
	}
	if sum > n/8 {
		return placed(lists, n)
	}
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b hit) int {
		if a.n != b.n {
			return int(int64(a.n) - int64(b.n))
		}
		return -compareScores(a, b)
	})
	return slices.CompactFunc(all, func(a, b hit) bool { return a.n == b.n })
}

func placed(lists [][]hit, n int) []hit {
	scores := make([]float32, n+1) // one more than the score; 0: no hit
	count := 0
	for _, list := range lists {
		for _, h := range list {
			if int(h.n) > n {
				continue // it came while we looked
			}
			if scores[h.n] == 0 {
				count++
			}
			scores[h.n] = max(scores[h.n], 1+h.score)
		}
	}
	all := make([]hit, 0, count)
	for i, score := range scores {
		if score > 0 {
			all = append(all, hit{uint32(i), score - 1})
		}
	}
	return all
}

// without are the hits of a list that are not in another.
func without(a, b []hit) []hit {
	if len(b) == 0 {
		return a
	}
	var left []hit
	for _, h := range a {
		i, there := slices.BinarySearchFunc(b, h.n, byNumber)
		if !there {
			left = append(left, h)
		}
		b = b[i:]
	}
	return left
}

func byNumber(h hit, n uint32) int { return int(int64(h.n) - int64(n)) }

func compareScores(a, b hit) int {
	switch {
	case a.score < b.score:
		return -1
	case a.score > b.score:
		return 1
	}
	return 0
}
