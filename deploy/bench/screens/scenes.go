//go:build linux

package main

import (
	"fmt"
	"image"
	"runtime"
	"time"

	"linnet/ui"
	"linnet/ui/app"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// albums is a list of a hundred thousand albums with their covers.
type albums struct{ covers [16]*rgb565.Image }

func newAlbums() *albums {
	a := &albums{}
	for i := range a.covers {
		r := image.Rect(0, 0, 32, 32)
		a.covers[i] = rgb565.New(r)
		m := thumbnail(i)
		a.covers[i].Scale(r, m, r)
	}
	return a
}

// titles are what albums are called.
var titles = [...][2]string{
	{"Harbour Lights", "Marlow & Finch · 2022"}, {"山谷来信", "白鹭与风 · 2024"}, {"The Pilot’s Daughter", "Ines Kale · 2019"}, {"翻过这座山，就能看见海", "北岸乐队 · 2021"},
	{"Salt and Thread", "Marlow & Finch feat. The Long Evening Choir"}, {"夜航", "林默 · 2020"}, {"Low Water, and other songs of the estuary", "Tidewater · 2018"},
}

func (*albums) Len() int { return 100_000 }
func (*albums) Open(int) {}
func (a *albums) Row(i int, r *widget.Row) {
	t := &titles[i%len(titles)]
	r.Cover, r.Title, r.Sub, r.Chevron = a.covers[i%len(a.covers)], t[0], t[1], true
}

// list is a screen with a list of covers below a header, ready to be scrolled.
type list struct {
	desk  *ui.Desktop
	user  *user
	clock *clock
	panel *panel
	ended chan error
}

func newList() *list {
	l := &list{user: newUser(), clock: newClock(), panel: newPanel(), ended: make(chan error, 1)}
	t := theme.Dark()
	root := &widget.Panel{Paper: t.Background}
	l.desk = ui.New(l.panel, l.clock, root)
	rows := &widget.List{Theme: t, Paper: t.Background, Rows: newAlbums()}
	l.desk.Root().Add(&rows.Window, image.Rect(0, theme.Header, 320, 240), rows)
	rows.Init()
	rows.Reset(50_000)
	go func() { l.ended <- l.desk.Run(l.user) }()
	l.shown()
	return l
}

// shown waits for all that was done to be on the screen.
func (l *list) shown() { l.desk.Settle(func() {}) }

func (l *list) do(t ial.Type, y int) {
	l.clock.advance(40 * time.Millisecond)
	l.user.do(ial.Event{Type: t, At: image.Pt(100, y)})
	l.shown()
}

func (l *list) close() error {
	l.desk.Quit()
	return <-l.ended
}

// frames is how many frames are counted.
const frames = 100

// scroll moves the list by a finger, and counts a frame for each step.
func scroll(w *worker) error { return moved(w, 8, 160) }

// thrown is as fast as a list ever moves, 3000 pixels a second.
func thrown(w *worker) error { return moved(w, 100, 200) }

// moved drags the list in steps of so many pixels, and takes hold again after
// each stretch.
func moved(w *worker, step, stretch int) error {
	l := newList()
	const low = 236
	before := int64(0)
	for n := -10; n < frames; {
		if n >= 0 && before == 0 {
			before = allocated()
		}
		l.do(ial.PointerDown, low)
		l.do(ial.PointerMove, low-6) // from here on it follows
		for y := step; y <= stretch; y += step {
			if n < 0 {
				l.do(ial.PointerMove, low-6-y)
			} else {
				w.part("frame", func() { l.do(ial.PointerMove, low-6-y) })
			}
			n++
		}
		l.clock.advance(time.Second) // it is not thrown
		l.do(ial.PointerUp, low-6-stretch)
	}
	grown := allocated() - before
	// What the steps themselves cost, without anything to draw.
	before = allocated()
	for range len(w.labels) + len(w.labels)*3*step/stretch {
		l.do(ial.PointerMove, 0)
	}
	w.tell("allocations", max(0, grown-(allocated()-before))/int64(len(w.labels)))
	w.tell("flushed", l.panel.flushed)
	return l.close()
}

// stage is the interface as a whole.
type stage struct {
	app   *app.App
	user  *user
	clock *clock
	panel *panel
	ended chan error
}

func newStage(change func(*app.Options)) *stage {
	s := &stage{user: newUser(), clock: newClock(), panel: newPanel(), ended: make(chan error, 1)}
	o := options(s.clock, s.panel, s.user, newPlayer(s.clock))
	change(&o)
	s.app = app.New(o)
	go func() { s.ended <- s.app.Run() }()
	s.settle()
	return s
}

// settle waits for what the screens do on other goroutines, too.
func (s *stage) settle() {
	for range 3 {
		s.app.Settle(func() {})
		for range 50 {
			runtime.Gosched()
		}
	}
}

func (s *stage) key(k ial.Key) {
	s.user.do(ial.Event{Type: ial.KeyPress, Key: k})
	s.app.Settle(func() {})
}

func (s *stage) close() error {
	s.app.Quit()
	return <-s.ended
}

// seconds is for how long Now playing is looked at.
const seconds = 10

// rest is Now playing without the spectrum.
func rest(w *worker) error { return nowPlaying(w, func(*app.Options) {}) }

// dance is the same with it.
func dance(w *worker) error { return nowPlaying(w, func(o *app.Options) { o.Levels = music() }) }

// sway is the same with the meter.
func sway(w *worker) error { return nowPlaying(w, func(o *app.Options) { o.Loudness = loudness() }) }

func nowPlaying(w *worker, moves func(*app.Options)) error {
	s := newStage(moves) // Now playing is the first page
	var before int64
	n := 0
	s.clock.run((seconds+2)*time.Second, func() {
		switch n++; {
		case n == 1:
			before = allocated()
			w.begin()
		case n <= seconds:
			w.end("second")
			w.begin()
		case n == seconds+1:
			w.end("second")
			w.tell("allocations", (allocated()-before-1)/seconds)
			w.tell("flushed", s.panel.flushed)
		}
	})
	s.user.do(ial.Event{Type: ial.Expose}) // for it to look at the clock
	<-s.clock.over
	return s.close()
}

// walk is what is done with keys on each page.
var walk = []struct {
	name string
	key  ial.Key
}{
	{"down", ial.KeyDown}, {"down", ial.KeyDown}, {"up", ial.KeyUp}, {"right", ial.KeyRight}, {"left", ial.KeyLeft}, {"page down", ial.KeyPageDown},
	{"page up", ial.KeyPageUp}, {"volume up", ial.KeyVolumeUp}, {"volume down", ial.KeyVolumeDown},
}

// keys goes through all pages that keys lead to, and presses all keys there.
func keys(w *worker) error {
	s := newStage(func(o *app.Options) { o.Levels = music() })
	w.wander(s)
	w.tell("flushed", s.panel.flushed)
	return s.close()
}

// wander looks at Home's rows, at what lies behind them, and behind the rows
// there.
func (w *worker) wander(s *stage) {
	press := func(where, name string, k ial.Key) {
		w.part(where+", "+name, func() { s.key(k) })
		s.settle()
		s.clock.advance(2 * time.Second)
	}
	all := func(where string) {
		for _, k := range walk {
			press(where, k.name, k.key)
		}
	}
	all("Now playing")
	for row := range 5 {
		home := fmt.Sprintf("Home %d", row+1)
		press(home, "home", ial.KeyHome)
		if row == 0 {
			all("Home")
		}
		for range 6 {
			press("Home", "up", ial.KeyUp)
		}
		for range row {
			press("Home", "down", ial.KeyDown)
		}
		press(home, "enter", ial.KeyEnter)
		all(home)
		press(home, "back", ial.KeyBack)
	}
	for row := range 7 {
		setting := fmt.Sprintf("Settings %d", row+1)
		press(setting, "home", ial.KeyHome)
		press("Home", "enter", ial.KeyEnter) // Settings is the last that was opened
		for range 8 {
			press("Settings", "up", ial.KeyUp)
		}
		for range row {
			press("Settings", "down", ial.KeyDown)
		}
		press(setting, "enter", ial.KeyEnter)
		all(setting)
		press(setting, "enter", ial.KeyEnter)
		all(setting)
		press(setting, "back", ial.KeyBack)
		press(setting, "back", ial.KeyBack)
	}
}

// memory is what the interface takes when all of it was seen. The steps are not
// counted.
func memory(w *worker) error {
	p := newPlayer(newClock())
	runtime.GC()
	before := taken()
	s := newStage(func(o *app.Options) { o.Levels, o.Player = music(), p })
	quiet := &worker{out: w.out}
	quiet.wander(s)
	w.tell("bytes", taken()-before)
	return s.close()
}
