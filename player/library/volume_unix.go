//go:build unix

package library

import (
	"os"
	"path/filepath"
	"syscall"
)

// fileID is what makes a folder the same, whatever it is called.
type fileID struct{ dev, ino uint64 }

func identify(path string) (fileID, error) {
	info, err := os.Stat(path)
	if err != nil {
		return fileID{}, err
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fileID{}, os.ErrInvalid
	}
	return fileID{uint64(s.Dev), uint64(s.Ino)}, nil
}

// isMount says whether a folder, which has the id, is the top of a file system.
func isMount(dir string, id fileID) bool {
	up, err := identify(filepath.Join(dir, ".."))
	return err == nil && up.dev != id.dev
}

// mounted says whether a file system is at a folder now.
func mounted(dir string) bool {
	id, err := identify(dir)
	return err == nil && isMount(dir, id)
}
