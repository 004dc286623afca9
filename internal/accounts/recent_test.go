package accounts

import "testing"

func TestRecentIsBounded(t *testing.T) {
	t.Parallel()
	r := newRecent(3)
	for i := range byte(10) {
		r.put(hash{i}, "somebody", 100, r.revocations())
		r.get(hash{0}, 0) // keeps it in use
	}
	if len(r.index) != 3 || r.order.Len() != 3 {
		t.Fatalf("%d and %d are remembered, want 3", len(r.index), r.order.Len())
	}
	if _, ok := r.get(hash{0}, 0); !ok {
		t.Error("the one in use was forgotten")
	}
	if _, ok := r.get(hash{9}, 100); ok {
		t.Error("one was remembered beyond its time")
	}
}

func TestRecentKeepsNothingThatMayBeRevoked(t *testing.T) {
	t.Parallel()
	r := newRecent(3)
	since := r.revocations()
	r.revoked(hash{1})
	r.put(hash{1}, "somebody", 100, since)
	if _, ok := r.get(hash{1}, 0); ok {
		t.Fatal("a token that was read before a revocation is remembered after it")
	}
}
