package player

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// soon fails where f takes more virtual time than a listener would forgive.
func soon(t *testing.T, what string, f func()) {
	t.Helper()
	begin := time.Now()
	f()
	if d := time.Since(begin); d > 50*time.Millisecond {
		t.Errorf("%s took %v", what, d)
	}
}

// within waits for a state, but not for ever.
func (r *rig) within(t *testing.T, d time.Duration, want State) {
	t.Helper()
	for end := time.Now().Add(d); r.Status().State != want; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after %v the player is %v, want %v", d, r.Status().State, want)
		}
	}
}

// A subscriber that was away for long still hears how it ended.
func TestSlowSubscriberHearsTheEnd(t *testing.T) {
	files := []*fakeFile{newFakeFile(1, 44100*60)}
	play(t, &fakeDevice{}, files, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(2 * time.Minute)
		failed, finished := 0, false
		for len(r.events) > 0 {
			switch e := <-r.events; e.Type {
			case Finished:
				finished = true
			case Failed:
				failed++
			}
		}
		if !finished || failed != 0 {
			t.Errorf("finished: %v, failures: %d", finished, failed)
		}
	})
}

// A device that opens but takes nothing, as a file on a full disk, is given
// up in the end, without a storm of messages.
func TestDeviceOpensButTakesNothing(t *testing.T) {
	full := errors.New("no space left")
	dev := &fakeDevice{dead: full}
	play(t, dev, []*fakeFile{newFakeFile(1, 441000)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(time.Second)
		r.within(t, time.Minute, Stopped)
		s := r.Status()
		if !errors.Is(s.Err, full) || s.Output.Lost > reopenTries+1 {
			t.Errorf("lost %d times, %v", s.Output.Lost, s.Err)
		}
	})
}

// Nothing but damage comes from a file: commands are obeyed all the same.
func TestStopInEndlessDamage(t *testing.T) {
	f := newFakeFile(1, 441000)
	f.noise = true
	play(t, &fakeDevice{}, []*fakeFile{f, newFakeFile(2, 44100)}, func(r *rig) {
		r.SetQueue(all(2), 0)
		time.Sleep(time.Second)
		r.Next()
		soon(t, "stop", func() { r.Stop(); r.within(t, time.Minute, Stopped) })
	})
}

// A session that was stopped does not go on through a list of bad files.
func TestStoppedSessionFailsNoMore(t *testing.T) {
	files := []*fakeFile{newFakeFile(1, 441000), newFakeFile(2, 44100)}
	play(t, &fakeDevice{}, files, func(r *rig) {
		began := make(chan struct{})
		release := make(chan struct{})
		open := r.cfg.Open
		r.cfg.Open = func(name string) (*Media, error) {
			if name == "2" {
				close(began)
				<-release
			}
			return open(name)
		}
		r.SetQueue(append([]string{"2"}, "x", "y", "z"), 0)
		<-began
		r.Stop()
		synctest.Wait()
		close(release)
		synctest.Wait()
		if s := r.Status(); s.Failed != 0 || s.State != Stopped {
			t.Errorf("%v, failed %d", s.State, s.Failed)
		}
	})
}

// Files appended while the last track plays out follow it without a gap.
func TestAppendAtTheEnd(t *testing.T) {
	for _, at := range []time.Duration{500, 900, 970, 999} {
		dev := &fakeDevice{}
		play(t, dev, []*fakeFile{newFakeFile(1, 44100), newFakeFile(2, 44100)}, func(r *rig) {
			r.SetQueue(all(1), 0)
			time.Sleep(at * time.Millisecond)
			r.Append("2")
			r.until(Finished)
			expectSound(t, dev, append(frames(1, 0, 44100), frames(2, 0, 44100)...))
		})
	}
}

