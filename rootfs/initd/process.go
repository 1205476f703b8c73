//go:build linux

package initd

import (
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// A status is how a process ended.
type status struct{ unix.WaitStatus }

func (s status) String() string {
	if s.Signaled() {
		return "signal " + unix.SignalName(s.Signal())
	}
	return fmt.Sprintf("status %d", s.ExitStatus())
}

// A process is a child that was started by a reaper.
type process struct {
	pid  int
	done chan status // gets one status and is closed
}

// A reaper waits for all children: those it started, whose status it hands
// on, and those that process 1 inherits. Nobody else in the program may wait
// for one, nor start one in any other way.
type reaper struct {
	mu       sync.Mutex
	children map[int]*process
}

func newReaper() *reaper { return &reaper{children: map[int]*process{}} }

// start runs a program with input from /dev/null and both outputs to out, in
// a session of its own, so that a signal to -pid reaches what it starts, too.
func (r *reaper) start(path string, argv, env []string, out *os.File) (*process, error) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		return nil, err
	}
	defer null.Close()
	r.mu.Lock() // it may end before it is in the table
	defer r.mu.Unlock()
	pid, err := syscall.ForkExec(path, argv, &syscall.ProcAttr{
		Dir:   "/",
		Env:   env,
		Files: []uintptr{null.Fd(), out.Fd(), out.Fd()},
		Sys:   &syscall.SysProcAttr{Setsid: true},
	})
	if err != nil {
		return nil, &os.PathError{Op: "start", Path: path, Err: err}
	}
	p := &process{pid: pid, done: make(chan status, 1)}
	r.children[pid] = p
	return p, nil
}

// run reaps for ever, or until stop is closed.
func (r *reaper) run(stop <-chan struct{}) {
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, unix.SIGCHLD)
	defer signal.Stop(ended)
	for {
		r.reap()
		select {
		case <-ended:
		case <-stop:
			return
		}
	}
}

// reap takes every child that has ended.
func (r *reaper) reap() {
	for {
		var s unix.WaitStatus
		pid, err := unix.Wait4(-1, &s, unix.WNOHANG, nil)
		if err == unix.EINTR {
			continue
		}
		if err != nil || pid <= 0 {
			return
		}
		r.mu.Lock()
		p := r.children[pid]
		delete(r.children, pid)
		r.mu.Unlock()
		if p != nil {
			p.done <- status{s}
			close(p.done)
		}
	}
}
