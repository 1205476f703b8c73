package ui

import (
	"image"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/gal/mem"
	"linnet/ui/ial"
)

// stamped is a source with a clock.
type stamped struct {
	*source
	began time.Time
}

func (s *stamped) Now() time.Duration { return time.Since(s.began) }

// TestAnswers: how long it took is measured from when a key was pressed, of those that
// changed something.
func TestAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		screen := mem.New(image.Pt(100, 80))
		d := New(screen, nil, &box{color: 1})
		b := &box{color: 2}
		b.uses = func(e ial.Event) bool {
			if e.Key == ial.KeyEnter {
				time.Sleep(7 * time.Millisecond)
				b.color++
				b.InvalidateAll()
			}
			return true
		}
		d.Root().Add(&b.Window, image.Rect(10, 10, 50, 50), b)
		b.SetFocusable(true)
		b.Focus()
		d.keys = true
		s := &stamped{newSource(), time.Now()}
		ended := make(chan error)
		go func() { ended <- d.Run(s) }()
		synctest.Wait()
		time.Sleep(time.Second)
		press := func(k ial.Key, ago time.Duration) {
			s.c <- ial.Event{Type: ial.KeyPress, Key: k, When: s.Now() - ago}
			synctest.Wait()
			time.Sleep(time.Second)
		}
		press(ial.KeyEnter, 3*time.Millisecond)
		if st := d.Stats(); st.Answers != 1 || st.Longest != 10*time.Millisecond {
			t.Errorf("one key: %d answers, the longest %v", st.Answers, st.Longest)
		}
		press(ial.KeyMute, 500*time.Millisecond) // changes nothing
		d.Post(b.InvalidateAll)
		synctest.Wait()
		press(ial.KeyEnter, time.Millisecond)
		if st := d.Stats(); st.Answers != 2 || st.Longest != 10*time.Millisecond {
			t.Errorf("three keys: %d answers, the longest %v", st.Answers, st.Longest)
		}
		press(ial.KeyEnter, 40*time.Millisecond)
		if st := d.Stats(); st.Answers != 3 || st.Longest != 47*time.Millisecond {
			t.Errorf("a late one: %d answers, the longest %v", st.Answers, st.Longest)
		}
		if got := screen.Stats().Hasty; got != 3 {
			t.Errorf("%d flushes were hastened, of three answers", got)
		}
		d.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
