package player

import (
	"testing"
	"time"
)

func TestCost(t *testing.T) {
	thread, used := 7, 5*time.Second
	clock := func() (int, time.Duration) { return thread, used }
	for _, c := range []struct {
		name   string
		clock  func() (int, time.Duration)
		thread int
		more   time.Duration
		ok     bool
	}{
		{"on one thread", clock, 7, 3 * time.Millisecond, true},
		{"moved to another", clock, 8, 3 * time.Millisecond, false},
		{"back in time", clock, 7, -time.Second, false},
		{"no thread", clock, 0, 0, false},
		{"no clock", nil, 7, time.Second, false},
	} {
		thread, used = 7, 5*time.Second
		if c.thread == 0 {
			thread = 0
		}
		var m cost
		m.begin(c.clock)
		thread, used = c.thread, used+c.more
		if got, ok := m.end(); ok != c.ok || ok && got != c.more {
			t.Errorf("%s: %v, %v", c.name, got, ok)
		}
	}
}

// TestDecodingIsMeasured plays a file with a clock of which each look shows a
// millisecond more, so that each packet takes one.
func TestDecodingIsMeasured(t *testing.T) {
	play(t, &fakeDevice{}, nil, func(*rig) {
		var looks time.Duration
		dev := &fakeDevice{buffer: time.Second}
		p := New(Config{Open: fakeFiles(newFakeFile(1, 44100)), Audio: dev.open, CPU: func() (int, time.Duration) {
			looks++
			return 1, looks * time.Millisecond
		}})
		defer p.Close()
		events, cancel := p.Subscribe()
		defer cancel()
		p.SetQueue(all(1), 0)
		(&rig{p, dev, events}).until(Finished)
		o := p.Status().Output
		reads := looks / 2
		if o.Decoded.Round(time.Microsecond) != time.Second || o.Decoding != reads*time.Millisecond || reads < 44100/packetFrames {
			t.Errorf("%v took %v in %d reads", o.Decoded, o.Decoding, reads)
		}
	})
}
