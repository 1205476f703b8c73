package ui

import (
	"image"
	"slices"
	"testing"
	"testing/synctest"

	"linnet/ui/gal"
	"linnet/ui/gal/mem"
	"linnet/ui/gal/rgb565"
)

// The screen is lent while a window is seen, whatever is above it, and taken back
// when it is not; it is not painted meanwhile.
func TestLend(t *testing.T) {
	pictures := &box{color: 2}
	below, above, in, whole := &box{color: 3}, &box{color: 4}, &box{color: 5}, &box{color: 6}
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
		whole.Show(false)
		d.Root().Add(&whole.Window, d.Root().Rect(), whole)
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
			{"another comes above", func() { above.Show(true) }, 400, nil},
			{"that changes", above.InvalidateAll, 400, nil},
			{"that goes", func() { above.Show(false) }, 0, nil},
			{"it changes itself", func() { pictures.Invalidate(image.Rect(0, 0, 1, 1)) }, 0, nil},
			{"something in it is shown", func() { in.Show(true) }, 25, nil},
			{"and hidden", func() { in.Show(false) }, 0, nil},
			{"all of it is covered", func() { whole.Show(true) }, 8000, []string{"take"}},
			{"and seen, and pictures are on their way", func() { whole.Show(false); busy = true }, 8000, []string{"no"}},
			{"they are there", func() { busy = false; below.InvalidateAll() }, 0, []string{"give"}},
			{"it is hidden", func() { pictures.Show(false) }, 8000, []string{"take"}},
			{"it is shown again, below another", func() { above.Show(true); pictures.Show(true) }, 8000, []string{"give"}},
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

// Pictures are seen where nothing is above them, and come back at once where
// something was.
func TestLendBelow(t *testing.T) {
	pictures, above := &box{color: 2}, &box{color: 4}
	running(t, func(d *Desktop) {
		d.Root().Add(&pictures.Window, d.Root().Rect(), pictures)
		above.Show(false)
		d.Root().Add(&above.Window, image.Rect(40, 40, 60, 60), above)
		lender := d.screen.(gal.Lender)
		d.Lend(&pictures.Window, func() bool { lender.Lend(); return true }, lender.Return)
	}, func(d *Desktop, s *source, m *mem.Screen) {
		for n, c := range []struct {
			f              func()
			inside, beside rgb565.Color
		}{
			{func() {}, 101, 101},
			{func() { above.Show(true) }, 4, 102},
			{func() { above.color = 7; above.InvalidateAll() }, 7, 103},
			{func() { above.Show(false) }, 104, 104},
		} {
			picture := rgb565.Color(101 + n)
			next, _, seen := m.Pages()
			d.Call(c.f)
			d.Settle(func() {})
			synctest.Wait()
			if n > 1 && seen.At(70, 70) != picture-1 {
				t.Errorf("step %d: beside it is %d", n, seen.At(70, 70))
			}
			next.Fill(next.Rect, picture)
			if err := m.Show(); err != nil || seen.At(50, 50) != c.inside || seen.At(70, 70) != c.beside {
				t.Errorf("step %d: %d and %d are seen, want %d and %d; %v", n, seen.At(50, 50), seen.At(70, 70), c.inside, c.beside, err)
			}
		}
	})
}
