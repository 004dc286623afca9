package surveys

import (
	"math/rand/v2"
	"strconv"
)

const (
	idAlphabet = "23456789abcdefghjkmnpqrstuvwxyz"
	idLength   = 8
	longestID  = 16
)

// isID tells whether a text has the form of an id: 1 to 16 small letters and digits.
func isID(id string) bool {
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return len(id) > 0 && len(id) <= longestID
}

// ids are new names made of the randomness of one command, none of which is the
// name of something that was here before.
func ids(seed uint64) func(prefix string, taken func(string) bool) string {
	source := rand.NewPCG(seed, 0)
	return func(prefix string, taken func(string) bool) string {
		for {
			id := []byte(prefix)
			bits := source.Uint64()
			for range idLength {
				id = append(id, idAlphabet[bits%uint64(len(idAlphabet))])
				bits /= uint64(len(idAlphabet))
			}
			if !taken(string(id)) {
				return string(id)
			}
		}
	}
}

// unused is the first numbered name that is not taken.
func unused(prefix string, taken func(string) bool) string {
	for n := 1; ; n++ {
		if id := prefix + strconv.Itoa(n); !taken(id) {
			return id
		}
	}
}
