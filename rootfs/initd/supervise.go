//go:build linux

package initd

import (
	"time"

	"golang.org/x/sys/unix"
)

// The pauses before a new start: a player that falls over once is back before
// anybody looks up, one that can't run does not keep the processor busy.
const (
	firstPause = 100 * time.Millisecond
	lastPause  = 30 * time.Second
	wellAfter  = time.Minute     // a player that ran so long starts over with firstPause
	stopWithin = 5 * time.Second // for positions and settings to be written
)

// A supervisor keeps the player running until it is told to stop or the
// player asks, by its exit status, for the machine to stop.
type supervisor struct {
	spawn func() (*process, error)
	kill  func(pid int, sig unix.Signal) error
	say   func(format string, args ...any)
	fell  func() // the player ended unasked, or did not start; may be nil

	halt  chan struct{} // closed by stop
	asked chan chan int // pid, 0 in a pause
	ended chan struct{} // closed when run has returned
}

func newSupervisor(spawn func() (*process, error), kill func(int, unix.Signal) error, say func(string, ...any)) *supervisor {
	return &supervisor{
		spawn: spawn, kill: kill, say: say,
		halt: make(chan struct{}), asked: make(chan chan int), ended: make(chan struct{}),
	}
}

// run returns what the player asked for, or nothing after stop.
func (s *supervisor) run() action {
	defer close(s.ended)
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		started := time.Now()
		p, err := s.spawn()
		if err != nil {
			s.say("linnet did not start: %v; again in %v", err, pause)
		} else {
			end, stopped := s.watch(p)
			if stopped {
				return nothing
			}
			if a := statusAction(end); a != nothing {
				s.say("linnet asks for %v", a)
				return a
			}
			ran := time.Since(started)
			if ran >= wellAfter {
				pause = firstPause
			}
			s.say("linnet ended with %v after %.3f s; again in %v", end, ran.Seconds(), pause)
		}
		if s.fell != nil {
			s.fell()
		}
		if !s.wait(pause) {
			return nothing
		}
	}
}

// watch waits for the end of p, which stop brings about.
func (s *supervisor) watch(p *process) (end status, stopped bool) {
	for {
		select {
		case end = <-p.done:
			return end, false
		case reply := <-s.asked:
			reply <- p.pid
		case <-s.halt:
			s.end(p)
			return status{}, true
		}
	}
}

// end has a player end, all that it started with it.
func (s *supervisor) end(p *process) {
	s.kill(-p.pid, unix.SIGTERM)
	select {
	case <-p.done:
		s.kill(-p.pid, unix.SIGKILL) // what it left behind
		return
	case <-time.After(stopWithin):
	}
	s.say("linnet did not end within %v: killed", stopWithin)
	s.kill(-p.pid, unix.SIGKILL)
	select {
	case <-p.done:
	case <-time.After(time.Second): // it waits for a device that does not answer
	}
}

// wait returns false when stop came first.
func (s *supervisor) wait(pause time.Duration) bool {
	over := time.After(pause)
	for {
		select {
		case <-over:
			return true
		case reply := <-s.asked:
			reply <- 0
		case <-s.halt:
			return false
		}
	}
}

// stop ends the player and returns when run has. It may be called once.
func (s *supervisor) stop() {
	close(s.halt)
	<-s.ended
}

// pid is the player's process, 0 while it waits to be started again. An error
// says that the supervisor does not answer, or no longer.
func (s *supervisor) pid() (int, bool) {
	reply := make(chan int, 1)
	timeout := time.After(time.Second)
	select {
	case s.asked <- reply:
		return <-reply, true
	case <-s.ended:
		return 0, false
	case <-timeout:
		return 0, false
	}
}
