package player

import (
	"slices"
	"testing"
	"time"
)

// TestArrangeGoesOn moves tracks about while one is heard: nothing of it is
// lost or heard twice, and what follows is the new order.
func TestArrangeGoesOn(t *testing.T) {
	dev := &fakeDevice{}
	files := []*fakeFile{newFakeFile(1, 60_000), newFakeFile(2, 70_000), newFakeFile(3, 5000), newFakeFile(4, 6000)}
	play(t, dev, files, func(r *rig) {
		queue := all(4)
		r.SetQueue(queue, 1)
		time.Sleep(300 * time.Millisecond)
		r.Move(3, 0) // 4 1 2 3
		r.Move(3, 1) // 4 3 1 2
		r.Move(2, 3) // 4 3 2 1
		r.Move(9, 0)
		time.Sleep(300 * time.Millisecond)
		want := []string{queue[3], queue[2], queue[1], queue[0]}
		if got := r.Queue(); !slices.Equal(got, want) {
			t.Errorf("the queue is %q, want %q", got, want)
		}
		if s := r.Status(); s.State != Playing || s.Index != 2 || s.Path != queue[1] {
			t.Errorf("%v of track %d, %s", s.State, s.Index, s.Path)
		}
		r.until(Finished)
		expectSound(t, dev, append(frames(2, 0, 70_000), frames(1, 0, 60_000)...))
	})
}

// TestRemove takes away what is not heard, what is, and all that is left.
func TestRemove(t *testing.T) {
	dev := &fakeDevice{}
	files := []*fakeFile{newFakeFile(1, 60_000), newFakeFile(2, 70_000), newFakeFile(3, 50_000)}
	play(t, dev, files, func(r *rig) {
		r.SetQueue(all(3), 1)
		time.Sleep(300 * time.Millisecond)
		r.Remove(0)
		time.Sleep(300 * time.Millisecond)
		if s := r.Status(); s.Index != 0 || s.Count != 2 || s.State != Playing {
			t.Errorf("track %d of %d, %v", s.Index, s.Count, s.State)
		}
		r.Remove(0) // is heard
		time.Sleep(300 * time.Millisecond)
		if s := r.Status(); s.Index != 0 || s.Count != 1 || s.State != Playing || s.Path != all(3)[2] {
			t.Errorf("track %d of %d, %s, %v", s.Index, s.Count, s.Path, s.State)
		}
		r.Pause()
		time.Sleep(300 * time.Millisecond)
		r.Remove(5)
		time.Sleep(300 * time.Millisecond)
		if s := r.Status(); s.State != Paused || s.Count != 1 {
			t.Errorf("%v, %d tracks", s.State, s.Count)
		}
		r.Remove(0)
		r.until(Finished)
		if s := r.Status(); s.State != Stopped || s.Count != 0 || s.Index != -1 {
			t.Errorf("%v, track %d of %d", s.State, s.Index, s.Count)
		}
		r.Arrange([]int{0, 1})
		time.Sleep(300 * time.Millisecond)
	})
}

func TestPick(t *testing.T) {
	q := queue{paths: []string{"a", "b", "c", "d"}}
	paths, places := q.pick([]int{3, 1, 3, -1, 4, 0})
	if !slices.Equal(paths, []string{"d", "b", "a"}) || !slices.Equal(places, []int{2, 1, -1, 0}) {
		t.Error(paths, places)
	}
	for _, c := range []struct {
		current, index int
		same           bool
	}{{0, 2, true}, {2, 0, false}, {3, 0, true}, {-1, 2, false}, {4, -1, false}} {
		if i, same := survivor(places, c.current, 4); i != c.index || same != c.same {
			t.Errorf("of %d survives %d, %t", c.current, i, same)
		}
	}
}
