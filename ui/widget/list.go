package widget

import (
	"image"
	"time"

	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Rows is what a list shows. Rows are asked for when they are drawn.
type Rows interface {
	Len() int
	// Row fills in r, which is zero, for row i.
	Row(i int, r *Row)
	// Open acts on row i.
	Open(i int)
}

// Holder is for rows that offer more when the finger or enter stays on them.
type Holder interface {
	// Hold is told that row i was held.
	Hold(i int)
}

// Mover is for rows with handles.
type Mover interface {
	// Move puts row from where row to is; the rows between give way.
	Move(from, to int)
	// Moved tells that the finger let go.
	Moved()
}

// List shows rows that are dragged, thrown, turned by the wheel and walked by
// keys. At its first and last row the keys up and down go on to the controls
// around it.
type List struct {
	ui.Window
	Theme *theme.Theme
	Paper rgb565.Color
	Rows  Rows
	High  int // of a row; 0 is theme.Row

	off     int // of the first row above the list's top, in pixels
	said    Row // scratch: what the row that is drawn says
	cur     int // the row with the focus
	held    int // the row under the finger, or -1
	drag    drag
	throw   throw
	timer   *ui.Timer // of the throw
	long    *ui.Timer // of a finger that stays
	moving  int       // one more than the row that is moved by its handle
	enter   bool      // enter is down, and not yet held
	bar     bool      // the scroll bar is shown
	barTime *ui.Timer
	letters letters
}

// holdAfter is how long a finger stays on a row to have it held.
const holdAfter = 600 * time.Millisecond

// barStays is how long the scroll bar is seen after the list moved.
const barStays = 800 * time.Millisecond

// Init makes the list ready; it must have been added to a window.
func (l *List) Init() {
	l.held = -1
	l.SetFocusable(true)
	l.timer = l.Desktop().NewTimer(l.glide)
	l.long = l.Desktop().NewTimer(l.stay)
	l.barTime = l.Desktop().NewTimer(l.rest)
}

// rest takes away what is shown while the list moves.
func (l *List) rest() {
	if l.letters.on {
		l.barTime.Start(barStays)
		return
	}
	l.showBar(false)
	l.hideLetter()
}

// Reset shows the rows anew, with row cur in the focus and in sight.
func (l *List) Reset(cur int) {
	l.drag, l.held, l.moving, l.enter = drag{}, -1, 0, false
	l.timer.Stop()
	l.long.Stop()
	l.showBar(false)
	l.letters.on, l.letters.shown = false, 0
	l.cur = max(0, min(cur, l.Rows.Len()-1))
	l.off = max(0, min(l.cur*l.high()-(l.Rect().Dy()-l.high())/2/l.high()*l.high(), l.limit()))
	l.InvalidateAll()
}

// Changed says that row i says something else.
func (l *List) Changed(i int) { l.Invalidate(l.row(i)) }

// Current is the row with the focus.
func (l *List) Current() int { return l.cur }

// high is how high a row is.
func (l *List) high() int {
	if l.High > 0 {
		return l.High
	}
	return theme.Row
}

// Seen is the rows that are in sight, at least in part: from the first to
// before the second.
func (l *List) Seen() (from, to int) {
	from = l.off / l.high()
	return from, min(l.Rows.Len(), (l.off+l.Rect().Dy()+l.high()-1)/l.high())
}

// Fit is called when the list's height changed.
func (l *List) Fit() {
	l.scrollTo(l.off)
	l.reveal()
}

// limit is the largest offset.
func (l *List) limit() int { return max(0, l.Rows.Len()*l.high()-l.Rect().Dy()) }

// row is where row i stands, or would.
func (l *List) row(i int) image.Rectangle {
	r := l.Rect()
	y := r.Min.Y + i*l.high() - l.off
	return image.Rect(r.Min.X, y, r.Max.X, y+l.high())
}

// at is the row at a point, or -1.
func (l *List) at(p image.Point) int {
	if !p.In(l.Rect()) {
		return -1
	}
	if i := (p.Y - l.Rect().Min.Y + l.off) / l.high(); i < l.Rows.Len() {
		return i
	}
	return -1
}

// rowsPart is the list without the column of the scroll bar.
func (l *List) rowsPart() image.Rectangle {
	r := l.Rect()
	r.Max.X -= barColumn
	return r
}

// scrollTo moves the rows, as far as there are any, and says whether it did.
func (l *List) scrollTo(off int) bool {
	off = max(0, min(off, l.limit()))
	if off == l.off {
		return false
	}
	dy := l.off - off
	l.off = off
	if l.letters.shown > 0 { // it stays while rows move
		l.InvalidateAll()
	} else {
		l.Scroll(l.rowsPart(), dy)
	}
	l.showBar(true)
	l.Invalidate(l.barPart())
	return true
}

// walk moves the focus to row i.
func (l *List) walk(i int) {
	i = max(0, min(i, l.Rows.Len()-1))
	if i != l.cur {
		l.Changed(l.cur)
		l.cur = i
		l.Changed(i)
	}
	l.reveal()
	l.showBar(true)
}

// reveal scrolls just so far that the row with the focus is in sight.
func (l *List) reveal() {
	top := l.cur * l.high()
	switch {
	case top < l.off:
		l.scrollTo(top)
	case top+l.high() > l.off+l.Rect().Dy():
		l.scrollTo(top + l.high() - l.Rect().Dy())
	}
}

// Paint draws the rows that lie in dst.
func (l *List) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, l.Paper)
	from, to := l.Seen()
	keys := l.FocusShown()
	for i := from; i < to; i++ {
		r := l.row(i)
		if !r.Overlaps(dst.Rect) {
			continue
		}
		l.said = Row{}
		l.Rows.Row(i, &l.said)
		paintRow(dst, l.Theme, r.Min, r.Dx(), &l.said, rowLook{high: l.high(), focus: keys && i == l.cur, held: i == l.held, moved: i+1 == l.moving})
	}
	if l.bar {
		dst.RoundRect(l.thumb(), 1, l.Theme.Text2)
	}
	if l.letters.shown > 0 {
		l.paintLetter(dst)
	}
}

