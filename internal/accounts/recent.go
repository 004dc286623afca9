package accounts

import (
	"container/list"
	"sync"
)

const recentSize = 20_000

// recent remembers tokens that were looked up lately, the newest few. What it
// says is never older than the last revocation.
type recent struct {
	size int

	mu    sync.Mutex
	index map[hash]*list.Element // guarded by mu
	order *list.List             // guarded by mu; the last used first
	count uint64                 // guarded by mu; of revocations
}

type remembered struct {
	key    hash
	person string
	until  int64 // Unix milliseconds
}

func newRecent(size int) *recent {
	return &recent{size: size, index: map[hash]*list.Element{}, order: list.New()}
}

func (r *recent) get(key hash, now int64) (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	element, ok := r.index[key]
	if !ok {
		return "", false
	}
	entry := element.Value.(remembered)
	if now >= entry.until {
		r.forget(element)
		return "", false
	}
	r.order.MoveToFront(element)
	return entry.person, true
}

// revocations is to be read before the database is, and handed to put: a token
// that was read as valid while another call revoked it must not be remembered.
func (r *recent) revocations() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

func (r *recent) put(key hash, person string, until int64, since uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count != since {
		return
	}
	if element, ok := r.index[key]; ok {
		r.forget(element)
	}
	r.index[key] = r.order.PushFront(remembered{key, person, until})
	if r.order.Len() > r.size {
		r.forget(r.order.Back())
	}
}

func (r *recent) revoked(keys ...hash) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	for _, key := range keys {
		if element, ok := r.index[key]; ok {
			r.forget(element)
		}
	}
}

func (r *recent) forget(element *list.Element) {
	delete(r.index, element.Value.(remembered).key)
	r.order.Remove(element)
}
