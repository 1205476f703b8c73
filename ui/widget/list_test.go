package widget

import (
	"image"
	"testing"
	"time"

	"linnet/ui/ial"
)

// listOf runs f with a list of n rows on a bench, four of them in sight.
func listOf(t *testing.T, n int, f func(b *bench, l *List, m *numbers)) {
	t.Helper()
	on(t, func(b *bench, page *Panel) {
		m := &numbers{n: n}
		l := &List{Theme: dark, Paper: dark.Background, Rows: m}
		b.do(func() {
			b.d.Root().Add(&l.Window, image.Rect(0, 36, 320, 196), l)
			l.Init()
			l.Focus()
		})
		f(b, l, m)
	})
}

func TestListKeys(t *testing.T) {
	listOf(t, 20, func(b *bench, l *List, m *numbers) {
		step := func(e ial.Event, used bool, cur, off int) {
			t.Helper()
			b.do(func() {
				if l.Handle(e) != used || l.cur != cur || l.off != off {
					t.Errorf("key %d: row %d, offset %d; want %d, %d", e.Key, l.cur, l.off, cur, off)
				}
			})
		}
		held := func(k ial.Key) ial.Event { return ial.Event{Type: ial.KeyPress, Key: k, Repeat: true} }
		step(key(ial.KeyUp), false, 0, 0)
		step(held(ial.KeyUp), true, 0, 0) // a held key does not run out of the list
		for i := 1; i < 4; i++ {
			step(key(ial.KeyDown), true, i, 0)
		}
		step(key(ial.KeyDown), true, 4, 40)
		step(key(ial.KeyPageDown), true, 7, 160)
		step(key(ial.KeyUp), true, 6, 160)
		for range 10 {
			b.do(func() { l.Handle(key(ial.KeyPageDown)) })
		}
		step(key(ial.KeyDown), false, 19, 640)
		step(held(ial.KeyDown), true, 19, 640)
		step(key(ial.KeyLeft), false, 19, 640)
		step(key(ial.KeyPageUp), true, 16, 640)
		step(key(ial.KeyEnter), true, 16, 640)
		step(held(ial.KeyEnter), true, 16, 640)
		if len(m.opened) != 1 || m.opened[0] != 16 {
			t.Errorf("opened %v", m.opened)
		}
		// The wheel takes the focus out of sight; enter brings it back.
		step(ial.Event{Type: ial.Wheel, Delta: -100}, true, 16, 0)
		step(key(ial.KeyEnter), true, 16, 520)
	})
	listOf(t, 0, func(b *bench, l *List, m *numbers) {
		b.do(func() {
			if l.Handle(key(ial.KeyDown)) || l.Handle(key(ial.KeyEnter)) || !l.thumb().Empty() {
				t.Error("an empty list has no use for keys")
			}
			l.Handle(at(ial.PointerDown, 50, 50))
			l.Handle(at(ial.PointerUp, 50, 50))
			l.Reset(5)
		})
		if m.opened != nil {
			t.Errorf("opened %v", m.opened)
		}
	})
}

func TestListDrag(t *testing.T) {
	listOf(t, 20, func(b *bench, l *List, m *numbers) {
		b.do(func() { l.Handle(at(ial.PointerDown, 50, 100)); l.Handle(at(ial.PointerMove, 52, 95)) })
		if l.held != 1 || l.off != 0 {
			t.Errorf("a trembling finger: row %d held, offset %d", l.held, l.off)
		}
		b.do(func() { l.Handle(at(ial.PointerMove, 52, 90)) })
		if l.held != -1 || l.off != 4 {
			t.Errorf("a drag begins: row %d held, offset %d", l.held, l.off)
		}
		// One pixel further moves what stays and draws a row of pixels and
		// the column of the scroll bar.
		n := b.do(func() { l.Handle(at(ial.PointerMove, 52, 89)) })
		if n != 312+8*160 {
			t.Errorf("a pixel further drew %d pixels", n)
		}
		time.Sleep(time.Second)
		b.do(func() { l.Handle(at(ial.PointerUp, 52, 89)) })
		time.Sleep(time.Second)
		b.do(func() {
			if l.off != 5 || m.opened != nil {
				t.Errorf("let go at rest: offset %d, opened %v", l.off, m.opened)
			}
		})
		b.do(func() { l.Handle(at(ial.PointerDown, 50, 100)); l.Handle(at(ial.PointerUp, 50, 101)) })
		if len(m.opened) != 1 || m.opened[0] != 1 {
			t.Errorf("a tap opened %v", m.opened)
		}
		b.do(func() { l.Handle(at(ial.PointerDown, 50, 100)); l.Handle(at(ial.PointerUp, 50, 10)) })
		if len(m.opened) != 1 {
			t.Errorf("lifted outside it opened %v", m.opened)
		}
	})
}

