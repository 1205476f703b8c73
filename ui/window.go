package ui

import (
	"image"
	"slices"

	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// Cancel is an event type of the window system's own: the window that had the
// pointer lost it, because it was hidden or another press began. The press is
// to be forgotten, not acted on.
const Cancel ial.Type = 0xff

// A Control is what a window shows and does. Both methods are called on the
// desktop's goroutine.
//
// Paint draws the part of the window that is dst.Rect, in screen coordinates,
// all of it: it is opaque. dst is valid for the call only. Handle is given an
// event and says whether it was used; what it does not use goes to the
// parent window's control.
type Control interface {
	Paint(dst *rgb565.Image)
	Handle(e ial.Event) bool
}

// A Window is a rectangle of the screen that belongs to a Control. Controls
// embed one; Add puts it into the tree. Its zero value is in no tree: its
// methods may be called and have no effect on the screen.
//
// All methods belong to the desktop's goroutine.
type Window struct {
	desk   *Desktop
	parent *Window
	kids   []*Window // from the bottom up
	ctl    Control
	rect   image.Rectangle
	hidden bool
	focus  bool // may have the focus
	bad    region
}

// Add puts a window with control c into w, above what is there, at r.
func (w *Window) Add(win *Window, r image.Rectangle, c Control) {
	win.desk, win.parent, win.ctl, win.rect = w.desk, w, c, r
	w.kids = append(w.kids, win)
	if win.Shown() {
		win.expose(r)
	}
}

// Clear takes all windows but the root off the desktop and forgets its timers:
// the way to build another set of windows, as in another language. What still
// refers to the old ones may call their methods, which have no effect.
func (d *Desktop) Clear() {
	d.cancel()
	d.reclaim(true)
	d.lending = lending{}
	d.focus, d.modal = nil, nil
	for _, t := range d.timers {
		t.on = false
	}
	clear(d.timers)
	d.timers = d.timers[:0]
	d.root.drop()
	d.root.InvalidateAll()
}

// drop takes what is in w out of the tree.
func (w *Window) drop() {
	for _, k := range w.kids {
		k.drop()
		k.desk, k.parent = nil, nil
		k.bad.clear()
	}
	w.kids = nil
}

// Rect is the window's rectangle in screen coordinates.
func (w *Window) Rect() image.Rectangle { return w.rect }

// Desktop is the desktop that the window is in, or nil.
func (w *Window) Desktop() *Desktop { return w.desk }

// SetRect moves the window; its children stay where they are.
func (w *Window) SetRect(r image.Rectangle) {
	if r == w.rect {
		return
	}
	old := w.rect
	w.rect = r
	if w.Shown() {
		w.parent.expose(old.Union(r))
	}
}

// Shown says whether the window and all its parents are shown. It may still
// be covered by others.
func (w *Window) Shown() bool {
	if w.desk == nil {
		return false
	}
	for p := w; p != nil; p = p.parent {
		if p.hidden {
			return false
		}
	}
	return true
}

// Visible says whether the window itself is not hidden, whatever its parents
// are.
func (w *Window) Visible() bool { return !w.hidden }

// Show shows or hides the window with all that is in it.
func (w *Window) Show(on bool) {
	if w.hidden == !on {
		return
	}
	if on {
		w.hidden = false
		if w.Shown() {
			w.expose(w.rect)
		}
		return
	}
	seen := w.Shown()
	w.hidden = true
	if seen {
		w.parent.expose(w.rect)
		w.desk.forget(w)
	}
}

// Raise puts the window above its siblings.
func (w *Window) Raise() {
	if w.parent == nil {
		return
	}
	k := w.parent.kids
	i := slices.Index(k, w)
	if i == len(k)-1 {
		return
	}
	copy(k[i:], k[i+1:])
	k[len(k)-1] = w
	if w.Shown() {
		w.expose(w.rect)
	}
}

// SetFocusable says whether keys may bring the focus to the window.
func (w *Window) SetFocusable(on bool) { w.focus = on }

// Focus gives the keys to the window.
func (w *Window) Focus() {
	if w.desk != nil {
		w.desk.setFocus(w)
	}
}

// Focused says whether the window has the keys.
func (w *Window) Focused() bool { return w.desk != nil && w.desk.focus == w }

// FocusShown says whether the window has the keys and the user works with
// keys, so that it should look focused.
func (w *Window) FocusShown() bool { return w.Focused() && w.desk.keys }

// Invalidate says that the part of the window in r must be painted anew.
func (w *Window) Invalidate(r image.Rectangle) {
	if r = r.Intersect(w.rect); r.Empty() || !w.Shown() {
		return
	}
	w.bad.add(r)
	w.desk.stale = true
}

// InvalidateAll says that all of the window must be painted anew.
func (w *Window) InvalidateAll() { w.Invalidate(w.rect) }

// expose invalidates r in the window and in all that is in it.
func (w *Window) expose(r image.Rectangle) {
	if w.hidden || w.desk == nil {
		return
	}
	w.Invalidate(r)
	for _, k := range w.kids {
		k.expose(r)
	}
}

// inside says whether w is p or in it.
func (w *Window) inside(p *Window) bool {
	for ; w != nil; w = w.parent {
		if w == p {
			return true
		}
	}
	return false
}

// at is the topmost window at p: w or one in it, or nil.
func (w *Window) at(p image.Point) *Window {
	if w.hidden || !p.In(w.rect) {
		return nil
	}
	for i := len(w.kids) - 1; i >= 0; i-- {
		if k := w.kids[i].at(p); k != nil {
			return k
		}
	}
	return w
}
