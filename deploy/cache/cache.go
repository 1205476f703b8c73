// Package cache says where is kept what takes long to make or to fetch.
package cache

import (
	"fmt"
	"os"
	"path/filepath"
)

// Folder is the folder of that name below LINNET_CACHE or, where that is not set,
// below linnet in the user's cache folder; an absolute path. It need not be there.
func Folder(name string) (string, error) {
	dir := os.Getenv("LINNET_CACHE")
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("cache: %w, nor LINNET_CACHE", err)
		}
		dir = filepath.Join(user, "linnet")
	}
	return filepath.Abs(filepath.Join(dir, name))
}
