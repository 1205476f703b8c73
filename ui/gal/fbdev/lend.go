//go:build linux

package fbdev

import (
	"fmt"
	"image"
	"io/fs"

	"linnet/ui/gal/rgb565"
)

// loan is how the screen is lent: as a surface in ordinary memory that lies as the
// panel does, and is copied to the page that is seen. Pictures that follow each
// other are not panned to. The call lasts until the panel's next frame, so that
// whoever paints has to wait for a page, and the thread that waits in it has to be
// watched by Go's run-time: on a slow board that costs more than to copy.
type loan struct {
	lent bool
	next *rgb565.Image // nil until it is lent for the first time, and when it is not
}

// Lend is of gal.Lender.
func (s *Screen) Lend() (quarters int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loan = loan{lent: true, next: rgb565.New(image.Rectangle{Max: s.pages[s.front].Rect.Size()})}
	return s.quarters
}

// Pages is of gal.Lender.
func (s *Screen) Pages() (next, seen *rgb565.Image) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loan.next, s.pages[s.front]
}

// Show is of gal.Lender.
func (s *Screen) Show() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return fmt.Errorf("fbdev: show: %w", fs.ErrClosed)
	}
	to := s.pages[s.front]
	to.Blit(to.Rect, s.loan.next, s.loan.next.Rect.Min)
	s.stats.Pixels += int64(to.Rect.Dx() * to.Rect.Dy())
	return nil
}

// Return is of gal.Lender.
func (s *Screen) Return() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loan = loan{}
	s.stale.n = 0
	s.stale.add([]image.Rectangle{s.back.Rect})
}
