package ui

import (
	"image"

	"linnet/ui/ial"
)

// dispatch gives one event to the window that it is for.
func (d *Desktop) dispatch(e ial.Event) {
	if d.filter != nil && !d.filter(e) {
		return
	}
	d.answers.ask(&e)
	switch e.Type {
	case ial.Quit:
		d.quit = true
	case ial.Expose:
		d.root.expose(d.root.rect)
	case ial.PointerDown:
		d.press(e)
	case ial.PointerMove:
		if d.capture != nil {
			d.capture.ctl.Handle(e)
		}
	case ial.PointerUp:
		if c := d.capture; c != nil {
			d.capture = nil
			c.ctl.Handle(e)
		}
	case ial.Wheel:
		d.bubble(d.under(e.At), e)
	case ial.KeyPress:
		d.key(e)
	case ial.KeyRelease:
		d.bubble(d.focus, e)
	}
}

func (d *Desktop) press(e ial.Event) {
	d.showKeys(false)
	d.cancel()
	w := d.bubble(d.under(e.At), e)
	// Handling the press may have hidden the window.
	if w == nil || !w.Shown() {
		return
	}
	d.capture = w
	if w.focus {
		d.setFocus(w)
	}
}

// cancel takes the pointer away from the window that has it.
func (d *Desktop) cancel() {
	if c := d.capture; c != nil {
		d.capture = nil
		c.ctl.Handle(ial.Event{Type: Cancel})
	}
}

func (d *Desktop) under(p image.Point) *Window {
	if w := d.root.at(p); w != nil {
		return w
	}
	return &d.root
}

// bubble gives e to w and then to its parents, and returns the one that used
// it.
func (d *Desktop) bubble(w *Window, e ial.Event) *Window {
	for ; w != nil; w = w.parent {
		if w.ctl.Handle(e) {
			return w
		}
	}
	return nil
}

func (d *Desktop) key(e ial.Event) {
	w := d.focus
	if w == nil || !w.Shown() {
		w = &d.root
	}
	way := arrow(e.Key)
	if (way != image.Point{} || e.Key == ial.KeyEnter) && !d.keys && w.focus {
		// The user does not see where the focus is: the first such key
		// shows it, and does no more than what the page wants of it.
		d.bubble(w.parent, e)
		d.showKeys(true)
		return
	}
	if e.Key <= ial.KeyHome || e.Key >= ial.KeyPageUp {
		d.showKeys(true)
	}
	if d.bubble(w, e) == nil && way != (image.Point{}) {
		d.moveFocus(way)
	}
}

func arrow(k ial.Key) image.Point {
	switch k {
	case ial.KeyUp:
		return image.Pt(0, -1)
	case ial.KeyDown:
		return image.Pt(0, 1)
	case ial.KeyLeft:
		return image.Pt(-1, 0)
	case ial.KeyRight:
		return image.Pt(1, 0)
	}
	return image.Point{}
}

// showKeys switches between the looks of working with keys and by touch.
func (d *Desktop) showKeys(on bool) {
	if d.keys == on {
		return
	}
	d.keys = on
	if d.focus != nil {
		d.focus.InvalidateAll()
	}
}

func (d *Desktop) setFocus(w *Window) {
	if d.focus == w {
		return
	}
	old := d.focus
	d.focus = w
	if d.keys {
		if old != nil {
			old.InvalidateAll()
		}
		w.InvalidateAll()
	}
}

// forget takes pointer and focus from w, which was hidden.
func (d *Desktop) forget(w *Window) {
	if d.capture != nil && d.capture.inside(w) {
		d.cancel()
	}
	if d.focus != nil && d.focus.inside(w) {
		d.focus = nil
	}
	if d.modal != nil && d.modal.inside(w) {
		d.modal = nil
	}
}

// moveFocus moves the focus to the nearest window that way.
func (d *Desktop) moveFocus(way image.Point) {
	from := d.root.rect
	if d.focus != nil && d.focus.Shown() {
		from = d.focus.rect
	}
	var best *Window
	least := int(^uint(0) >> 1)
	within := d.modal
	if within == nil {
		within = &d.root
	}
	within.each(func(w *Window) {
		if !w.focus || w == d.focus {
			return
		}
		if far, ok := distance(from, w.rect, way); ok && far < least {
			best, least = w, far
		}
	})
	if best != nil {
		d.setFocus(best)
	}
}

// each calls f for w and every window shown in it.
func (w *Window) each(f func(*Window)) {
	if w.hidden {
		return
	}
	f(w)
	for _, k := range w.kids {
		k.each(f)
	}
}

// distance weighs how far b is from a in the given direction; what lies
// aside counts four times. It is not ok when b is not that way: sideways only
// what stands in the same row is.
func distance(a, b image.Rectangle, way image.Point) (int, bool) {
	d := center(b).Sub(center(a))
	along, aside := d.X*way.X+d.Y*way.Y, d.X*way.Y+d.Y*way.X
	if along <= 0 {
		return 0, false
	}
	if way.X != 0 && (a.Min.Y >= b.Max.Y || b.Min.Y >= a.Max.Y) {
		return 0, false
	}
	// What overlaps across the way is hardly aside.
	if way.X != 0 || a.Min.X < b.Max.X && b.Min.X < a.Max.X {
		aside /= 8
	}
	if aside < 0 {
		aside = -aside
	}
	return along + 4*aside, true
}

func center(r image.Rectangle) image.Point { return r.Min.Add(r.Max).Div(2) }
