//go:build linux && sdl && cgo

package sdl

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/uitest/xvfb"
)

var _ gal.Screen = (*Display)(nil)

var panel = image.Pt(320, 240)

// opened is a window on a server of its own.
type opened struct {
	t      *testing.T
	server *xvfb.Server
	d      *Display
	events chan ial.Event
	at     image.Rectangle // on the X screen
}

const title = "Linnet test card"

func openTest(t *testing.T, o Options) *opened {
	t.Helper()
	s := xvfb.Start(t)
	s.Setenv()
	o.Title, o.Size = title, panel
	d, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	w := &opened{t: t, server: s, d: d, events: make(chan ial.Event, 1000), at: s.Window(title)}
	go func() {
		defer close(w.events)
		for {
			e, err := d.Events().ReadEvent()
			if err != nil {
				return
			}
			w.events <- e
		}
	}()
	return w
}

// testCard draws every colour of the panel's edges, and things that show when
// a pixel is off by one.
func testCard(m *rgb565.Image) {
	m.Fill(m.Rect, rgb565.RGB(24, 20, 16))
	for x := range 320 {
		c := rgb565.Color(x * 205)
		m.Fill(image.Rect(x, 40, x+1, 120), c)
		m.Fill(image.Rect(x, 120, x+1, 140), rgb565.Color(x&31))
		m.Fill(image.Rect(x, 140, x+1, 160), rgb565.Color(x&63)<<5)
		m.Fill(image.Rect(x, 160, x+1, 180), rgb565.Color(x&31)<<11)
	}
	m.RoundRing(m.Rect, 12, 1, 0xFFFF)
	m.RoundRect(image.Rect(20, 190, 64, 234), 22, rgb565.RGB(255, 105, 99))
}

// wantShown waits until the window shows exactly this at a place of the X screen.
func (w *opened) wantShown(want *rgb565.Image, at image.Rectangle) {
	w.t.Helper()
	var last error
	_, ok := w.server.Wait(func(shot *image.RGBA) bool {
		got, err := xvfb.Shrink(shot, at, want.Rect.Size())
		if err == nil {
			err = difference(got, want)
		}
		last = err
		return err == nil
	})
	if !ok {
		w.t.Fatalf("the window at %v does not show the picture: %v", at, last)
	}
}

// difference names the first pixel that differs.
func difference(got, want *rgb565.Image) error {
	for y := want.Rect.Min.Y; y < want.Rect.Max.Y; y++ {
		for x := want.Rect.Min.X; x < want.Rect.Max.X; x++ {
			if g, w := got.At(x, y), want.At(x, y); g != w {
				return fmt.Errorf("pixel (%d, %d) is %04x, want %04x", x, y, g, w)
			}
		}
	}
	return nil
}

// next waits for an event that is none of the skipped types.
func (w *opened) next(skip ...ial.Type) ial.Event {
	w.t.Helper()
	for {
		select {
		case e, ok := <-w.events:
			if !ok {
				w.t.Fatal("the events have ended")
			}
			if !slices.Contains(skip, e.Type) {
				return e
			}
		case <-time.After(time.Minute):
			w.t.Fatal("no event came")
		}
	}
}

func TestWindowShowsExactlyWhatIsFlushed(t *testing.T) {
	w := openTest(t, Options{})
	if w.at.Size() != panel.Mul(3) {
		t.Fatalf("the window is %v large", w.at.Size())
	}
	back := w.d.Back()
	testCard(back)
	if err := w.d.Flush([]image.Rectangle{back.Rect}); err != nil {
		t.Fatal(err)
	}
	w.wantShown(back, w.at)

	// What is drawn but not flushed stays invisible.
	want := rgb565.New(back.Rect)
	want.Blit(want.Rect, back, image.Point{})
	dirty := []image.Rectangle{image.Rect(7, 9, 20, 11), image.Rect(300, 200, 400, 300), image.Rect(-4, 100, 1, 101)}
	back.Fill(back.Rect, 0x07E0)
	for _, r := range dirty {
		want.Fill(r, 0x07E0)
	}
	if err := w.d.Flush(dirty); err != nil {
		t.Fatal(err)
	}
	w.wantShown(want, w.at)

	for i := range 300 { // far more than a display can show: merged, none lost
		r := image.Rect(i, i*2/3, i+9, i*2/3+5)
		want.Fill(r, rgb565.Color(i*211))
		back.Fill(r, rgb565.Color(i*211))
		if err := w.d.Flush([]image.Rectangle{r}); err != nil {
			t.Fatal(err)
		}
	}
	w.d.Flush(nil)
	w.wantShown(want, w.at)
}

