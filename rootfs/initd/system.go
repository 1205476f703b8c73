//go:build linux

package initd

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// system is what changes the machine. Errors are unix.Errno.
type system interface {
	mount(source, target, kind string, flags uintptr, data string) error
	unmount(target string, flags int) error
	sethostname(name string) error
	settime(t time.Time) error
	sync()
	kill(pid int, sig unix.Signal) error // pid -1: all but process 1
	reboot(cmd int) error
	chroot(dir string) error
	exec(path string) error // in this process's place
}

// kernel is the real system.
type kernel struct{}

func (kernel) mount(source, target, kind string, flags uintptr, data string) error {
	return unix.Mount(source, target, kind, flags, data)
}

func (kernel) unmount(target string, flags int) error { return unix.Unmount(target, flags) }
func (kernel) sethostname(name string) error          { return unix.Sethostname([]byte(name)) }
func (kernel) sync()                                  { unix.Sync() }
func (kernel) kill(pid int, sig unix.Signal) error    { return unix.Kill(pid, sig) }
func (kernel) reboot(cmd int) error                   { return unix.Reboot(cmd) }

func (kernel) chroot(dir string) error { return unix.Chroot(dir) }
func (kernel) exec(path string) error  { return unix.Exec(path, []string{path}, os.Environ()) }

func (kernel) settime(t time.Time) error {
	tv := unix.NsecToTimeval(t.UnixNano())
	return unix.Settimeofday(&tv)
}
