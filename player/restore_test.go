package player

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestRestorePlaying goes on at the frame, and with the next track behind.
func TestRestorePlaying(t *testing.T) {
	dev := &fakeDevice{}
	files := []*fakeFile{newFakeFile(1, 60_000), newFakeFile(2, 100_000), newFakeFile(3, 5000)}
	play(t, dev, files, func(r *rig) {
		r.Restore(all(3), 1, time.Second, true)
		r.until(TrackChanged)
		if s := r.Status(); s.State != Playing || s.Index != 1 || s.Position < time.Second {
			t.Errorf("%v of track %d at %v", s.State, s.Index, s.Position)
		}
		r.until(Finished)
		rate := int64(r.Status().Stream.Audio.Rate)
		if rate == 0 {
			rate = 44100
		}
		expectSound(t, dev, append(frames(2, rate, 100_000), frames(3, 0, 5000)...))
	})
}

// TestRestorePaused is silent, knows the place, and goes on from there.
func TestRestorePaused(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 60_000), newFakeFile(2, 100_000)}, func(r *rig) {
		r.Restore(all(2), 1, time.Second, false)
		time.Sleep(5 * time.Second)
		if s := r.Status(); s.State != Paused || s.Index != 1 || s.Position != time.Second || len(dev.sound()) != 0 {
			t.Errorf("%v of track %d at %v, %d frames were heard", s.State, s.Index, s.Position, len(dev.sound()))
		}
		r.Play()
		r.until(Finished)
		expectSound(t, dev, frames(2, 44100, 100_000))
	})
}

// TestRestoreNothing takes a queue that has no such track as a queue.
func TestRestoreNothing(t *testing.T) {
	play(t, &fakeDevice{}, []*fakeFile{newFakeFile(1, 100)}, func(r *rig) {
		r.Restore(all(1), 7, 0, true)
		r.Restore(nil, 0, 0, true)
		r.Restore(all(1), 3, 0, false)
		synctest.Wait()
		if s := r.Status(); s.State != Stopped || s.Count != 1 {
			t.Errorf("%v, %d tracks", s.State, s.Count)
		}
		r.SetQueue(all(1), 0)
		r.until(Finished)
	})
}
