package player

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/media"
)

// rig is a player over fake files and a fake device.
type rig struct {
	*Player
	dev    *fakeDevice
	events <-chan Event
}

// play runs f in a bubble of virtual time.
func play(t *testing.T, dev *fakeDevice, files []*fakeFile, f func(r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		if dev.buffer == 0 {
			dev.buffer = 200 * time.Millisecond
		}
		p := New(Config{Open: fakeFiles(files...), Audio: dev.open, Buffer: 2 * time.Second, Seed: 1})
		defer p.Close()
		p.out.abrupt = true
		events, cancel := p.Subscribe()
		defer cancel()
		f(&rig{p, dev, events})
	})
}

// all is the queue of n fake files.
func all(n int) []string {
	var q []string
	for i := range n {
		q = append(q, fmt.Sprint(i+1))
	}
	return q
}

// until waits for an event of a type and returns it.
func (r *rig) until(typ EventType) Event {
	for e := range r.events {
		if e.Type == typ {
			return e
		}
	}
	return Event{}
}

func frames(id int, from, to int64) [][2]int64 {
	var out [][2]int64
	for i := from; i < to; i++ {
		out = append(out, [2]int64{int64(id), i})
	}
	return out
}

func expectSound(t *testing.T, dev *fakeDevice, want [][2]int64) {
	t.Helper()
	got := dev.sound()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("frame %d heard is %v, want %v (track, frame)", i, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("heard %d frames, want %d", len(got), len(want))
	}
}

func TestGapless(t *testing.T) {
	dev := &fakeDevice{}
	files := []*fakeFile{newFakeFile(1, 100_007).trimmed(1105, 707), newFakeFile(2, 50_001).trimmed(529, 3)}
	play(t, dev, files, func(r *rig) {
		r.SetQueue(all(2), 0)
		r.until(Finished)
		want := append(frames(1, 1105, 1105+100_007), frames(2, 529, 529+50_001)...)
		expectSound(t, dev, want)
		if len(dev.opened) != 1 || dev.closed != 1 {
			t.Errorf("device opened %d times and closed %d times, want once", len(dev.opened), dev.closed)
		}
		if s := r.Status(); s.State != Stopped || s.Output.Xruns != 0 || s.Output.Starved != 0 || s.Failed != 0 {
			t.Errorf("status at the end: %+v", s)
		}
	})
}

// The track that Status tells is the one that is heard, while the feeder is
// seconds ahead.
func TestTrackChangesWhenHeard(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 44100), newFakeFile(2, 44100)}, func(r *rig) {
		begin := time.Now()
		r.SetQueue(all(2), 0)
		r.until(TrackChanged)
		if s := r.Status(); s.Index != 0 {
			t.Errorf("first track is %d", s.Index)
		}
		r.until(TrackChanged)
		if d := time.Since(begin); d < time.Second || d > time.Second+2*tick {
			t.Errorf("the second track was announced after %v, want 1 s", d)
		}
		if s := r.Status(); s.Index != 1 || s.Position > 2*tick || s.Duration != time.Second {
			t.Errorf("status at the change: index %d, position %v, duration %v", s.Index, s.Position, s.Duration)
		}
	})
}

func TestPauseLosesNothing(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 88200)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(700 * time.Millisecond)
		r.Pause()
		time.Sleep(50 * time.Millisecond)
		heard := len(dev.sound())
		pos := r.Status().Position
		time.Sleep(10 * time.Second)
		if n := len(dev.sound()); n != heard || heard < 25000 {
			t.Errorf("%d frames were heard before the pause, %d after it", heard, n)
		}
		if s := r.Status(); s.State != Paused || s.Position != pos || (pos-700*time.Millisecond).Abs() > 25*time.Millisecond {
			t.Errorf("paused at %v, then %v (%v)", pos, s.Position, s.State)
		}
		r.Play()
		r.until(Finished)
		expectSound(t, dev, frames(1, 0, 88200))
	})
}

func TestSeekIsExact(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 441000).trimmed(1105, 100)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(500 * time.Millisecond)
		r.Seek(9 * time.Second)
		time.Sleep(30 * time.Millisecond)
		if s := r.Status(); s.Position < 9*time.Second || s.Position > 9030*time.Millisecond {
			t.Errorf("position right after the seek is %v", s.Position)
		}
		r.until(Finished)
		before := int64(0)
		for got := dev.sound(); got[before][1] == 1105+before; {
			before++
		}
		if before < 44100*4/10 || before > 44100*6/10 {
			t.Errorf("the sound jumped after %d frames, want about 22050", before)
		}
		expectSound(t, dev, append(frames(1, 1105, 1105+before), frames(1, 1105+9*44100, 1105+441000)...))
	})
}

