//go:build linux

package initd

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"linnet/board"

	"golang.org/x/sys/unix"
)

// Where the board's volumes lie.
const (
	stateDir = "/state"
	mediaDir = "/media"       // what is plugged in has folders here
	musicDir = "/media/music" // what is built in
)

// enterRoot goes from the initramfs into the root file system on a device, if
// the board has one and the device is there, and runs its /init in this
// process's place. It returns nil where there is nothing to be done, and an
// error where it did not succeed: then the initramfs stays the root.
func enterRoot(s system, v board.Volume) error {
	const dir = "/run"
	if v == (board.Volume{}) || !inMemory("/") || !appears(v.Device) {
		return nil
	}
	if err := (mount{v.Device, dir, v.Type, unix.MS_RDONLY | unix.MS_NODEV, ""}).do(s); err != nil {
		return err
	}
	if _, err := os.Stat(dir + "/init"); err != nil {
		return errors.Join(fmt.Errorf("initd: %s is no root: %w", v.Device, err), s.unmount(dir, unix.MNT_DETACH))
	}
	if err := moveMounts(s, dir); err != nil {
		return err
	}
	os.Remove("/init") // the memory of an initramfs comes back with its files
	os.Remove("/bin/linnet")
	if err := os.Chdir(dir); err != nil {
		return fmt.Errorf("initd: %w", err)
	}
	if err := s.mount(dir, "/", "", unix.MS_MOVE, ""); err != nil {
		return fmt.Errorf("initd: move the root: %w", err)
	}
	if err := s.chroot("."); err != nil {
		return fmt.Errorf("initd: chroot: %w", err)
	}
	return fmt.Errorf("initd: run /init of %s: %w", v.Device, s.exec("/init"))
}

// moveMounts takes along what is mounted already.
func moveMounts(s system, dir string) error {
	for _, m := range []string{"/dev", "/proc"} {
		if err := s.mount(m, filepath.Join(dir, m), "", unix.MS_MOVE, ""); err != nil {
			return fmt.Errorf("initd: move %s to the root: %w", m, err)
		}
	}
	return nil
}

// inMemory says whether the folder lies in an initramfs.
func inMemory(path string) bool {
	var st unix.Statfs_t
	if unix.Statfs(path, &st) != nil {
		return false
	}
	const ramfs = 0x858458f6 // linux/magic.h
	return uint32(st.Type) == ramfs || st.Type == unix.TMPFS_MAGIC
}

// appears waits for a device. Those on buses that are searched in the
// background get three seconds; any other is there from the beginning or not.
// A volume of flash ("ubi1:state") has no node to look for: mount(2) tells.
func appears(device string) bool {
	if strings.HasPrefix(device, "ubi") {
		return true
	}
	exists := func() bool { _, err := os.Stat(device); return err == nil }
	name := filepath.Base(device)
	if !strings.HasPrefix(name, "sd") && !strings.HasPrefix(name, "mmcblk") {
		return exists()
	}
	for end := time.Now().Add(3 * time.Second); !exists(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// mountVolumes mounts the board's state, which is forgotten at power off if
// there is none, and its music, and makes the folder for what is plugged in.
func (m *machine) mountVolumes() error {
	s, b := m.sys, m.board.System
	err := m.mountState()
	if readOnly(mediaDir) || os.MkdirAll(mediaDir, 0o755) != nil {
		err = errors.Join(err, mount{"media", mediaDir, "tmpfs", noCode, "mode=0755,size=64k"}.do(s))
	}
	if b.Media != (board.Volume{}) {
		err = errors.Join(err, mountVolume(s, b.Media, musicDir, noCode|unix.MS_RDONLY|unix.MS_NOATIME))
	}
	return err
}

func mountVolume(s system, v board.Volume, target string, flags uintptr) error {
	if !appears(v.Device) {
		return fmt.Errorf("initd: mount %s on %s: there is no such device", v.Device, target)
	}
	return mount{v.Device, target, v.Type, flags, ""}.do(s)
}