func TestListThrow(t *testing.T) {
	listOf(t, 1000, func(b *bench, l *List, m *numbers) {
		fling := func() {
			b.do(func() { l.Handle(at(ial.PointerDown, 50, 190)) })
			for y := 180; y >= 90; y -= 10 {
				time.Sleep(10 * time.Millisecond)
				b.do(func() { l.Handle(at(ial.PointerMove, 50, y)) })
			}
			b.do(func() { l.Handle(at(ial.PointerUp, 50, 90)) })
		}
		off := func() (n int) {
			b.do(func() { n = l.off })
			return n
		}
		still := func() (yes bool) {
			b.do(func() { yes = !l.timer.Running() && !l.bar })
			return yes
		}
		fling()
		began := off()
		time.Sleep(200 * time.Millisecond)
		fast := off() - began
		time.Sleep(time.Second)
		mid := off()
		time.Sleep(200 * time.Millisecond)
		slow := off() - mid
		time.Sleep(10 * time.Second)
		end := off()
		if fast < 100 || fast > 250 || slow >= fast || end <= mid || !still() {
			t.Errorf("thrown at 1000 px/s: %d px in the first 0.2 s, %d later, from %d to %d", fast, slow, began, end)
		}
		// A finger stops it, and does not open what is under it.
		fling()
		time.Sleep(100 * time.Millisecond)
		b.do(func() { l.Handle(at(ial.PointerDown, 50, 100)) })
		stopped := off()
		time.Sleep(time.Second)
		b.do(func() { l.Handle(at(ial.PointerUp, 50, 100)) })
		time.Sleep(time.Second)
		if off() != stopped || m.opened != nil {
			t.Errorf("stopped at %d, it is at %d, and opened %v", stopped, off(), m.opened)
		}
		// It ends at the end.
		b.do(func() { l.Handle(ial.Event{Type: ial.Wheel, Delta: 995}) })
		fling()
		time.Sleep(5 * time.Second)
		if off() != l.limit() || !still() {
			t.Errorf("thrown past the end it is at %d of %d", off(), l.limit())
		}
	})
}

func TestScrollBarFits(t *testing.T) {
	for _, n := range []int{0, 1, 4, 5, 9, 100, 100000} {
		listOf(t, n, func(b *bench, l *List, m *numbers) {
			b.do(func() {
				for _, off := range []int{0, l.limit() / 2, l.limit()} {
					l.off = off
					th := l.thumb()
					if n <= 4 {
						if !th.Empty() {
							t.Errorf("%d rows that all fit have a scroll bar", n)
						}
						continue
					}
					if !th.In(l.barPart()) || th.Dy() < barLeast || th.Dx() != barWidth {
						t.Errorf("%d rows at %d: %v", n, off, th)
					}
				}
			})
		})
	}
}

func TestListFits(t *testing.T) {
	listOf(t, 20, func(b *bench, l *List, m *numbers) {
		b.do(func() { l.Reset(19) })
		if l.off != l.limit() || l.cur != 19 {
			t.Errorf("the last row is in focus at %d", l.off)
		}
		b.do(func() { l.SetRect(image.Rect(0, 36, 320, 240)); l.Fit() })
		if l.off != l.limit() {
			t.Errorf("in a larger window the offset is %d of %d", l.off, l.limit())
		}
		b.do(func() { l.SetRect(image.Rect(0, 36, 320, 196)); l.Fit() })
		if from, to := l.Seen(); to != 20 || from != 16 {
			t.Errorf("rows %d to %d are seen", from, to)
		}
		b.do(func() { l.Reset(7) })
		if from, to := l.Seen(); from > 7 || to <= 7 {
			t.Errorf("row 7 is not among %d to %d", from, to)
		}
	})
}

// alphabet is rows in the order of letters: ten each of those that some have, and a
// number of rows before A and behind Z.
type alphabet struct {
	numbers
	letters []int
	asked   int
}

func (a *alphabet) Letter(i int) int {
	a.asked++
	return a.letters[i]
}

// lettered runs f with a list of ten rows of #, of B, C, M, and Z, and of # again.
func lettered(t *testing.T, f func(b *bench, l *List, m *alphabet)) {
	t.Helper()
	on(t, func(b *bench, page *Panel) {
		m := &alphabet{}
		for _, letter := range []int{0, 2, 3, 13, 26, 27} {
			for range 10 {
				m.letters = append(m.letters, letter)
			}
		}
		m.n = len(m.letters)
		l := &List{Theme: dark, Paper: dark.Background, Rows: m}
		b.do(func() {
			b.d.Root().Add(&l.Window, image.Rect(0, 36, 320, 196), l)
			l.Init()
			l.Focus()
		})
		f(b, l, m)
	})
}