func TestSeekPausedStaysPaused(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 441000)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(300 * time.Millisecond)
		r.Pause()
		r.Seek(5 * time.Second)
		time.Sleep(time.Second)
		s := r.Status()
		if s.State != Paused || s.Position != 5*time.Second {
			t.Errorf("after a paused seek: %v at %v", s.State, s.Position)
		}
		heard := int64(len(dev.sound()))
		r.Play()
		r.until(Finished)
		expectSound(t, dev, append(frames(1, 0, heard), frames(1, 5*44100, 441000)...))
	})
}

func TestFormatChangeReopens(t *testing.T) {
	dev := &fakeDevice{}
	second := newFakeFile(2, 48000)
	second.streams[0].Audio.Rate = 48000
	play(t, dev, []*fakeFile{newFakeFile(1, 44100), second}, func(r *rig) {
		r.SetQueue(all(2), 0)
		r.until(Finished)
		expectSound(t, dev, append(frames(1, 0, 44100), frames(2, 0, 48000)...))
		if len(dev.opened) != 2 || dev.opened[1].Rate != 48000 {
			t.Errorf("device opened as %v", dev.opened)
		}
	})
}

// A file may change its format in the middle.
func TestNewStreams(t *testing.T) {
	dev := &fakeDevice{}
	f := newFakeFile(1, 44100)
	other := f.streams[0]
	other.Audio.Rate = 48000
	f.streams, f.raw = append(f.streams, other), append(f.raw, 4800)
	f.streams[1].Frames = 4800
	play(t, dev, []*fakeFile{f}, func(r *rig) {
		r.SetQueue(all(1), 0)
		r.until(Finished)
		expectSound(t, dev, append(frames(1, 0, 44100), frames(1, 0, 4800)...))
	})
}

func TestRefusedFormatIsConverted(t *testing.T) {
	dev := &fakeDevice{accept: media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}}
	play(t, dev, []*fakeFile{newFakeFile(1, 44100), newFakeFile(2, 44100)}, func(r *rig) {
		begin := time.Now()
		r.SetQueue(all(2), 0)
		r.until(Finished)
		if n := len(dev.sound()); n < 95990 || n > 96010 {
			t.Errorf("2 s at 44.1 kHz became %d frames at 48 kHz", n)
		}
		if d := time.Since(begin); d < 2*time.Second || d > 2300*time.Millisecond {
			t.Errorf("2 s took %v", d)
		}
	})
}

func TestBadTracksAreSkipped(t *testing.T) {
	dev := &fakeDevice{}
	bad := newFakeFile(2, 1)
	bad.openErr = &media.FormatError{File: "2", Stage: "fake", Msg: "broken"}
	hurt := newFakeFile(3, 5000)
	hurt.badAt = 2500
	play(t, dev, []*fakeFile{newFakeFile(1, 5000), bad, hurt}, func(r *rig) {
		r.SetQueue(all(3), 0)
		if e := r.until(Failed); !errors.Is(e.Err, bad.openErr) {
			t.Errorf("first error is %v", e.Err)
		}
		r.until(Finished)
		expectSound(t, dev, append(frames(1, 0, 5000), frames(3, 0, 5000)...))
		if s := r.Status(); s.Failed != 1 || s.Damaged != 1 || s.Err == nil {
			t.Errorf("failed %d, damaged %d, %v", s.Failed, s.Damaged, s.Err)
		}
	})
}

// A queue of which nothing can be played ends, however it repeats.
func TestNothingPlayable(t *testing.T) {
	dev := &fakeDevice{}
	bad := newFakeFile(1, 1)
	bad.openErr = errors.New("broken")
	play(t, dev, []*fakeFile{bad, bad}, func(r *rig) {
		r.SetRepeat(RepeatAll)
		r.SetQueue(all(2), 0)
		r.until(Finished)
		if s := r.Status(); s.State != Stopped || s.Failed < 2 {
			t.Errorf("%v, failed %d", s.State, s.Failed)
		}
	})
}

func TestNoDevice(t *testing.T) {
	dev := &fakeDevice{openErr: errors.New("no such device")}
	play(t, dev, []*fakeFile{newFakeFile(1, 44100), newFakeFile(2, 44100)}, func(r *rig) {
		r.SetQueue(all(2), 0)
		if e := r.until(Failed); !errors.Is(e.Err, dev.openErr) {
			t.Errorf("error is %v", e.Err)
		}
		r.until(Finished)
		if s := r.Status(); s.Failed != 1 || s.State != Stopped {
			t.Errorf("%v, failed %d", s.State, s.Failed)
		}
	})
}

