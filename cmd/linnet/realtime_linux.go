package main

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// realtimePriority is low among the real-time ones: above all that is not, and
// below the kernel's own threads for interrupts, which have 50.
const realtimePriority = 10

// beRealtime gives the goroutine that calls it a thread of its own, which the
// kernel prefers to all others that are ready: decoders, the interface, other
// programs. It needs root, or a limit on RTPRIO that allows it.
func beRealtime() error {
	runtime.LockOSThread()
	param := struct{ priority int32 }{realtimePriority}
	// A thread that this one starts is an ordinary one again.
	_, _, errno := unix.Syscall(unix.SYS_SCHED_SETSCHEDULER, 0, unix.SCHED_FIFO|unix.SCHED_RESET_ON_FORK, uintptr(unsafe.Pointer(&param)))
	if errno != 0 {
		return fmt.Errorf("no real-time thread for the sound: %w", errno)
	}
	return nil
}

// lockMemory keeps all of the program in memory, what it has and what it will
// have, as it comes to be used.
func lockMemory() error {
	err := unix.Mlockall(unix.MCL_CURRENT | unix.MCL_FUTURE | unix.MCL_ONFAULT)
	if errors.Is(err, unix.EINVAL) {
		return errors.New("memory is not locked: the kernel is older than 4.4")
	}
	if err != nil {
		return fmt.Errorf("memory is not locked: %w", err)
	}
	return nil
}
