package player

import (
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/media"
)

// inTime checks that all n pictures were shown, each at its time.
func inTime(t *testing.T, film *fakeFilm, all []shown, n int) {
	t.Helper()
	if len(all) != n {
		t.Fatalf("%d pictures were shown, want %d", len(all), n)
	}
	for i, s := range all {
		if want := film.format().Duration(int64(i)); s.at != want {
			t.Fatalf("picture %d has the time %v, want %v", i, s.at, want)
		}
		if d := s.heard - s.at; i > 4 && (d < -time.Millisecond || d > onTime) {
			t.Fatalf("the picture of %v was shown at %v of the sound", s.at, s.heard)
		}
	}
}

// A textScreen is a screen that takes subtitles.
type textScreen struct {
	*fakeScreen
	t       *testing.T
	streams []media.Stream
	got     []time.Duration
}

func (s *textScreen) Texts(streams []media.Stream) { s.streams = streams }

func (s *textScreen) Text(p *media.Packet) {
	s.got = append(s.got, time.Duration(p.PTS))
	if s.drawn != nil && s.drawn.PTS >= p.PTS && len(s.got) <= 3 {
		s.t.Errorf("the subtitle of %v came behind the picture of %v", time.Duration(p.PTS), time.Duration(s.drawn.PTS))
	}
}

// Subtitles within a film come to who shows them before the pictures do, and again
// behind a seek.
func TestTexts(t *testing.T) {
	film := newFakeFilm(20)
	film.said = []time.Duration{time.Second, 4 * time.Second, 9 * time.Second}
	synctest.Test(t, func(t *testing.T) {
		dev := &fakeDevice{buffer: 200 * time.Millisecond}
		s := &textScreen{fakeScreen: &fakeScreen{dev: dev, film: film}, t: t}
		p := New(Config{Open: func(string) (*Media, error) { return film.media("film", new(int)), nil }, Audio: dev.open,
			Video: func(string, media.VideoFormat) (VideoSink, error) { return s, nil }, Buffer: 2 * time.Second, Seed: 1})
		defer p.Close()
		p.SetQueue([]string{"film"}, 0)
		time.Sleep(12 * time.Second)
		p.Seek(3 * time.Second)
		time.Sleep(3 * time.Second)
		p.Close()
		if len(s.streams) != 1 || s.streams[0].ID != 3 {
			t.Errorf("told of %+v", s.streams)
		}
		if len(s.got) < 4 || !slices.Equal(s.got[:3], film.said) || s.got[3] != time.Second {
			t.Errorf("got %v", s.got)
		}
	})
}

// Every picture of an hour is within 20 ms of its sound.
func TestFilmDrift(t *testing.T) {
	for _, rate := range []media.Rational{{Num: 25, Den: 1}, {Num: 30000, Den: 1001}} {
		film := newFakeFilm(600)
		if !testing.Short() {
			film = newFakeFilm(3600)
		}
		film.rate, film.cost, film.drawing = rate, 20*time.Millisecond, 5*time.Millisecond
		film.pictures = int(film.raw[0]/filmRate) * rate.Num / rate.Den / 24 * 24
		show(t, film, func(r *rig, s *fakeScreen, _ *int) {
			r.SetQueue([]string{"film"}, 0)
			r.until(Finished)
			inTime(t, film, s.all(), film.pictures)
			if o := r.Status().Output; o.Xruns+o.Starved != 0 {
				t.Errorf("the sound broke: %+v", o)
			}
			time.Sleep(time.Second)
			if s.opened != 1 || s.closed != 1 {
				t.Errorf("the screen was opened %d times and closed %d times", s.opened, s.closed)
			}
		})
	}
}

// Some pictures take long: those that are ready before bridge it, all are shown, and
// none is late by more than a little.
func TestFilmPeaks(t *testing.T) {
	for _, c := range []struct{ cost, peak, drawing time.Duration }{{18, 70, 8}, {24, 60, 12}, {10, 110, 16}} {
		film := newFakeFilm(40)
		film.cost, film.peak, film.drawing = c.cost*time.Millisecond, c.peak*time.Millisecond, c.drawing*time.Millisecond
		film.pictures = 960
		show(t, film, func(r *rig, s *fakeScreen, _ *int) {
			r.SetQueue([]string{"film"}, 0)
			r.until(Finished)
			longest := film.cost + film.peak - 40*time.Millisecond // beyond the picture that waits meanwhile
			if f := r.Status().Film; f.Skipped+f.Dropped+f.Jumped != 0 || f.Latest > longest || len(s.all()) != 960 {
				t.Errorf("%d and now and then %d ms more: %d shown, %+v", c.cost, c.peak, len(s.all()), f)
			}
		})
	}
}

