//go:build linux

package evdev

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A device is the kernel's side of an open event device. Read returns whole
// events and fails with os.ErrDeadlineExceeded at the deadline. Errors of the
// others are those of the system calls.
type device interface {
	io.ReadCloser
	SetReadDeadline(time.Time) error
	// bits fills dst with the codes that the device has of a type.
	bits(typ int, dst []byte) error
	// keys fills dst with the keys that are down.
	keys(dst []byte) error
	abs(axis int) (absInfo, error)
	setClock(clock int32) error
}

// kernel is the real device. The file waits in the run-time's poller, so that
// no thread is kept by a panel that nobody touches.
type kernel struct{ *os.File }

func openKernel(path string) (device, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("evdev: %w", &fs.PathError{Op: "open", Path: path, Err: err})
	}
	return kernel{os.NewFile(uintptr(fd), path)}, nil
}

func (k kernel) ioctl(req uintptr, arg unsafe.Pointer) error {
	c, err := k.SyscallConn()
	if err != nil {
		return err
	}
	errno := unix.EINTR
	for errno == unix.EINTR && err == nil {
		err = c.Control(func(fd uintptr) {
			_, _, errno = unix.Syscall(unix.SYS_IOCTL, fd, req, uintptr(arg))
		})
	}
	if err == nil && errno != 0 {
		err = errno
	}
	return err
}

func (k kernel) bits(typ int, dst []byte) error {
	return k.ioctl(request(numberBits+uintptr(typ), uintptr(len(dst))), unsafe.Pointer(unsafe.SliceData(dst)))
}

func (k kernel) keys(dst []byte) error {
	return k.ioctl(request(numberKey, uintptr(len(dst))), unsafe.Pointer(unsafe.SliceData(dst)))
}

func (k kernel) abs(axis int) (absInfo, error) {
	var a absInfo
	err := k.ioctl(request(numberAbs+uintptr(axis), unsafe.Sizeof(a)), unsafe.Pointer(&a))
	return a, err
}

func (k kernel) setClock(clock int32) error { return k.ioctl(ioctlClock, unsafe.Pointer(&clock)) }