func TestDeviceComesBack(t *testing.T) {
	dev := &fakeDevice{failAt: 20000}
	play(t, dev, []*fakeFile{newFakeFile(1, 88200)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		r.until(Failed)
		r.until(Finished)
		s := r.Status()
		if s.Output.Lost != 1 || len(dev.opened) != 2 {
			t.Errorf("lost %d times, opened %d times", s.Output.Lost, len(dev.opened))
		}
		// What was in the device when it failed is played again.
		expectSound(t, dev, frames(1, 0, 88200))
	})
}

func TestDeviceStaysAway(t *testing.T) {
	dev := &fakeDevice{failAt: 20000}
	play(t, dev, []*fakeFile{newFakeFile(1, 441000)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(100 * time.Millisecond)
		gone := errors.New("gone")
		dev.mu.Lock()
		dev.openErr = gone
		dev.mu.Unlock()
		r.until(Failed)
		for r.Status().State != Stopped {
			time.Sleep(time.Second)
		}
		if s := r.Status(); !errors.Is(s.Err, gone) {
			t.Errorf("stopped with %v", s.Err)
		}
	})
}

func TestNextPrevious(t *testing.T) {
	dev := &fakeDevice{}
	files := []*fakeFile{newFakeFile(1, 441000), newFakeFile(2, 441000), newFakeFile(3, 441000)}
	play(t, dev, files, func(r *rig) {
		at := func(index int, what string) {
			t.Helper()
			time.Sleep(100 * time.Millisecond)
			if s := r.Status(); s.Index != index || s.State != Playing {
				t.Errorf("%s leads to track %d, %v; want %d", what, s.Index, s.State, index)
			}
		}
		r.SetQueue(all(3), 1)
		at(1, "start")
		r.Next()
		at(2, "next")
		r.Previous()
		at(1, "previous")
		time.Sleep(4 * time.Second)
		r.Previous()
		at(1, "previous after 4 s")
		if p := r.Status().Position; p > 150*time.Millisecond {
			t.Errorf("previous after 4 s leads to %v", p)
		}
		r.Previous()
		r.Previous()
		at(0, "previous at the first track")
		r.SetRepeat(RepeatAll)
		r.Previous()
		at(2, "previous at the first track, repeating,")
		r.SetRepeat(RepeatOff)
		r.Next()
		time.Sleep(100 * time.Millisecond)
		if s := r.Status(); s.State != Stopped {
			t.Errorf("next at the end leads to %v", s.State)
		}
	})
}

// Turning repeat on when the feeder has run ahead is heard all the same.
func TestRepeatOneLate(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 44100), newFakeFile(2, 44100)}, func(r *rig) {
		r.SetQueue(all(2), 0)
		time.Sleep(500 * time.Millisecond)
		r.SetRepeat(RepeatOne)
		time.Sleep(2 * time.Second)
		if s := r.Status(); s.Index != 0 {
			t.Errorf("repeating one track plays track %d", s.Index)
		}
		r.SetRepeat(RepeatOff)
		r.until(Finished)
		got := dev.sound()
		if got[len(got)-1] != [2]int64{2, 44099} {
			t.Errorf("the last frame heard is %v", got[len(got)-1])
		}
	})
}

func TestShufflePlaysEachOnce(t *testing.T) {
	dev := &fakeDevice{}
	var files []*fakeFile
	for i := range 8 {
		files = append(files, newFakeFile(i+1, 3000))
	}
	play(t, dev, files, func(r *rig) {
		r.SetShuffle(true)
		r.SetQueue(all(8), 3)
		r.until(Finished)
		var order []int
		for _, f := range dev.sound() {
			if id := int(f[0]); len(order) == 0 || order[len(order)-1] != id {
				order = append(order, id)
			}
		}
		if order[0] != 4 || slices.IsSorted(order) {
			t.Errorf("order is %v, want a random one from 4 on", order)
		}
		if slices.Sort(order); !slices.Equal(order, []int{1, 2, 3, 4, 5, 6, 7, 8}) {
			t.Errorf("played %v", order)
		}
	})
}

