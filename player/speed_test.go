package player

import (
	"slices"
	"testing"
	"time"

	"linnet/player/stretch"
)

// At each speed a film takes as long as it says, its pictures are at their times in
// the sound, and positions are those of the film.
func TestSpeed(t *testing.T) {
	for _, speed := range []int{50, 80, 150, 200} {
		film := newFakeFilm(60)
		show(t, film, func(r *rig, s *fakeScreen, _ *int) {
			r.SetSpeed(speed)
			r.SetQueue([]string{"film"}, 0)
			r.until(TrackChanged)
			began := time.Now()
			seconds := time.Duration(20 * 100 / speed)
			time.Sleep(seconds * time.Second)
			st := r.Status()
			if want := 20 * time.Second; (st.Position-want).Abs() > 600*time.Millisecond || st.Speed != speed {
				t.Errorf("%d %%: after %v of 20 s at %v", speed, st.Position, st.Speed)
			}
			shown := s.all()
			last := shown[len(shown)-1]
			if d := st.Position - last.at; d < 0 || d > 41*time.Millisecond {
				t.Errorf("%d %%: the picture of %v is shown at %v", speed, last.at, st.Position)
			}
			for i := 20; i < len(shown)-1; i++ {
				d := shown[i+1].when.Sub(shown[i].when) - (shown[i+1].at-shown[i].at)*stretch.Normal/time.Duration(speed)
				if d.Abs() > onTime {
					t.Errorf("%d %%: picture %d is shown for %v too long", speed, i, d)
				}
			}
			r.until(Finished)
			want := 60 * time.Second * stretch.Normal / time.Duration(speed)
			if d := time.Since(began); (d - want).Abs() > time.Second {
				t.Errorf("%d %%: it took %v, want %v", speed, d, want)
			}
			if n := len(s.all()); n < 1490 {
				t.Errorf("%d %%: %d pictures were shown", speed, n)
			}
			if o := r.Status().Output; o.Xruns+o.Starved != 0 {
				t.Errorf("%d %%: the sound broke: %+v", speed, o)
			}
		})
	}
}

// A change is heard at once and at the place; normal speed again is exact.
func TestSpeedChanges(t *testing.T) {
	film := newFakeFilm(60)
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.SetQueue([]string{"film"}, 0)
		r.until(TrackChanged)
		time.Sleep(5 * time.Second)
		for _, speed := range []int{150, 10, 1000, 100} {
			before := r.Status().Position
			r.SetSpeed(speed)
			time.Sleep(2 * time.Second)
			st := r.Status()
			want := 2 * time.Second * time.Duration(min(max(speed, 50), 200)) / 100
			if d := st.Position - before; (d - want).Abs() > 900*time.Millisecond {
				t.Errorf("%d %%: %v in 2 s", speed, d)
			}
		}
		time.Sleep(5 * time.Second)
		r.dev.mu.Lock()
		heard := slices.Clone(r.dev.heard)
		r.dev.mu.Unlock()
		run := 1
		for i := len(heard) - 1; i > 0 && r.dev.whole(heard[i][1])-r.dev.whole(heard[i-1][1]) == 1; i-- {
			run++
		}
		if run < 4*filmRate {
			t.Errorf("at normal speed the last %d frames are the file's", run)
		}
	})
}
