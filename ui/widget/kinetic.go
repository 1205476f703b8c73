package widget

import (
	"image"
	"time"
)

// Dragging and throwing. Positions are whole pixels wherever something is
// drawn; between frames a throw keeps 1/256 of a pixel.
const (
	dragSlop    = 6 // the finger may tremble this far before it drags
	throwMemory = 100 * time.Millisecond
	throwFrame  = 33 * time.Millisecond
	throwLeast  = 40   // pixels a second: slower than this the list rests
	throwMost   = 3000 // faster than this no eye follows
)

// drag is a finger on the list.
type drag struct {
	on    bool
	moved bool // far enough to be a drag
	start image.Point
	off   int  // the list's offset when the finger came
	edge  bool // it came to the edge that letters are gone through by
	past  [8]sample
	n     int
}

type sample struct {
	at time.Time
	y  int
}

// note remembers where the finger was.
func (d *drag) note(at time.Time, y int) {
	d.past[d.n%len(d.past)] = sample{at, y}
	d.n++
}

// speed is how fast the finger moved of late, in pixels a second.
func (d *drag) speed(now time.Time) int {
	if d.n == 0 {
		return 0
	}
	last := d.past[(d.n-1)%len(d.past)]
	first := last
	for i := range min(d.n, len(d.past)) {
		s := d.past[(d.n-1-i)%len(d.past)]
		if now.Sub(s.at) > throwMemory {
			break
		}
		first = s
	}
	ms := int(now.Sub(first.at) / time.Millisecond)
	if ms <= 0 {
		return 0
	}
	return max(-throwMost, min((last.y-first.y)*1000/ms, throwMost))
}

// throw is a list that was let go.
type throw struct {
	speed int // of the offset, in pixels a second
	rest  int // 1/256 of a pixel not yet moved
}

// step is how many pixels to move in this frame.
func (t *throw) step() int {
	t.rest += t.speed * 256 * int(throwFrame/time.Millisecond) / 1000
	n := t.rest >> 8
	t.rest -= n << 8
	t.speed -= t.speed / 12
	return n
}

func (t *throw) over() bool { return t.speed < throwLeast && t.speed > -throwLeast }

func (l *List) press(p image.Point) {
	moving := l.timer.Running()
	l.timer.Stop()
	l.drag = drag{on: true, moved: moving, start: p, off: l.off, edge: l.onEdge(p)}
	l.drag.note(l.Desktop().Now(), p.Y)
	if moving {
		return
	}
	i := l.at(p)
	if i >= 0 && l.onHandle(i, p) {
		l.drag, l.moving = drag{}, i+1
		l.Changed(i)
		return
	}
	l.hold(i)
	if _, ok := l.Rows.(Holder); ok && i >= 0 {
		l.long.Start(holdAfter)
	}
}

// onHandle says whether a point is on the handle of row i.
func (l *List) onHandle(i int, p image.Point) bool {
	if _, ok := l.Rows.(Mover); !ok || p.X < l.Rect().Max.X-dragWidth {
		return false
	}
	l.said = Row{}
	l.Rows.Row(i, &l.said)
	return l.said.Drag
}

// carry brings the row that is moved under the finger, and scrolls at the
// list's edges.
func (l *List) carry(p image.Point) {
	r := l.Rect()
	if p.Y < r.Min.Y+l.high()/3 {
		l.scrollTo(l.off - l.high()/4)
	} else if p.Y > r.Max.Y-l.high()/3 {
		l.scrollTo(l.off + l.high()/4)
	}
	from := l.moving - 1
	y := max(r.Min.Y, min(p.Y, r.Max.Y-1))
	to := max(0, min((y-r.Min.Y+l.off)/l.high(), l.Rows.Len()-1))
	if to == from {
		return
	}
	l.Rows.(Mover).Move(from, to)
	l.moving, l.cur = to+1, to
	for i := min(from, to); i <= max(from, to); i++ {
		l.Changed(i)
	}
}

// letGo ends moving a row, and waiting for a long press.
func (l *List) letGo() {
	l.long.Stop()
	if l.moving == 0 {
		return
	}
	l.Changed(l.moving - 1)
	l.moving = 0
	l.Rows.(Mover).Moved()
}

// stay is the end of a long press.
func (l *List) stay() {
	if i := l.held; i >= 0 && i < l.Rows.Len() {
		l.drag = drag{}
		l.hold(-1)
		l.cur = i
		l.Rows.(Holder).Hold(i)
	}
}

func (l *List) follow(p image.Point) {
	if l.moving > 0 {
		l.carry(p)
		return
	}
	if !l.drag.on {
		return
	}
	dy := p.Y - l.drag.start.Y
	if !l.drag.moved {
		if dy < dragSlop && dy > -dragSlop {
			return
		}
		// The list follows from here on, so that it does not jump.
		l.drag.moved = true
		slop := dragSlop
		if dy < 0 {
			slop = -slop
		}
		l.drag.start.Y += slop
		dy -= slop
		l.hold(-1)
		l.long.Stop()
	}
	if l.drag.edge {
		l.slide(p)
		return
	}
	l.drag.note(l.Desktop().Now(), p.Y)
	l.scrollTo(l.drag.off - dy)
}

func (l *List) lift(p image.Point) {
	d := l.drag
	l.drag = drag{}
	held := l.held
	l.letters.on = false
	l.hold(-1)
	l.letGo()
	if d.moved && d.edge {
		return
	}
	if d.moved {
		l.throw = throw{speed: -d.speed(l.Desktop().Now())}
		if !l.throw.over() {
			l.timer.Start(throwFrame)
		}
		return
	}
	if d.on && held >= 0 && l.at(p) == held {
		l.cur = held
		l.Rows.Open(held)
	}
}

// glide is one frame of a throw.
func (l *List) glide() {
	n := l.throw.step()
	if l.throw.over() || n != 0 && !l.scrollTo(l.off+n) {
		return
	}
	l.timer.Start(throwFrame)
}

// hold shows row i as pressed.
func (l *List) hold(i int) {
	if i == l.held {
		return
	}
	old := l.held
	l.held = i
	for _, k := range [2]int{old, i} {
		if k >= 0 {
			l.Changed(k)
		}
	}
}

// The scroll bar's place at the list's right edge.
const (
	barColumn = 8
	barWidth  = 3
	barLeast  = 20
)

func (l *List) barPart() image.Rectangle {
	r := l.Rect()
	r.Min.X = r.Max.X - barColumn
	return r
}

// thumb is the scroll bar.
func (l *List) thumb() image.Rectangle {
	r := l.Rect()
	room, all := r.Dy()-4, l.Rows.Len()*l.high()
	if all <= r.Dy() {
		return image.Rectangle{}
	}
	h := max(barLeast, room*r.Dy()/all)
	y := r.Min.Y + 2 + (room-h)*l.off/l.limit()
	return image.Rect(r.Max.X-6, y, r.Max.X-6+barWidth, y+h)
}

// showBar shows the scroll bar for a while, or takes it away.
func (l *List) showBar(on bool) {
	if on {
		l.barTime.Start(barStays)
	}
	if on != l.bar {
		l.bar = on
		l.Invalidate(l.barPart())
	}
}
