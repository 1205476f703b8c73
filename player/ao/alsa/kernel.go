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

	"linnet/player/ao/internal/asound"
	"linnet/player/ao/internal/ioctl"
)

// kernel is the real device.
type kernel struct {
	fd     int
	xfer   asound.Xferi // here, as what a system call points to would be allocated
	frames int
	sync   asound.SyncPtr
	area   []byte
	fds    [1]unix.PollFd
	waiter *waiter // nil where Poll is a call
	waited bool    // and that is known
}

// OpenDevice opens a device as Open does, and leaves it as it is: for those who
// use it in another way than Sink.
func OpenDevice(name string) (asound.Device, error) {
	k, err := openKernel(name)
	if err != nil {
		return nil, err
	}
	return k, nil
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
	if err := k.ioctl(asound.IoctlVersion, unsafe.Pointer(&version)); err != nil || version>>16 != 2 {
		k.Close()
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
	return ioctl.Do(k.fd, req, arg)
}

func (k *kernel) Refine(p *asound.HWParams) error {
	return k.ioctl(asound.IoctlRefine, unsafe.Pointer(p))
}
func (k *kernel) SetHW(p *asound.HWParams) error {
	return k.ioctl(asound.IoctlSetHW, unsafe.Pointer(p))
}
func (k *kernel) FreeHW() error { return k.ioctl(asound.IoctlFreeHW, nil) }
func (k *kernel) SetSW(p *asound.SWParams) error {
	return k.ioctl(asound.IoctlSetSW, unsafe.Pointer(p))
}
func (k *kernel) Prepare() error { return k.ioctl(asound.IoctlPrepare, nil) }
func (k *kernel) Start() error   { return k.ioctl(asound.IoctlStart, nil) }
func (k *kernel) Drop() error    { return k.ioctl(asound.IoctlDrop, nil) }
func (k *kernel) Drain() error   { return k.ioctl(asound.IoctlDrain, nil) }
func (k *kernel) Resume() error  { return k.ioctl(asound.IoctlResume, nil) }

func (k *kernel) Delay() (int, error) {
	err := k.ioctl(asound.IoctlDelay, unsafe.Pointer(&k.frames))
	return k.frames, err
}

// Pointers asks without having the hardware looked at, so that the answer also
// comes in a device that ran dry.
func (k *kernel) Pointers() (asound.Pointers, error) {
	return k.pointers(asound.SyncGetAppl | asound.SyncGetAvailMin)
}

func (k *kernel) Sync() (asound.Pointers, error) {
	return k.pointers(asound.SyncHW | asound.SyncGetAppl | asound.SyncGetAvailMin)
}

func (k *kernel) pointers(flags uint32) (asound.Pointers, error) {
	k.sync.Flags = flags
	err := k.ioctl(asound.IoctlSyncPtr, unsafe.Pointer(&k.sync))
	return asound.Pointers{HW: k.sync.Status.HWPtr, Appl: k.sync.Control.ApplPtr, State: int(k.sync.Status.State)}, err
}

func (k *kernel) Commit(appl uint) error {
	k.sync.Flags = asound.SyncGetAvailMin
	k.sync.Control.ApplPtr = appl
	return k.ioctl(asound.IoctlSyncPtr, unsafe.Pointer(&k.sync))
}

func (k *kernel) Map(bytes int) ([]byte, error) {
	page := os.Getpagesize()
	area, err := unix.Mmap(k.fd, 0, (bytes+page-1)/page*page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	k.area = area
	return area[:bytes:bytes], nil
}

func (k *kernel) Unmap() error {
	if k.area == nil {
		return nil
	}
	err := unix.Munmap(k.area)
	k.area = nil
	return err
}

func (k *kernel) Write(p []byte, frames int) (int, error) {
	k.xfer = asound.Xferi{Buf: unsafe.Pointer(unsafe.SliceData(p)), Frames: uint(frames)}
	err := k.ioctl(asound.IoctlWritei, unsafe.Pointer(&k.xfer))
	k.xfer.Buf = nil
	return k.xfer.Result, err
}

func (k *kernel) Rewind(frames int) (int, error) {
	k.frames = frames
	err := k.ioctl(asound.IoctlRewind, unsafe.Pointer(&k.frames))
	return k.frames, err
}

func (k *kernel) Poll(wait time.Duration) error {
	if !k.waited { // here, as the thread is the one that will
		k.waiter, k.waited = newWaiter(k.fd), true
	}
	if k.waiter != nil {
		return k.waiter.wait(wait)
	}
	k.fds[0] = unix.PollFd{Fd: int32(k.fd), Events: unix.POLLOUT}
	_, err := unix.Poll(k.fds[:], int(wait.Milliseconds()))
	if errors.Is(err, unix.EINTR) {
		return nil // the caller looks again anyway
	}
	return err
}

func (k *kernel) Close() error {
	err := k.Unmap()
	if k.waiter != nil {
		err = errors.Join(err, k.waiter.close())
	}
	return errors.Join(err, unix.Close(k.fd))
}
