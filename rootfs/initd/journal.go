//go:build linux

package initd

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

const (
	ringSize = 256 << 10
	maxLine  = 900 // bytes; the kernel takes records up to 976

	// How records begin: with their importance (syslog(3)) and who speaks.
	fromHere   = "<4>initd: "
	fromPlayer = "<6>linnet: "
)

// A journal is where everything that is said goes: what process 1 says
// itself, as records "initd: ..." of the kernel's log, and what the player
// says, through a pipe into the ring and from there as records "linnet: ...".
// The kernel puts times to them and prints them on its console.
type journal struct {
	kmsg io.Writer // a Write is a record
	ring *ring

	mu   sync.Mutex
	out  *os.File      // the pipe's end for the player
	read chan struct{} // closed when the pipe has ended
	told int64         // how far the ring was handed on
}

func newJournal(kmsg io.Writer) (*journal, error) {
	j := &journal{kmsg: kmsg, ring: newRing(ringSize), read: make(chan struct{})}
	var p [2]int
	if err := unix.Pipe2(p[:], unix.O_CLOEXEC); err != nil {
		return nil, fmt.Errorf("initd: pipe: %w", err)
	}
	// Only the end that is read here is not to wait: the other is the
	// player's standard output.
	unix.SetNonblock(p[0], true)
	in := os.NewFile(uintptr(p[0]), "player's output")
	j.out = os.NewFile(uintptr(p[1]), "player's output")
	go func() {
		io.Copy(j.ring, in)
		in.Close()
		close(j.read)
	}()
	return j, nil
}

// showFrom has the kernel's console show records of an importance and above,
// whatever "quiet" said. A serial line shows a dozen of them in a tenth of a
// second: until the player starts, notices of file systems stay in the log.
func showFrom(importance int) {
	unix.Klogctl(unix.SYSLOG_ACTION_CONSOLE_LEVEL, make([]byte, importance+1))
}

// openKmsg opens the kernel's log, or the console where there is none. The
// limit of ten records in five seconds is for systems with many users.
func openKmsg() io.Writer {
	os.WriteFile("/proc/sys/kernel/printk_devkmsg", []byte("on\n"), 0)
	showFrom(4)
	for _, name := range []string{"/dev/kmsg", "/dev/console"} {
		if f, err := os.OpenFile(name, os.O_WRONLY, 0); err == nil {
			return f
		}
	}
	return os.Stderr
}

// say writes a record of process 1.
func (j *journal) say(format string, args ...any) {
	j.record(fromHere, bytes.TrimPrefix(fmt.Appendf(nil, format, args...), []byte("initd: ")))
}

// check says an error, if it is one, a record for each line.
func (j *journal) check(err error) {
	if err == nil {
		return
	}
	for line := range bytes.Lines([]byte(err.Error())) {
		j.say("%s", bytes.TrimSuffix(line, []byte("\n")))
	}
}

func (j *journal) record(prefix string, line []byte) {
	for first := true; first || len(line) > 0; first = false {
		n := cut(line, maxLine)
		j.kmsg.Write(append(append([]byte(prefix), line[:n]...), '\n'))
		line = line[n:]
	}
}

// cut is where to end a piece of at most limit bytes, not inside a character.
func cut(line []byte, limit int) int {
	if len(line) <= limit {
		return len(line)
	}
	for n := limit; n > limit-utf8.UTFMax; n-- {
		if utf8.RuneStart(line[n]) {
			return n
		}
	}
	return limit
}

// forward hands the player's lines on to the kernel's log for ever. It is
// apart from the reading of the pipe, so that a slow console never makes the
// player wait: what it can't follow it leaves out, and says so.
func (j *journal) forward() {
	for {
		<-j.tell(false)
	}
}

// tell hands on what came since the last time: whole lines, or with all set
// the beginning of one, too. The channel closes when there is more.
func (j *journal) tell(all bool) <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	var buf [4 << 10]byte
	for {
		n, lost, more := j.ring.read(j.told, buf[:])
		if lost > 0 {
			j.say("%d bytes that linnet said came too fast for the console", lost)
		}
		j.told += lost
		used := j.lines(buf[:n])
		switch {
		case used > 0:
		case n == len(buf): // longer than any line
			used = cut(buf[:], len(buf)-1)
			j.record(fromPlayer, buf[:used])
		case all && n > 0:
			used = n
			j.record(fromPlayer, buf[:n])
		default:
			return more
		}
		j.told += int64(used)
	}
}

// lines hands on the whole lines of p and returns how many bytes that were.
func (j *journal) lines(p []byte) (used int) {
	for {
		end := bytes.IndexByte(p[used:], '\n')
		if end < 0 {
			return used
		}
		j.record(fromPlayer, bytes.TrimRight(p[used:used+end], "\r"))
		used += end + 1
	}
}

// finish hands on everything after the last player has ended. What it left
// running may hold the pipe open: that is not waited for.
func (j *journal) finish() {
	j.out.Close()
	select {
	case <-j.read:
	case <-time.After(time.Second):
	}
	j.tell(true)
}
