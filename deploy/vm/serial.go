package vm

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Line is a line that came through the serial line.
type Line struct {
	Text string        // without the time and the line's end
	Time time.Duration // since the kernel's start; negative on lines that are not the kernel's
	Sent time.Duration // since power-on, where Config.Stamp asks for it; else negative
}

// ErrEnded means that the board was switched off before it said what was
// waited for.
var ErrEnded = errors.New("the board is switched off")

// stamp is at the start of a line, or behind the prompt of a debug image's
// console, which the kernel does not wait for.
var stamp = regexp.MustCompile(`^(?:linnet# )?\[ *(\d+)\.(\d{6})\] `)

// sent is what Config.Stamp has before a line.
var sent = regexp.MustCompile(`^@(\d{1,15}) `)

// parseLine takes the times off a line.
func parseLine(s string) Line {
	l := Line{Text: strings.TrimRight(s, "\r\n"), Time: -1, Sent: -1}
	if m := sent.FindStringSubmatch(l.Text); m != nil {
		micros, _ := strconv.ParseInt(m[1], 10, 64)
		l.Text, l.Sent = l.Text[len(m[0]):], time.Duration(micros)*time.Microsecond
	}
	if m := stamp.FindStringSubmatch(l.Text); m != nil {
		seconds, _ := strconv.ParseInt(m[1], 10, 32)
		micros, _ := strconv.ParseInt(m[2], 10, 32)
		l.Text, l.Time = l.Text[len(m[0]):], time.Duration(seconds)*time.Second+time.Duration(micros)*time.Microsecond
	}
	return l
}

// PowerOn returns when the kernel's clock began, after power-on, as the lines
// have it: none is sent before it was said.
func PowerOn(lines []Line) (began time.Duration, ok bool) {
	for _, l := range lines {
		if l.Time >= 0 && l.Sent >= 0 && (!ok || l.Sent-l.Time < began) {
			began, ok = l.Sent-l.Time, true
		}
	}
	return began, ok
}

// serial collects lines for those who wait for one.
type serial struct {
	mu    sync.Mutex
	lines []Line
	ended bool
	more  chan struct{} // closed and replaced when something comes

	next int // the first line that Wait has not passed
}

func newSerial() *serial { return &serial{more: make(chan struct{})} }

// read collects from r until it ends.
func (s *serial) read(r io.Reader) {
	in := bufio.NewReader(r)
	for {
		text, err := in.ReadString('\n')
		s.mu.Lock()
		if text != "" {
			s.lines = append(s.lines, parseLine(text))
		}
		s.ended = err != nil
		close(s.more)
		s.more = make(chan struct{})
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// wait returns the next line that matches, and passes it and those before.
func (s *serial) wait(ctx context.Context, re *regexp.Regexp) (Line, error) {
	for {
		s.mu.Lock()
		for s.next < len(s.lines) {
			l := s.lines[s.next]
			s.next++
			if re.MatchString(l.Text) {
				s.mu.Unlock()
				return l, nil
			}
		}
		ended, more := s.ended, s.more
		s.mu.Unlock()
		if ended {
			return Line{}, fmt.Errorf("vm: waiting for %q: %w", re, ErrEnded)
		}
		select {
		case <-more:
		case <-ctx.Done():
			return Line{}, fmt.Errorf("vm: waiting for %q: %w", re, context.Cause(ctx))
		}
	}
}

func (s *serial) all() []Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines[:len(s.lines):len(s.lines)]
}
