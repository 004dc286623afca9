package files

import (
	"context"
	"os"
)

// shareOnce is how many files are looked for at once.
const shareOnce = 100

// Share gives a room the files of another that it is to name, as if a member had
// brought them: it keeps them, whatever becomes of the other room. Names that the
// other room does not know are passed over. ErrFull if there is no space for all;
// those that are there by then stay for the grace.
func (f *Files) Share(ctx context.Context, from, to, member string, hashes []string) error {
	for len(hashes) > 0 {
		n := min(shareOnce, len(hashes))
		if err := f.shareSome(ctx, from, to, member, hashes[:n]); err != nil {
			return err
		}
		hashes = hashes[n:]
	}
	return nil
}

// shareSome holds mu, so that none of them is cleaned up between the look and the row.
func (f *Files) shareSome(ctx context.Context, from, to, member string, hashes []string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.copyRows(ctx, from, to, member, hashes)
}

// Scratch is an empty file beside the others, for what is looked at before it is
// taken. Whoever asked for it removes it; what a crash leaves, the next Open does.
func (f *Files) Scratch() (*os.File, error) {
	file, err := f.create()
	return file, space(err)
}

// Spilled tells a full disk as all errors of this package do: temporary.
func Spilled(err error) error { return space(err) }