// Who picks a track of a queue in random order hears all that was not played yet behind
// it, wherever the order had it.
func TestShuffleFromAPick(t *testing.T) {
	for _, begun := range []bool{false, true} {
		for pick := range 8 {
			dev := &fakeDevice{}
			var files []*fakeFile
			for i := range 8 {
				files = append(files, newFakeFile(i+1, 3000))
			}
			play(t, dev, files, func(r *rig) {
				r.SetShuffle(true)
				r.SetQueue(all(8), -1)
				if begun {
					r.PlayIndex(5)
				}
				r.PlayIndex(pick)
				r.until(Finished)
			})
			var heard []int
			for _, f := range dev.sound() {
				if id := int(f[0]); len(heard) == 0 || heard[len(heard)-1] != id {
					heard = append(heard, id)
				}
			}
			if heard[0] != pick+1 {
				t.Errorf("track %d was picked: %v", pick+1, heard)
			}
			if begun { // and left before it was heard
				heard = append(heard, 6)
			}
			slices.Sort(heard)
			if heard = slices.Compact(heard); !slices.Equal(heard, []int{1, 2, 3, 4, 5, 6, 7, 8}) {
				t.Errorf("from track %d on %v were played", pick+1, heard)
			}
		}
	}
}

// A change of volume is heard after the device's delay, not the ring's.
func TestVolumeIsHeardAtOnce(t *testing.T) {
	dev := &fakeDevice{buffer: 100 * time.Millisecond}
	play(t, dev, []*fakeFile{newFakeFile(1, 441000)}, func(r *rig) {
		r.SetQueue(all(1), 0)
		time.Sleep(time.Second)
		r.SetVolume(0)
		time.Sleep(250 * time.Millisecond)
		got := dev.sound()
		if last := got[len(got)-1]; last[0] != 0 {
			t.Errorf("a quarter of a second after muting, %v is heard", last)
		}
	})
}

func TestStopKeepsTheTrack(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 44100), newFakeFile(2, 441000)}, func(r *rig) {
		r.SetQueue(all(2), 0)
		time.Sleep(1500 * time.Millisecond)
		r.Stop()
		time.Sleep(100 * time.Millisecond)
		if s := r.Status(); s.State != Stopped || s.Index != 1 || dev.closed != 1 {
			t.Errorf("stopped: %v, track %d, device closed %d times", s.State, s.Index, dev.closed)
		}
		r.Play()
		time.Sleep(time.Second)
		if s := r.Status(); s.State != Playing || s.Index != 1 {
			t.Errorf("played on: %v, track %d", s.State, s.Index)
		}
	})
}

func TestEmptyQueue(t *testing.T) {
	play(t, &fakeDevice{}, nil, func(r *rig) {
		r.Play()
		if e := r.until(Failed); !errors.Is(e.Err, ErrNoTrack) {
			t.Errorf("playing nothing says %v", e.Err)
		}
		r.Next()
		r.Previous()
		r.Seek(time.Second)
		r.Toggle()
		synctest.Wait()
		if s := r.Status(); s.State != Stopped || s.Index != -1 {
			t.Errorf("status of nothing: %+v", s)
		}
	})
}

// Heard gives what sounds now, not what the device has been given.
func TestHeard(t *testing.T) {
	dev := &fakeDevice{buffer: 400 * time.Millisecond}
	play(t, dev, []*fakeFile{newFakeFile(0, 441000)}, func(r *rig) {
		var pcm [64]int16
		r.Heard(pcm[:])
		r.SetQueue(all(1), 0)
		time.Sleep(2 * time.Second)
		rate, ok := r.Heard(pcm[:])
		heard := int64(len(dev.sound()))
		// The right sample of frame n is n, 256 times; the left one is 0.
		last := int64(pcm[63])
		if want := heard << 8 >> 17; !ok || rate != 44100 || last < want-4 || last > want+4 {
			t.Errorf("%v, %d Hz, last sample %d, want about %d", ok, rate, last, want)
		}
		var left, right [64]int16
		_, ok = r.HeardSides(left[:], right[:])
		if want := heard << 8 >> 16; !ok || left != [64]int16{} || int64(right[63]) < want-4 || int64(right[63]) > want+4 {
			t.Errorf("%v, the sides end at %d and %d, want 0 and about %d", ok, left[63], right[63], want)
		}
		time.Sleep(7 * time.Second)
		r.out.tap.mu.Lock()
		on := r.out.tap.on
		r.out.tap.mu.Unlock()
		if on {
			t.Error("it listens to what nobody wants")
		}
		r.Heard(pcm[:])
		time.Sleep(time.Second)
		if _, ok := r.Heard(pcm[:]); !ok {
			t.Error("nothing is heard when somebody listens again")
		}
		r.Pause()
		time.Sleep(100 * time.Millisecond)
		if _, ok := r.Heard(pcm[:]); ok {
			t.Error("something is heard while paused")
		}
	})
}
