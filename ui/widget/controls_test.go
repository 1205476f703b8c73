package widget

import (
	"fmt"
	"image"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/ui/ial"
	"linnet/ui/theme"
)

func TestToggle(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		var told []bool
		g := &Toggle{Theme: dark, Paper: dark.Background, Change: func(on bool) { told = append(told, on) }}
		b.do(func() { b.d.Root().Add(&g.Window, image.Rect(0, 0, 48, 36), g) })
		b.do(func() {
			g.Set(true)
			g.Handle(at(ial.PointerDown, 5, 5))
			g.Handle(at(ial.PointerUp, 5, 5))
			g.Handle(key(ial.KeyEnter))
			g.Handle(at(ial.PointerDown, 5, 5))
			g.Handle(at(ial.PointerUp, 90, 5))
		})
		if !slices.Equal(told, []bool{false, true}) || !g.On() {
			t.Errorf("told %v, is %t", told, g.On())
		}
	})
}

func TestTabs(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		var told []int
		g := &Tabs{Theme: dark, Labels: []string{"One", "Two", "三"}, Change: func(i int) { told = append(told, i) }}
		b.do(func() { b.d.Root().Add(&g.Window, image.Rect(0, 0, 320, 36), g) })
		b.do(func() {
			two, three := g.tab(1).Min.Add(image.Pt(5, 5)), g.tab(2).Min.Add(image.Pt(5, 5))
			g.Handle(ial.Event{Type: ial.PointerDown, At: two})
			g.Handle(ial.Event{Type: ial.PointerUp, At: two})
			g.Handle(ial.Event{Type: ial.PointerDown, At: three})
			g.Handle(ial.Event{Type: ial.PointerMove, At: two})
			g.Handle(ial.Event{Type: ial.PointerUp, At: two})
			for _, k := range []ial.Key{ial.KeyRight, ial.KeyLeft, ial.KeyLeft} {
				g.Handle(key(k))
			}
			one := g.tab(0).Min.Add(image.Pt(5, 5)) // chosen already
			g.Handle(ial.Event{Type: ial.PointerDown, At: one})
			g.Handle(ial.Event{Type: ial.PointerUp, At: one})
			if g.Handle(key(ial.KeyLeft)) || g.Handle(at(ial.PointerDown, 310, 5)) {
				t.Error("it takes what is not on a tab")
			}
		})
		if !slices.Equal(told, []int{1, 2, 1, 0}) || g.Chosen() != 0 {
			t.Errorf("told %v, chosen %d", told, g.Chosen())
		}
	})
}

// TestProgress draws no more than what moves.
func TestProgress(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		p := &Progress{Theme: dark, Track: dark.Line}
		b.do(func() { b.d.Root().Add(&p.Window, image.Rect(10, 10, 210, 14), p); p.Set(10, 100) })
		if n := b.do(func() { p.Set(11, 100) }); n == 0 || n > 60 {
			t.Errorf("a hundredth draws %d pixels", n)
		}
		if n := b.do(func() { p.Set(11, 100); p.Set(1100, 10000) }); n != 0 {
			t.Errorf("the same draws %d pixels", n)
		}
		b.do(func() { p.Set(0, 0) })
		before := p.step
		time.Sleep(time.Second)
		b.do(func() {
			if p.step == before {
				t.Error("what has no end does not move")
			}
			p.Set(500, 100)
			if p.end() != 210 {
				t.Errorf("more than all ends at %d", p.end())
			}
		})
	})
}

func TestMeterFalls(t *testing.T) {
	m := &Meter{}
	var got []string
	m.move(0, 99)
	for m.frames.n = 1; m.frames.n <= 6; m.frames.n++ {
		m.move(0, 0)
		got = append(got, fmt.Sprint(m.level[0], "/", m.peak[0]))
	}
	if g := strings.Join(got, " "); g != "28/30 26/30 24/29 22/29 20/29 18/28" {
		t.Error(g)
	}
}

func TestMeterRuns(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		loud := true
		m := &Meter{Theme: dark, Paper: dark.Background, Levels: func() (int, int, bool) { return 20, 10, loud }}
		b.do(func() {
			b.d.Root().Add(&m.Window, image.Rectangle{Max: MeterSize}, m)
			m.Init()
			m.Run(true)
		})
		time.Sleep(time.Second)
		if n := b.do(func() {}); n != 0 || m.level != [2]int{20, 10} {
			t.Errorf("levels %v, steady sound draws %d pixels", m.level, n)
		}
		b.do(func() { loud = false })
		time.Sleep(5 * time.Second)
		b.do(func() {
			if m.level != [2]int{} || m.peak != [2]int{} {
				t.Errorf("silence is %v, %v", m.level, m.peak)
			}
			m.Run(false)
		})
	})
}

