//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A device is the kernel's side of an open PCM device. Errors are those of
// the system calls, as unix.Errno; calls that were interrupted are repeated.
type device interface {
	refine(*hwParams) error
	setHW(*hwParams) error
	freeHW() error
	setSW(*swParams) error
	prepare() error
	drop() error
	drain() error
	resume() error
	delay() (frames int, err error)
	// write queues up to frames frames of p without waiting.
	write(p []byte, frames int) (int, error)
	// poll waits until avail_min frames are free.
	poll(time.Duration) error
	close() error
}

// kernel is the real device.
type kernel struct {
	fd     int
	xfer   xferi // here, as what a system call points to would be allocated
	frames int
	fds    [1]unix.PollFd
}

// openKernel opens a device by the name in a spec.
func openKernel(name string) (*kernel, error) {
	path, err := devicePath("/", name)
	if err != nil {
		return nil, err
	}
	// O_NONBLOCK for good: nobody else's sound and no full buffer makes
	// this goroutine wait in a call.
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("alsa: open %s: %w%s", path, err, hint(err))
	}
	k := &kernel{fd: fd}
	var version int32
	if err := k.ioctl(ioctlVersion, unsafe.Pointer(&version)); err != nil || version>>16 != 2 {
		k.close()
		return nil, fmt.Errorf("alsa: %s does not speak version 2 of the PCM protocol (%#x, %v)", path, version, err)
	}
	return k, nil
}

func hint(err error) string {
	switch err {
	case unix.EBUSY:
		return " (another program plays on it)"
	case unix.EACCES:
		return " (is the user in the group audio?)"
	}
	return ""
}

// devicePath finds the device file under root. The name is "", for the first
// device that plays, "hw:CARD,DEVICE" or "hw:CARD", where CARD is a number
// or a card's id, or a path.
func devicePath(root, name string) (string, error) {
	dir := filepath.Join(root, "dev/snd")
	if strings.HasPrefix(name, "/") {
		return name, nil
	}
	found, _ := filepath.Glob(filepath.Join(dir, "pcmC*D*p"))
	if len(found) == 0 {
		return "", fmt.Errorf("alsa: there is no sound device (%s/pcm*p); is the sound driver in the kernel, and loaded?: %w", dir, fs.ErrNotExist)
	}
	if name == "" || name == "default" {
		slices.SortFunc(found, byNumber)
		return found[0], nil
	}
	hw, ok := strings.CutPrefix(name, "hw:")
	card, dev, _ := strings.Cut(hw, ",")
	if dev == "" {
		dev = "0"
	}
	if link, err := os.Readlink(filepath.Join(root, "proc/asound", card)); err == nil {
		card = strings.TrimPrefix(link, "card")
	}
	path := filepath.Join(dir, "pcmC"+card+"D"+dev+"p")
	if !ok || !slices.Contains(found, path) {
		return "", fmt.Errorf("alsa: there is no device %q; there are %s: %w", name, strings.Join(found, ", "), fs.ErrNotExist)
	}
	return path, nil
}

// byNumber orders pcmC2D0p before pcmC10D0p.
func byNumber(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func (k *kernel) ioctl(req uintptr, arg unsafe.Pointer) error {
	for {
		_, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(k.fd), req, uintptr(arg))
		switch errno {
		case 0:
			return nil
		case unix.EINTR:
			continue
		}
		return errno
	}
}

func (k *kernel) refine(p *hwParams) error { return k.ioctl(ioctlRefine, unsafe.Pointer(p)) }
func (k *kernel) setHW(p *hwParams) error  { return k.ioctl(ioctlHWParams, unsafe.Pointer(p)) }
func (k *kernel) freeHW() error            { return k.ioctl(ioctlHWFree, nil) }
func (k *kernel) setSW(p *swParams) error  { return k.ioctl(ioctlSWParams, unsafe.Pointer(p)) }
func (k *kernel) prepare() error           { return k.ioctl(ioctlPrepare, nil) }
func (k *kernel) drop() error              { return k.ioctl(ioctlDrop, nil) }
func (k *kernel) drain() error             { return k.ioctl(ioctlDrain, nil) }
func (k *kernel) resume() error            { return k.ioctl(ioctlResume, nil) }

func (k *kernel) delay() (int, error) {
	err := k.ioctl(ioctlDelay, unsafe.Pointer(&k.frames))
	return k.frames, err
}

func (k *kernel) write(p []byte, frames int) (int, error) {
	k.xfer = xferi{buf: unsafe.Pointer(unsafe.SliceData(p)), frames: uint(frames)}
	err := k.ioctl(ioctlWritei, unsafe.Pointer(&k.xfer))
	k.xfer.buf = nil
	return k.xfer.result, err
}

func (k *kernel) poll(wait time.Duration) error {
	k.fds[0] = unix.PollFd{Fd: int32(k.fd), Events: unix.POLLOUT}
	_, err := unix.Poll(k.fds[:], int(wait.Milliseconds()))
	if errors.Is(err, unix.EINTR) {
		return nil // the caller looks again anyway
	}
	return err
}

func (k *kernel) close() error { return unix.Close(k.fd) }
