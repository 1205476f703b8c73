//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"errors"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A waiter waits for room in a device by the poller of Go's run-time. A thread
// that waits in a call of its own keeps a processor of the run-time, which then
// watches it, thousands of times a second, in order to take it away.
type waiter struct {
	file *os.File // another descriptor of the device
	conn syscall.RawConn
	look func(fd uintptr) bool
	fds  [1]unix.PollFd
	err  error // of the latest look
}

// newWaiter makes a waiter for a device; nil where it has to be waited for by a
// call: where the kernel has no poll for it, or the thread is one that the kernel
// prefers, which is not to depend on others that it does not.
func newWaiter(fd int) *waiter {
	if attr, err := unix.SchedGetAttr(0, 0); err != nil || attr.Policy != unix.SCHED_NORMAL {
		return nil
	}
	other, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	w := &waiter{file: os.NewFile(uintptr(other), "sound")}
	w.conn, err = w.file.SyscallConn()
	if err == nil {
		err = w.file.SetWriteDeadline(time.Time{}) // which only what is polled has
	}
	if err != nil {
		w.file.Close()
		return nil
	}
	w.look = w.ready
	return w
}

// ready says whether there is room, or something is wrong.
func (w *waiter) ready(fd uintptr) bool {
	w.fds[0] = unix.PollFd{Fd: int32(fd), Events: unix.POLLOUT}
	n, err := unix.Poll(w.fds[:], 0)
	w.err = err
	return n > 0 || err != nil && err != unix.EINTR
}

// wait waits until there is room, or d is over.
func (w *waiter) wait(d time.Duration) error {
	err := w.file.SetWriteDeadline(time.Now().Add(d))
	if err == nil {
		err = w.conn.Write(w.look)
	}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil
	case err == nil:
		return w.err
	}
	return err
}

func (w *waiter) close() error { return w.file.Close() }
