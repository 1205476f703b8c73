package ui

import "time"

// Clock is where the loop's time comes from, so that a test can replace it.
type Clock interface {
	Now() time.Time
	// NewAlarm makes an alarm that is not set.
	NewAlarm() Alarm
}

// Alarm sends once on C when it is due. Set forgets an earlier time.
type Alarm interface {
	C() <-chan time.Time
	Set(after time.Duration)
	Stop()
}

// SystemClock is the machine's clock, or in a testing/synctest bubble the
// bubble's.
func SystemClock() Clock { return systemClock{} }

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) NewAlarm() Alarm {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return systemAlarm{t}
}

type systemAlarm struct{ *time.Timer }

func (a systemAlarm) C() <-chan time.Time     { return a.Timer.C }
func (a systemAlarm) Set(after time.Duration) { a.Reset(after) }
func (a systemAlarm) Stop()                   { a.Timer.Stop() }

// A Timer calls a function on the desktop's goroutine when it is due. Its
// methods belong to that goroutine; none allocates.
type Timer struct {
	desk *Desktop
	f    func()
	at   time.Time
	on   bool
}

// NewTimer makes a timer that is not started.
func (d *Desktop) NewTimer(f func()) *Timer {
	t := &Timer{desk: d, f: f}
	d.timers = append(d.timers, t)
	return t
}

// Start makes the timer due after the given time from now, once.
func (t *Timer) Start(after time.Duration) {
	t.at, t.on = t.desk.clock.Now().Add(after), true
}

// Stop makes the timer not due.
func (t *Timer) Stop() { t.on = false }

// Running says whether the timer is started and not yet due.
func (t *Timer) Running() bool { return t.on }

// fire calls the timers that are due, the earliest first.
func (d *Desktop) fire() {
	now := d.clock.Now()
	for range len(d.timers) {
		t := d.next()
		if t == nil || t.at.After(now) {
			return
		}
		t.on = false
		t.f()
	}
}

// next is the timer that is due first, or nil.
func (d *Desktop) next() *Timer {
	var first *Timer
	for _, t := range d.timers {
		if t.on && (first == nil || t.at.Before(first.at)) {
			first = t
		}
	}
	return first
}
