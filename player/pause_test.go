package player

import (
	"sync/atomic"
	"testing"
	"time"

	"linnet/player/media"
)

// A stuckSink takes back nothing and, from a time on, takes nothing either: its
// hardware hangs.
type stuckSink struct {
	*fakeSink
	stuck *atomic.Bool
}

func (s stuckSink) Rewind() (int, error) { return 0, nil }

func (s stuckSink) Write(frames []int32) (int, error) {
	if s.stuck.Load() {
		time.Sleep(10 * time.Millisecond)
		return 0, nil
	}
	return s.fakeSink.Write(frames)
}

// A device that takes no more holds up no pause, and nothing is lost by it.
func TestPauseOfAStuckDevice(t *testing.T) {
	play(t, &fakeDevice{}, nil, func(*rig) {
		dev, stuck := &fakeDevice{buffer: 300 * time.Millisecond}, &atomic.Bool{}
		open := func(want media.AudioFormat) (AudioSink, media.AudioFormat, error) {
			_, got, err := dev.open(want)
			return stuckSink{dev.sink, stuck}, got, err
		}
		p := New(Config{Open: fakeFiles(newFakeFile(1, 100_000)), Audio: open, Buffer: 2 * time.Second})
		defer p.Close()
		events, cancel := p.Subscribe()
		defer cancel()
		r := &rig{p, dev, events}
		p.SetQueue(all(1), 0)
		time.Sleep(500 * time.Millisecond)
		stuck.Store(true)
		p.Pause()
		r.within(t, 200*time.Millisecond, Paused)
		stuck.Store(false)
		heard := len(dev.sound())
		p.Play()
		r.until(Finished)
		if n := len(dev.sound()); n != 100_000 || heard == 0 {
			t.Errorf("%d of 100000 frames were heard, %d before the pause", n, heard)
		}
	})
}

// What a pause cut off comes back by a fade. Another track that is chosen in the
// pause begins with its first sample as it is; one in another format is read in the
// pause.
func TestOtherTrackAfterAPause(t *testing.T) {
	for _, rate := range []int{44100, 22050} {
		play(t, &fakeDevice{}, nil, func(*rig) {
			dev := &fakeDevice{buffer: 300 * time.Millisecond}
			other := newFakeFile(2, 50_000)
			other.streams[0].Audio.Rate = rate
			p := New(Config{Open: fakeFiles(newFakeFile(1, 100_000), other), Audio: dev.open, Buffer: 2 * time.Second})
			defer p.Close()
			events, cancel := p.Subscribe()
			defer cancel()
			p.SetQueue(all(2), 0)
			time.Sleep(500 * time.Millisecond)
			p.Pause()
			p.Next()
			time.Sleep(time.Second)
			if o := p.Status().Output; o.Buffered < time.Second || o.Format.Rate != rate {
				t.Errorf("%d Hz: in the pause %v are read, for %v", rate, o.Buffered, o.Format)
			}
			before := len(dev.sound())
			p.Play()
			(&rig{p, dev, events}).until(Finished)
			heard := dev.sound()[before:]
			if len(heard) != 50_000 {
				t.Fatalf("%d Hz: %d frames of the other track", rate, len(heard))
			}
			for i, v := range heard {
				if v != [2]int64{2, int64(i)} {
					t.Fatalf("%d Hz: frame %d is %v", rate, i, v)
				}
			}
		})
	}
}

// A device that was lost while nobody listened is opened at once, however short it
// had played since it was lost before.
func TestLostInAPause(t *testing.T) {
	play(t, &fakeDevice{}, nil, func(*rig) {
		dev := &fakeDevice{buffer: 100 * time.Millisecond, failAt: 4410}
		p := New(Config{Open: fakeFiles(newFakeFile(1, 100_000)), Audio: dev.open, Buffer: 2 * time.Second})
		defer p.Close()
		events, cancel := p.Subscribe()
		defer cancel()
		p.SetQueue(all(1), 0)
		time.Sleep(300 * time.Millisecond)
		if n := p.Status().Output.Lost; n != 1 {
			t.Fatalf("lost %d times", n)
		}
		p.Pause()
		time.Sleep(time.Minute)
		dev.mu.Lock()
		dev.failAt = 1
		dev.mu.Unlock()
		before := len(dev.sound())
		p.Play()
		time.Sleep(100 * time.Millisecond)
		if n := len(dev.sound()) - before; n < 4000 {
			t.Errorf("%d frames in 100 ms", n)
		}
		(&rig{p, dev, events}).until(Finished)
		if n := p.Status().Output.Lost; n != 2 {
			t.Errorf("lost %d times", n)
		}
	})
}
