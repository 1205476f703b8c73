package main

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// wakeUps measures how late a thread that sleeps 5 ms at a time is woken while
// others compute: the median and the worst.
func wakeUps(t *testing.T, thread func() error) (median, worst time.Duration, err error) {
	var stop atomic.Bool
	var busy sync.WaitGroup
	for range 4 {
		busy.Go(func() {
			runtime.LockOSThread() // so that the kernel, too, has four to choose from
			defer runtime.UnlockOSThread()
			for n := 0; !stop.Load(); n++ {
			}
		})
	}
	var late []time.Duration
	done := make(chan error)
	go func() { // ends with its thread locked: the thread ends, too
		err := thread()
		for range 100 {
			begin := time.Now()
			unix.Nanosleep(&unix.Timespec{Nsec: 5e6}, nil)
			late = append(late, time.Since(begin)-5*time.Millisecond)
		}
		done <- err
	}()
	err = <-done
	stop.Store(true)
	busy.Wait()
	slices.Sort(late)
	return late[len(late)/2], late[len(late)-1], err
}

// TestRealtime measures the thread of the sound against an ordinary one, and
// makes sure that it is what it says.
func TestRealtime(t *testing.T) {
	median, worst, _ := wakeUps(t, func() error { runtime.LockOSThread(); return nil })
	t.Logf("an ordinary thread among four busy ones: woken %v late, at worst %v", median, worst)
	policy := 0
	median, worst, err := wakeUps(t, func() error {
		err := beRealtime()
		p, _, _ := unix.Syscall(unix.SYS_SCHED_GETSCHEDULER, 0, 0, 0)
		policy = int(p)
		return err
	})
	if err != nil {
		t.Skipf("%v; run the test as root", err)
	}
	t.Logf("the real-time thread: woken %v late, at worst %v", median, worst)
	if policy&^unix.SCHED_RESET_ON_FORK != unix.SCHED_FIFO {
		t.Errorf("its policy is %d", policy)
	}
}
