package rooms

import "testing"

// A repeated number is answered as it was, as long as it may be under way.
func TestRepeatedNumbers(t *testing.T) {
	t.Parallel()
	q := &queue{queueState: queueState{expect: 1}}
	for n := uint64(1); n <= 100; n++ {
		if n%3 == 0 {
			q.refuse(n, ErrRole)
		} else {
			q.last, q.expect = n, n+1
		}
		for repeated := uint64(1); repeated <= n; repeated++ {
			got := q.repeated(repeated)
			switch {
			case repeated+SettledWindow <= n:
				if got.refused != ErrSettled {
					t.Fatalf("%d after %d: %+v", repeated, n, got)
				}
			case repeated%3 == 0:
				if got.refused == nil || got.refused.Code != ErrRole.Code {
					t.Fatalf("%d after %d: %+v", repeated, n, got)
				}
			case !got.done:
				t.Fatalf("%d after %d: %+v", repeated, n, got)
			}
		}
	}
}
