package evdev

import (
	"image"
	"time"

	"linnet/ui/ial"
)

// silence is how long a panel says nothing before its last sample counts once
// more.
const silence = 20 * time.Millisecond

// touch is a pointer that reports where it is.
type touch struct {
	filtered bool
	filter   filter
	fitted   Calibration  // by the ranges
	cal      *calibrating // nil where the ranges are right
	size     image.Point  // of the screen

	at    image.Point // what the axes say
	down  bool
	wheel int // lines, down positive

	shown bool        // PointerDown was sent, and not yet PointerUp
	last  image.Point // where
}

// report turns what came since the last report into events.
func (t *touch) report(send func(ial.Event)) {
	switch {
	case t.down && !t.shown:
		t.filter.reset()
		t.last, t.shown = t.place(), true
		send(ial.Event{Type: ial.PointerDown, At: t.last})
	case t.down:
		t.move(t.place(), send)
	case t.shown:
		if !t.filtered {
			t.move(t.place(), send)
		}
		if t.cal != nil && t.cal.off.Load() {
			t.cal.note(t.filter.median(), t.last)
		}
		t.shown = false
		send(ial.Event{Type: ial.PointerUp, At: t.last})
	}
	if t.wheel != 0 {
		send(ial.Event{Type: ial.Wheel, At: t.clipped(t.at), Delta: t.wheel})
		t.wheel = 0
	}
}

// place is where a sample is on the screen.
func (t *touch) place() image.Point {
	if t.filtered {
		return t.clipped(t.filter.add(t.at))
	}
	return t.clipped(t.at)
}

func (t *touch) clipped(p image.Point) image.Point {
	c := &t.fitted
	if t.cal != nil && !t.cal.off.Load() {
		if holds := t.cal.holds.Load(); holds != nil {
			c = holds
		}
	}
	p = c.apply(p)
	return image.Pt(min(max(p.X, 0), t.size.X-1), min(max(p.Y, 0), t.size.Y-1))
}

func (t *touch) move(to image.Point, send func(ial.Event)) {
	if to != t.last {
		t.last = to
		send(ial.Event{Type: ial.PointerMove, At: to})
	}
}

// waits says whether silence means something: the filter has not come to the
// place that the panel said last.
func (t *touch) waits() bool { return t.filtered && t.shown && !t.filter.settled() }

// quiet takes silence for the same sample again.
func (t *touch) quiet(send func(ial.Event)) { t.move(t.clipped(t.filter.again()), send) }
