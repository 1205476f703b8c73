//go:build linux

package fbdev

import (
	"errors"
	"image"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
)

var _ gal.Screen = (*Screen)(nil)

// noise draws on a part of the screen, differently each time.
func noise(s *Screen, r image.Rectangle, rng *rand.Rand) {
	m := s.Back()
	r = r.Intersect(m.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			m.Pix[y*m.Stride+x] = rgb565.Color(rng.Uint32())
		}
	}
}

// want is what the panel must show: the picture turned pixel by pixel, in the
// middle of black.
func want(s *Screen, d *fake) *rgb565.Image {
	m := rgb565.New(image.Rect(0, 0, int(d.v.xres), int(d.v.yres)))
	b := s.Back()
	w, h := b.Rect.Dx(), b.Rect.Dy()
	size := turned(image.Pt(w, h), s.quarters)
	corner := m.Rect.Max.Sub(size).Div(2)
	for y := range h {
		for x := range w {
			p := [4]image.Point{{x, y}, {h - 1 - y, x}, {w - 1 - x, h - 1 - y}, {y, w - 1 - x}}[s.quarters].Add(corner)
			m.Pix[p.Y*m.Stride+p.X] = b.At(x, y)
		}
	}
	return m
}

// TestShows draws at random, flushes what was drawn, and looks after each
// flush whether the panel has it all, whichever page it shows.
func TestShows(t *testing.T) {
	for _, c := range []struct {
		w, h, pages int
		o           Options
	}{
		{240, 320, 1, Options{Size: image.Pt(320, 240), Rotate: 90}},
		{240, 320, 2, Options{Size: image.Pt(320, 240), Rotate: 90}},
		{240, 320, 3, Options{Size: image.Pt(320, 240), Rotate: 270}},
		{320, 240, 2, Options{Size: image.Pt(320, 240)}},
		{64, 48, 2, Options{Size: image.Pt(61, 35), Rotate: 180}},
		{64, 48, 1, Options{Size: image.Pt(33, 47), Rotate: -90}},
		{50, 40, 2, Options{}},
		{50, 40, 1, Options{Rotate: 90}},
	} {
		d := panel(c.w, c.h, c.pages)
		s := open(t, d, c.o)
		rng := rand.New(rand.NewPCG(uint64(c.w), uint64(c.pages)))
		size := s.Back().Rect.Size()
		for range 50 {
			var dirty []image.Rectangle
			for range rng.IntN(20) {
				r := image.Rect(rng.IntN(size.X+9)-4, rng.IntN(size.Y+9)-4, rng.IntN(size.X+9)-4, rng.IntN(size.Y+9)-4)
				if rng.IntN(4) > 0 {
					r.Max = r.Min.Add(image.Pt(rng.IntN(9), rng.IntN(9)))
				}
				noise(s, r, rng)
				dirty = append(dirty, r)
			}
			if err := s.Flush(dirty); err != nil {
				t.Fatal(err)
			}
			if got := d.seen(); !got.Equal(want(s, d)) {
				t.Fatalf("%+v: after %d flushes and %d pans the panel shows something else", c, s.Stats().Flushes, d.pans)
			}
		}
		if d.strays() > 0 {
			t.Errorf("%+v: %d bytes behind the lines were written", c, d.strays())
		}
		if (c.pages > 1) != (d.pans > 0) || int64(d.pans) != s.Stats().Pans {
			t.Errorf("%+v: %d pans, %+v", c, d.pans, s.Stats())
		}
	}
}

func TestOnlyDirtyPartsAreWritten(t *testing.T) {
	d := panel(240, 320, 1)
	s := open(t, d, Options{Size: image.Pt(320, 240), Rotate: 90})
	s.Back().Fill(s.Back().Rect, 0xffff)
	s.Flush([]image.Rectangle{image.Rect(10, 20, 13, 25)})
	seen := d.seen()
	for y := range 320 {
		for x := range 240 {
			in := image.Pt(x, y).In(image.Rect(239-24, 10, 239-19, 13))
			if (seen.At(x, y) != 0) != in {
				t.Fatalf("pixel %d,%d is %#x", x, y, seen.At(x, y))
			}
		}
	}
	if got := s.Stats(); got != (Stats{Flushes: 1, Pixels: 15}) {
		t.Errorf("%+v", got)
	}
}

// TestSmallFlushesDoNotPan: a clock that ticks goes to the page that is seen,
// and costs the other page one rectangle however often it ticks.
func TestSmallFlushesDoNotPan(t *testing.T) {
	d := panel(240, 320, 2)
	s := open(t, d, Options{Size: image.Pt(320, 240), Rotate: 90})
	clock := []image.Rectangle{image.Rect(100, 100, 140, 110)}
	for range 50 {
		s.Flush(clock)
	}
	if d.pans != 0 || s.stale.n != 1 {
		t.Errorf("%d pans, %d rectangles to catch up with", d.pans, s.stale.n)
	}
	for range movesAfter + 1 {
		s.Flush([]image.Rectangle{s.Back().Rect})
	}
	if d.pans != 1 || d.v.yoffset != 320 {
		t.Errorf("%d pans, to line %d", d.pans, d.v.yoffset)
	}
}