// Handle follows the pointer, the wheel and the keys.
func (l *List) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		l.press(e.At)
	case ial.PointerMove:
		l.follow(e.At)
	case ial.PointerUp:
		l.lift(e.At)
	case ui.Cancel:
		l.drag = drag{}
		l.letters.on = false
		l.hold(-1)
		l.letGo()
	case ial.Wheel:
		l.timer.Stop()
		l.scrollTo(l.off + e.Delta*l.high())
	case ial.KeyPress:
		return l.key(e)
	case ial.KeyRelease:
		return l.release(e.Key)
	default:
		return false
	}
	return true
}

func (l *List) key(e ial.Event) bool {
	n, page := l.Rows.Len(), max(1, l.Rect().Dy()/l.high()-1)
	if n == 0 {
		return false
	}
	l.timer.Stop()
	switch e.Key {
	case ial.KeyUp:
		if l.cur == 0 {
			return e.Repeat
		}
		l.walk(l.cur - 1)
	case ial.KeyDown:
		if l.cur == n-1 {
			return e.Repeat
		}
		l.walk(l.cur + 1)
	case ial.KeyPageUp:
		l.walk(l.cur - page)
	case ial.KeyPageDown:
		l.walk(l.cur + page)
	case ial.KeyLeft, ial.KeyRight:
		if !l.lettered() {
			return false
		}
		return l.letterKey(e.Key) || e.Repeat
	case ial.KeyEnter:
		l.keyEnter(e.Repeat)
	default:
		return false
	}
	return true
}

// keyEnter opens the row; where rows can be held, only when the key is let go.
func (l *List) keyEnter(repeat bool) {
	holder, ok := l.Rows.(Holder)
	switch {
	case !ok && !repeat:
		l.reveal()
		l.Rows.Open(l.cur)
	case ok && !repeat:
		l.reveal()
		l.enter = true
	case ok && l.enter:
		l.enter = false
		holder.Hold(l.cur)
	}
}

// release is the end of a key.
func (l *List) release(k ial.Key) bool {
	if k != ial.KeyEnter || !l.enter {
		return false
	}
	l.enter = false
	if l.cur < l.Rows.Len() {
		l.Rows.Open(l.cur)
	}
	return true
}

// RowRect is where on the screen row i stands, or would.
func (l *List) RowRect(i int) image.Rectangle { return l.row(i) }
