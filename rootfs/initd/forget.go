//go:build linux

package initd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// forgetMark is there while what was kept is being forgotten: should the power
// fail in between, the next start goes on with it.
const forgetMark = ".forget"

// forget empties a folder. A volume that is full may have no room for the mark, and
// is emptied without it.
func forget(dir string) error {
	if err := markForgotten(dir); err != nil && !errors.Is(err, unix.ENOSPC) {
		return fmt.Errorf("initd: forget what was kept: %w", err)
	}
	return emptyFolder(dir)
}

func markForgotten(dir string) error {
	f, err := os.Create(filepath.Join(dir, forgetMark))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close(), syncFolder(dir))
}

// goOnForgetting empties a folder that has the mark.
func goOnForgetting(dir string) error {
	if _, err := os.Lstat(filepath.Join(dir, forgetMark)); err != nil {
		return nil
	}
	return emptyFolder(dir)
}

// emptyFolder removes the mark last.
func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	bad := []error{err}
	for _, e := range entries {
		if e.Name() != forgetMark {
			bad = append(bad, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	if err := errors.Join(append(bad, syncFolder(dir))...); err != nil {
		return fmt.Errorf("initd: forget what was kept: %w", err)
	}
	if err := os.Remove(filepath.Join(dir, forgetMark)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("initd: forget what was kept: %w", err)
	}
	return syncFolder(dir)
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
