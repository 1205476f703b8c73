//go:build linux

package initd

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// kept is a folder with what a player keeps.
func kept(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	keepIn(t, dir)
	return dir
}

func keepIn(t *testing.T, dir string) {
	t.Helper()
	for _, f := range []string{"settings.json", "place.json", "playlists/a.m3u", "library/db"} {
		path := filepath.Join(dir, f)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func left(t *testing.T, dir string) int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestForget(t *testing.T) {
	dir := kept(t)
	if err := goOnForgetting(dir); err != nil || left(t, dir) != 4 {
		t.Errorf("nobody asked, and %d of 4 are left, %v", left(t, dir), err)
	}
	if err := forget(dir); err != nil || left(t, dir) != 0 {
		t.Errorf("%d are left, %v", left(t, dir), err)
	}
	// The power failed behind the mark.
	dir = kept(t)
	if err := os.WriteFile(filepath.Join(dir, forgetMark), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := goOnForgetting(dir); err != nil || left(t, dir) != 0 {
		t.Errorf("the next start: %d are left, %v", left(t, dir), err)
	}
	if err := forget(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is not there is forgotten")
	}
}

// TestForgetFull has a volume without room for the mark.
func TestForgetFull(t *testing.T) {
	dir := t.TempDir()
	const inodes = "nr_inodes=7" // the folder's and those of what is kept
	if err := unix.Mount("full", dir, "tmpfs", 0, inodes); err != nil {
		t.Skipf("to mount a small file system needs root: %v", err)
	}
	defer unix.Unmount(dir, unix.MNT_DETACH)
	keepIn(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "more"), nil, 0o644); !errors.Is(err, unix.ENOSPC) {
		t.Fatalf("it is not full: %v", err)
	}
	if err := forget(dir); err != nil || left(t, dir) != 0 {
		t.Errorf("%d are left, %v", left(t, dir), err)
	}
}
