//go:build linux

package ioctl

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// Do does a call on an open device, again where a signal comes in between. The error
// is a unix.Errno. What arg points to is allocated, unless it lies in what is already.
func Do(fd int, req uintptr, arg unsafe.Pointer) error {
	for {
		_, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), req, uintptr(arg))
		switch errno {
		case 0:
			return nil
		case unix.EINTR:
			continue
		}
		return errno
	}
}
