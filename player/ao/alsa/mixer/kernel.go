//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package mixer

import (
	"fmt"
	"io/fs"
	"unsafe"

	"golang.org/x/sys/unix"

	"linnet/player/ao/internal/ioctl"
)

// A card is the kernel's side of an open control device. Errors are those of
// the system calls, as unix.Errno.
type card interface {
	list(*elemList) error
	info(*elemInfo) error
	write(*elemValue) error
	tlv(*tlv) error
	close() error
}

type kernel struct{ fd int }

func openKernel(path string) (*kernel, error) {
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("mixer: %w", &fs.PathError{Op: "open", Path: path, Err: err})
	}
	return &kernel{fd}, nil
}

func (k *kernel) ioctl(number, size uintptr, arg unsafe.Pointer) error {
	return ioctl.Do(k.fd, request(number, size), arg)
}

func (k *kernel) list(l *elemList) error { return k.ioctl(0x10, unsafe.Sizeof(*l), unsafe.Pointer(l)) }
func (k *kernel) info(i *elemInfo) error { return k.ioctl(0x11, unsafe.Sizeof(*i), unsafe.Pointer(i)) }
func (k *kernel) write(v *elemValue) error {
	return k.ioctl(0x13, unsafe.Sizeof(*v), unsafe.Pointer(v))
}
func (k *kernel) tlv(t *tlv) error { return k.ioctl(0x1a, unsafe.Sizeof(t.tlvHead), unsafe.Pointer(t)) }
func (k *kernel) close() error     { return unix.Close(k.fd) }
