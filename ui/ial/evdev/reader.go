//go:build linux

package evdev

import (
	"errors"
	"fmt"
	"image"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"linnet/ui/ial"
)

// reader reads one device on a goroutine of its own.
type reader struct {
	d    device
	can  abilities
	out  func(ial.Event) // waits until the event is taken or nobody listens
	keys keyboard
	touch

	stamped bool // events carry the time of CLOCK_MONOTONIC
	when    time.Duration
	read    time.Time // when the latest events were read
	quietAt time.Time
	dropped bool // the queue ran over: wait for the next report
	buf     [32]inputEvent
}

// newReader asks a device what it is. A device that is of no use here is not
// an error: the reader is nil.
func newReader(d device, o *Options, cal *calibrating, out func(ial.Event)) (*reader, error) {
	can, err := probe(d, o.Keys)
	if err != nil || !can.keys && can.pointer == 0 {
		return nil, err
	}
	r := &reader{d: d, can: can, out: out, stamped: d.setClock(clockSteady) == nil}
	r.keys = keyboard{table: o.Keys, repeats: can.repeats, down: make(map[uint16]bool)}
	if can.pointer != 0 {
		r.touch = newTouch(&can, o, cal)
	}
	return r, nil
}

func newTouch(can *abilities, o *Options, cal *calibrating) touch {
	x, y := span{can.x.min, can.x.max}, span{can.y.min, can.y.max}
	t := touch{filtered: can.filtered, size: o.Size, at: image.Pt(int(can.x.value), int(can.y.value))}
	t.fitted = fitted(x, y, o.Size, o.Rotate/90)
	if t.filtered {
		t.filter, t.cal = newFilter(x, y), cal
	}
	return t
}

// run reads until the device is gone or closed, and then lets go of what is
// held. The error is nil when the device was closed.
func (r *reader) run() error {
	defer r.release()
	for {
		if err := r.d.SetReadDeadline(r.next()); err != nil {
			return unlessClosed(err)
		}
		n, err := r.d.Read(unsafe.Slice((*byte)(unsafe.Pointer(&r.buf)), unsafe.Sizeof(r.buf)))
		now := time.Now()
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			r.idle(now)
		case err != nil:
			return unlessClosed(err)
		default:
			r.read = now
			for i := range n / int(unsafe.Sizeof(inputEvent{})) {
				r.event(&r.buf[i])
			}
			r.quietAt = now.Add(silence)
			r.keys.held(now, r.send) // events of others do not stop it
		}
	}
}

func unlessClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return fmt.Errorf("read: %w", err)
}

// next is when something is due although the device is silent.
func (r *reader) next() (at time.Time) {
	if r.keys.repeat != ial.KeyNone {
		at = r.keys.due
	}
	if r.waits() && (at.IsZero() || r.quietAt.Before(at)) {
		at = r.quietAt
	}
	return at
}

// idle does what is due.
func (r *reader) idle(now time.Time) {
	if r.waits() && !now.Before(r.quietAt) {
		r.quietAt = now.Add(silence)
		r.quiet(r.send)
	}
	r.keys.held(now, r.send)
}

// send stamps an event.
func (r *reader) send(e ial.Event) {
	e.When = r.when + time.Since(r.read)
	r.out(e)
}

// event takes one event of the kernel.
func (r *reader) event(e *inputEvent) {
	if r.stamped {
		r.when = time.Duration(e.sec)*time.Second + time.Duration(e.usec)*time.Microsecond
	} else {
		r.when = steady()
	}
	switch {
	case e.typ == evSyn && e.code == synDropped:
		r.dropped = true
	case e.typ == evSyn && e.code == synReport:
		if r.dropped {
			r.dropped = false
			r.resync()
		}
		r.report(r.send)
	case r.dropped:
	case e.typ == evKey && r.can.pointer != 0 && e.code == r.can.pointer:
		r.down = e.value != 0
	case e.typ == evKey:
		r.keys.event(e.code, e.value, r.read, r.send)
	case e.typ == evAbs && e.code == absX:
		r.at.X = int(e.value)
	case e.typ == evAbs && e.code == absY:
		r.at.Y = int(e.value)
	case e.typ == evRel && e.code == relWheel && r.can.wheel:
		r.wheel -= int(e.value)
	}
}

// resync reads the state of a device whose events were lost. A device that
// does not tell is taken for one that nobody touches.
func (r *reader) resync() {
	state := newBitset(keyCount)
	if r.d.keys(state) != nil {
		clear(state)
	}
	r.keys.sync(state.has, r.read, r.send)
	if r.can.pointer == 0 {
		return
	}
	r.down = state.has(r.can.pointer)
	if x, err := r.d.abs(absX); err == nil {
		r.at.X = int(x.value)
	}
	if y, err := r.d.abs(absY); err == nil {
		r.at.Y = int(y.value)
	}
}

// release lets go of all keys and of the pointer.
func (r *reader) release() {
	r.read = time.Now()
	r.keys.sync(func(uint16) bool { return false }, r.read, r.send)
	r.down = false
	r.report(r.send)
}

// steady is the time on CLOCK_MONOTONIC.
func steady() time.Duration {
	var t unix.Timespec
	unix.ClockGettime(unix.CLOCK_MONOTONIC, &t)
	return time.Duration(t.Nano())
}
