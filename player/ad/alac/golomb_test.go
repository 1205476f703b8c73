package alac

import "testing"

func TestLogarithm(t *testing.T) {
	for x, want := range map[uint32]int{0: -1, 1: 0, 2: 1, 3: 1, 4: 2, 7: 2, 8: 3, 255: 7, 256: 8, 65535: 15, 1 << 31: 31, 1<<32 - 1: 31} {
		if got := logarithm(x); got != want {
			t.Errorf("logarithm(%d) = %d, want %d", x, got, want)
		}
	}
}
