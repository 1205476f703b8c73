//go:build linux

package fbdev

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// The call is made when a frame is about to begin, so that it does not last long.
func TestPanner(t *testing.T) {
	const frame = 16683 * time.Microsecond
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		var calls int
		var longest, waited time.Duration
		p := newPanner(func(int) error {
			calls++
			waited = frame - time.Since(begun)%frame
			time.Sleep(waited + 100*time.Microsecond)
			longest = max(longest, waited)
			return nil
		})
		for n := range 200 {
			time.Sleep(time.Duration(n%7) * 9 * time.Millisecond)
			if n == 3 {
				longest = 0
			}
			asked := time.Now()
			p.ask <- n & 1
			if err := <-p.done; err != nil {
				t.Fatal(err)
			}
			if d := time.Since(asked); n > 0 && d > frame+panEarly {
				t.Errorf("pan %d took %v", n, d)
			}
		}
		close(p.ask)
		if longest > panEarly+frame/8 || calls != 201 {
			t.Errorf("%d calls, one of which lasted %v", calls, longest)
		}
	})
}

// Where the call does not wait, or fails, nobody does.
func TestPannerWaitsForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		for _, fails := range []bool{false, true} {
			p := newPanner(func(int) error {
				if fails {
					return errors.ErrUnsupported
				}
				return nil
			})
			for range 10 {
				p.ask <- 1
				if err := <-p.done; (err != nil) != fails {
					t.Errorf("%v", err)
				}
			}
			close(p.ask)
		}
		if d := time.Since(begun); d > 0 {
			t.Errorf("it waited for %v", d)
		}
	})
}
