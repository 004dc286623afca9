package rooms

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
)

// CodeAlphabet has no two characters that look alike.
const CodeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const idAlphabet = "23456789abcdefghjkmnpqrstuvwxyz"

// newCode makes a join code of six characters.
func newCode() string { return pick(CodeAlphabet, 6) }

// newRoomID makes an id that cannot be guessed.
func newRoomID() string { return "r" + pick(idAlphabet, 20) }

func newEpoch() string { return pick(idAlphabet, 8) }

// newMark names a batch.
func newMark() string {
	var b [4]byte
	random(b[:])
	return hex.EncodeToString(b[:])
}

// newKey makes the secret of a link.
func newKey() string {
	var b [24]byte
	random(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// hashKey is what is stored of a link's secret. The secret is random and long,
// so a plain hash is enough.
func hashKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

func newSeed() uint64 {
	var b [8]byte
	random(b[:])
	return binary.LittleEndian.Uint64(b[:])
}

func pick(alphabet string, length int) string {
	b := make([]byte, length)
	random(b)
	for i := range b {
		b[i] = alphabet[int(b[i])%len(alphabet)]
	}
	return string(b)
}

// short makes a name of the bits of a seed.
func short(seed uint64, length int) string {
	b := make([]byte, length)
	for i := range b {
		b[i] = idAlphabet[seed%uint64(len(idAlphabet))]
		seed /= uint64(len(idAlphabet))
	}
	return string(b)
}

// next is another seed, by the step of splitmix64.
func next(seed uint64) uint64 {
	seed += 0x9e3779b97f4a7c15
	z := seed
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// random fills b; crypto/rand.Read never fails on the systems we run on.
func random(b []byte) { _, _ = rand.Read(b) }