// TestFramesWhole has levels go up and down: after each frame, of which only what
// changed was drawn, the screen is as if all of it had been.
func TestFramesWhole(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		r := rand.New(rand.NewPCG(1, 2))
		level := func(most int) int { return max(0, r.IntN(most+20)-10) }
		m := &Meter{Theme: dark, Paper: dark.Background, Levels: func() (int, int, bool) { return level(MeterCells), level(MeterCells), true }}
		s := &Spectrum{Theme: dark, Paper: dark.Background, Levels: func(dst []uint8) bool {
			for i := range dst {
				dst[i] = uint8(level(spectrumRows))
			}
			return r.IntN(10) > 0
		}}
		b.do(func() {
			b.d.Root().Add(&m.Window, image.Rectangle{Max: MeterSize}.Add(image.Pt(10, 10)), m)
			b.d.Root().Add(&s.Window, image.Rectangle{Max: SpectrumSize}.Add(image.Pt(10, 100)), s)
			m.Init()
			s.Init()
		})
		for n := range 200 {
			b.do(func() { m.frames.n, s.frames.n = n, n; m.step(); s.step() })
			drawn := slices.Clone(b.screen.Back().Pix)
			b.do(func() { m.InvalidateAll(); s.InvalidateAll() })
			if !slices.Equal(drawn, b.screen.Back().Pix) {
				t.Fatalf("frame %d is not drawn whole", n)
			}
		}
	})
}

// TestDialog asks and is answered by pointer and keys.
func TestDialog(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		d := &Dialog{Theme: dark}
		below := &Button{Theme: dark, Size: 24}
		did, closed := 0, 0
		ask := func() {
			d.Open(Question{Icon: theme.IconTrash, Ask: "Sure?", Tell: "It is gone then.", No: "No", Yes: "Yes", Harmful: true, Do: func() { did++ }}, func() { closed++ })
		}
		b.do(func() {
			b.d.Root().Add(&below.Window, image.Rect(0, 0, 44, 36), below)
			below.SetFocusable(true)
			below.Focus()
			d.Init(b.d.Root())
			ask()
			if !d.Shown() || !d.no.Focused() {
				t.Error("the harmless answer has no focus")
			}
			d.no.Handle(key(ial.KeyEnter))
		})
		if did != 0 || closed != 1 || d.Shown() || !below.Focused() {
			t.Errorf("no: done %d times, closed %d, shown %t", did, closed, d.Shown())
		}
		b.do(func() { ask(); d.yes.Handle(key(ial.KeyEnter)) })
		b.do(func() { ask(); d.shade.Handle(key(ial.KeyBack)) })
		b.do(func() { ask(); d.shade.Handle(at(ial.PointerDown, 1, 1)); d.shade.Handle(at(ial.PointerUp, 1, 1)) })
		b.do(func() {
			ask()
			if d.shade.Handle(key(ial.KeyVolumeUp)) || !d.shade.Handle(key(ial.KeyEnter)) {
				t.Error("the shade keeps the volume, or lets enter through")
			}
			d.Close()
		})
		if did != 1 || closed != 5 {
			t.Errorf("done %d times, closed %d", did, closed)
		}
	})
}

