package ui

import (
	"image"
	"slices"
	"testing"
	"testing/synctest"

	"linnet/ui/gal/mem"
)

// The screen is lent while a window is all that is seen, and taken back before
// anything is painted.
func TestLend(t *testing.T) {
	pictures := &box{color: 2}
	below, above, in := &box{color: 3}, &box{color: 4}, &box{color: 5}
	var log []string
	busy := false
	running(t, func(d *Desktop) {
		d.Root().Add(&below.Window, image.Rect(10, 10, 50, 50), below)
		pictures.Show(false)
		d.Root().Add(&pictures.Window, d.Root().Rect(), pictures)
		in.Show(false)
		pictures.Add(&in.Window, image.Rect(0, 0, 5, 5), in)
		above.Show(false)
		d.Root().Add(&above.Window, image.Rect(40, 40, 60, 60), above)
		d.Lend(&pictures.Window, func() bool {
			if busy {
				log = append(log, "no")
				return false
			}
			log = append(log, "give")
			return true
		}, func() { log = append(log, "take") })
	}, func(d *Desktop, s *source, m *mem.Screen) {
		for _, c := range []struct {
			what  string
			f     func()
			drawn int64
			log   []string
		}{
			{"it is shown", func() { pictures.Show(true) }, 8000, []string{"give"}},
			{"what is below changes", below.InvalidateAll, 0, nil},
			{"another comes above", func() { above.Show(true) }, 8000, []string{"take"}},
			{"that changes", above.InvalidateAll, 400, nil},
			{"that goes, and pictures are on their way", func() { above.Show(false); busy = true }, 400, []string{"no"}},
			{"they are there", func() { busy = false; below.InvalidateAll() }, 0, []string{"give"}},
			{"it changes itself", func() { pictures.Invalidate(image.Rect(0, 0, 1, 1)) }, 8000, []string{"take", "give"}},
			{"something in it is shown", func() { in.Show(true) }, 8000, []string{"take"}},
			{"and hidden", func() { in.Show(false) }, 25, []string{"give"}},
			{"it is hidden", func() { pictures.Show(false) }, 8000, []string{"take"}},
			{"it is shown again", func() { pictures.Show(true) }, 8000, []string{"give"}},
			{"all is cleared", d.Clear, 8000, []string{"take"}},
		} {
			log = nil
			before := d.Stats().Drawn
			d.Call(c.f)
			d.Settle(func() {})
			synctest.Wait()
			if drawn := d.Stats().Drawn - before; !slices.Equal(slices.Compact(log), c.log) || drawn != c.drawn {
				t.Errorf("%s: %v and %d pixels, want %v and %d", c.what, log, drawn, c.log, c.drawn)
			}
		}
	})
}
