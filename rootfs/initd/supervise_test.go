//go:build linux

package initd

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"
)

// lives is a player that lives as long as it is told, one life a start.
type lives struct {
	began   time.Time
	starts  []time.Duration
	last    *process
	length  func(n int) time.Duration
	status  unix.WaitStatus
	refuse  error
	deaf    bool // to SIGTERM
	signals []string
}

func (l *lives) spawn() (*process, error) {
	if len(l.starts) == 0 {
		l.began = time.Now()
	}
	l.starts = append(l.starts, time.Since(l.began))
	if l.refuse != nil {
		return nil, l.refuse
	}
	p := &process{pid: 100 + len(l.starts), done: make(chan status, 1)}
	l.last = p
	time.AfterFunc(l.length(len(l.starts)), func() {
		select {
		case p.done <- status{l.status}:
		default: // a signal was first
		}
	})
	return p, nil
}

func (l *lives) kill(pid int, sig unix.Signal) error {
	l.signals = append(l.signals, fmt.Sprintf("%d %s", pid, unix.SignalName(sig)))
	if (sig == unix.SIGTERM) != l.deaf {
		select {
		case l.last.done <- status{unix.WaitStatus(sig)}:
		default: // it has ended
		}
	}
	return nil
}

func always(d time.Duration) func(int) time.Duration { return func(int) time.Duration { return d } }

// TestBackOff has a player fall over at once, again and again, then run well
// for a time, then fall over.
func TestBackOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lives{status: 1 << 8, length: func(n int) time.Duration {
			if n == 12 {
				return time.Minute
			}
			return 0
		}}
		var talk said
		s := newSupervisor(l.spawn, l.kill, talk.say)
		go s.run()
		time.Sleep(4 * time.Minute)
		s.stop()
		var pauses []time.Duration
		for i := 1; i < len(l.starts); i++ {
			pauses = append(pauses, l.starts[i]-l.starts[i-1])
		}
		ms := time.Millisecond
		want := []time.Duration{100 * ms, 200 * ms, 400 * ms, 800 * ms, 1600 * ms, 3200 * ms, 6400 * ms, 12800 * ms, 25600 * ms,
			lastPause, lastPause, time.Minute + 100*ms, 200 * ms, 400 * ms}
		if !slices.Equal(pauses[:min(len(pauses), len(want))], want) {
			t.Errorf("pauses %v, want %v", pauses, want)
		}
		if !strings.Contains(talk.text(), "linnet ended with status 1 after 0.000 s; again in 100ms") {
			t.Errorf("said %s", talk.text())
		}
	})
}

func TestBackOffNoProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lives{refuse: errors.New("no such program")}
		var talk said
		s := newSupervisor(l.spawn, l.kill, talk.say)
		go s.run()
		time.Sleep(time.Second)
		if pid, ok := s.pid(); pid != 0 || !ok {
			t.Errorf("in a pause: process %d, %v", pid, ok)
		}
		s.stop()
		if len(l.starts) != 4 || !strings.Contains(talk.text(), "no such program") {
			t.Errorf("%d starts in a second; said %s", len(l.starts), talk.text())
		}
	})
}

func TestStop(t *testing.T) {
	for _, deaf := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			l := &lives{length: always(time.Hour), deaf: deaf}
			var talk said
			s := newSupervisor(l.spawn, l.kill, talk.say)
			end := make(chan action, 1)
			go func() { end <- s.run() }()
			time.Sleep(10 * time.Second)
			if pid, ok := s.pid(); pid != 101 || !ok {
				t.Errorf("process %d, %v", pid, ok)
			}
			began := time.Now()
			s.stop()
			took, want := time.Since(began), time.Duration(0)
			if deaf {
				want = stopWithin
			}
			if took != want || <-end != nothing || strings.Contains(talk.text(), "killed") != deaf {
				t.Errorf("deaf %v: took %v, said %q", deaf, took, talk.text())
			}
			if !slices.Equal(l.signals, []string{"-101 SIGTERM", "-101 SIGKILL"}) {
				t.Errorf("signals %q", l.signals)
			}
			if _, ok := s.pid(); ok {
				t.Error("it answers although it has stopped")
			}
		})
	}
}

func TestStatusAsks(t *testing.T) {
	for code, want := range map[int]action{StatusPowerOff: powerOff, StatusReboot: restart} {
		synctest.Test(t, func(t *testing.T) {
			l := &lives{length: always(time.Second), status: unix.WaitStatus(code << 8)}
			s := newSupervisor(l.spawn, l.kill, t.Logf)
			if got := s.run(); got != want {
				t.Errorf("status %d: %v, want %v", code, got, want)
			}
			s.stop() // as the machine does
		})
	}
}

// TestSuperviseReal starts real processes: one that ends is started again at
// once, one that does not hear is killed.
func TestSuperviseReal(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes as long as a player that does not hear may take to end")
	}
	r := reaping(t)
	var talk said
	j := testJournal(t, &talk)
	n := 0
	s := newSupervisor(func() (*process, error) {
		n++
		how := "say hello"
		if n == 3 {
			how = "deaf"
		}
		return r.start("/proc/self/exe", []string{"linnet"}, []string{helperEnv + "=" + how}, j.out)
	}, kernel{}.kill, j.say)
	go s.run()
	within(t, time.Minute, func() bool { return strings.Contains(string(j.ring.bytes()), "deaf") })
	if want := "hello\nand an error\nhello\nand an error\ndeaf\n"; string(j.ring.bytes()) != want {
		t.Errorf("kept %q, want %q", j.ring.bytes(), want)
	}
	var pid int
	within(t, time.Minute, func() (ok bool) { pid, ok = s.pid(); return ok }) // a busy machine may take more than its second
	s.stop()
	if pid == 0 || unix.Kill(pid, 0) != unix.ESRCH {
		t.Errorf("process %d is there after stop", pid)
	}
	if !strings.Contains(talk.text(), "killed") {
		t.Errorf("said %s", talk.text())
	}
}

func within(t *testing.T, limit time.Duration, what func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !what(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it did not happen within %v", limit)
		}
	}
}
