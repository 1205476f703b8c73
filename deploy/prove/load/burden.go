//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// What the process that starts the burdens is told.
const (
	begin  = unix.SIGUSR1
	finish = unix.SIGTERM
)

// burdens starts others, each in a process of its own, when it is told to begin,
// and ends them when it is told to finish.
func burdens(names []string) error {
	told := make(chan os.Signal, 1)
	signal.Notify(told, begin, finish)
	if <-told == finish {
		return nil
	}
	for _, b := range names {
		name, share, _ := strings.Cut(b, "=")
		pid, err := start("/proc/self/exe", []string{"load", name, share}, "")
		if err != nil {
			return err
		}
		defer unix.Kill(pid, unix.SIGKILL)
	}
	for <-told != finish {
	}
	return nil
}

// burn computes for ever.
func burn() {
	for n := 0; ; n++ {
		runtime.KeepAlive(n)
	}
}

// lowest is the niceness of what gives way to all others.
const lowest = 19

// fill computes for ever in all the time that nobody else wants.
//
// Where an instruction takes a fixed time, a processor that waits still waits as
// long as the machine below it lets it: by the board's clock it wakes up late
// when that machine is busy. One that never waits knows no time but that of its
// instructions.
func fill() error {
	runtime.LockOSThread()
	if err := unix.Setpriority(unix.PRIO_PROCESS, 0, lowest); err != nil { // by which its time is told apart
		return fmt.Errorf("give way: %w", err)
	}
	attr := unix.SchedAttr{Size: unix.SizeofSchedAttr, Policy: unix.SCHED_IDLE}
	if err := unix.SchedSetAttr(0, &attr, 0); err != nil {
		return fmt.Errorf("give way: %w", err)
	}
	// Begun anew, so that all threads of the program do.
	return unix.Exec("/proc/self/exe", []string{"load", "burn"}, os.Environ())
}

// busy takes a share of the processor from all others, ten milliseconds at a
// time.
func busy(args []string) error {
	percent, err := strconv.Atoi(strings.Join(args, " "))
	if err != nil || percent < 1 || percent > 99 {
		return fmt.Errorf("busy: say a percentage, not %q", args)
	}
	if err := realtime(40); err != nil {
		return err
	}
	const round = 10 * time.Millisecond
	work := round * time.Duration(percent) / 100
	for {
		for begun := time.Now(); time.Since(begun) < work; {
		}
		nap(round - work)
	}
}

// read reads all files of a folder, again and again, from the disk each time.
func read(dir string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(names) == 0 {
		return fmt.Errorf("read: there is nothing in %s", dir)
	}
	buf := make([]byte, 16<<10)
	for files, bytes := 0, int64(0); ; {
		for _, name := range names {
			n, err := readFile(name, buf)
			if err != nil {
				return err
			}
			files++
			bytes += n
			if files%10 == 0 {
				note("read", "read %d files, %d kB", files, bytes>>10)
			}
		}
	}
}

// readFile reads a file that is no longer to be in memory from the last time.
func readFile(name string, buf []byte) (size int64, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	for {
		n, err := f.Read(buf)
		size += int64(n)
		if err == io.EOF {
			return size, nil
		}
		if err != nil {
			return size, err
		}
	}
}

// note leaves for the trial's process what a burden has done so far.
func note(name, format string, args ...any) {
	os.WriteFile(noteOf(name), fmt.Appendf(nil, format, args...), 0o644)
}

func noteOf(name string) string { return "/run/load." + name }

// A staller keeps a disk from answering for a while: its interrupts are
// switched off, so that what is asked of it is done but not told.
type staller struct {
	config int // the disk's PCI configuration, a file
	flight int // the file that tells what it was asked for and has not answered

	times, waited     int // how often, and how often somebody waited for it
	shortest, longest time.Duration
}

// The disk stalls for so long, each so often, after a while.
const (
	stallFor   = 1500 * time.Millisecond
	stallEvery = 10 * time.Second
	stallFirst = 5 * time.Second
)

// newStaller finds a disk such as "vdb", which has to be a virtio one on PCI.
func newStaller(disk string) (*staller, error) {
	device, err := filepath.EvalSymlinks(filepath.Join("/sys/block", disk, "device"))
	if err != nil {
		return nil, fmt.Errorf("stall: %w", err)
	}
	s := &staller{shortest: time.Hour}
	if s.config, err = unix.Open(filepath.Join(filepath.Dir(device), "config"), unix.O_RDWR, 0); err != nil {
		return nil, fmt.Errorf("stall: configuration of %s: %w", disk, err)
	}
	if s.flight, err = unix.Open(filepath.Join("/sys/block", disk, "inflight"), unix.O_RDONLY, 0); err != nil {
		return nil, fmt.Errorf("stall: requests to %s: %w", disk, err)
	}
	return s, nil
}

// stall stalls the music's disk now and then.
func stall() error {
	s, err := newStaller("vdb")
	if err != nil {
		return err
	}
	notes, err := unix.Open(noteOf("stall"), unix.O_WRONLY|unix.O_CREAT, 0o644)
	if err != nil {
		return fmt.Errorf("stall: %w", err)
	}
	if err := realtime(50); err != nil {
		return err
	}
	nap(stallFirst)
	for {
		if err := s.stall(); err != nil {
			return err
		}
		// Each is as long as the one before, or longer.
		writeAt(notes, 0, fmt.Appendf(nil, "the disk stalled %d times, %d to %d ms, %d times with somebody waiting",
			s.times, s.shortest.Milliseconds(), s.longest.Milliseconds(), s.waited))
		nap(stallEvery - stallFor)
	}
}

func (s *staller) stall() error {
	begun := time.Now()
	if err := s.silence(true); err != nil {
		return err
	}
	nap(stallFor - 10*time.Millisecond)
	waits := s.asked()
	nap(stallFor - time.Since(begun))
	if err := s.silence(false); err != nil {
		return err
	}
	d := time.Since(begun)
	s.times++
	s.shortest, s.longest = min(s.shortest, d), max(s.longest, d)
	if waits {
		s.waited++
	}
	return nil
}

// asked says whether reads or writes wait for the disk's answer.
func (s *staller) asked() bool {
	var b [64]byte
	n, err := readAt(s.flight, 0, b[:])
	return err == nil && bytes.ContainsAny(b[:n], "123456789")
}

// silence sets or clears Interrupt Disable, bit 10 of the command register (PCI
// Local Bus Specification 2.3, 6.2.2).
func (s *staller) silence(on bool) error {
	const register, bit = 4, 1 << 2 // in the upper byte
	var b [2]byte
	if _, err := readAt(s.config, register, b[:]); err != nil {
		return fmt.Errorf("stall: %w", err)
	}
	b[1] &^= bit
	if on {
		b[1] |= bit
	}
	if err := writeAt(s.config, register, b[:]); err != nil {
		return fmt.Errorf("stall: %w", err)
	}
	return nil
}
