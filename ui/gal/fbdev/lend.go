//go:build linux

package fbdev

import (
	"fmt"
	"image"
	"io/fs"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
)

// loan is how the screen is lent: as surfaces in ordinary memory that lie as the
// panel does, and are copied to the page that is seen. Pictures that follow each
// other are not panned to. The call lasts until the panel's next frame, so that
// whoever paints has to wait for a page, and the thread that waits in it has to be
// watched by Go's run-time: on a slow board that costs more than to copy.
type loan struct {
	lent bool
	next *rgb565.Image        // nil while it is not lent
	last *rgb565.Image        // what was shown last
	open []image.Rectangle    // the parts of Back where pictures are seen
	rest [2][]image.Rectangle // for those where it is Back
}

// Lend is of gal.Lender.
func (s *Screen) Lend() (quarters int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := image.Rectangle{Max: s.pages[s.front].Rect.Size()}
	s.loan = loan{lent: true, next: rgb565.New(r), last: rgb565.New(r), open: []image.Rectangle{s.back.Rect}}
	return s.quarters
}

// Clip is of gal.Lender.
func (s *Screen) Clip(open []image.Rectangle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loan.open = append(s.loan.open[:0], open...)
}

// Pages is of gal.Lender.
func (s *Screen) Pages() (next, last, seen *rgb565.Image) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loan.next, s.loan.last, s.pages[s.front]
}

// Show is of gal.Lender.
func (s *Screen) Show() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return fmt.Errorf("fbdev: show: %w", fs.ErrClosed)
	}
	s.loan.next, s.loan.last = s.loan.last, s.loan.next
	for _, r := range s.loan.open {
		s.reveal(r)
	}
	return nil
}

// reveal has a part of what is lent seen, where Back has r.
func (s *Screen) reveal(r image.Rectangle) {
	if r = r.Intersect(s.back.Rect); r.Empty() {
		return
	}
	to := s.pages[s.front]
	r = rgb565.Turned(r, s.back.Rect.Size(), s.quarters)
	to.Blit(r.Add(to.Rect.Min), s.loan.last, r.Min)
	s.stats.Pixels += int64(r.Dx() * r.Dy())
}

// compose is Flush while the screen is lent.
func (s *Screen) compose(dirty []image.Rectangle) {
	own, spare := append(s.loan.rest[0][:0], dirty...), s.loan.rest[1]
	for _, o := range s.loan.open {
		for _, r := range dirty {
			s.reveal(r.Intersect(o))
		}
		spare = gal.Subtract(spare[:0], own, o)
		own, spare = spare, own
	}
	s.copy(s.front, own)
	s.loan.rest = [2][]image.Rectangle{own, spare}
}

// Return is of gal.Lender.
func (s *Screen) Return() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loan = loan{}
	s.stale.n = 0
	s.stale.add([]image.Rectangle{s.back.Rect})
}