func TestWindowResized(t *testing.T) {
	w := openTest(t, Options{Scale: 1})
	testCard(w.d.Back())
	w.d.Flush([]image.Rectangle{w.d.Back().Rect})
	w.wantShown(w.d.Back(), w.at)
	w.server.Resize(title, image.Pt(700, 600))
	at := w.server.Window(title)
	inner := fit(panel, at.Size()).at.Add(at.Min)
	if inner.Size() != panel.Mul(2) {
		t.Fatalf("a window of %v shows the screen at %v", at, inner)
	}
	w.wantShown(w.d.Back(), inner)
	black := color.RGBA{A: 255}
	bars := []image.Point{at.Min, at.Max.Sub(image.Pt(1, 1)), inner.Min.Sub(image.Pt(1, 1))}
	// The last of them are painted after the screen.
	shot, _ := w.server.Wait(func(shot *image.RGBA) bool {
		return !slices.ContainsFunc(bars, func(p image.Point) bool { return shot.RGBAAt(p.X, p.Y) != black })
	})
	for _, p := range bars {
		if c := shot.RGBAAt(p.X, p.Y); c != black {
			t.Errorf("the bar at %v is %v", p, c)
		}
	}
	for w.next().Type != ial.Expose {
	}
	w.server.Click(inner.Min.Add(image.Pt(2*100+1, 2*50)), 1)
	if e := w.next(ial.Expose); e.Type != ial.PointerDown || e.At != image.Pt(100, 50) {
		t.Errorf("clicked pixel (100, 50), got %+v", e)
	}
	w.server.Click(at.Min.Add(image.Pt(1, 1)), 1) // on the bar: nothing
	w.server.Click(inner.Max.Sub(image.Pt(1, 1)), 1)
	if e := w.next(ial.Expose); e.Type != ial.PointerUp {
		t.Errorf("got %+v", e)
	}
	if e := w.next(ial.Expose); e.Type != ial.PointerDown || e.At != image.Pt(319, 239) {
		t.Errorf("clicked the last pixel, got %+v", e)
	}
}

func TestWindowPointer(t *testing.T) {
	w := openTest(t, Options{})
	on := func(x, y int) image.Point { return w.at.Min.Add(image.Pt(3*x+1, 3*y+1)) }
	w.server.Move(on(5, 5)) // no button: no event
	w.server.Click(on(50, 60), 3)
	w.server.Drag(on(10, 20), on(30, 40), on(200, 239), w.at.Max.Add(image.Pt(50, -300)))
	e := w.next(ial.Expose)
	if e.Type != ial.PointerDown || e.At != image.Pt(10, 20) {
		t.Fatalf("press: %+v", e)
	}
	var last ial.Event
	for e = w.next(ial.Expose); e.Type == ial.PointerMove; e = w.next(ial.Expose) {
		last = e
	}
	edge := image.Pt(319, (240*3-300)/3)
	if last.At != edge {
		t.Errorf("the last move is %+v, want %v", last, edge)
	}
	if e.Type != ial.PointerUp || e.At != edge {
		t.Errorf("release: %+v", e)
	}
	w.server.Click(on(70, 80), 5)
	if e := w.next(ial.Expose); e.Type != ial.Wheel || e.Delta != 1 || e.At != image.Pt(70, 80) {
		t.Errorf("wheel down: %+v", e)
	}
	w.server.Click(on(70, 81), 4)
	if e := w.next(ial.Expose); e.Type != ial.Wheel || e.Delta != -1 || e.At != image.Pt(70, 81) {
		t.Errorf("wheel up: %+v", e)
	}
}

