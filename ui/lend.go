package ui

import (
	"image"
	"slices"

	"linnet/ui/gal"
)

// lending is whom the screen is lent to.
type lending struct {
	to   *Window // nil: nobody wants it
	give func() bool
	take func()
	lent bool
	open []image.Rectangle // where it is seen, as the screen knows it
}

// Lend has the screen lent where pictures are shown in w by another way than
// Paint: give is called when w, as large as the screen, is seen and everything is
// painted, and may say no, until the next turn; take when w is seen no more. What
// comes above w is painted as ever, and pictures are seen where it is not; w itself
// is not painted. Both are called on the desktop's goroutine. Clear takes the screen
// back and forgets w.
func (d *Desktop) Lend(w *Window, give func() bool, take func()) {
	d.reclaim(true)
	d.lending = lending{to: w, give: give, take: take}
}

// offer lends the screen where it can.
func (d *Desktop) offer() {
	l := &d.lending
	if l.to == nil || l.lent || d.stale || !d.lendable(l.to) {
		return
	}
	if l.lent = l.give(); l.lent {
		l.open = append(l.open[:0], d.root.rect)
		d.clip()
	}
}

// reclaim takes the screen back where nothing of w is seen, or now.
func (d *Desktop) reclaim(now bool) {
	l := &d.lending
	if !l.lent {
		return
	}
	if now || !d.lendable(l.to) {
		l.lent = false
		l.take()
		l.to.InvalidateAll()
		return
	}
	d.clip()
}

// lendable says whether w is as large as the screen, and something of it is seen.
func (d *Desktop) lendable(w *Window) bool {
	return w.rect == d.root.rect && w.Shown() && len(d.visible(w, w.rect)) > 0
}

// clip has the screen know where pictures are seen, and show them where they were
// not.
func (d *Desktop) clip() {
	l := &d.lending
	open := d.visible(l.to, l.to.rect)
	if !slices.Equal(open, l.open) {
		l.open = append(l.open[:0], open...)
		d.screen.(gal.Lender).Clip(l.open)
	}
	for _, r := range l.to.bad.rects() {
		d.dirty.add(r)
	}
	l.to.bad.clear()
}