func TestMenu(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		m := &Menu{Theme: dark}
		var did []string
		pick := func(s string) func() { return func() { did = append(did, s) } }
		open := func() {
			m.Open(image.Pt(500, 500), []Choice{{Text: "a", Do: pick("a")}, {Text: "b", Do: pick("b"), Chosen: true}, {Text: "c", Do: pick("c")}}, nil)
		}
		b.do(func() { m.Init(b.d.Root()); open() })
		if !m.body.Rect().In(image.Rect(0, 0, 320, 240)) {
			t.Errorf("the menu is at %v", m.body.Rect())
		}
		b.do(func() { m.body.Handle(key(ial.KeyEnter)) })
		b.do(func() {
			open()
			for _, k := range []ial.Key{ial.KeyDown, ial.KeyDown, ial.KeyUp, ial.KeyUp, ial.KeyUp, ial.KeyEnter} {
				m.body.Handle(key(k))
			}
		})
		b.do(func() {
			open()
			p := m.body.line(2).Min.Add(image.Pt(20, 5))
			m.body.Handle(ial.Event{Type: ial.PointerDown, At: p})
			m.body.Handle(ial.Event{Type: ial.PointerUp, At: p})
		})
		b.do(func() {
			open()
			m.body.Handle(ial.Event{Type: ial.PointerDown, At: m.body.line(0).Min.Add(image.Pt(9, 9))})
			m.body.Handle(at(ial.PointerMove, 1, 1))
			m.body.Handle(at(ial.PointerUp, 1, 1))
			if !m.Shown() {
				t.Error("a finger that leaves chooses")
			}
			m.shade.Handle(key(ial.KeyBack))
		})
		if got := strings.Join(did, ""); got != "bac" || m.Shown() {
			t.Errorf("chosen %s", got)
		}
	})
}

// tiles is a grid of n tiles.
type tiles struct {
	n      int
	opened []int
}

func (m *tiles) Len() int            { return m.n }
func (m *tiles) Open(i int)          { m.opened = append(m.opened, i) }
func (m *tiles) Tile(i int, t *Tile) { t.Title, t.Sub = fmt.Sprint("tile ", i), "sub" }

func TestGrid(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		rows := &tiles{n: 11}
		g := &Grid{Theme: dark, Paper: dark.Background, Tiles: rows, Columns: 3, Cover: image.Pt(92, 52)}
		b.do(func() { b.d.Root().Add(&g.Window, image.Rect(0, 36, 320, 240), g); g.Init() })
		b.do(func() {
			for _, k := range []ial.Key{ial.KeyRight, ial.KeyDown, ial.KeyDown, ial.KeyDown, ial.KeyDown} {
				g.Handle(key(k))
			}
		})
		if g.Current() != 10 || g.off != g.limit() {
			t.Errorf("the focus is on tile %d, scrolled by %d of %d", g.Current(), g.off, g.limit())
		}
		b.do(func() {
			if g.Handle(key(ial.KeyDown)) || !g.Handle(key(ial.KeyLeft)) || !g.Handle(key(ial.KeyEnter)) {
				t.Error("keys at the end")
			}
			p := center(g.tile(7))
			g.Handle(ial.Event{Type: ial.PointerDown, At: p})
			g.Handle(ial.Event{Type: ial.PointerUp, At: p})
		})
		if !slices.Equal(rows.opened, []int{9, 7}) {
			t.Errorf("opened %v", rows.opened)
		}
		off := g.off
		b.do(func() {
			g.Handle(at(ial.PointerDown, 100, 100))
			for y := 110; y <= 180; y += 10 {
				g.Handle(at(ial.PointerMove, 100, y))
			}
			g.Handle(at(ial.PointerUp, 100, 180))
		})
		if g.off >= off || len(rows.opened) != 2 {
			t.Errorf("a drag down scrolls from %d to %d", off, g.off)
		}
		time.Sleep(3 * time.Second)
		b.do(func() {
			if g.timer.Running() {
				t.Error("it never rests")
			}
			g.Handle(ial.Event{Type: ial.Wheel, Delta: 99})
			if g.off != g.limit() {
				t.Errorf("the wheel ends at %d of %d", g.off, g.limit())
			}
			rows.n = 0
			g.Reset(5)
			if g.Handle(key(ial.KeyDown)) {
				t.Error("an empty grid takes keys")
			}
		})
	})
}

// movable is rows that can be moved and held.
type movable struct {
	numbers
	order []int
	done  int
	held  []int
}

func (m *movable) Row(i int, r *Row) { r.Title, r.Drag = fmt.Sprint(m.order[i]), true }
func (m *movable) Hold(i int)        { m.held = append(m.held, i) }
func (m *movable) Moved()            { m.done++ }
func (m *movable) Move(from, to int) {
	v := m.order[from]
	m.order = slices.Insert(slices.Delete(m.order, from, from+1), to, v)
}