func TestWindowKeys(t *testing.T) {
	w := openTest(t, Options{Scale: 1})
	w.server.Click(w.at.Min.Add(image.Pt(9, 9)), 1)
	for w.next().Type != ial.PointerUp {
	}
	keys := []struct {
		name string
		key  ial.Key
	}{
		{"Up", ial.KeyUp}, {"Down", ial.KeyDown}, {"Left", ial.KeyLeft}, {"Right", ial.KeyRight},
		{"Return", ial.KeyEnter}, {"KP_Enter", ial.KeyEnter}, {"Escape", ial.KeyBack}, {"BackSpace", ial.KeyBack},
		{"Home", ial.KeyHome}, {"space", ial.KeyPlayPause}, {"XF86AudioPlay", ial.KeyPlayPause},
		{"n", ial.KeyNext}, {"XF86AudioNext", ial.KeyNext}, {"p", ial.KeyPrevious}, {"XF86AudioPrev", ial.KeyPrevious},
		{"plus", ial.KeyVolumeUp}, {"equal", ial.KeyVolumeUp}, {"XF86AudioRaiseVolume", ial.KeyVolumeUp},
		{"minus", ial.KeyVolumeDown}, {"XF86AudioLowerVolume", ial.KeyVolumeDown},
		{"m", ial.KeyMute}, {"XF86AudioMute", ial.KeyMute}, {"Prior", ial.KeyPageUp}, {"Next", ial.KeyPageDown},
		{"period", ial.KeyStep}, {"comma", ial.KeyStepBack}, {"bracketleft", ial.KeySlower}, {"bracketright", ial.KeyFaster},
		{"z", ial.KeySubtitlesEarlier}, {"x", ial.KeySubtitlesLater}, {"v", ial.KeySubtitles}, {"t", ial.KeySoundTrack},
	}
	when := time.Duration(0)
	for _, k := range keys {
		w.server.Key(k.name)
		press, release := w.next(ial.Expose), w.next(ial.Expose)
		if press.Type != ial.KeyPress || press.Key != k.key || press.Repeat {
			t.Errorf("%s pressed: %+v, want key %d", k.name, press, k.key)
		}
		// Where the machine is so slow that the key is held for long.
		for release.Type == ial.KeyPress && release.Key == k.key && release.Repeat {
			release = w.next(ial.Expose)
		}
		if release.Type != ial.KeyRelease || release.Key != k.key {
			t.Errorf("%s released: %+v, want key %d", k.name, release, k.key)
		}
		if press.When < when || release.When < press.When {
			t.Errorf("%s: time goes back", k.name)
		}
		when = release.When
	}
	w.server.Key("w", "ctrl+n", "alt+Return") // none of ours
	w.server.KeyDown("Down")
	if e := w.next(ial.Expose); e.Type != ial.KeyPress || e.Key != ial.KeyDown || e.Repeat {
		t.Errorf("a key that goes down: %+v", e)
	}
	if e := w.next(ial.Expose); e.Type != ial.KeyPress || e.Key != ial.KeyDown || !e.Repeat {
		t.Errorf("a key that is held: %+v", e)
	}
	w.server.KeyUp("Down")
	for e := w.next(ial.Expose); e.Type != ial.KeyRelease; e = w.next(ial.Expose) {
		if e.Type != ial.KeyPress || !e.Repeat {
			t.Errorf("a key that is held: %+v", e)
		}
	}
}

func TestWindowClosed(t *testing.T) {
	w := openTest(t, Options{Scale: 1, Icon: image.NewNRGBA(image.Rect(0, 0, 16, 16))})
	if _, err := Open(Options{Size: panel}); err == nil || !strings.Contains(err.Error(), "open already") {
		t.Errorf("a second window: %v", err)
	}
	w.server.CloseWindow(title)
	if e := w.next(ial.Expose); e.Type != ial.Quit {
		t.Errorf("the window manager closes the window: %+v", e)
	}
	if err := w.d.Close(); err != nil {
		t.Error(err)
	}
	if err := w.d.Close(); err != nil {
		t.Error("closed again:", err)
	}
	if err := w.d.Flush([]image.Rectangle{w.d.Back().Rect}); err == nil {
		t.Error("flushed a closed window")
	}
	if _, err := w.d.Events().ReadEvent(); err != io.EOF {
		t.Errorf("reading a closed window's events: %v", err)
	}
	again, err := Open(Options{Title: title, Size: panel, Scale: 1})
	if err != nil {
		t.Fatal("open again:", err)
	}
	again.Close()
}

func TestNoDisplay(t *testing.T) {
	for _, name := range []string{"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	for _, driver := range []string{"x11", "dummy", "offscreen"} {
		t.Setenv("SDL_VIDEODRIVER", driver)
		d, err := Open(Options{Title: title, Size: panel})
		if err == nil {
			d.Close()
			t.Errorf("driver %s: a window opened where none can be seen", driver)
			continue
		}
		if !strings.HasPrefix(err.Error(), "sdl: open window: ") {
			t.Errorf("driver %s: %v", driver, err)
		}
		t.Log(err)
	}
}
