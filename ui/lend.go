package ui

import "slices"

// lending is whom the screen is lent to.
type lending struct {
	to   *Window // nil: nobody wants it
	give func() bool
	take func()
	lent bool
}

// Lend has the screen lent where pictures are shown in w by another way than
// Paint: give is called when w is all that is seen and everything is painted, and
// may say no, until the next turn; take before anything is painted again. Both are
// called on the desktop's goroutine. Clear takes the screen back and forgets w.
func (d *Desktop) Lend(w *Window, give func() bool, take func()) {
	d.reclaim(true)
	d.lending = lending{to: w, give: give, take: take}
}

// offer lends the screen where it can.
func (d *Desktop) offer() {
	if l := &d.lending; l.to != nil && !l.lent && !d.stale && d.alone(l.to) {
		l.lent = l.give()
	}
}

// reclaim takes the screen back where something is to be painted, or now.
func (d *Desktop) reclaim(now bool) {
	l := &d.lending
	if l.lent && (now || l.to.bad.n > 0 || !d.alone(l.to)) {
		l.lent = false
		l.take()
		l.to.InvalidateAll()
	}
}

// alone says whether w is all that is seen.
func (d *Desktop) alone(w *Window) bool {
	if w.rect != d.root.rect || !w.Shown() || slices.ContainsFunc(w.kids, func(k *Window) bool { return !k.hidden }) {
		return false
	}
	seen := d.visible(w, w.rect)
	return len(seen) == 1 && seen[0] == w.rect
}
