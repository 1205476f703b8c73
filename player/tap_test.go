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
