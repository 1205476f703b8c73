package player

import (
	"slices"
	"testing"
	"time"
)

// TestEditGoesOn moves what is heard, puts a track in behind it and takes others
// out, and not a frame of the sound is lost.
func TestEditGoesOn(t *testing.T) {
	dev := &fakeDevice{}
	files := []*fakeFile{newFakeFile(1, 200_000), newFakeFile(2, 50_000), newFakeFile(3, 50_000), newFakeFile(4, 50_000)}
	play(t, dev, files, func(r *rig) {
		r.SetQueue([]string{"1", "2", "3"}, 0)
		r.until(TrackChanged)
		time.Sleep(time.Second)
		id := r.Status().ID
		version := r.Status().Version
		r.Edit(func(list []Entry) []Entry { return []Entry{list[2], list[0], {Path: "4"}} })
		s := r.Status()
		if s.Index != 1 || s.ID != id || s.Path != "1" || s.Count != 3 || s.Version == version || s.Next == 0 || s.State != Playing {
			t.Errorf("%+v", s)
		}
		r.until(Finished)
	})
	expectSound(t, dev, append(frames(1, 0, 200_000), frames(4, 0, 50_000)...))
}

// TestEditTakesOut removes what is heard: what followed it is played.
func TestEditTakesOut(t *testing.T) {
	dev := &fakeDevice{}
	files := []*fakeFile{newFakeFile(1, 500_000), newFakeFile(2, 20_000)}
	play(t, dev, files, func(r *rig) {
		r.SetQueue([]string{"1", "2"}, 0)
		r.until(TrackChanged)
		time.Sleep(time.Second)
		r.Edit(func(list []Entry) []Entry { return list[1:] })
		if s := r.Status(); s.Index != 0 || s.Path != "2" || s.State != Playing {
			t.Errorf("%+v", s)
		}
		r.until(Finished)
		r.Edit(func([]Entry) []Entry { return nil })
		if s := r.Status(); s.Index != -1 || s.Count != 0 || s.State != Stopped {
			t.Errorf("empty: %+v", s)
		}
	})
	if heard := dev.sound(); len(heard) < 20_000 || !slices.Equal(heard[len(heard)-20_000:], frames(2, 0, 20_000)) {
		t.Errorf("%d frames were heard, and not the second track at the end", len(heard))
	}
}

// TestSingle stops behind the current track, and goes on when that is over.
func TestSingle(t *testing.T) {
	dev := &fakeDevice{}
	play(t, dev, []*fakeFile{newFakeFile(1, 50_000), newFakeFile(2, 50_000)}, func(r *rig) {
		r.SetSingle(true)
		r.SetQueue([]string{"1", "2"}, 0)
		r.until(Finished)
		if s := r.Status(); s.State != Stopped || s.Index != 0 || !s.Single || s.Next != 0 {
			t.Errorf("%+v", s)
		}
	})
	expectSound(t, dev, frames(1, 0, 50_000))
}
