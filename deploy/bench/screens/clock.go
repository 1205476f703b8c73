//go:build linux

package main

import (
	"sync"
	"time"

	"linnet/ui"
)

// clock stands still until somebody waits for it: then it is what he waits for
// at once, as long as it runs.
type clock struct {
	mu     sync.Mutex
	now    time.Time
	until  time.Time // how far it runs
	every  func()    // called at each full second
	alarm  *alarm    // the desktop's
	over   chan struct{}
	ending sync.Once
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 6, 1, 21, 46, 0, 0, time.UTC), over: make(chan struct{})}
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// run lets it run for so long, and calls every on the desktop's goroutine as it
// begins and with each second.
func (c *clock) run(d time.Duration, every func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until, c.every = c.now.Add(d), every
}

// advance moves it on where it does not run by itself.
func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	if a := c.alarm; a != nil && a.set && !a.due.After(c.now) {
		a.ring()
	}
}

// NewAlarm is called once: there is one desktop.
func (c *clock) NewAlarm() ui.Alarm {
	c.alarm = &alarm{clock: c, c: make(chan time.Time, 1)}
	return c.alarm
}

type alarm struct {
	clock *clock
	c     chan time.Time
	due   time.Time
	set   bool
}

func (a *alarm) C() <-chan time.Time { return a.c }
func (a *alarm) Stop()               {}

// ring is heard once.
func (a *alarm) ring() {
	a.set = false
	select {
	case a.c <- a.due:
	default:
	}
}

// Set is due at once, if the clock runs that far.
func (a *alarm) Set(after time.Duration) {
	c := a.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-a.c:
	default:
	}
	to := c.now.Add(max(after, 0))
	a.due, a.set = to, true
	if c.until.IsZero() {
		return
	}
	if to.After(c.until) {
		c.ending.Do(func() { close(c.over) })
		return
	}
	if c.every != nil && to.Unix() != c.now.Unix() {
		c.every()
	}
	c.now = to
	a.ring()
}
