package sdl

import (
	"errors"
	"image"
	"io/fs"
	"testing"

	"linnet/ui/gal/rgb565"
)

// windowless is a display whose window's goroutine is the test.
func windowless() (d *Display, woken *int) {
	d, woken = newDisplay(image.Pt(64, 48)), new(int)
	d.wake = func() { *woken++ }
	return d, woken
}

// glass takes what is pending as a window would.
func glass(d *Display, shown *rgb565.Image) (n int, closed bool) {
	return d.take(func(r image.Rectangle) error {
		shown.Blit(r, d.stage, r.Min)
		return nil
	})
}

func TestFlushWakesOnce(t *testing.T) {
	d, woken := windowless()
	shown, want := rgb565.New(d.back.Rect), rgb565.New(d.back.Rect)
	for i := range 200 {
		r := image.Rect(i%70, i%50, i%70+3, i%50+2)
		d.back.Fill(r, rgb565.Color(i+1))
		want.Fill(r, rgb565.Color(i+1))
		if err := d.Flush([]image.Rectangle{r, {}, image.Rect(900, 900, 901, 901)}); err != nil {
			t.Fatal(err)
		}
	}
	if *woken != 1 {
		t.Errorf("woken %d times", *woken)
	}
	if n, closed := glass(d, shown); n == 0 || n > maxPending || closed {
		t.Errorf("%d parts, closed %v", n, closed)
	}
	if !shown.Equal(want) {
		t.Error("the window shows something else")
	}
	d.Flush(nil)
	if n, _ := glass(d, shown); n != 0 || *woken != 1 {
		t.Errorf("flushing nothing: %d parts, woken %d times", n, *woken)
	}
	d.back.Fill(d.back.Rect, 7)
	d.Flush([]image.Rectangle{image.Rect(0, 0, 1, 1)})
	d.back.Fill(d.back.Rect, 8) // drawn after the flush: not shown
	want.Fill(image.Rect(0, 0, 1, 1), 7)
	if glass(d, shown); !shown.Equal(want) || *woken != 2 {
		t.Errorf("the window shows what was not flushed, woken %d times", *woken)
	}
}

func TestFlushReportsWhatShowingMet(t *testing.T) {
	d, _ := windowless()
	lost := errors.New("the device is lost")
	d.Flush([]image.Rectangle{d.back.Rect})
	d.take(func(image.Rectangle) error { return lost })
	if err := d.Flush(nil); !errors.Is(err, lost) {
		t.Errorf("got %v", err)
	}
}

func TestCloseEndsAll(t *testing.T) {
	d, woken := windowless()
	close(d.done) // the window's goroutine has ended
	if err := d.Close(); err != nil || *woken != 1 {
		t.Errorf("%v, woken %d times", err, *woken)
	}
	if err := d.Close(); err != nil || *woken != 1 {
		t.Errorf("again: %v, woken %d times", err, *woken)
	}
	if _, closed := glass(d, rgb565.New(d.back.Rect)); !closed {
		t.Error("the window's goroutine is not told")
	}
	if err := d.Flush(nil); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("flush: %v", err)
	}
}

func TestFlushDoesNotAllocate(t *testing.T) {
	d, _ := windowless()
	dirty := []image.Rectangle{image.Rect(1, 2, 9, 9), image.Rect(10, 10, 20, 20)}
	if n := testing.AllocsPerRun(100, func() { d.Flush(dirty) }); n != 0 {
		t.Errorf("%v allocations a flush", n)
	}
}

func TestOpenRefusesNonsense(t *testing.T) {
	for _, o := range []Options{{}, {Size: image.Pt(320, -1)}, {Size: image.Pt(320, 240), Scale: -1}} {
		if d, err := Open(o); err == nil {
			d.Close()
			t.Errorf("%+v opened", o)
		}
	}
}
