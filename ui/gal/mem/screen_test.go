package mem

import (
	"errors"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
)

var _ gal.Screen = (*Screen)(nil)

const red = rgb565.Color(0xF800)

func TestOnlyFlushedPartsAreSeen(t *testing.T) {
	s := New(image.Pt(8, 6))
	s.Back().Fill(s.Back().Rect, red)
	if err := s.Flush([]image.Rectangle{image.Rect(1, 1, 3, 4), image.Rect(6, 4, 20, 20), image.Rect(-5, 0, 0, 6)}); err != nil {
		t.Fatal(err)
	}
	for y := range 6 {
		for x := range 8 {
			p := image.Pt(x, y)
			want := uint8(0)
			if p.In(image.Rect(1, 1, 3, 4)) || p.In(image.Rect(6, 4, 8, 6)) {
				want = 255
			}
			if got := s.Snapshot().RGBAAt(x, y); got.R != want || got.A != 255 {
				t.Errorf("pixel %v is %v, red wanted %d", p, got, want)
			}
		}
	}
	if got, want := s.Last(), []image.Rectangle{image.Rect(1, 1, 3, 4), image.Rect(6, 4, 8, 6)}; !slices.Equal(got, want) {
		t.Errorf("flushed %v, want %v", got, want)
	}
	if got, want := s.Reset(), (Stats{Flushes: 1, Rects: 2, Pixels: 6 + 4}); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
	if got := s.Stats(); got != (Stats{}) {
		t.Errorf("after Reset: %+v", got)
	}
}

func TestFlushAfterClose(t *testing.T) {
	s := New(image.Pt(1, 1))
	s.Close()
	if err := s.Flush(nil); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestFlushDoesNotAllocate(t *testing.T) {
	s := New(image.Pt(32, 32))
	dirty := []image.Rectangle{image.Rect(1, 2, 9, 9), image.Rect(10, 10, 20, 20)}
	if n := testing.AllocsPerRun(20, func() { s.Flush(dirty) }); n != 0 {
		t.Errorf("%v allocations a flush", n)
	}
}

func TestWritePNG(t *testing.T) {
	s := New(image.Pt(5, 4))
	s.Back().Fill(image.Rect(0, 0, 2, 2), red)
	s.Flush([]image.Rectangle{s.Back().Rect})
	path := filepath.Join(t.TempDir(), "a.png")
	for range 2 { // the second replaces the first
		if err := s.WritePNG(path); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	want := s.Snapshot()
	for y := range 4 {
		for x := range 5 {
			r, g, b, a := got.At(x, y).RGBA()
			r1, g1, b1, a1 := want.At(x, y).RGBA()
			if r != r1 || g != g1 || b != b1 || a != a1 {
				t.Errorf("pixel (%d, %d) differs", x, y)
			}
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".picture*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWritePNGIntoNowhere(t *testing.T) {
	err := New(image.Pt(1, 1)).WritePNG(filepath.Join(t.TempDir(), "no", "such.png"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// A picture that is painted on what is lent is seen when it is shown, and the
// interface is not meanwhile.
func TestLends(t *testing.T) {
	s := New(image.Pt(4, 3))
	var _ gal.Lender = s
	if q := s.Lend(); q != 0 {
		t.Errorf("turned by %d quarters", q)
	}
	next, _, seen := s.Pages()
	next.Fill(next.Rect, 0x1234)
	if seen.At(1, 1) != 0 {
		t.Error("what is not shown is seen")
	}
	if err := s.Show(); err != nil || seen.At(1, 1) != 0x1234 || s.Stats() != (Stats{Shows: 1}) {
		t.Errorf("%#x is seen, %v, %+v", seen.At(1, 1), err, s.Stats())
	}
	s.Clip([]image.Rectangle{image.Rect(1, 1, 3, 3)})
	s.Back().Fill(s.Back().Rect, 0xffff)
	next, last, _ := s.Pages()
	next.Fill(next.Rect, 0x4321) // on its way
	if last.At(1, 1) != 0x1234 {
		t.Errorf("%#x was shown last", last.At(1, 1))
	}
	s.Flush([]image.Rectangle{image.Rect(0, 0, 2, 3)})
	for _, c := range []struct {
		x, y int
		want rgb565.Color
	}{{0, 0, 0xffff}, {0, 2, 0xffff}, {1, 1, 0x1234}, {2, 1, 0x1234}, {3, 1, 0x1234}} {
		if got := seen.At(c.x, c.y); got != c.want {
			t.Errorf("below something, %#x is seen at (%d, %d), want %#x", got, c.x, c.y, c.want)
		}
	}
	if err := s.Show(); err != nil || seen.At(2, 1) != 0x4321 || seen.At(3, 1) != 0x1234 {
		t.Errorf("shown where it is not to be seen, or not shown; %v", err)
	}
	s.Return()
	s.Flush([]image.Rectangle{s.Back().Rect})
	if seen.At(1, 1) != 0xffff {
		t.Error("the interface does not come back")
	}
	s.Close()
	if err := s.Show(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}
