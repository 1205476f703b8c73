//go:build linux

package initd

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// forgetMark is there while what was kept is being forgotten: should the power
// fail in between, the next start goes on with it.
const forgetMark = ".forget"

// forget empties a folder.
func forget(dir string) error {
	mark := filepath.Join(dir, forgetMark)
	f, err := os.Create(mark)
	if err == nil {
		err = errors.Join(f.Sync(), f.Close(), syncFolder(dir))
	}
	if err != nil {
		return fmt.Errorf("initd: forget what was kept: %w", err)
	}
	return goOnForgetting(dir)
}

// goOnForgetting empties a folder that has the mark.
func goOnForgetting(dir string) error {
	mark := filepath.Join(dir, forgetMark)
	if _, err := os.Lstat(mark); err != nil {
		return nil
	}
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
	return errors.Join(os.Remove(mark), syncFolder(dir))
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
