package player

import (
	"slices"
	"testing"
)

// Times of packets in the order of decoding come back in that of display, and
// those of pictures that never came are forgotten.
func TestPictureTimes(t *testing.T) {
	var none *PictureTimes
	none.Put(3)
	none.Miss()
	none.Reset()
	if got := none.Take(7); got != 7 {
		t.Errorf("without times: %d", got)
	}
	type step struct {
		put     int64
		picture bool
	}
	for name, c := range map[string]struct {
		steps []step
		want  []int64
	}{
		"at once":              {[]step{{0, true}, {1, true}, {2, true}}, []int64{0, 1, 2}},
		"one is held back":     {[]step{{0, false}, {1, true}, {2, true}, {3, true}}, []int64{0, 1, 2}},
		"behind a seek":        {[]step{{10, false}, {11, false}, {12, false}, {13, true}, {14, true}, {15, true}}, []int64{12, 13, 14}},
		"times of display":     {[]step{{0, false}, {3, true}, {1, true}, {2, true}, {6, true}}, []int64{0, 1, 2, 3}},
		"one is not coded":     {[]step{{0, false}, {1, true}, {2, false}, {3, true}, {4, true}, {5, true}}, []int64{0, 2, 3, 4}},
		"one of those at once": {[]step{{0, true}, {1, false}, {2, true}, {3, true}}, []int64{0, 2, 3}},
	} {
		var s PictureTimes
		var got []int64
		for _, p := range c.steps {
			s.Put(p.put)
			if p.picture {
				got = append(got, s.Take(-1))
			} else {
				s.Miss()
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
		s.Reset()
		if got := s.Take(-1); got != -1 {
			t.Errorf("%s: %d behind Reset", name, got)
		}
	}
	var s PictureTimes
	for n := range int64(100) {
		s.Put(n)
	}
	if got := s.Take(0); got != 100-mostTimes {
		t.Errorf("of 100 times, the first is %d", got)
	}
	if n := testing.AllocsPerRun(100, func() { s.Put(1); s.Take(0) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
