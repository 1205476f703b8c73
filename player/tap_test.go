package player

import "testing"

// Where the sound jumps, as behind a seek, nothing is told of what was not kept.
func TestTapJumps(t *testing.T) {
	frames := func(v int32) []int32 {
		f := make([]int32, 2*100)
		for i := range f {
			f[i] = v << 16
		}
		return f
	}
	var p tap
	dst := make([]int16, 50)
	heard := func(end int64) (v int16, ok bool) {
		ok = p.mixed(dst, end)
		return dst[0], ok
	}
	heard(1000) // somebody listens
	p.put(1000, frames(1), 2)
	for _, c := range []struct {
		end  int64
		want int16
		ok   bool
	}{{1100, 1, true}, {1050, 1, true}, {1049, 0, false}, {1101, 0, false}} {
		if v, ok := heard(c.end); ok != c.ok || ok && v != c.want {
			t.Errorf("up to %d: %d, %v", c.end, v, ok)
		}
	}
	p.put(1100, frames(2), 2)
	if v, ok := heard(1120); !ok || v != 1 {
		t.Errorf("over a seam: %d, %v", v, ok)
	}
	p.put(5000, frames(3), 2)
	for _, c := range []struct {
		end  int64
		want int16
		ok   bool
	}{{5100, 3, true}, {5049, 0, false}, {1200, 0, false}} {
		if v, ok := heard(c.end); ok != c.ok || ok && v != c.want {
			t.Errorf("behind a jump, up to %d: %d, %v", c.end, v, ok)
		}
	}
	p.put(5050, frames(4), 2) // given again, as behind a pause
	if v, ok := heard(5060); !ok || v != 3 {
		t.Errorf("again: %d, %v", v, ok)
	}
}

// Of more than two channels the first two are kept, of one both sides are that.
func TestTapChannels(t *testing.T) {
	for channels, want := range map[int][2]int16{1: {1, 1}, 2: {1, 2}, 3: {1, 2}, 6: {1, 2}} {
		var p tap
		left, right := make([]int16, 4), make([]int16, 4)
		p.sides(left, right, 0)
		f := make([]int32, 10*channels)
		for i := range f {
			f[i] = int32(i%channels+1) << 16
		}
		p.put(100, f, channels)
		if ok := p.sides(left, right, 110); !ok || [2]int16{left[3], right[3]} != want {
			t.Errorf("of %d channels: %v %v, %v", channels, left, right, ok)
		}
	}
}
