package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
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
	if policy&^unix.SCHED_RESET_ON_FORK != unix.SCHED_DEADLINE {
		t.Errorf("its policy is %d", policy)
	}
}

// TestGoBefore runs in a process of its own, as priorities do not come back
// for users.
func TestGoBefore(t *testing.T) {
	const mark = "LINNET_TEST_NICE"
	if os.Getenv(mark) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestGoBefore$", "-test.v")
		cmd.Env = append(os.Environ(), mark+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	const nice = 15
	if err := goBefore(nice); err != nil {
		t.Fatal(err)
	}
	threads, err := filepath.Glob("/proc/self/task/*")
	if err != nil || len(threads) < 2 {
		t.Fatalf("%d threads, %v", len(threads), err)
	}
	for _, path := range threads {
		id, _ := strconv.Atoi(filepath.Base(path))
		// The system call answers 20 less the priority.
		if p, err := unix.Getpriority(unix.PRIO_PROCESS, id); err == nil && 20-p != nice {
			t.Errorf("%s: priority %d, want %d", path, 20-p, nice)
		}
	}
}

// TestKeepProgram looks for what is locked in the kernel's table.
func TestKeepProgram(t *testing.T) {
	if err := keepProgram(); err != nil {
		t.Skipf("%v; the limit on locked memory is too low", err)
	}
	defer unix.Munlockall()
	status, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	exe, _ := os.Readlink("/proc/self/exe")
	locked, ours := false, false
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) >= 5 && strings.Contains(f[0], "-") {
			_, _, ours = fileRange(strings.TrimSpace(line), exe)
		} else if ours && f[0] == "VmFlags:" && strings.Contains(line, " lo") {
			locked = true
		}
	}
	if !locked {
		t.Error("nothing of the program is locked")
	}
}

func TestFileRange(t *testing.T) {
	for line, want := range map[string]bool{
		"00010000-00658000 r-xp 00000000 fe:00 5          /bin/linnet": true,
		"00660000-00e02000 r--p 00650000 fe:00 5          /bin/linnet": true,
		"00e10000-00e68000 rw-p 00e00000 fe:00 5          /bin/linnet": false,
		"b6f00000-b6f21000 r-xp 00000000 fe:00 7          /lib/ld.so":  false,
		"be9df000-bea00000 rw-p 00000000 00:00 0          [stack]":     false,
		"00ea0000-00ed0000 rw-p 00000000 00:00 0":                      false,
		"": false,
	} {
		if begin, end, ok := fileRange(line, "/bin/linnet"); ok != want || ok && (begin >= end || begin&0xfff != 0) {
			t.Errorf("%q: %#x to %#x, %v", line, begin, end, ok)
		}
	}
}

// All threads, those to come among them, may be woken a little late.
func TestEaseTimers(t *testing.T) {
	const child = "LINNET_TEST_EASES_TIMERS"
	if os.Getenv(child) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestEaseTimers$", "-test.v")
		cmd.Env = append(os.Environ(), child+"=1")
		if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "--- SKIP") {
			if err == nil {
				t.Skip("only root may say so of other threads")
			}
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	if os.Geteuid() != 0 {
		t.Skip("this is not root")
	}
	easeTimers()
	var held sync.WaitGroup
	release := make(chan struct{})
	for range 4 { // threads to come
		held.Add(1)
		go func() {
			runtime.LockOSThread()
			held.Done()
			<-release
		}()
	}
	held.Wait()
	defer close(release)
	threads, err := filepath.Glob("/proc/self/task/*")
	if err != nil || len(threads) < 5 {
		t.Fatalf("%d threads, %v", len(threads), err)
	}
	for _, thread := range threads {
		b, err := os.ReadFile(filepath.Join("/proc", filepath.Base(thread), "timerslack_ns"))
		if n, _ := strconv.Atoi(strings.TrimSpace(string(b))); err != nil || time.Duration(n) != timerSlack {
			t.Errorf("%s: %s, %v", thread, b, err)
		}
	}
}