// The sound waits for the first pictures, at the start and after a seek, but not
// for long.
func TestFilmSoundWaits(t *testing.T) {
	film := newFakeFilm(20)
	film.cost, film.drawing = 25*time.Millisecond, 10*time.Millisecond
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.SetQueue([]string{"film"}, 0)
		time.Sleep(5 * time.Second)
		r.Seek(13*time.Second + 300*time.Millisecond)
		r.until(Finished)
		all, f := s.all(), r.Status().Film
		if f.Skipped+f.Dropped+f.Jumped != 0 {
			t.Errorf("%+v", f)
		}
		for i, p := range all {
			if i == 0 || p.at != all[i-1].at+40*time.Millisecond {
				continue // the first one is there before the sound
			}
			if d := p.heard - p.at; d < -time.Millisecond || d > onTime {
				t.Errorf("the picture of %v was shown at %v of the sound", p.at, p.heard)
			}
		}
	})
	film.cost = 3 * time.Second
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.SetQueue([]string{"film"}, 0)
		time.Sleep(holdFor + 500*time.Millisecond)
		if r.Status().Position < 100*time.Millisecond {
			t.Errorf("the sound still waits: %v", r.Status().Position)
		}
	})
}

// A seek while a packet is read does not have the pictures on the way there counted as
// lost, nor all of them read.
func TestFilmSeekWhileReading(t *testing.T) {
	film := newFakeFilm(20)
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		var reads, beyond atomic.Int32
		film.read = func(n int) {
			if n > 140 && n < 320 {
				beyond.Add(1)
			}
			// Who reads for the sound is ahead, and comes here first.
			if n == 130 && reads.Add(1) == 2 {
				beyond.Store(0)
				before := r.moment().session
				for r.Seek(13*time.Second + 300*time.Millisecond); r.moment().session == before; {
					time.Sleep(time.Millisecond)
				}
			}
		}
		r.SetQueue([]string{"film"}, 0)
		r.until(Finished)
		if f := r.Status().Film; f.Skipped+f.Dropped+f.Jumped != 0 || f.Shown < 125+165 {
			t.Errorf("%+v", f)
		}
		if n := beyond.Load(); reads.Load() != 2 || n > 20 {
			t.Errorf("%d packets on the way were read", n)
		}
	})
}

// The sound of a session is let go by its own pictures, and by those of later ones.
func TestHoldOfSessions(t *testing.T) {
	var h hold
	if h.end(1) {
		t.Error("nothing was held")
	}
	for _, c := range []struct {
		by  int
		end bool
	}{{1, false}, {2, true}, {3, true}} {
		h.set(2)
		if got := h.end(c.by); got != c.end || (h.left() == 0) != c.end {
			t.Errorf("session 2, ended by %d: %t, %v left", c.by, got, h.left())
		}
	}
}

// Sound that is decoded slowly begins when the pictures have had their head start, and
// sound that is decoded fast as soon as half of it is there.
func TestFilmHeadStart(t *testing.T) {
	for _, c := range []struct{ hearing, begins time.Duration }{{0, 0}, {150 * time.Millisecond, headStart}} {
		film := newFakeFilm(20)
		film.hearing = c.hearing // for 250 ms of sound
		show(t, film, func(r *rig, s *fakeScreen, _ *int) {
			r.SetQueue([]string{"film"}, 0)
			time.Sleep(700 * time.Millisecond) // the slow one has 1 s, half of what is decoded ahead, at 750 ms
			want := 700*time.Millisecond - c.begins
			if at := r.Status().Position; at < want-150*time.Millisecond || at > want+50*time.Millisecond {
				t.Errorf("decoding takes %v: the sound is at %v, want about %v", c.hearing, at, want)
			}
		})
	}
}

// Packets with the times of their places give the pictures theirs.
func TestFilmInDecodeOrder(t *testing.T) {
	film := newFakeFilm(20)
	film.inOrder = true
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.SetQueue([]string{"film"}, 0)
		r.until(Finished)
		inTime(t, film, s.all(), 500)
		s.dev.mu.Lock()
		defer s.dev.mu.Unlock()
		if n, want := len(s.dev.heard), 20*filmRate+int(lastPicture*filmRate/time.Second); n != want {
			t.Errorf("%d frames were heard, want %d, with the silence for the last picture", n, want)
		}
	})
}

// A film without sound goes by the clock.
func TestFilmWithoutSound(t *testing.T) {
	film := newFakeFilm(20)
	film.mute, film.pictures = true, 480
	goesByTheClock(t, film)
}

// So does one whose sound nobody decodes.
func TestFilmOfForeignSound(t *testing.T) {
	film := newFakeFilm(20)
	film.alien, film.pictures = true, 480
	goesByTheClock(t, film)
}

// goesByTheClock plays a film of 480 pictures.
func goesByTheClock(t *testing.T, film *fakeFilm) {
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		begin := time.Now()
		r.SetQueue([]string{"film"}, 0)
		r.until(Finished)
		all := s.all()
		if len(all) != 480 {
			t.Fatalf("%d pictures were shown, want 480", len(all))
		}
		for i, p := range all[1:] {
			if d := p.when.Sub(all[0].when) - p.at; d < -onTime || d > onTime {
				t.Fatalf("picture %d is %v late", i+1, d)
			}
		}
		if d := time.Since(begin); d < 19*time.Second || d > 20*time.Second {
			t.Errorf("it took %v", d)
		}
	})
}

