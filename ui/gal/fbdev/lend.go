//go:build linux

package fbdev

import (
	"fmt"
	"image"
	"io/fs"

	"linnet/ui/gal/rgb565"
)

// loan is how the screen's memory is lent. Where there are two pages, it is the
// one that is not seen; while that still is seen, as the panel has not begun its
// next frame, and where there is but one, a surface in ordinary memory, which is
// copied.
type loan struct {
	lent    bool
	shadow  *rgb565.Image
	next    *rgb565.Image // what was lent and is not shown yet: a page or shadow; may be nil
	clean   [3]bool       // of each page, and of shadow: nothing of the interface's is on it
	panner  *panner       // nil before it is needed
	panning bool          // its answer is to come
}

// Lend is of gal.Lender.
func (s *Screen) Lend() (quarters int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loan.lent, s.loan.next, s.loan.clean = true, nil, [3]bool{}
	return s.quarters
}

// Pages is of gal.Lender.
func (s *Screen) Pages() (next, seen *rgb565.Image) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.poll()
	if s.loan.next == nil {
		s.choose()
	}
	return s.loan.next, s.pages[s.front]
}

// choose chooses what is lent next.
func (s *Screen) choose() {
	l, at := &s.loan, 1-s.front
	l.next = s.pages[at]
	if s.m.pages < 2 || l.panning {
		if l.shadow == nil {
			l.shadow = rgb565.New(image.Rectangle{Max: s.pages[s.front].Rect.Size()})
		}
		l.next, at = l.shadow, 2
	}
	if !l.clean[at] {
		l.clean[at] = true
		l.next.Fill(l.next.Rect, 0)
	}
}

// Show is of gal.Lender. Where a page is panned to, what goes wrong is mended by
// the next call, without pages.
func (s *Screen) Show() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return fmt.Errorf("fbdev: show: %w", fs.ErrClosed)
	}
	s.settle()
	to := s.pages[s.front]
	if s.m.pages == 2 {
		to = s.pages[1-s.front]
	}
	s.stats.Pixels += int64(to.Rect.Dx() * to.Rect.Dy())
	if m := s.loan.next; m != nil && m == s.loan.shadow {
		to.Blit(to.Rect, m, m.Rect.Min)
	}
	s.loan.next = nil
	if s.m.pages == 2 {
		s.front = 1 - s.front
		s.panLater(s.front)
	}
	return nil
}

// panLater has a page panned to.
func (s *Screen) panLater(page int) {
	if s.loan.panner == nil {
		s.loan.panner = newPanner(s.pan)
	}
	s.loan.panning = true
	s.loan.panner.ask <- page
}

// poll looks whether a page is panned to that was to be.
func (s *Screen) poll() {
	if !s.loan.panning {
		return
	}
	select {
	case err := <-s.loan.panner.done:
		s.panned(err)
	default:
	}
}

// settle waits until a page is panned to that is to be.
func (s *Screen) settle() {
	if s.loan.panning {
		s.panned(<-s.loan.panner.done)
	}
}

// panned takes what came of a pan. A driver that fails to is not asked again.
func (s *Screen) panned(err error) {
	s.loan.panning = false
	if err == nil {
		s.stats.Pans++
		return
	}
	s.m.pages = 1
	unseen := s.pages[s.front]
	s.front = 1 - s.front
	seen := s.pages[s.front]
	seen.Blit(seen.Rect, unseen, unseen.Rect.Min)
}

// Return is of gal.Lender.
func (s *Screen) Return() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	s.loan.lent, s.loan.next, s.loan.shadow = false, nil, nil
	s.stale.n = 0
	s.stale.add([]image.Rectangle{s.back.Rect})
}

// endLoan ends the panner.
func (s *Screen) endLoan() {
	s.settle()
	if s.loan.panner != nil {
		close(s.loan.panner.ask)
		s.loan.panner = nil
	}
}
