//go:build linux

package main

import (
	"fmt"
	"runtime/debug"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// realtime makes this process one that is preferred to all others.
//
// A thread of a Go program that comes out of a system call may have to wait for
// another thread of the program, which watches such calls, and waits by
// yielding. A real-time thread does not yield to an ordinary one: it would spin
// until the kernel throttles it, for most of a second. So there must be nobody
// to wait for: no collector, and no system call that the run-time knows of.
func realtime(priority int32) error {
	debug.SetGCPercent(-1)
	_, _, errno := unix.RawSyscall(unix.SYS_SCHED_SETSCHEDULER, 0, unix.SCHED_FIFO|unix.SCHED_RESET_ON_FORK, uintptr(unsafe.Pointer(&priority)))
	if errno != 0 {
		return fmt.Errorf("no real-time process: %w", errno)
	}
	return nil
}

// nap sleeps, whatever signals come in between.
func nap(d time.Duration) {
	for end := time.Now().Add(d); d > 0; d = time.Until(end) {
		t := unix.NsecToTimespec(int64(d))
		unix.RawSyscall(unix.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&t)), 0, 0)
	}
}

// readAt and writeAt are for small offsets. A file is used by one process only.
func readAt(fd, offset int, p []byte) (int, error) {
	if _, _, errno := unix.RawSyscall(unix.SYS_LSEEK, uintptr(fd), uintptr(offset), unix.SEEK_SET); errno != 0 {
		return 0, errno
	}
	n, _, errno := unix.RawSyscall(unix.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)))
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}

func writeAt(fd, offset int, p []byte) error {
	if _, _, errno := unix.RawSyscall(unix.SYS_LSEEK, uintptr(fd), uintptr(offset), unix.SEEK_SET); errno != 0 {
		return errno
	}
	return write(fd, p)
}

func write(fd int, p []byte) error {
	if _, _, errno := unix.RawSyscall(unix.SYS_WRITE, uintptr(fd), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p))); errno != 0 {
		return errno
	}
	return nil
}
