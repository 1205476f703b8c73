package main

import (
	"testing"
	"time"

	"linnet/player"
	"linnet/player/resume"
)

// TestPlace: a program that goes on somewhere is there from the beginning, until
// the player tells of a place or of another file.
func TestPlace(t *testing.T) {
	const last = 90 * time.Second
	for name, c := range map[string]struct {
		says []player.Status
		want []time.Duration
	}{
		"it goes on":      {[]player.Status{{Index: 2}, {Index: 2}, {Index: 2, Position: last + time.Second}, {Index: 2}}, []time.Duration{last, last, last + time.Second, 0}},
		"something else":  {[]player.Status{{Index: 2}, {Index: 3}, {Index: 2}}, []time.Duration{last, 0, 0}},
		"it is not there": {[]player.Status{{Index: -1}}, []time.Duration{0}},
	} {
		f := &follower{last: resume.State{Index: 2, Position: last}, held: true}
		for i, s := range c.says {
			if got := f.place(s); got != c.want[i] {
				t.Errorf("%s: at first %v, then %v; want %v", name, c.says[:i], got, c.want[i])
			}
		}
	}
}