// TestOnlyMotionPans: of large flushes those are panned to that follow one another;
// one alone is seen at once.
func TestOnlyMotionPans(t *testing.T) {
	d := panel(240, 320, 2)
	s := open(t, d, Options{Size: image.Pt(320, 240), Rotate: 90})
	now := time.Unix(1, 0)
	s.now = func() time.Time { return now }
	rng := rand.New(rand.NewPCG(5, 6))
	for i, c := range []struct {
		after time.Duration
		pans  int
	}{{0, 0}, {40 * time.Millisecond, 0}, {40 * time.Millisecond, 1}, {40 * time.Millisecond, 2}, {movesWithin, 2}, {time.Second, 2}, {movesWithin - 1, 2}, {movesWithin - 1, 3}} {
		now = now.Add(c.after)
		noise(s, s.Back().Rect, rng)
		s.Flush([]image.Rectangle{image.Rect(0, 36, 320, 240)})
		s.Flush([]image.Rectangle{image.Rect(0, 0, 320, 36)})
		if d.pans != c.pans {
			t.Errorf("flush %d: %d pans, want %d", i, d.pans, c.pans)
		}
		if !d.seen().Equal(want(s, d)) {
			t.Errorf("flush %d: the panel shows something else", i)
		}
	}
}

func TestPanThatFailsIsNotAskedAgain(t *testing.T) {
	d := panel(64, 48, 2)
	s := open(t, d, Options{})
	d.panErr = unix.EIO
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range movesAfter + 3 {
		noise(s, s.Back().Rect, rng)
		if err := s.Flush([]image.Rectangle{s.Back().Rect}); err != nil {
			t.Fatal(err)
		}
		if !d.seen().Equal(want(s, d)) {
			t.Fatal("the panel shows something else")
		}
		if i == movesAfter { // the first that is panned to
			d.panErr = nil
		}
	}
	if d.pans != 0 {
		t.Errorf("%d pans", d.pans)
	}
}

// TestWhereItBegins opens devices that were left panned.
func TestWhereItBegins(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		pages, yoffset int
		change         func(*fake)
	}{
		{pages: 2, yoffset: 48}, {pages: 2, yoffset: 5}, {pages: 3, yoffset: 96},
		{pages: 2, yoffset: 7, change: func(d *fake) { d.f.ypanstep = 0 }},
		{pages: 1, change: func(d *fake) { d.v.xoffset = 2; d.v.xres -= 2 }},
		{pages: 1, change: func(d *fake) { d.f.smemStart = 0x33f00408 }},
	} {
		d := panel(64, 48, c.pages)
		d.v.yoffset = uint32(c.yoffset)
		if c.change != nil {
			c.change(d)
		}
		s := open(t, d, Options{})
		for range 3 {
			noise(s, s.Back().Rect, rng)
			s.Flush([]image.Rectangle{s.Back().Rect})
			if !d.seen().Equal(want(s, d)) {
				t.Errorf("%+v: the panel shows something else", c)
			}
		}
	}
	d := panel(64, 48, 2)
	d.v.yoffset, d.panErr = 5, unix.EINVAL
	if _, err := start(d, "/dev/fb9", Options{}); err == nil || !strings.Contains(err.Error(), "pan back") {
		t.Errorf("a device that stays panned: %v", err)
	}
}

func TestFlushDoesNotAllocate(t *testing.T) {
	for _, pages := range []int{1, 2} {
		d := panel(240, 320, pages)
		s := open(t, d, Options{Size: image.Pt(320, 240), Rotate: 90})
		small, all := []image.Rectangle{image.Rect(3, 4, 30, 40)}, []image.Rectangle{s.Back().Rect}
		if n := testing.AllocsPerRun(20, func() { s.Flush(small); s.Flush(all) }); n != 0 {
			t.Errorf("%d pages: %v allocations", pages, n)
		}
	}
}

func TestBlankAndClose(t *testing.T) {
	d, c := panel(64, 48, 1), &fakeConsole{}
	s := open(t, d, Options{})
	if d.level != blankOff {
		t.Errorf("opened at blank level %d", d.level)
	}
	if err := silence(c); err != nil {
		t.Fatal(err)
	}
	s.console = c
	if err := s.Blank(true); err != nil || d.level != blankDown {
		t.Errorf("off: level %d, %v", d.level, err)
	}
	if err := s.Blank(false); err != nil || d.level != blankOff {
		t.Errorf("on: level %d, %v", d.level, err)
	}
	d.noBlank = unix.EINVAL
	if err := s.Blank(true); !errors.Is(err, unix.EINVAL) {
		t.Errorf("a driver that cannot: %v", err)
	}
	if err := s.Close(); err != nil || !d.closed || !d.unmapped || !c.closed || !slices.Equal(c.modes, []int{modeGraphics, modeText}) {
		t.Errorf("%v; closed %v, unmapped %v, console %+v", err, d.closed, d.unmapped, c)
	}
	if err := s.Flush(nil); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("flush after close: %v", err)
	}
	if s.Close() != nil {
		t.Error("closed twice")
	}
}

func TestConsole(t *testing.T) {
	c := &fakeConsole{err: unix.EPERM}
	if err := silence(c); !errors.Is(err, unix.EPERM) || !c.closed {
		t.Errorf("%v, closed %v", err, c.closed)
	}
	s := open(t, panel(64, 48, 1), Options{})
	if err := s.take("/nowhere/tty0"); err != nil || s.console != nil {
		t.Errorf("no console: %v", err)
	}
	if err := s.take("/dev/null"); !errors.Is(err, unix.ENOTTY) || s.console != nil {
		t.Errorf("no tty: %v", err)
	}
}
