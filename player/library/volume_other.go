//go:build !unix

package library

import (
	"errors"
	"os"
)

// fileID is empty where folders cannot be told apart.
type fileID struct{}

func identify(string) (fileID, error) { return fileID{}, errors.ErrUnsupported }
func isMount(string, fileID) bool     { return false }

func mounted(dir string) bool {
	_, err := os.Stat(dir)
	return err == nil
}
