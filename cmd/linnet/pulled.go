package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The kernel tells the player and process 1 at the same time that a medium is gone:
// the one gets an error, the other takes its folder away, which may be later.
const (
	pulledWithin = time.Second
	pulledStep   = 50 * time.Millisecond
)

// mediumOf is the folder below the root of the media, each of which has one there,
// that a file is in.
func mediumOf(root, path string) (dir string, ok bool) {
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return "", false
	}
	name, _, below := strings.Cut(rel, string(filepath.Separator))
	return filepath.Join(root, name), below && name != ".."
}

// pulled waits, but not for long, until a medium's folder is gone, and says whether
// it is.
func pulled(dir string) bool {
	for end := time.Now().Add(pulledWithin); ; time.Sleep(pulledStep) {
		if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}