func TestListMovesRows(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		rows := &movable{numbers: numbers{n: 8}, order: []int{0, 1, 2, 3, 4, 5, 6, 7}}
		l := &List{Theme: dark, Paper: dark.Background, Rows: rows}
		b.do(func() { b.d.Root().Add(&l.Window, image.Rect(0, 36, 320, 236), l); l.Init() })
		b.do(func() {
			l.Handle(at(ial.PointerDown, 300, 56))
			l.Handle(at(ial.PointerMove, 300, 100))
			l.Handle(at(ial.PointerMove, 300, 140))
			l.Handle(at(ial.PointerUp, 300, 140))
		})
		if !slices.Equal(rows.order, []int{1, 2, 0, 3, 4, 5, 6, 7}) || rows.done != 1 || len(rows.opened) != 0 {
			t.Errorf("order %v, let go %d times, opened %v", rows.order, rows.done, rows.opened)
		}
		b.do(func() {
			l.Handle(at(ial.PointerDown, 300, 56))
			for range 30 { // at the edge the list scrolls
				l.Handle(at(ial.PointerMove, 300, 235))
			}
			l.Handle(at(ial.PointerUp, 300, 235))
		})
		if rows.order[7] != 1 || l.off != l.limit() {
			t.Errorf("order %v, scrolled by %d of %d", rows.order, l.off, l.limit())
		}
	})
}

func TestListHolds(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		rows := &movable{numbers: numbers{n: 4}, order: []int{0, 1, 2, 3}}
		l := &List{Theme: dark, Paper: dark.Background, Rows: rows}
		b.do(func() { b.d.Root().Add(&l.Window, image.Rect(0, 36, 320, 236), l); l.Init() })
		b.do(func() { l.Handle(at(ial.PointerDown, 100, 100)) })
		time.Sleep(time.Second)
		b.do(func() { l.Handle(at(ial.PointerUp, 100, 100)) })
		b.do(func() { // short, and long by keys
			l.Handle(at(ial.PointerDown, 100, 60))
			l.Handle(at(ial.PointerUp, 100, 60))
			enter := key(ial.KeyEnter)
			l.Handle(enter)
			l.Handle(ial.Event{Type: ial.KeyRelease, Key: ial.KeyEnter})
			l.Handle(enter)
			enter.Repeat = true
			l.Handle(enter)
			l.Handle(enter)
			l.Handle(ial.Event{Type: ial.KeyRelease, Key: ial.KeyEnter})
		})
		if !slices.Equal(rows.held, []int{1, 0}) || !slices.Equal(rows.opened, []int{0, 0}) {
			t.Errorf("held %v, opened %v", rows.held, rows.opened)
		}
	})
}

func TestEqualiser(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		var told []string
		q := &Equaliser{Theme: dark, Names: strings.Fields("a b c d"), Most: 120, Step: 10, Change: func(i, v int) { told = append(told, fmt.Sprint(i, ":", v)) }}
		b.do(func() { b.d.Root().Add(&q.Window, image.Rect(0, 0, 320, EqualiserHeight), q); q.Init() })
		b.do(func() {
			q.Handle(at(ial.PointerDown, 40, eqTop))
			q.Handle(at(ial.PointerMove, 120, eqTop+eqHeight))
			q.Handle(at(ial.PointerMove, 200, eqTop+eqHeight/2+2))
			q.Handle(at(ial.PointerUp, 200, 0))
			q.Handle(at(ial.PointerMove, 10, 0))
		})
		if !slices.Equal(q.values, []int{120, -120, 0, 0}) {
			t.Errorf("swept to %v", q.values)
		}
		told = nil
		b.do(func() {
			for _, k := range []ial.Key{ial.KeyUp, ial.KeyUp, ial.KeyRight, ial.KeyDown, ial.KeyLeft} {
				q.Handle(key(k))
			}
			if q.Handle(key(ial.KeyEnter)) {
				t.Error("it takes enter")
			}
			q.cur = 3
			if q.Handle(key(ial.KeyRight)) {
				t.Error("there is no column to the right of the last")
			}
			q.values[3] = -120
			if q.Handle(key(ial.KeyDown)) {
				t.Error("down leads out of the lowest")
			}
		})
		if got := strings.Join(told, " "); got != "2:10 2:20 3:0 3:-10 2:20" {
			t.Errorf("told %s", got)
		}
	})
}

