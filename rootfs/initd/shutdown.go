//go:build linux

package initd

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// An action is how the machine is to end.
type action int

const (
	nothing action = iota
	powerOff
	restart
)

func (a action) String() string { return [...]string{"nothing", "power off", "restart"}[a] }

// Exit statuses by which the player asks for the end of the machine. Any
// other is a fault, or an update, and the player is started again.
const (
	StatusPowerOff = 100
	StatusReboot   = 101
)

func statusAction(s status) action {
	switch {
	case s.Exited() && s.ExitStatus() == StatusPowerOff:
		return powerOff
	case s.Exited() && s.ExitStatus() == StatusReboot:
		return restart
	}
	return nothing
}

// killWithin is how long what is left of the processes has to end.
const killWithin = 500 * time.Millisecond

// end stops the machine: processes, file systems, power. The player must have
// been stopped. It returns only where the kernel refuses.
func end(s system, j *journal, a action, mounts []string) error {
	s.kill(-1, unix.SIGTERM)
	time.Sleep(killWithin)
	s.kill(-1, unix.SIGKILL)
	s.sync()
	for _, m := range slices.Backward(mounts) {
		j.check(release(s, m))
	}
	if err := s.mount("", "/", "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil && err != unix.EBUSY && err != unix.EINVAL {
		j.say("remount / read-only: %v", err)
	}
	s.sync()
	j.say("%v", a)
	cmd := unix.LINUX_REBOOT_CMD_POWER_OFF
	if a == restart {
		cmd = unix.LINUX_REBOOT_CMD_RESTART
	}
	// Where there is no way to cut the power the kernel halts instead.
	return s.reboot(cmd)
}

// release unmounts a file system so that nothing is left to be written to it:
// if something still holds it, it becomes read-only first and is detached.
func release(s system, target string) error {
	err := s.unmount(target, 0)
	if err == nil || err == unix.EINVAL { // EINVAL: nothing is mounted there
		return nil
	}
	return errors.Join(
		fmt.Errorf("initd: unmount %s: %w", target, err),
		s.mount("", target, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""),
		s.unmount(target, unix.MNT_DETACH))
}

// deviceMounts are the mount points of what lies on devices, in the order in
// which it was mounted, from the text of /proc/self/mounts.
func deviceMounts(table string) []string {
	var all []string
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) < 4 || f[1] == "/" || !strings.HasPrefix(f[0], "/dev/") && !strings.HasPrefix(f[0], "ubi") {
			continue
		}
		all = append(all, unescape(f[1]))
	}
	return all
}

// unescape undoes what the kernel does to blanks and backslashes in its
// tables: \040 and the like.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		var c byte
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := fmt.Sscanf(s[i+1:i+4], "%3o", &c); n == 1 && err == nil {
				b.WriteByte(c)
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func mountTable() string {
	b, _ := os.ReadFile("/proc/self/mounts")
	return string(b)
}
