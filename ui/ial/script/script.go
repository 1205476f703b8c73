package script

import (
	"fmt"
	"image"
	"io"
	"os"
	"sync"
	"time"

	"linnet/ui/ial"
)

// Options say what a script works with.
type Options struct {
	// Shot takes a picture of the screen for the command shot. It is called
	// by ReadEvent. A script with shots needs it.
	Shot func(file string) error
	// After replaces time.After, for tests on a clock of their own.
	After func(time.Duration) <-chan time.Time
}

// Source is a script being played. It implements ial.Source.
type Source struct {
	name string
	opt  Options
	cmds []command
	step int           // within cmds[0]
	now  time.Duration // of the script
	done chan struct{}
	once sync.Once
}

// Open reads the script in a file.
func Open(name string, opt Options) (*Source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("script: %w", err)
	}
	defer f.Close()
	return New(name, f, opt)
}

// New reads a script. The name stands in errors.
func New(name string, r io.Reader, opt Options) (*Source, error) {
	cmds, err := parse(name, r)
	if err != nil {
		return nil, fmt.Errorf("script: %w", err)
	}
	if opt.After == nil {
		opt.After = time.After
	}
	for _, c := range cmds {
		if c.kind == "shot" && opt.Shot == nil {
			return nil, fmt.Errorf("script: %s:%d: shots cannot be taken here", name, c.line)
		}
	}
	return &Source{name: name, opt: opt, cmds: cmds, done: make(chan struct{})}, nil
}

// Close ends the script. ReadEvent then returns io.EOF.
func (s *Source) Close() error {
	s.once.Do(func() { close(s.done) })
	return nil
}

// ReadEvent waits for the time of the next event and returns it.
func (s *Source) ReadEvent() (ial.Event, error) {
	for len(s.cmds) > 0 {
		c := &s.cmds[0]
		if s.step == 0 && !s.sleep(c.wait) {
			return ial.Event{}, io.EOF
		}
		e, pause, more := c.event(s.step)
		if !s.sleep(pause) {
			return ial.Event{}, io.EOF
		}
		if s.step++; !more {
			s.cmds, s.step = s.cmds[1:], 0
		}
		if c.kind == "shot" {
			if err := s.opt.Shot(c.file); err != nil {
				return ial.Event{}, fmt.Errorf("script: %s:%d: shot %s: %w", s.name, c.line, c.file, err)
			}
		}
		if e.Type != 0 {
			e.When = s.now
			return e, nil
		}
	}
	return ial.Event{}, io.EOF
}

// sleep waits and says whether the script goes on.
func (s *Source) sleep(d time.Duration) bool {
	select {
	case <-s.done:
		return false
	default:
	}
	s.now += d
	if d <= 0 {
		return true
	}
	select {
	case <-s.opt.After(d):
		return true
	case <-s.done:
		return false
	}
}

// event is the command's event number step, how long to wait before it, and
// whether there is another. Its type is 0 where there is none.
func (c *command) event(step int) (e ial.Event, pause time.Duration, more bool) {
	switch c.kind {
	case "wait":
		return e, c.take, false
	case "tap":
		return pair(step, ial.Event{Type: ial.PointerDown, At: c.a}, ial.Event{Type: ial.PointerUp, At: c.a})
	case "drag":
		return c.drag(step)
	case "down":
		e = ial.Event{Type: ial.PointerDown, At: c.a}
	case "move":
		e = ial.Event{Type: ial.PointerMove, At: c.a}
	case "up":
		e = ial.Event{Type: ial.PointerUp, At: c.a}
	case "wheel":
		e = ial.Event{Type: ial.Wheel, At: c.a, Delta: c.delta}
	case "key":
		return pair(step, ial.Event{Type: ial.KeyPress, Key: c.key}, ial.Event{Type: ial.KeyRelease, Key: c.key})
	case "keydown":
		e = ial.Event{Type: ial.KeyPress, Key: c.key}
	case "keyrepeat":
		e = ial.Event{Type: ial.KeyPress, Key: c.key, Repeat: true}
	case "keyup":
		e = ial.Event{Type: ial.KeyRelease, Key: c.key}
	case "expose":
		e = ial.Event{Type: ial.Expose}
	case "quit":
		e = ial.Event{Type: ial.Quit}
	}
	return e, 0, false
}

func pair(step int, down, up ial.Event) (ial.Event, time.Duration, bool) {
	if step == 0 {
		return down, 0, true
	}
	return up, tapTime, false
}

// drag is press, moves at dragStep, the last of them at the end, and lift.
func (c *command) drag(step int) (e ial.Event, pause time.Duration, more bool) {
	moves := max(1, int(c.take/dragStep))
	switch {
	case step == 0:
		return ial.Event{Type: ial.PointerDown, At: c.a}, 0, true
	case step <= moves:
		d := c.b.Sub(c.a).Mul(step)
		at := c.a.Add(image.Pt(d.X/moves, d.Y/moves))
		return ial.Event{Type: ial.PointerMove, At: at}, c.take / time.Duration(moves), true
	}
	return ial.Event{Type: ial.PointerUp, At: c.b}, 0, false
}