// Without a sound device a film goes by a clock; music is not played.
func TestFilmWithoutDevice(t *testing.T) {
	film := newFakeFilm(20)
	film.pictures = 480
	synctest.Test(t, func(t *testing.T) {
		clock := &fakeDevice{buffer: 200 * time.Millisecond}
		s := &fakeScreen{dev: clock, film: film}
		decoded, opens := new(int), 0
		p := New(Config{
			Open: func(name string) (*Media, error) {
				m := film.media(name, decoded)
				if name == "music" {
					m.Demuxer = &fakeDemuxer{fakeFile: film.fakeFile}
				}
				return m, nil
			},
			Audio: func(media.AudioFormat) (AudioSink, media.AudioFormat, error) {
				opens++
				return nil, media.AudioFormat{}, errors.New("no sound card")
			},
			Clock: clock.open, Video: s.open, Buffer: 2 * time.Second, Seed: 1,
		})
		defer p.Close()
		p.out.abrupt = true
		events, cancel := p.Subscribe()
		defer cancel()
		r := &rig{p, clock, events}
		r.SetQueue([]string{"film", "film"}, 0)
		r.until(Finished)
		if n := len(s.all()); n != 960 || opens != 2 {
			t.Errorf("%d pictures were shown, the device was tried %d times", n, opens)
		}
		for i, p := range s.all() {
			if d := p.heard - p.at; i > 4 && i%480 > 4 && (d < -time.Millisecond || d > onTime) {
				t.Fatalf("the picture of %v was shown at %v", p.at, p.heard)
			}
		}
		if err := r.Status().Err; err == nil || errors.Is(err, ErrNoOutput) {
			t.Errorf("what is wrong is not told: %v", err)
		}
		r.SetQueue([]string{"film", "music"}, 0)
		r.until(Finished)
		if n := len(s.all()); n != 1440 || opens != 4 {
			t.Errorf("%d pictures were shown, the device was tried %d times", n, opens)
		}
		if err := r.Status().Err; !errors.Is(err, ErrNoOutput) {
			t.Errorf("music is played: %v", err)
		}
	})
}

// A processor that is too slow loses pictures that no other needs, first.
func TestFilmTooSlow(t *testing.T) {
	for _, c := range []struct {
		cost, drawing time.Duration
		jumps         bool
		least         int // pictures in 40 s
	}{
		{45 * time.Millisecond, 5 * time.Millisecond, false, 700},
		{100 * time.Millisecond, 5 * time.Millisecond, true, 120},
		{300 * time.Millisecond, 10 * time.Millisecond, true, 40},
		{20 * time.Millisecond, 60 * time.Millisecond, false, 150},
	} {
		film := newFakeFilm(40)
		film.cost, film.drawing = c.cost, c.drawing
		show(t, film, func(r *rig, s *fakeScreen, _ *int) {
			r.SetQueue([]string{"film"}, 0)
			time.Sleep(39 * time.Second)
			f := r.Status().Film
			all := s.all()
			if f.Skipped == 0 || f.Jumped > 0 != c.jumps || len(all) < c.least {
				t.Errorf("%v to decode, %v to draw: %d shown, %+v", c.cost, c.drawing, len(all), f)
			}
			if o := r.Status().Output; o.Xruns+o.Starved != 0 {
				t.Errorf("the sound broke: %+v", o)
			}
			for i := 1; i < len(all); i++ {
				if d := all[i].when.Sub(all[i-1].when); d > 2*time.Second {
					t.Errorf("%v to decode: nothing was shown for %v", c.cost, d)
				}
				if all[i].at <= all[i-1].at {
					t.Errorf("the picture of %v is shown after that of %v", all[i].at, all[i-1].at)
				}
			}
		})
	}
}

// A pause holds the picture, a seek in it shows the one that was sought.
func TestFilmPauseAndSeek(t *testing.T) {
	film := newFakeFilm(60)
	show(t, film, func(r *rig, s *fakeScreen, decoded *int) {
		r.SetQueue([]string{"film"}, 0)
		time.Sleep(2 * time.Second)
		r.Pause()
		time.Sleep(time.Second)
		before := len(s.all())
		time.Sleep(5 * time.Second)
		if n := len(s.all()); n != before {
			t.Errorf("%d pictures were shown in a pause", n-before)
		}
		for _, to := range []time.Duration{30 * time.Second, 30*time.Second + 60*time.Millisecond, 31 * time.Second, 11210 * time.Millisecond, 0} {
			r.Seek(to)
			time.Sleep(time.Second)
			all := s.all()
			last := all[len(all)-1]
			if want := to / (40 * time.Millisecond) * (40 * time.Millisecond); last.at != want {
				t.Errorf("a seek to %v shows the picture of %v", to, last.at)
			}
		}
		r.Seek(40 * time.Second)
		r.Play()
		time.Sleep(10 * time.Second)
		for _, p := range s.all()[before+6:] {
			if d := p.heard - p.at; d < -time.Millisecond || d > onTime {
				t.Fatalf("after a seek the picture of %v was shown at %v of the sound", p.at, p.heard)
			}
		}
	})
}