// At the end of the last track, while the device plays out, pausing and
// stopping are heard at once and nothing is lost.
func TestPauseWhilePlayingOut(t *testing.T) {
	dev := &fakeDevice{buffer: 500 * time.Millisecond}
	play(t, dev, []*fakeFile{newFakeFile(1, 44100)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(800 * time.Millisecond)
		soon(t, "pause", func() { r.Pause(); r.within(t, time.Minute, Paused) })
		heard := len(dev.sound())
		time.Sleep(10 * time.Second)
		if n := len(dev.sound()); n != heard || n > 44100*85/100 {
			t.Errorf("%d frames before the pause, %d after it", heard, n)
		}
		if s := r.Status(); s.State != Paused {
			t.Errorf("while paused the player is %v", s.State)
		}
		r.Play()
		r.until(Finished)
		expectSound(t, dev, frames(1, 0, 44100))
	})
}

func TestStopWhilePlayingOut(t *testing.T) {
	dev := &fakeDevice{buffer: 500 * time.Millisecond}
	play(t, dev, []*fakeFile{newFakeFile(1, 44100)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(700 * time.Millisecond)
		soon(t, "stop", func() { r.Stop(); r.within(t, time.Minute, Stopped) })
		if n := len(dev.sound()); n > 44100*8/10 {
			t.Errorf("%d frames were heard", n)
		}
	})
}

// The same before another format, with a seek back into the first track.
func TestSeekWhileFormatChanges(t *testing.T) {
	dev := &fakeDevice{buffer: 500 * time.Millisecond}
	second := newFakeFile(2, 4800)
	second.streams[0].Audio.Rate = 48000
	play(t, dev, []*fakeFile{newFakeFile(1, 44100), second}, func(r *rig) {
		r.SetQueue(all(2), 0)
		time.Sleep(700 * time.Millisecond)
		soon(t, "pause", func() { r.Pause(); r.within(t, time.Minute, Paused) })
		heard := int64(len(dev.sound()))
		r.Seek(500 * time.Millisecond)
		time.Sleep(time.Second)
		if s := r.Status(); s.State != Paused || s.Index != 0 || s.Position != 500*time.Millisecond {
			t.Errorf("%v, track %d, at %v", s.State, s.Index, s.Position)
		}
		r.Play()
		r.until(Finished)
		want := append(frames(1, 0, heard), frames(1, 22050, 44100)...)
		expectSound(t, dev, append(want, frames(2, 0, 4800)...))
	})
}

// Another track chosen while paused: nothing more of the old one is heard.
func TestPlayIndexWhilePaused(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 441000), newFakeFile(2, 44100)}, func(r *rig) {
		slow := r.cfg.Open
		r.SetQueue(all(2), 0)
		time.Sleep(700 * time.Millisecond)
		r.Pause()
		time.Sleep(time.Second)
		heard := int64(len(dev.sound()))
		r.cfg.Open = func(name string) (*Media, error) {
			time.Sleep(time.Second)
			return slow(name)
		}
		r.PlayIndex(1)
		r.until(Finished)
		expectSound(t, dev, append(frames(1, 0, heard), frames(2, 0, 44100)...))
	})
}

// A queue that is set but not played begins at its own first track.
func TestSetQueueWithoutPlaying(t *testing.T) {
	play(t, &fakeDevice{}, []*fakeFile{newFakeFile(1, 44100), newFakeFile(2, 441000)}, func(r *rig) {
		r.SetQueue(all(2), 1)
		time.Sleep(time.Second)
		r.SetQueue(all(2), -1)
		r.within(t, time.Second, Stopped)
		if s := r.Status(); s.Index != 0 || s.State != Stopped {
			t.Errorf("%v, track %d", s.State, s.Index)
		}
	})
}

// Repeating one track is obeyed although the next one, of another format,
// waits already for its turn.
func TestRepeatOneBeforeFormatChange(t *testing.T) {
	second := newFakeFile(2, 4800)
	second.streams[0].Audio.Rate = 48000
	play(t, &fakeDevice{}, []*fakeFile{newFakeFile(1, 44100), second}, func(r *rig) {
		r.SetQueue(all(2), 0)
		time.Sleep(500 * time.Millisecond)
		r.SetRepeat(RepeatOne)
		time.Sleep(3 * time.Second)
		if s := r.Status(); s.Index != 0 {
			t.Errorf("repeating one track plays track %d", s.Index)
		}
	})
}

