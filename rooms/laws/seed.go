package laws

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strconv"
	"testing"
)

var (
	seedFlag   = flag.Uint64("laws.seed", 0, "repeat the run of the law tests with this seed (also PLENUM_LAWS_SEED)")
	runsFlag   = flag.Int("laws.runs", 5, "how many random runs try each law")
	updateFlag = flag.Bool("laws.update", false, "write the golden logs anew")
)

// Steps is how many commands one run tries.
const Steps = 300

// Seed is where the random runs of a test start: what -laws.seed or
// PLENUM_LAWS_SEED say, else a new one, which is logged.
func Seed(t testing.TB) uint64 {
	t.Helper()
	seed := *seedFlag
	if seed == 0 {
		if said, ok := os.LookupEnv("PLENUM_LAWS_SEED"); ok {
			var err error
			if seed, err = strconv.ParseUint(said, 10, 64); err != nil {
				t.Fatalf("PLENUM_LAWS_SEED: %v", err)
			}
		}
	}
	if seed == 0 {
		seed = rand.Uint64() >> 16
	}
	t.Logf("repeat with -laws.seed=%d", seed)
	return seed
}

// Runs is how many random runs try each law.
func Runs() int { return *runsFlag }

// source is the randomness of a run.
func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x706c656e756d)) }

// try holds one law in one new world. A panic is a broken law too.
func try(p Plan, seed uint64, hold func(*world) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	w, err := newWorld(p, seed)
	if err != nil {
		return err
	}
	return hold(w)
}
