package ui

import (
	"image"
	"time"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
)

// Stats counts what drawing cost since the desktop was made.
type Stats struct {
	Turns   int64 // turns of the loop that flushed something
	Paints  int64 // calls of a control's Paint
	Drawn   int64 // pixels given to controls to paint
	Moved   int64 // pixels copied by Scroll
	Flushed int64 // pixels given to the screen, each counted once a flush

	// Of what the user did and what changed the screen in the same turn, where the
	// source is an ial.Clock: how often that was, and the longest that it took from
	// when it was done until it was flushed.
	Answers int64
	Longest time.Duration
}

// paint draws the invalid regions of all windows and flushes once.
func (d *Desktop) paint() error {
	d.reclaim(false)
	defer d.offer()
	if d.stale {
		d.stale = false
		d.paintTree(&d.root)
	}
	if d.dirty.n == 0 {
		d.answers.give(&d.stats, false)
		return nil
	}
	d.stats.Turns++
	for _, r := range d.dirty.rects() {
		d.stats.Flushed += int64(area(r))
	}
	if h, ok := d.screen.(gal.Hastener); ok && d.answers.asked {
		h.Hasten()
	}
	err := d.screen.Flush(d.dirty.rects())
	d.dirty.clear()
	d.answers.give(&d.stats, err == nil)
	return err
}

// Copy paints what is invalid and copies the screen to dst, as large as it: for
// what darkens the page that it covers. It is flushed with the turn, as usual.
func (d *Desktop) Copy(dst *rgb565.Image) {
	if d.stale {
		d.stale = false
		d.paintTree(&d.root)
	}
	back := d.screen.Back()
	dst.Blit(back.Rect, back, back.Rect.Min)
}

func (d *Desktop) paintTree(w *Window) {
	if w.hidden {
		return
	}
	if w.bad.n > 0 {
		g := w.bad
		w.bad.clear()
		for _, r := range g.rects() {
			d.paintWindow(w, r)
		}
	}
	for _, k := range w.kids {
		d.paintTree(k)
	}
}

func (d *Desktop) paintWindow(w *Window, r image.Rectangle) {
	for _, p := range d.visible(w, r) {
		d.view = *d.screen.Back()
		sub(&d.view, p)
		w.ctl.Paint(&d.view)
		d.stats.Paints++
		d.stats.Drawn += int64(area(p))
		d.dirty.add(p)
	}
}

// sub narrows m to r, which lies in it, as m.Sub does, without allocating.
func sub(m *rgb565.Image, r image.Rectangle) {
	m.Pix = m.Pix[(r.Min.Y-m.Rect.Min.Y)*m.Stride+r.Min.X-m.Rect.Min.X:]
	m.Rect = r
}

// visible cuts r down to the parts of w that are seen: inside its parents,
// not below its children or a window above. The slice is valid until the next
// call.
func (d *Desktop) visible(w *Window, r image.Rectangle) []image.Rectangle {
	r = r.Intersect(w.rect)
	d.frags = d.frags[:0]
	for p := w.parent; p != nil; p = p.parent {
		r = r.Intersect(p.rect)
	}
	if r.Empty() {
		return nil
	}
	d.frags = append(d.frags, r)
	d.cut(w.kids)
	for k := w; k.parent != nil; k = k.parent {
		above := k.parent.kids
		for i := len(above) - 1; above[i] != k; i-- {
			d.cut(above[i : i+1])
		}
	}
	return d.frags
}

// cut takes the shown windows of ws out of d.frags.
func (d *Desktop) cut(ws []*Window) {
	for _, w := range ws {
		if w.hidden {
			continue
		}
		d.spare = gal.Subtract(d.spare[:0], d.frags, w.rect)
		d.frags, d.spare = d.spare, d.frags
	}
}

// Scroll moves the pixels of the window in r by dy, down when positive, and
// invalidates the strip that comes free. Where the window is partly covered
// it invalidates r instead.
func (w *Window) Scroll(r image.Rectangle, dy int) {
	r = r.Intersect(w.rect)
	if r.Empty() || dy == 0 || !w.Shown() {
		return
	}
	d := w.desk
	v := d.visible(w, r)
	if dy >= r.Dy() || -dy >= r.Dy() || len(v) != 1 || v[0] != r {
		w.Invalidate(r)
		return
	}
	stale := w.bad
	for _, q := range stale.rects() {
		w.bad.add(q.Intersect(r).Add(image.Pt(0, dy)).Intersect(r))
	}
	back := d.screen.Back()
	to := r.Intersect(r.Add(image.Pt(0, dy)))
	back.Blit(to, back, to.Min.Sub(image.Pt(0, dy)))
	d.stats.Moved += int64(area(r))
	d.dirty.add(r)
	strip := r
	if dy > 0 {
		strip.Max.Y = r.Min.Y + dy
	} else {
		strip.Min.Y = r.Max.Y + dy
	}
	w.Invalidate(strip)
}
