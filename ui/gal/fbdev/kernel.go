//go:build linux

package fbdev

import (
	"fmt"
	"io/fs"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A device is the kernel's side of an open frame buffer. Errors are those of
// the system calls, as unix.Errno.
type device interface {
	getVar(*varInfo) error
	putVar(*varInfo) error
	getFix(*fixInfo) error
	pan(*varInfo) error
	blank(level int) error
	// mmap maps the memory from its start.
	mmap(length int) ([]byte, error)
	munmap([]byte) error
	close() error
}

// kernel is the real device.
type kernel struct{ fd int }

func openKernel(path string) (*kernel, error) {
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("fbdev: %w%s", &fs.PathError{Op: "open", Path: path, Err: err}, hint(err))
	}
	return &kernel{fd}, nil
}

func hint(err error) string {
	switch err {
	case unix.ENOENT, unix.ENODEV:
		return " (is a driver for the panel in the kernel, with CONFIG_FB or DRM_FBDEV_EMULATION?)"
	case unix.EACCES:
		return " (is the user in the group video?)"
	}
	return ""
}

// ioctl does a call that is repeated when a signal comes in between.
func ioctl(fd int, req uintptr, arg unsafe.Pointer) error {
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

func (k *kernel) getVar(v *varInfo) error {
	return ioctl(k.fd, ioctlGetVar, unsafe.Pointer(v))
}
func (k *kernel) putVar(v *varInfo) error {
	return ioctl(k.fd, ioctlPutVar, unsafe.Pointer(v))
}
func (k *kernel) getFix(f *fixInfo) error {
	return ioctl(k.fd, ioctlGetFix, unsafe.Pointer(f))
}
func (k *kernel) pan(v *varInfo) error  { return ioctl(k.fd, ioctlPan, unsafe.Pointer(v)) }
func (k *kernel) blank(level int) error { return unix.IoctlSetInt(k.fd, ioctlBlank, level) }

func (k *kernel) mmap(length int) ([]byte, error) {
	return unix.Mmap(k.fd, 0, length, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
}

func (k *kernel) munmap(p []byte) error { return unix.Munmap(p) }
func (k *kernel) close() error          { return unix.Close(k.fd) }