func TestEdit(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		e := &Edit{Theme: dark, Most: 12}
		b.do(func() { b.d.Root().Add(&e.Window, image.Rect(0, 0, 120, 40), e); e.Init() })
		b.do(func() {
			e.SetText("远山")
			e.Insert(" echo")
			e.Backspace()
			e.Handle(at(ial.PointerDown, 13, 20)) // before the first
			e.Insert("的")
			e.Handle(at(ial.PointerMove, 119, 20))
			e.Insert("!")
		})
		if e.Text() != "的远山 ech!" {
			t.Errorf("%q", e.Text())
		}
		b.do(func() {
			e.Insert("much too long")
			if n := len([]rune(e.Text())); n != 12 || e.shift == 0 {
				t.Errorf("%d characters, scrolled by %d", n, e.shift)
			}
			for range 20 {
				e.Backspace()
			}
			if e.Text() != "" || e.shift != 0 {
				t.Errorf("%q is left, scrolled by %d", e.Text(), e.shift)
			}
		})
	})
}

// TestKeyboard types Latin and Chinese by pointer, and walks by keys.
func TestKeyboard(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		e := &Edit{Theme: dark}
		entered := 0
		k := &Keyboard{Theme: dark, Edit: e, Space: "space", Done: "Save", Enter: func() { entered++ }}
		b.do(func() {
			b.d.Root().Add(&e.Window, image.Rect(0, 0, 320, 40), e)
			e.Init()
			b.d.Root().Add(&k.Window, image.Rect(0, 106, 320, 240), k)
			k.Init()
		})
		tap := func(names ...string) {
			t.Helper()
			b.do(func() {
				for _, name := range names {
					at := find(k, name)
					if at.row == 9 {
						t.Fatalf("there is no key %s", name)
					}
					p := center(k.key(at))
					k.Handle(ial.Event{Type: ial.PointerDown, At: p})
					k.Handle(ial.Event{Type: ial.PointerUp, At: p})
				}
			})
		}
		want := func(s string) {
			t.Helper()
			if e.Text() != s {
				t.Errorf("typed %q, want %q", e.Text(), s)
			}
		}
		tap(kbShift, "a", "b", kbSpace, kbSigns, "1", ",", kbSigns, "c", kbBack)
		want("Ab 1,")
		tap(kbMode, "w", "o", "a", "i")
		if e.typing != "wo’ai" || string(k.found[0]) != "我" {
			t.Errorf("spelled %q, first %c", e.typing, k.found[0])
		}
		tap(kbSpace, kbSpace)
		want("Ab 1,我爱")
		tap("z", "h", kbBack, kbBack, kbBack, kbSigns, ",")
		want("Ab 1,我，")
		tap(kbSigns, "s", "h")
		b.do(func() {
			k.Handle(key(ial.KeyUp)) // from f to the row above
			k.Handle(key(ial.KeyUp)) // to the candidates
			k.Handle(key(ial.KeyRight))
			if k.focus.row != -1 || k.focus.col != 1 {
				t.Errorf("the focus is on %v", k.focus)
			}
			k.fit = k.room()
			second := k.found[1]
			k.Handle(key(ial.KeyEnter))
			if got := []rune(e.Text()); got[len(got)-1] != second {
				t.Errorf("typed %q, the second candidate was %c", e.Text(), second)
			}
		})
		tap("x", kbDone)
		if entered != 1 || !strings.HasSuffix(e.Text(), "x") {
			t.Errorf("entered %d times: %q", entered, e.Text())
		}
		b.do(func() {
			k.Handle(ial.Event{Type: ial.PointerDown, At: image.Pt(160, 200)})
			k.Handle(ial.Event{Type: ial.PointerMove, At: image.Pt(160, 20)}) // left
			before := e.Text()
			k.Handle(ial.Event{Type: ial.PointerUp, At: image.Pt(160, 20)})
			if e.Text() != before {
				t.Error("a key that was left is typed")
			}
		})
	})
}

// find is where a key is; row 9 is nowhere.
func find(k *Keyboard, name string) kbKey {
	for row, keys := range k.keys() {
		if col := slices.Index(keys, name); col >= 0 {
			return kbKey{row, col}
		}
	}
	return kbKey{row: 9}
}

// TestKeyboardHasNoHoles: every point of the keys' rows is a key's.
func TestKeyboardHasNoHoles(t *testing.T) {
	k := &Keyboard{Theme: dark, Edit: &Edit{Theme: dark}}
	on(t, func(b *bench, page *Panel) {
		b.do(func() { b.d.Root().Add(&k.Window, image.Rect(0, 106, 320, 240), k); k.Init() })
		for y := 140; y < 240; y++ {
			for x := 18; x < 302; x++ {
				if _, ok := k.at(image.Pt(x, y)); !ok {
					t.Fatalf("there is no key at %d, %d", x, y)
				}
			}
		}
	})
}
