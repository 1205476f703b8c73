package player

import (
	"testing"
	"time"

	"linnet/player/media"
)

// slowFiles takes its time for each of the first packets of a file, and none
// for the others.
func slowFiles(open OpenMedia, packets int, each time.Duration) OpenMedia {
	return func(name string) (*Media, error) {
		m, err := open(name)
		if err == nil {
			m.Demuxer = &slowDemuxer{m.Demuxer, packets, each}
		}
		return m, err
	}
}

type slowDemuxer struct {
	Demuxer
	left int
	each time.Duration
}

func (d *slowDemuxer) ReadPacket(p *media.Packet) error {
	if d.left--; d.left >= 0 {
		time.Sleep(d.each)
	}
	return d.Demuxer.ReadPacket(p)
}

// TestSlowStart: a device that waits for a full buffer has not begun when the
// ring runs dry behind the first of the sound, and so lost nothing; one that
// has begun has.
func TestSlowStart(t *testing.T) {
	for _, lazy := range []bool{true, false} {
		play(t, &fakeDevice{}, nil, func(*rig) {
			dev := &fakeDevice{buffer: time.Second, lazy: lazy}
			p := New(Config{Open: slowFiles(fakeFiles(newFakeFile(1, 200_000)), 40, 100*time.Millisecond), Audio: dev.open, Buffer: 2 * time.Second})
			defer p.Close()
			events, cancel := p.Subscribe()
			defer cancel()
			p.SetQueue(all(1), 0)
			(&rig{p, dev, events}).until(Finished)
			if n := p.Status().Output.Starved; (n == 0) != lazy {
				t.Errorf("waits for a full buffer %v: starved %d times", lazy, n)
			}
			expectSound(t, dev, frames(1, 0, 200_000))
		})
	}
}
