package main

import (
	"fmt"
	"path/filepath"

	"linnet/board"

	"golang.org/x/sys/unix"
)

// stateLost says why what is put into the folder for what is kept will not be
// there after a power cut, "" where it will. Where a board has a volume for it and
// a file system in memory is mounted there instead, the volume could not be.
func stateLost(dir string, b board.System) string {
	if unix.Access(dir, unix.W_OK) == unix.EROFS {
		return fmt.Sprintf("%s can only be read: nothing is kept", dir)
	}
	var fs unix.Statfs_t
	var here, above unix.Stat_t
	if b.State != (board.Volume{}) && unix.Statfs(dir, &fs) == nil && fs.Type == unix.TMPFS_MAGIC &&
		unix.Stat(dir, &here) == nil && unix.Stat(filepath.Dir(dir), &above) == nil && here.Dev != above.Dev {
		return fmt.Sprintf("%s is in memory: nothing is kept", dir)
	}
	return ""
}
