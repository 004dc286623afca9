package main

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"syscall"
	"testing"
	"time"
)

// 33: the server is killed again and again while many people write, also
// between the commit of something and the telling of it.
func TestBadInput33KilledBetweenCommitAndTell(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 33))
	data := t.TempDir()
	server := spawn(t, data)
	c := gather(t, server.url)
	writers := c.writers(4, 5)
	stop, writing := keepTalking(writers)
	const rounds, most, untold = 6, 120, 5
	round := 0
	for ; round < most && (round < rounds || untoldTo(writers) < untold); round++ {
		enough := settledBy(writers) + 1 + random.IntN(300)
		c.ben.until("acknowledgements to others", func() bool { return settledBy(writers) >= enough })
		server.signal(syscall.SIGKILL)
		if server.wait() == nil {
			t.Fatal("it was killed and says that it ended well")
		}
		server = spawn(t, data)
		c.move(server.url)
	}
	close(stop)
	writing.Wait()
	for _, k := range writers {
		k.untilSettled()
	}
	c.alive()
	for _, k := range writers {
		k.untilHeard(c.said())
	}
	t.Logf("after %d kills: %d acknowledged, %d of them stored before they were told", round, settledBy(writers), untoldTo(writers))
	if untoldTo(writers) < untold {
		t.Errorf("in %d kills, only %d things were stored and not told", round, untoldTo(writers))
	}
	server.signal(syscall.SIGTERM)
	if err := server.wait(); err != nil {
		t.Error(err)
	}
	events := stored(t, data, c.code, c.chat)
	times := count(events)
	times.nothingTwice(t)
	sum := 0
	for _, k := range writers {
		times.once(t, k.kept())
		sum += len(k.kept())
		k.sawTheEndOf(events)
	}
	if spoken := c.spoken; len(events) != sum+spoken {
		t.Errorf("%d things are stored; %d were acknowledged", len(events), sum+spoken)
	}
}

// writers are some people with some tabs each.
func (c *company) writers(people, tabs int) (all []*talker) {
	c.t.Helper()
	for i := range people {
		who := browse(c.t, c.owner.url)
		who.enter(c.code, fmt.Sprint("Writer ", i))
		for range tabs {
			all = append(all, talk(c.at, who, c.code, c.chat))
		}
	}
	for _, k := range all {
		k.untilHere()
	}
	return all
}

// keepTalking lets everybody say one thing after the other until stop is closed.
func keepTalking(writers []*talker) (stop chan struct{}, writing *sync.WaitGroup) {
	stop, writing = make(chan struct{}), &sync.WaitGroup{}
	for i, k := range writers {
		writing.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
					k.say(fmt.Sprint("writer ", i, " says ", n))
				}
			}
		})
	}
	return stop, writing
}

func settledBy(all []*talker) (n int) {
	for _, k := range all {
		k.mu.Lock()
		n += len(k.settled)
		k.mu.Unlock()
	}
	return n
}

func untoldTo(all []*talker) (n int) {
	for _, k := range all {
		k.mu.Lock()
		n += k.untold
		k.mu.Unlock()
	}
	return n
}
