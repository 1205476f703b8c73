package ui

import (
	"errors"
	"fmt"
	"image"
	"io"
	"time"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// A Desktop is a screen with windows on it and the loop that serves them.
type Desktop struct {
	screen gal.Screen
	clock  Clock
	root   Window
	stats  Stats

	focus   *Window
	capture *Window // has the pointer
	modal   *Window // keys move the focus only within it; nil: anywhere
	filter  func(ial.Event) bool
	keys    bool // the user works with keys: show the focus

	answers answers
	stale   bool   // some window has an invalid region
	dirty   region // drawn, not flushed
	lending lending
	view    rgb565.Image
	frags   []image.Rectangle
	spare   []image.Rectangle

	q       queue
	quit    bool
	err     error
	timers  []*Timer
	batch   []message // the turn's posted messages
	notices []*Notice
	calls   []*call
}

// New makes a desktop on a screen. The root window is all of the screen and
// has the control c. A nil clock is the machine's. The screen stays the
// caller's to close.
func New(screen gal.Screen, clock Clock, c Control) *Desktop {
	if clock == nil {
		clock = SystemClock()
	}
	d := &Desktop{screen: screen, clock: clock}
	d.q.init()
	d.root = Window{desk: d, ctl: c, rect: screen.Back().Rect}
	d.root.InvalidateAll()
	return d
}

// Root is the window below all others.
func (d *Desktop) Root() *Window { return &d.root }

// Focused is the window that has the keys, or nil.
func (d *Desktop) Focused() *Window { return d.focus }

// SetModal has keys move the focus only within w, until that is hidden; nil
// lets them go anywhere again.
func (d *Desktop) SetModal(w *Window) { d.modal = w }

// SetFilter has f look at every event before any window: what it returns false
// for is dropped.
func (d *Desktop) SetFilter(f func(ial.Event) bool) { d.filter = f }

// Now is the time on the desktop's clock.
func (d *Desktop) Now() time.Time { return d.clock.Now() }

// Stats is what drawing cost so far. It belongs to the desktop's goroutine.
func (d *Desktop) Stats() Stats { return d.stats }

// Run serves the windows until src ends, the user quits or Quit is called.
// It reads src on a goroutine of its own and closes it before it returns.
// The error is the screen's or the source's; the source's end is none. A
// desktop runs once.
func (d *Desktop) Run(src ial.Source) error {
	if c, ok := src.(ial.Clock); ok {
		d.answers.now = c.Now
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		d.read(src)
	}()
	d.loop()
	close(d.q.stopped)
	if err := src.Close(); err != nil && d.err == nil {
		d.err = fmt.Errorf("ui: close input: %w", err)
	}
	<-read
	return d.err
}

// read posts the source's events until it ends.
func (d *Desktop) read(src ial.Source) {
	for {
		e, err := src.ReadEvent()
		if err != nil {
			d.q.mu.Lock()
			if !errors.Is(err, io.EOF) {
				d.q.err = fmt.Errorf("ui: read input: %w", err)
			}
			d.q.mu.Unlock()
			d.q.event(ial.Event{Type: ial.Quit})
			return
		}
		select {
		case <-d.q.stopped: // whatever the source does after Close
			return
		default:
			d.q.event(e)
		}
	}
}

func (d *Desktop) loop() {
	alarm := d.clock.NewAlarm()
	defer alarm.Stop()
	for {
		d.posted()
		if err := d.paint(); err != nil && d.err == nil {
			d.err = fmt.Errorf("ui: show: %w", err)
			d.quit = true
		}
		d.settled()
		if d.quit {
			return
		}
		d.fire()
		if d.busy() {
			continue
		}
		var due <-chan time.Time
		if t := d.next(); t != nil {
			alarm.Set(t.at.Sub(d.clock.Now()))
			due = alarm.C()
		}
		select {
		case <-d.q.wake:
		case <-due:
		}
	}
}

// busy says whether there is anything to do before the next timer.
func (d *Desktop) busy() bool {
	d.q.mu.Lock()
	defer d.q.mu.Unlock()
	return d.stale || d.dirty.n > 0 || d.q.quit || len(d.q.sync)+len(d.q.notices)+len(d.q.posted)+len(d.q.settle) > 0
}

// posted handles the messages that are queued as the turn begins, looking
// for those of higher rank before each.
func (d *Desktop) posted() {
	d.q.mu.Lock()
	d.batch, d.q.posted = d.q.posted, d.batch[:0]
	d.q.mu.Unlock()
	d.urgent()
	for i, m := range d.batch {
		if d.quit {
			break
		}
		if m.f != nil {
			m.f()
		} else {
			d.dispatch(m.e)
		}
		d.batch[i] = message{}
		d.urgent()
	}
	if d.quit && d.err == nil {
		d.q.mu.Lock()
		d.err = d.q.err
		d.q.mu.Unlock()
	}
}

// urgent handles quit, sync and notify, in this order.
func (d *Desktop) urgent() {
	d.q.mu.Lock()
	if d.q.quit {
		d.quit = true
	}
	d.calls, d.q.sync = d.q.sync, d.calls[:0]
	d.notices, d.q.notices = d.q.notices, d.notices[:0]
	for _, n := range d.notices {
		n.pending = false
	}
	d.q.mu.Unlock()
	if d.quit {
		return
	}
	run(d.calls)
	for _, n := range d.notices {
		n.f()
	}
}

// settled runs what waited for the painting, unless more was posted while it
// waited.
func (d *Desktop) settled() {
	d.q.mu.Lock()
	var calls []*call
	if len(d.q.posted)+len(d.q.notices) == 0 {
		calls, d.q.settle = d.q.settle, nil
	}
	d.q.mu.Unlock()
	run(calls)
}

func run(calls []*call) {
	for _, c := range calls {
		c.f()
		close(c.done)
	}
}
