//go:build linux

package oss

import (
	"errors"
	"fmt"
	"io/fs"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"linnet/player/ao/internal/ioctl"
	"linnet/player/ao/internal/osspcm"
)

// kernel is the real device.
type kernel struct {
	fd    int
	value int32 // here, as what a system call points to would be allocated
	space osspcm.Space
	fds   [1]unix.PollFd
}

// openKernel opens a device file, /dev/dsp for "".
func openKernel(path string) (*kernel, error) {
	if path == "" {
		path = "/dev/dsp"
	}
	// O_NONBLOCK for good: nobody else's sound and no full buffer makes this
	// goroutine wait in a call.
	fd, err := unix.Open(path, unix.O_WRONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("oss: there is no sound device %s; is OSS, or ALSA's emulation of it (snd-pcm-oss), in the kernel?: %w", path, fs.ErrNotExist)
	case err != nil:
		return nil, fmt.Errorf("oss: open %s: %w", path, err)
	}
	return &kernel{fd: fd}, nil
}

func (k *kernel) ioctl(req uintptr, arg unsafe.Pointer) error {
	return ioctl.Do(k.fd, req, arg)
}

func (k *kernel) Set(req uintptr, value int32) (int32, error) {
	k.value = value
	err := k.ioctl(req, unsafe.Pointer(&k.value))
	return k.value, err
}

func (k *kernel) Space() (osspcm.Space, error) {
	k.space = osspcm.Space{}
	err := k.ioctl(osspcm.GetOSpace, unsafe.Pointer(&k.space))
	return k.space, err
}

func (k *kernel) Write(p []byte) (int, error) { return unix.Write(k.fd, p) }

func (k *kernel) Poll(wait time.Duration) error {
	k.fds[0] = unix.PollFd{Fd: int32(k.fd), Events: unix.POLLOUT}
	_, err := unix.Poll(k.fds[:], int(wait.Milliseconds()))
	return err
}

func (k *kernel) Close() error { return unix.Close(k.fd) }