func TestLetterKeys(t *testing.T) {
	lettered(t, func(b *bench, l *List, m *alphabet) {
		step := func(k ial.Key, used bool, cur, shown int) {
			t.Helper()
			b.do(func() {
				if l.Handle(key(k)) != used || l.cur != cur || l.letters.shown != shown+1 {
					t.Errorf("key %d: row %d, letter %d; want %d, %d", k, l.cur, l.letters.shown-1, cur, shown)
				}
			})
		}
		step(ial.KeyLeft, false, 0, -1) // it goes on to what is beside the list
		step(ial.KeyRight, true, 10, 2)
		step(ial.KeyRight, true, 20, 3)
		if l.off != 20*40 {
			t.Errorf("the letter's first row is not the list's: %d", l.off)
		}
		step(ial.KeyDown, true, 21, 3)
		step(ial.KeyLeft, true, 20, 3)
		step(ial.KeyLeft, true, 10, 2)
		for _, letter := range []int{3, 13, 26, 27} {
			b.do(func() { l.Handle(key(ial.KeyRight)) })
			if l.letters.shown != letter+1 {
				t.Errorf("letter %d, want %d", l.letters.shown-1, letter)
			}
		}
		step(ial.KeyRight, false, 50, 27)
		b.do(func() {
			if !l.Handle(ial.Event{Type: ial.KeyPress, Key: ial.KeyRight, Repeat: true}) {
				t.Error("a held key runs out of the list")
			}
		})
		time.Sleep(time.Second)
		b.do(func() {
			if l.letters.shown != 0 || l.bar {
				t.Error("the letter stays")
			}
		})
	})
}

func TestLetterEdge(t *testing.T) {
	lettered(t, func(b *bench, l *List, m *alphabet) {
		b.do(func() { l.Handle(at(ial.PointerDown, 310, 60)); l.Handle(at(ial.PointerUp, 310, 61)) })
		if len(m.opened) != 1 || m.opened[0] != 0 {
			t.Errorf("a tap on the edge opened %v", m.opened)
		}
		b.do(func() { l.Handle(at(ial.PointerDown, 310, 60)); l.Handle(at(ial.PointerMove, 310, 100)) })
		if l.letters.shown != 4 || l.cur != 20 || l.off != 800 { // of six letters, two fifths down
			t.Errorf("letter %d, row %d, offset %d", l.letters.shown-1, l.cur, l.off)
		}
		if m.asked > 400 {
			t.Errorf("%d rows were asked for", m.asked)
		}
		// A finger that stays, outside the edge too, keeps the letter.
		b.do(func() { l.Handle(at(ial.PointerMove, 150, 110)) })
		time.Sleep(2 * time.Second)
		b.do(func() {
			if l.letters.shown != 4 || !l.bar {
				t.Error("the letter goes while the finger is there")
			}
			l.Handle(at(ial.PointerMove, 310, 500))
		})
		if l.letters.shown != 28 || l.off != 2000 {
			t.Errorf("below the list: letter %d, offset %d", l.letters.shown-1, l.off)
		}
		b.do(func() { l.Handle(at(ial.PointerMove, 310, -500)) })
		if l.letters.shown != 1 || l.off != 0 {
			t.Errorf("above the list: letter %d, offset %d", l.letters.shown-1, l.off)
		}
		b.do(func() { l.Handle(at(ial.PointerUp, 310, 50)) })
		time.Sleep(2 * time.Second)
		b.do(func() {
			if l.letters.shown != 0 || l.bar || l.timer.Running() || len(m.opened) != 1 {
				t.Errorf("let go: letter %d, opened %v", l.letters.shown-1, m.opened)
			}
		})
		// Elsewhere a finger drags as ever, and few rows have no letters.
		b.do(func() { l.Handle(at(ial.PointerDown, 200, 150)); l.Handle(at(ial.PointerMove, 200, 130)) })
		if l.letters.shown != 0 || l.off != 14 {
			t.Errorf("dragged: letter %d, offset %d", l.letters.shown-1, l.off)
		}
		b.do(func() {
			l.Handle(at(ial.PointerUp, 200, 130))
			m.n, m.letters = 12, m.letters[:12]
			l.Reset(0)
			if l.lettered() || l.Handle(key(ial.KeyRight)) {
				t.Error("a short list has letters")
			}
		})
	})
}
