//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestWaiter waits for a pipe as for a device: full, it has no room; who reads
// makes some.
func TestWaiter(t *testing.T) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_NONBLOCK|unix.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	in, out := fds[0], fds[1]
	defer unix.Close(in)
	w := newWaiter(out)
	if w == nil {
		t.Fatal("a pipe can be polled")
	}
	within := func(what string, least, most time.Duration, d time.Duration) {
		t.Helper()
		begin := time.Now()
		if err := w.wait(d); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if took := time.Since(begin); took < least || took > most {
			t.Errorf("%s: it waited for %v", what, took)
		}
	}
	const soon, long = 20 * time.Second, time.Minute
	within("room", 0, soon, long)
	full := make([]byte, 4096)
	for {
		if _, err := unix.Write(out, full); err != nil {
			break
		}
	}
	within("full", 20*time.Millisecond, soon, 20*time.Millisecond)
	within("full again", 20*time.Millisecond, soon, 20*time.Millisecond)
	for range 3 {
		// It may begin to wait only when there is room already.
		var reads atomic.Bool
		time.AfterFunc(10*time.Millisecond, func() {
			reads.Store(true)
			unix.Read(in, full)
		})
		within("room comes", 0, soon, long)
		if !reads.Load() {
			t.Error("it did not wait for room")
		}
		unix.Write(out, full)
	}
	if n := testing.AllocsPerRun(20, func() { w.wait(time.Millisecond) }); n > 0 {
		t.Errorf("%v allocations a wait", n)
	}
	unix.Close(in)
	within("nobody reads any more", 0, soon, long) // which the next write tells
	if err := w.close(); err != nil {
		t.Error(err)
	}
	if err := unix.Close(out); err != nil {
		t.Errorf("the device itself was closed: %v", err)
	}
	if err := w.wait(time.Millisecond); err == nil {
		t.Error("it still waits after its end")
	}
}

// What can't be polled is waited for by a call.
func TestNoWaiter(t *testing.T) {
	fd, err := unix.Open("/proc/self/exe", unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	if w := newWaiter(fd); w != nil {
		t.Error("a file is polled")
	}
}