// Turned off again, repeating one track plays it to its end just once.
func TestRepeatOneTurnedOff(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 44100)}, func(r *rig) {
		r.SetRepeat(RepeatOne)
		r.SetQueue(all(1), 0)
		time.Sleep(500 * time.Millisecond)
		r.SetRepeat(RepeatOff)
		r.until(Finished)
		expectSound(t, dev, frames(1, 0, 44100))
	})
}

// A bad track that is met again after a seek is still one bad track.
func TestBadTrackCountsOnce(t *testing.T) {
	play(t, &fakeDevice{}, []*fakeFile{newFakeFile(1, 88200)}, func(r *rig) {
		r.SetQueue([]string{"1", "x"}, 0)
		for range 3 {
			time.Sleep(300 * time.Millisecond)
			r.Seek(time.Second)
		}
		r.until(Finished)
		if s := r.Status(); s.Failed != 1 {
			t.Errorf("%d tracks failed, want 1", s.Failed)
		}
	})
}

// Next right behind a seam leads on from what is heard.
func TestNextBehindTheSeam(t *testing.T) {
	files := []*fakeFile{newFakeFile(1, 44100), newFakeFile(2, 44100), newFakeFile(3, 44100)}
	play(t, &fakeDevice{}, files, func(r *rig) {
		r.SetQueue(all(3), 0)
		for r.Status().Index != 1 {
			time.Sleep(time.Millisecond)
		}
		r.Next()
		time.Sleep(60 * time.Millisecond)
		if s := r.Status(); s.Index != 2 {
			t.Errorf("next leads to track %d, want 2", s.Index)
		}
	})
}

// What a device says when it is closed, as a file that cannot be completed,
// is told before the end.
func TestCloseErrorIsTold(t *testing.T) {
	bad := errors.New("no space left")
	play(t, &fakeDevice{closing: bad}, []*fakeFile{newFakeFile(1, 4410)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		r.until(Finished)
		if s := r.Status(); !errors.Is(s.Err, bad) {
			t.Errorf("the error at the end is %v", s.Err)
		}
		r.PlayIndex(0)
		time.Sleep(50 * time.Millisecond)
		if err := r.Close(); !errors.Is(err, bad) {
			t.Errorf("Close says %v", err)
		}
	})
}

// A format that no memory holds a ring for is refused or gets a smaller one.
func TestEnormousFormat(t *testing.T) {
	f := newFakeFile(1, 10_000)
	f.streams[0].Audio.Rate, f.streams[0].Audio.Channels = 6_144_000, 64
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{f}, func(r *rig) {
		r.SetQueue(all(1), 0)
		r.until(Finished)
		if c := r.out.ring.Free() * 64; c > 64<<20 {
			t.Errorf("the ring has %d samples", c)
		}
		expectSound(t, dev, frames(1, 0, 10_000))
	})
}

// A ring as short as can be still plays.
func TestTinyBuffer(t *testing.T) {
	dev := &fakeDevice{buffer: 200 * time.Millisecond}
	synctest.Test(t, func(t *testing.T) {
		p := New(Config{Open: fakeFiles(newFakeFile(1, 4410)), Audio: dev.open, Buffer: 1})
		defer p.Close()
		events, cancel := p.Subscribe()
		defer cancel()
		p.SetQueue(all(1), 0)
		(&rig{p, dev, events}).until(Finished)
	})
}

// Close may come at any time.
func TestCloseAtAnyTime(t *testing.T) {
	second := newFakeFile(2, 4800)
	second.streams[0].Audio.Rate = 48000
	for ms := range 130 {
		dev := &fakeDevice{failAt: 20000}
		play(t, dev, []*fakeFile{newFakeFile(1, 44100), second}, func(r *rig) {
			r.SetQueue(all(2), 0)
			time.Sleep(time.Duration(ms) * 10 * time.Millisecond)
			soon(t, fmt.Sprintf("Close after %d0 ms", ms), func() { r.Close() })
			if len(dev.opened) != dev.closed {
				t.Errorf("opened %d times, closed %d times", len(dev.opened), dev.closed)
			}
		})
	}
}
