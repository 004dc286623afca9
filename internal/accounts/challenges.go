package accounts

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"sync"
	"time"
)

// challenges are given out for a purpose, to be answered once within five
// minutes. What is given out is signed and not kept, so that asking costs
// nothing; what was answered is kept until it would be too old. A restart makes
// all of them worthless: who was about to answer asks again.
type challenges struct {
	key  []byte
	mu   sync.Mutex
	used map[string]int64 // until when a challenge that was answered would be good
}

const challengeFor = 5 * time.Minute

// A challenge is its end in Unix milliseconds, some randomness, and a signature.
const (
	challengeEnd    = 8
	challengeRandom = 24
	challengeBytes  = challengeEnd + challengeRandom + sha256.Size
)

func newChallenges() *challenges {
	return &challenges{key: randomBytes(sha256.Size), used: map[string]int64{}}
}

// give makes a challenge for a purpose.
func (c *challenges) give(purpose string, now time.Time) []byte {
	made := binary.BigEndian.AppendUint64(nil, uint64(now.Add(challengeFor).UnixMilli()))
	made = append(made, randomBytes(challengeRandom)...)
	return append(made, c.sign(made, purpose)...)
}

// take tells whether a challenge was given for this purpose and is good; it is
// not from then on.
func (c *challenges) take(challenge []byte, purpose string, now time.Time) bool {
	if len(challenge) != challengeBytes {
		return false
	}
	made, signature := challenge[:challengeBytes-sha256.Size], challenge[challengeBytes-sha256.Size:]
	if !hmac.Equal(signature, c.sign(made, purpose)) {
		return false
	}
	end := int64(binary.BigEndian.Uint64(made))
	if now.UnixMilli() >= end {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for former, until := range c.used {
		if until <= now.UnixMilli() {
			delete(c.used, former)
		}
	}
	if _, ok := c.used[string(challenge)]; ok {
		return false
	}
	c.used[string(challenge)] = end
	return true
}

func (c *challenges) sign(made []byte, purpose string) []byte {
	mac := hmac.New(sha256.New, c.key)
	mac.Write(made)
	mac.Write([]byte(purpose))
	return mac.Sum(nil)
}
