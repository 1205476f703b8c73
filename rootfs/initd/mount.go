//go:build linux

package initd

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// A mount is a line of the table of file systems.
type mount struct {
	source, target, kind string
	flags                uintptr
	data                 string
}

const noCode = unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC

// kernelMounts are the kernel's own file systems and the two in memory, in the
// order in which they are needed: the command line is read from the first,
// devices are found in the second.
func kernelMounts() []mount {
	return []mount{
		{"proc", "/proc", "proc", noCode, ""},
		{"dev", "/dev", "devtmpfs", unix.MS_NOSUID | unix.MS_NOEXEC, "mode=0755"},
		{"sys", "/sys", "sysfs", noCode, ""},
		{"run", "/run", "tmpfs", noCode, "mode=0755,size=4m"},
		{"tmp", "/tmp", "tmpfs", noCode, "mode=1777,size=16m"},
	}
}

// mountAll mounts what is not mounted yet and goes on after a failure.
func mountAll(s system, all []mount) error {
	var bad []error
	for _, m := range all {
		bad = append(bad, m.do(s))
	}
	return errors.Join(bad...)
}

// do mounts m unless something is mounted there.
func (m mount) do(s system) error {
	if err := os.MkdirAll(m.target, 0o755); err != nil {
		return fmt.Errorf("initd: mount %s: %w", m.target, err)
	}
	if isMountPoint(m.target) {
		return nil
	}
	err := s.mount(m.source, m.target, m.kind, m.flags, m.data)
	if err != nil && err != unix.EBUSY { // EBUSY: this very file system is there
		return fmt.Errorf("initd: mount %s (%s) on %s: %w", m.source, m.kind, m.target, err)
	}
	return nil
}

// isMountPoint says whether another file system begins at the folder path.
func isMountPoint(path string) bool {
	var here, above unix.Stat_t
	if unix.Lstat(path, &here) != nil || unix.Lstat(filepath.Dir(path), &above) != nil {
		return false
	}
	return here.Dev != above.Dev
}

// readOnly says whether nothing can be made below the folder path.
func readOnly(path string) bool {
	return errors.Is(unix.Access(path, unix.W_OK), unix.EROFS)
}
