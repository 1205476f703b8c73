//go:build linux

package initd

import (
	"testing"
	"testing/synctest"
	"time"

	"linnet/board"
)

// TestResetHeld holds keys for a time: both, long enough, ask for a reset.
func TestResetHeld(t *testing.T) {
	const up, enter, back = 103, 28, 158
	for name, c := range map[string]struct {
		keys []uint16
		hold time.Duration
		want bool
		took time.Duration
	}{
		"both":            {[]uint16{up, enter}, time.Minute, true, resetHold},
		"and another":     {[]uint16{up, enter, back}, time.Minute, true, resetHold},
		"not long enough": {[]uint16{up, enter}, 3 * time.Second, false, 3 * time.Second},
		"one":             {[]uint16{up}, time.Minute, false, 0},
		"others":          {[]uint16{up, back}, time.Minute, false, 0},
		"none":            {nil, time.Minute, false, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			pressed := func() (all keyBits) {
				if time.Since(began) < c.hold {
					for _, k := range c.keys {
						all[k/8] |= 1 << (k % 8)
					}
				}
				return all
			}
			if got := resetHeld(board.SMDK2410(), pressed); got != c.want || time.Since(began) != c.took {
				t.Errorf("%s: %v after %v", name, got, time.Since(began))
			}
		})
	}
	if resetHeld(board.QEMUSX1(), func() keyBits { t.Error("a board without keys is asked"); return keyBits{} }) {
		t.Error("a board without keys is reset")
	}
	if k := pressedKeys(); k.has(0x2ff) || (&keyBits{}).has(0xffff) {
		t.Error("a key that there is not is held")
	}
}
