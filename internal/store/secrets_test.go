package store

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"plenum/rooms"
)

func TestSecretsAreFilesOfTheirOwn(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "plenum.secrets")
	s, err := OpenSecrets(folder)
	if err != nil {
		t.Fatal(err)
	}
	of := rooms.SecretOf{Room: "r/1,x", Epoch: "e1", Activity: "poll-1"}
	secret := bytes.Repeat([]byte{7}, 32)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(s.Make(of, "q1-1", secret))
	check(s.Make(of, "q2-1", secret))
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) != 2 {
		t.Fatalf("there are %v (%v)", files, err)
	}
	for _, file := range files {
		if found, err := os.Stat(file); err != nil || found.Mode().Perm() != 0o600 || found.Size() != 32 {
			t.Errorf("%s is %v (%v)", file, found, err)
		}
	}
	if has, err := s.Of(of); err != nil || len(has) != 2 || !bytes.Equal(has["q1-1"], secret) {
		t.Errorf("kept are %v (%v)", has, err)
	}
	check(s.Destroy(of, "q1-1"))
	check(s.Destroy(of, "q1-1")) // is gone already
	if has, err := s.Of(of); err != nil || len(has) != 1 || has["q1-1"] != nil {
		t.Errorf("after one was destroyed there are %v (%v)", has, err)
	}
	if all, err := s.All(); err != nil || len(all) != 1 || all[0].Room != of.Room || all[0].Activity != of.Activity {
		t.Errorf("there are secrets of %v (%v)", all, err)
	}
	// Nobody can go on with the secrets of another epoch.
	of.Epoch = "e2"
	if has, err := s.Of(of); err != nil || len(has) != 0 {
		t.Errorf("in another epoch there are %v (%v)", has, err)
	}
	if files, err = filepath.Glob(filepath.Join(folder, "*")); err != nil || len(files) != 0 {
		t.Errorf("what stays is %v (%v)", files, err)
	}
}

// The content of a secret is overwritten before its file is removed: another
// link to the file shows it.
func TestASecretIsOverwritten(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s, err := OpenSecrets(filepath.Join(folder, "secrets"))
	if err != nil {
		t.Fatal(err)
	}
	of, secret := rooms.SecretOf{Room: "r", Epoch: "e", Activity: "a"}, bytes.Repeat([]byte{7}, 32)
	if err := s.Make(of, "q", secret); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(folder, "link")
	if err := os.Link(s.path(of, "q"), link); err != nil {
		t.Fatal(err)
	}
	if err := s.Destroy(of, "q"); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadFile(link); err != nil || len(left) != 32 || bytes.Equal(left, secret) {
		t.Errorf("what is left of the secret is %v (%v)", left, err)
	}
}

// Who deletes a room and the room itself may destroy a secret at once: it is
// gone, and neither fails.
func TestASecretIsDestroyedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	s, err := OpenSecrets(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o := rooms.SecretOf{Room: "r", Epoch: "e", Activity: "poll-1"}
	for range 50 {
		if err := s.Make(o, "q", make([]byte, 32)); err != nil {
			t.Fatal(err)
		}
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if err := s.Destroy(o, "q"); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if all, err := s.Of(o); err != nil || len(all) > 0 {
			t.Fatalf("%d are left: %v", len(all), err)
		}
	}
}
