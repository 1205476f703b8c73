package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// What the thread of the sound is promised: so much of the processor in each
// of the periods in which it feeds the device.
const (
	realtimeBudget = 5 * time.Millisecond
	realtimePeriod = 20 * time.Millisecond
)

// beRealtime gives the goroutine that calls it a thread of its own, which the
// kernel prefers to all others until its budget is used up. It needs root.
//
// The policy has to be one with a budget. A thread that comes back from a
// system call may find its goroutine held by another thread of Go's run-time,
// which looks at it, and yields until it is let go. Under SCHED_FIFO it yields
// to nobody, the other thread never gets on, and both stand until the kernel
// throttles the one: for most of a second. Under SCHED_DEADLINE to yield is to
// give the rest of the budget away.
func beRealtime() error {
	runtime.LockOSThread()
	attr := unix.SchedAttr{
		Size: unix.SizeofSchedAttr, Policy: unix.SCHED_DEADLINE, Flags: unix.SCHED_FLAG_RESET_ON_FORK,
		Runtime: uint64(realtimeBudget), Deadline: uint64(realtimePeriod), Period: uint64(realtimePeriod),
	}
	if err := unix.SchedSetAttr(0, &attr, 0); err != nil {
		return fmt.Errorf("no real-time thread for the sound: %w", err)
	}
	return nil
}

// goBefore has the whole program preferred to others, as nice(1) has it: all
// its threads alike, so that none of them waits for another that is kept from
// running. Threads to come inherit it.
func goBefore(nice int) error {
	return eachThread(func(id string) error {
		n, err := strconv.Atoi(id)
		if err == nil {
			err = unix.Setpriority(unix.PRIO_PROCESS, n, nice)
		}
		if err != nil && err != unix.ESRCH { // it has ended
			return fmt.Errorf("priority %d: %w", nice, err)
		}
		return nil
	})
}

// eachThread calls f with the number of each thread of the program, until there is
// none that was not there before: one that comes meanwhile has what the one had that
// began it.
func eachThread(f func(id string) error) error {
	done := map[string]bool{}
	for more := true; more; {
		more = false
		threads, err := filepath.Glob("/proc/self/task/*")
		if err != nil {
			return err
		}
		for _, t := range threads {
			if done[t] {
				continue
			}
			done[t], more = true, true
			if err := f(filepath.Base(t)); err != nil {
				return err
			}
		}
	}
	return nil
}

// timerSlack is how much later than asked for a thread may be woken by the clock.
const timerSlack = 500 * time.Microsecond

// easeTimers lets all threads be woken a little late, those to come, too. A thread
// of Go's run-time watches the others and sleeps for 20 microseconds between two
// looks, for as long as one of them was long in a system call: on a slow processor
// these looks would take more than a tenth of it. What cannot be set stays as it is.
func easeTimers() {
	eachThread(func(id string) error {
		os.WriteFile(filepath.Join("/proc", id, "timerslack_ns"), strconv.AppendInt(nil, int64(timerSlack), 10), 0)
		return nil
	})
}

// keepProgram keeps of the program's file in memory what has been used of it.
// Where there is no swap, that is all that could be taken away, and would have
// to come from a disk again, which may be busy.
func keepProgram() error {
	exe, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return fmt.Errorf("the program stays in memory: %w", err)
	}
	maps, err := os.Open("/proc/self/maps")
	if err != nil {
		return fmt.Errorf("the program stays in memory: %w", err)
	}
	defer maps.Close()
	var bad error
	for in := bufio.NewScanner(maps); in.Scan(); {
		begin, end, ok := fileRange(in.Text(), exe)
		if !ok {
			continue
		}
		if _, _, errno := unix.Syscall(unix.SYS_MLOCK2, begin, end-begin, unix.MLOCK_ONFAULT); errno != 0 {
			bad = errors.Join(bad, fmt.Errorf("the program stays in memory: %w", errno))
		}
	}
	return bad
}

// fileRange finds in a line of proc(5)'s maps where a file is mapped that
// nothing is written to.
func fileRange(line, file string) (begin, end uintptr, ok bool) {
	f := strings.Fields(line)
	if len(f) < 6 || strings.Join(f[5:], " ") != file || strings.Contains(f[1], "w") {
		return 0, 0, false
	}
	low, high, _ := strings.Cut(f[0], "-")
	b, err := strconv.ParseUint(low, 16, strconv.IntSize)
	e, err2 := strconv.ParseUint(high, 16, strconv.IntSize)
	return uintptr(b), uintptr(e), err == nil && err2 == nil && b < e
}

// threadTime is the calling thread's number and how long it has computed.
func threadTime() (thread int, used time.Duration) {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t) != nil {
		return 0, 0
	}
	return unix.Gettid(), time.Duration(t.Nano())
}
