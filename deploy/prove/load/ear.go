//go:build linux

package main

import (
	"bytes"
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// The ear looks so often; a card whose interrupt comes later than its period by more
// than late stands still. The period is what the player asked the card for: 20 ms
// with Linnet, of whose interrupts in minutes under this load no two were more
// than 40 ms apart; madplay's is 100 ms.
const (
	look  = 10 * time.Millisecond
	late  = 60 * time.Millisecond
	over  = 4 * time.Second // a sound that stood for so long has ended
	tick  = 500 * time.Millisecond
	round = 10 // interrupts that the period is taken from, the shortest of all rounds
)

// An ear follows the interrupts of the sound card.
type ear struct {
	fd    int // /proc/interrupts
	stat  int // /proc/stat
	log   int // /dev/kmsg
	buf   [4096]byte
	count int
	began time.Time // the first interrupt
	last  time.Time // the latest

	from   time.Time       // the round's first interrupt
	before int             // the count then
	period time.Duration   // 0: no round was over yet
	gaps   []time.Duration // between two interrupts, where it may have stood
	rests  [2]rest         // the first and the latest look at the processor while it sounds
}

// A rest is for how long the processor had nothing to do by a time.
type rest struct {
	at   time.Time
	idle time.Duration
}

func newEar() (*ear, error) {
	e := &ear{gaps: make([]time.Duration, 0, 1<<12)}
	var err error
	if e.fd, err = unix.Open("/proc/interrupts", unix.O_RDONLY, 0); err != nil {
		return nil, fmt.Errorf("/proc/interrupts: %w", err)
	}
	if e.stat, err = unix.Open("/proc/stat", unix.O_RDONLY, 0); err != nil {
		return nil, fmt.Errorf("/proc/stat: %w", err)
	}
	if e.log, err = unix.Open("/dev/kmsg", unix.O_WRONLY, 0); err != nil {
		return nil, fmt.Errorf("/dev/kmsg: %w", err)
	}
	return e, nil
}

// wait listens until the sound has begun, or ended.
func (e *ear) wait(ended bool) error {
	for {
		n, err := e.interrupts()
		if err != nil {
			return err
		}
		now := time.Now()
		if over := e.hear(n, now); over || !ended && !e.began.IsZero() {
			return nil
		}
		if now == e.last && now.Sub(e.rests[1].at) >= tick {
			if err := e.watch(now); err != nil {
				return err
			}
			write(e.log, []byte("load: tick\n"))
		}
		nap(look)
	}
}

// hear takes a count of interrupts, and says whether the sound has ended.
func (e *ear) hear(n int, now time.Time) bool {
	switch {
	case n == e.count && e.began.IsZero():
	case n == e.count:
		return now.Sub(e.last) > over
	case e.began.IsZero():
		e.began, e.last, e.count = now, now, n
		e.from, e.before = now, n
	default:
		if d := now.Sub(e.last); d > late && len(e.gaps) < cap(e.gaps) {
			e.gaps = append(e.gaps, d)
		}
		e.last, e.count = now, n
		if n-e.before >= round {
			if d := now.Sub(e.from) / time.Duration(n-e.before); e.period == 0 || d < e.period {
				e.period = d
			}
			e.from, e.before = now, n
		}
	}
	return false
}

// watch takes a look at the processor.
func (e *ear) watch(now time.Time) error {
	n, err := readAt(e.stat, 0, e.buf[:])
	if err != nil {
		return err
	}
	e.rests[1] = rest{now, idleOf(e.buf[:n])}
	if e.rests[0].at.IsZero() {
		e.rests[0] = e.rests[1]
	}
	return nil
}

// idleOf finds in /proc/stat for how long the processor had nothing to do, be it
// for want of work or of a disk's answer.
func idleOf(stat []byte) time.Duration {
	line, _, _ := bytes.Cut(stat, []byte("\n"))
	ticks, field := 0, 0
	for f := range bytes.FieldsSeq(line) {
		if field == 4 || field == 5 {
			ticks += number(f)
		}
		field++
	}
	return time.Duration(ticks) * (time.Second / 100)
}

// number is what a text begins with.
func number(text []byte) (n int) {
	for _, c := range text {
		if c < '0' || c > '9' {
			break
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// interrupts is how many the sound card had.
func (e *ear) interrupts() (int, error) {
	n, err := readAt(e.fd, 0, e.buf[:])
	if err != nil {
		return 0, err
	}
	return countOf(e.buf[:n], "aaci"), nil
}

// countOf finds the count of a device in /proc/interrupts, 0 while it has none.
func countOf(table []byte, device string) int {
	for line := range bytes.Lines(table) {
		if !bytes.Contains(line, []byte(device)) {
			continue
		}
		_, rest, _ := bytes.Cut(line, []byte(":"))
		return number(bytes.TrimLeft(rest, " "))
	}
	return 0
}

// stood is how often the sound stood still, for how long in all and at most: what
// its interrupts came later than a period.
func (e *ear) stood() (times int, all, most time.Duration) {
	for _, d := range e.gaps {
		if d -= e.period; d > late {
			times++
			all += d
			most = max(most, d)
		}
	}
	return times, all, most
}

// report is what was heard, to be called after the end.
func (e *ear) report() string {
	times, all, most := e.stood()
	return fmt.Sprintf("sound for %d ms, stood %d times, %d ms in all, %d ms at most; a period is %.1f ms",
		e.last.Sub(e.began).Milliseconds(), times, all.Milliseconds(), most.Milliseconds(), float64(e.period.Microseconds())/1000)
}
