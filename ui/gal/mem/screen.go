package mem

import (
	"bufio"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
)

// Screen is a gal.Screen, a gal.Lender and a gal.Hastener, without glass. Back and
// Flush are for one goroutine; the other methods may be called from any.
type Screen struct {
	back *rgb565.Image

	mu     sync.Mutex
	front  *rgb565.Image     // what people would see
	next   *rgb565.Image     // what is lent, nil while nothing is
	shown  *rgb565.Image     // of it, what was shown last
	open   []image.Rectangle // where it is seen
	rest   [2][]image.Rectangle
	last   []image.Rectangle
	stats  Stats
	closed bool
}

// Stats counts what was shown.
type Stats struct {
	Flushes int // calls of Flush
	Rects   int // rectangles that were not empty
	Pixels  int // in them; where they overlap, pixels count again
	Shows   int // calls of Show
	Hasty   int // calls of Hasten
}

// New returns a black screen, its top left corner at (0, 0).
func New(size image.Point) *Screen {
	r := image.Rectangle{Max: size}
	return &Screen{back: rgb565.New(r), front: rgb565.New(r)}
}

// Back is the surface to draw on.
func (s *Screen) Back() *rgb565.Image { return s.back }

// Flush shows the parts of Back that are named. After Close it fails with
// fs.ErrClosed.
func (s *Screen) Flush(dirty []image.Rectangle) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return fmt.Errorf("mem: flush: %w", fs.ErrClosed)
	}
	s.stats.Flushes++
	s.last = s.last[:0]
	for _, r := range dirty {
		if r = r.Intersect(s.back.Rect); r.Empty() {
			continue
		}
		s.show(r)
		s.last = append(s.last, r)
		s.stats.Rects++
		s.stats.Pixels += r.Dx() * r.Dy()
	}
	return nil
}

// show has r seen, of the back and of what is lent.
func (s *Screen) show(r image.Rectangle) {
	own, spare := append(s.rest[0][:0], r), s.rest[1]
	if s.shown != nil {
		for _, o := range s.open {
			s.front.Blit(o.Intersect(r), s.shown, o.Intersect(r).Min)
			spare = gal.Subtract(spare[:0], own, o)
			own, spare = spare, own
		}
	}
	for _, q := range own {
		s.front.Blit(q, s.back, q.Min)
	}
	s.rest = [2][]image.Rectangle{own, spare}
}

// Hasten is of gal.Hastener.
func (s *Screen) Hasten() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Hasty++
}

// Lend is of gal.Lender.
func (s *Screen) Lend() (quarters int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next, s.shown, s.open = rgb565.New(s.front.Rect), rgb565.New(s.front.Rect), append(s.open[:0], s.front.Rect)
	return 0
}

// Clip is of gal.Lender.
func (s *Screen) Clip(open []image.Rectangle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = append(s.open[:0], open...)
}

// Pages is of gal.Lender.
func (s *Screen) Pages() (next, last, seen *rgb565.Image) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next, s.shown, s.front
}

// Show is of gal.Lender.
func (s *Screen) Show() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return fmt.Errorf("mem: show: %w", fs.ErrClosed)
	}
	s.next, s.shown = s.shown, s.next
	for _, r := range s.open {
		s.front.Blit(r, s.shown, r.Min)
	}
	s.stats.Shows++
	return nil
}

// Return is of gal.Lender.
func (s *Screen) Return() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next, s.shown = nil, nil
}

// Close ends the screen; its last picture can still be taken.
func (s *Screen) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

// Last is the rectangles of the latest Flush, clipped to the screen.
func (s *Screen) Last() []image.Rectangle {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.last)
}

// Stats is what was shown since the last Reset.
func (s *Screen) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// Reset sets the counters to zero and returns what they were.
func (s *Screen) Reset() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.stats
	s.stats = Stats{}
	return old
}

// Snapshot is a copy of what people would see.
func (s *Screen) Snapshot() *image.RGBA {
	s.mu.Lock()
	defer s.mu.Unlock()
	return rgb565.ToRGBA(s.front)
}

// WritePNG writes the snapshot to a file. The file appears whole or not at
// all: it is written beside its place and then renamed.
func (s *Screen) WritePNG(path string) (err error) {
	picture := s.Snapshot()
	f, err := os.CreateTemp(filepath.Dir(path), ".picture-*.png")
	if err != nil {
		return fmt.Errorf("mem: write picture: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("mem: write picture %s: %w", path, err)
		}
	}()
	w := bufio.NewWriter(f)
	if err := png.Encode(w, picture); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
