//go:build linux

package fbdev

import (
	"fmt"
	"image"
	"io/fs"

	"linnet/ui/gal/rgb565"
)

// loan is how the screen's memory is lent. Where there are two pages, it is the
// one that is not seen; else it is a surface in ordinary memory, which is copied.
type loan struct {
	lent    bool
	shadow  *rgb565.Image
	clean   [2]bool // of each page, or of the shadow: nothing of the interface's is on it
	panner  *panner // nil before it is needed
	panning bool    // its answer is to come
}

// Lend is of gal.Lender.
func (s *Screen) Lend() (quarters int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loan.lent, s.loan.clean = true, [2]bool{}
	return s.quarters
}

// Pages is of gal.Lender.
func (s *Screen) Pages() (next, seen *rgb565.Image) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	at := 0
	if s.m.pages == 2 {
		at = 1 - s.front
		next = s.pages[at]
	} else {
		if s.loan.shadow == nil {
			s.loan.shadow = rgb565.New(image.Rectangle{Max: s.pages[s.front].Rect.Size()})
		}
		next = s.loan.shadow
	}
	if !s.loan.clean[at] {
		s.loan.clean[at] = true
		next.Fill(next.Rect, 0)
	}
	return next, s.pages[s.front]
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
	seen := s.pages[s.front]
	s.stats.Pixels += int64(seen.Rect.Dx() * seen.Rect.Dy())
	if s.m.pages == 2 {
		s.front = 1 - s.front
		s.panLater(s.front)
		return nil
	}
	if m := s.loan.shadow; m != nil {
		seen.Blit(seen.Rect, m, m.Rect.Min)
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

// Ready is of gal.Lender.
func (s *Screen) Ready() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.loan.panning {
		select {
		case err := <-s.loan.panner.done:
			s.panned(err)
		default:
		}
	}
	return !s.loan.panning
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
	s.loan.lent, s.loan.shadow = false, nil
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
