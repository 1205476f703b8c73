package main

import (
	"errors"
	"image"
	"io"
	"testing"

	"linnet/player/media"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// A fakePane is a window in memory.
type fakePane struct {
	*rgb565.Image
	flushed int
	events  []ial.Event
	closed  int
}

func (p *fakePane) Back() *rgb565.Image                 { return p.Image }
func (p *fakePane) Flush(dirty []image.Rectangle) error { p.flushed += len(dirty); return nil }
func (p *fakePane) Events() ial.Source                  { return p }
func (p *fakePane) Close() error                        { p.closed++; return nil }

func (p *fakePane) ReadEvent() (ial.Event, error) {
	if len(p.events) == 0 {
		return ial.Event{}, io.EOF
	}
	e := p.events[0]
	p.events = p.events[1:]
	return e, nil
}

// A film has a window of its size, and keys there are the terminal's.
func TestPane(t *testing.T) {
	keys := make(chan key, 4)
	var w *fakePane
	p := &panes{keys: keys, open: func(title string, size image.Point) (pane, error) {
		if title != "a.avi - Linnet" || size != image.Pt(64, 48) {
			t.Errorf("a window %q of %v", title, size)
		}
		w = &fakePane{Image: rgb565.New(image.Rectangle{Max: size}), events: []ial.Event{
			{Type: ial.PointerDown}, {Type: ial.KeyPress, Key: ial.KeyRight}, {Type: ial.KeyPress, Key: ial.KeyHome}, {Type: ial.Quit}}}
		return w, nil
	}}
	f := media.VideoFormat{Width: 64, Height: 48}
	s, err := p.film("x/a.avi", f)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []key{keyForward, keyQuit} {
		if k := <-keys; k != want {
			t.Errorf("key %d, want %d", k, want)
		}
	}
	pic := &media.Picture{Y: make([]byte, 64*48), Cb: make([]byte, 32*24), Cr: make([]byte, 32*24), YStride: 64, CStride: 32, Width: 64, Height: 48}
	for i := range pic.Y {
		pic.Y[i] = 235
	}
	for i := range pic.Cb {
		pic.Cb[i], pic.Cr[i] = 128, 128
	}
	if s.Draw(pic) != nil || w.flushed != 0 || s.Flip() != nil || w.flushed != 1 {
		t.Errorf("shown %d times", w.flushed)
	}
	if got := w.At(30, 20); got < 0xf7be {
		t.Errorf("white is %#x", got)
	}
	if s.Close(); w.closed != 1 {
		t.Errorf("closed %d times", w.closed)
	}
}

// Where there can be no window that is said once.
func TestNoPane(t *testing.T) {
	said := 0
	bad := errors.New("no display")
	p := &panes{tell: func(error) { said++ }, open: func(string, image.Point) (pane, error) { return nil, bad }}
	for range 3 {
		if _, err := p.film("a", media.VideoFormat{}); !errors.Is(err, bad) {
			t.Error(err)
		}
	}
	if said != 1 {
		t.Errorf("said %d times", said)
	}
}

func TestPaneSize(t *testing.T) {
	for f, want := range map[media.VideoFormat]image.Point{
		{}:                         image.Pt(16, 16),
		{Width: 320, Height: 240}:  image.Pt(320, 240),
		{Width: 1920, Height: 800}: image.Pt(1280, 533),
		{Width: 720, Height: 1440}: image.Pt(360, 720),
		{Width: 720, Height: 576, Aspect: media.Rational{Num: 16, Den: 15}}: image.Pt(768, 576),
		{Width: 9000, Height: 1}: image.Pt(1280, 16),
	} {
		if got := paneSize(f); got != want {
			t.Errorf("%v: %v, want %v", f, got, want)
		}
	}
}
