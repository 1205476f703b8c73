package player

import (
	"testing"
	"time"

	"linnet/player/media"
)

const picture = 40 * time.Millisecond

// Steps show one picture after the other, there and back, and sound goes on from there.
func TestStep(t *testing.T) {
	film := newFakeFilm(60)
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.SetQueue([]string{"film"}, 0)
		time.Sleep(2 * time.Second)
		last := func() time.Duration {
			all := s.all()
			return all[len(all)-1].at
		}
		r.Step(1)
		time.Sleep(time.Second)
		if st := r.Status(); st.State != Paused {
			t.Errorf("it is %v", st.State)
		}
		at := last()
		for _, n := range []int{1, 1, 1, -1, -1, 1, -1, -1, -1, -1, -1, 1} {
			r.Step(n)
			time.Sleep(300 * time.Millisecond)
			if at += time.Duration(n) * picture; last() != at {
				t.Fatalf("a step of %d shows the picture of %v, want %v", n, last(), at)
			}
		}
		for range 4 { // faster than they are shown
			r.Step(-1)
			at -= picture
		}
		time.Sleep(time.Second)
		if last() != at {
			t.Errorf("four quick steps show the picture of %v, want %v", last(), at)
		}
		r.Play()
		time.Sleep(3 * time.Second)
		for _, p := range s.all()[len(s.all())-40:] {
			if d := p.heard - p.at; d < -time.Millisecond || d > onTime {
				t.Fatalf("the picture of %v was shown at %v of the sound", p.at, p.heard)
			}
		}
		r.Seek(0)
		r.Step(-1)
		r.Step(-1)
		time.Sleep(time.Second)
		if last() != 0 {
			t.Errorf("before the first is the picture of %v", last())
		}
		r.Seek(60*time.Second - picture/2)
		r.Step(1)
		time.Sleep(time.Second)
		if st := r.Status(); st.State != Paused || st.Position < 59*time.Second {
			t.Errorf("behind the last it is %v at %v", st.State, st.Position)
		}
	})
}

// Without pictures a step only pauses.
func TestStepWithoutFilm(t *testing.T) {
	film := newFakeFilm(60)
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.Step(1)
		time.Sleep(time.Second)
		if st := r.Status(); st.State != Stopped {
			t.Errorf("it is %v", st.State)
		}
	})
}

// A seek to a key picture goes to the one before the place or, forward, beyond where
// it was.
func TestSeekKey(t *testing.T) {
	film := newFakeFilm(60)
	film.cost = 20 * time.Millisecond
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.SetQueue([]string{"film"}, 0)
		time.Sleep(time.Second)
		r.Pause()
		time.Sleep(time.Second)
		const group = 24 * picture
		for _, c := range []struct{ to, want time.Duration }{
			{10 * time.Second, 10 * group}, {10 * group, 10 * group}, {10*group + time.Millisecond, 11 * group}, {11*group + 10*picture, 12 * group},
			{11*group + 10*picture, 11 * group}, {5 * time.Second, 5 * group}, {-time.Second, 0},
		} {
			began := time.Now()
			r.SeekKey(c.to)
			time.Sleep(time.Second)
			st := r.Status()
			if st.Position != c.want || st.Film.At != c.want {
				t.Errorf("to %v: at %v, the picture of %v, want %v", c.to, st.Position, st.Film.At, c.want)
			}
			all := s.all()
			if d := all[len(all)-1].when.Sub(began); d > 10*film.cost {
				t.Errorf("to %v: it was shown after %v", c.to, d)
			}
		}
		r.SeekKeyBy(20 * time.Second)
		time.Sleep(time.Second)
		if st := r.Status(); st.Position != 20*group {
			t.Errorf("20 s on it is %v", st.Position)
		}
	})
}

// Where there is no key picture, or none near, the place is exact.
func TestStartFind(t *testing.T) {
	film := newFakeFilm(200)
	m := film.media("film", new(int))
	for _, c := range []struct {
		s    start
		want time.Duration
	}{
		{start{at: 7 * time.Second}, 7 * time.Second},
		{start{at: 0, key: true}, 0},
		{start{at: 199900 * time.Millisecond, key: true, forward: true, beyond: 199800 * time.Millisecond}, 199900 * time.Millisecond},
		{start{at: 10 * time.Second, key: true, forward: true, beyond: 150 * time.Second}, 10 * time.Second},
	} {
		if got, err := c.s.find(m); got != c.want || err != nil {
			t.Errorf("%+v: %v, %v", c.s, got, err)
		}
	}
	sound := film.media("sound", new(int))
	sound.Demuxer = &fakeDemuxer{fakeFile: film.fakeFile}
	if got, err := (start{at: 7 * time.Second, key: true}).find(sound); got != 7*time.Second || err != nil {
		t.Errorf("without pictures: %v, %v", got, err)
	}
}

// A film is heard with the track of sound that was chosen, from the place on where it
// was, and the next one with its first.
func TestSoundTrack(t *testing.T) {
	film := newFakeFilm(60)
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.SetQueue([]string{"film", "film"}, 0)
		time.Sleep(5 * time.Second)
		st := r.Status()
		if len(st.Sounds) != 1 || st.SoundTrack != 0 {
			t.Fatalf("%d tracks, number %d is heard", len(st.Sounds), st.SoundTrack)
		}
		r.SetSoundTrack(1) // there is none
		time.Sleep(time.Second)
		if st := r.Status(); st.SoundTrack != 0 || st.Position < 5*time.Second {
			t.Errorf("number %d is heard, at %v", st.SoundTrack, st.Position)
		}
	})
	m := film.media("film", new(int))
	two := &twoSounds{m.Demuxer}
	m.Demuxer = two
	for stream, want := range map[int]int{-1: 1, 1: 1, 9: 9, 7: 1} {
		track, err := newFilm(m, stream)
		if err != nil || track.Stream().ID != want {
			t.Errorf("stream %d: %+v, %v", stream, track.Stream(), err)
		}
	}
}

// twoSounds has another stream of sound.
type twoSounds struct{ Demuxer }

func (d *twoSounds) Streams() []media.Stream {
	all := d.Demuxer.Streams()
	other := all[1]
	other.ID = 9
	return append(all, other)
}
