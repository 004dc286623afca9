package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"plenum/rooms"
)

// Secrets are files in a folder of their own beside the database, one for each
// secret, which only their owner may read. A backup does not take them along.
type Secrets struct{ folder string }

var _ rooms.Secrets = (*Secrets)(nil)

// OpenSecrets opens the folder, and makes it if there is none.
func OpenSecrets(folder string) (*Secrets, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of secrets: %w", err)
	}
	if err := syncFolder(folder); err != nil {
		return nil, fmt.Errorf("make the folder of secrets: %w", err)
	}
	return &Secrets{folder}, nil
}

// The parts of a file's name: room, activity, epoch, scope. They are escaped, so
// that none has a comma.
const nameParts = 4

func (s *Secrets) path(o rooms.SecretOf, scope string) string {
	parts := []string{o.Room, o.Activity, o.Epoch, scope}
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return filepath.Join(s.folder, strings.Join(parts, ","))
}

// names reads the folder: whose secrets there are, and of what scopes.
func (s *Secrets) names() (of []rooms.SecretOf, scopes []string, err error) {
	files, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, nil, fmt.Errorf("read the folder of secrets: %w", err)
	}
	for _, file := range files {
		parts := strings.Split(file.Name(), ",")
		if len(parts) != nameParts {
			continue // not ours
		}
		for i := range parts {
			if parts[i], err = url.PathUnescape(parts[i]); err != nil {
				return nil, nil, fmt.Errorf("read the folder of secrets: %w", err)
			}
		}
		of, scopes = append(of, rooms.SecretOf{Room: parts[0], Activity: parts[1], Epoch: parts[2]}), append(scopes, parts[3])
	}
	return of, scopes, nil
}

// Make writes a secret and returns when it is on the disk.
func (s *Secrets) Make(o rooms.SecretOf, scope string, secret []byte) error {
	if err := s.Destroy(o, scope); err != nil {
		return err
	}
	path := s.path(o, scope)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("keep a secret: %w", err)
	}
	_, err = f.Write(secret)
	if err := errors.Join(err, f.Sync(), f.Close(), syncFolder(path)); err != nil {
		return fmt.Errorf("keep a secret: %w", err)
	}
	return nil
}

// Of reads the secrets of an activity, and destroys those of other epochs.
func (s *Secrets) Of(o rooms.SecretOf) (map[string][]byte, error) {
	all, scopes, err := s.names()
	if err != nil {
		return nil, err
	}
	secrets := map[string][]byte{}
	for i, other := range all {
		switch {
		case other == o:
			if secrets[scopes[i]], err = os.ReadFile(s.path(o, scopes[i])); err != nil {
				return nil, fmt.Errorf("read a secret: %w", err)
			}
		case other.Room == o.Room && other.Activity == o.Activity:
			if err := s.Destroy(other, scopes[i]); err != nil {
				return nil, err
			}
		}
	}
	return secrets, nil
}

// Destroy overwrites the file of a secret and removes it; two may do so at once.
// What a file system or a disk keeps of overwritten blocks is out of reach.
func (s *Secrets) Destroy(o rooms.SecretOf, scope string) error {
	path := s.path(o, scope)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("destroy a secret: %w", err)
	}
	noise := make([]byte, 32)
	rand.Read(noise)
	_, err = f.Write(noise)
	if err := errors.Join(err, f.Sync(), f.Close(), removed(path), syncFolder(path)); err != nil {
		return fmt.Errorf("destroy a secret: %w", err)
	}
	return nil
}

// removed removes a file, or finds it gone.
func removed(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// DestroyRoom destroys all secrets of a room.
func (s *Secrets) DestroyRoom(room string) error {
	all, scopes, err := s.names()
	if err != nil {
		return err
	}
	for i, o := range all {
		if o.Room != room {
			continue
		}
		if err := s.Destroy(o, scopes[i]); err != nil {
			return err
		}
	}
	return nil
}

// All are the activities that have secrets, each once.
func (s *Secrets) All() ([]rooms.SecretOf, error) {
	all, _, err := s.names()
	seen := map[rooms.SecretOf]bool{}
	var once []rooms.SecretOf
	for _, o := range all {
		o.Epoch = ""
		if !seen[o] {
			seen[o], once = true, append(once, o)
		}
	}
	return once, err
}
