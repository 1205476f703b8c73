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

// TestLeast: what the ring holds while it is filled at the start says nothing of
// how near it was to running dry; a pause of the file does.
func TestLeast(t *testing.T) {
	for _, stall := range []time.Duration{0, time.Second} {
		play(t, &fakeDevice{}, nil, func(*rig) {
			dev := &fakeDevice{buffer: 300 * time.Millisecond}
			open := slowFiles(fakeFiles(newFakeFile(1, 500_000)), 40, 15*time.Millisecond)
			p := New(Config{Open: stallingFiles(open, 300, stall), Audio: dev.open, Buffer: 2 * time.Second})
			defer p.Close()
			events, cancel := p.Subscribe()
			defer cancel()
			p.SetQueue(all(1), 0)
			(&rig{p, dev, events}).until(Finished)
			o := p.Status().Output
			low, high := 2*time.Second-stall-400*time.Millisecond, 2*time.Second-stall+50*time.Millisecond
			if o.Least < low || o.Least > high {
				t.Errorf("a pause of %v: the ring held %v at least, want %v to %v", stall, o.Least, low, high)
			}
		})
	}
}

// stallingFiles waits once, before a packet.
func stallingFiles(open OpenMedia, packet int, d time.Duration) OpenMedia {
	return func(name string) (*Media, error) {
		m, err := open(name)
		if err == nil {
			m.Demuxer = &stallingDemuxer{m.Demuxer, packet, d}
		}
		return m, err
	}
}

type stallingDemuxer struct {
	Demuxer
	packet int
	d      time.Duration
}

func (s *stallingDemuxer) ReadPacket(p *media.Packet) error {
	if s.packet--; s.packet == 0 {
		time.Sleep(s.d)
	}
	return s.Demuxer.ReadPacket(p)
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

// TestStrained: a player that decodes no faster than it plays says so, and not
// when it is ahead again, nor at the end, when it must run dry.
func TestStrained(t *testing.T) {
	play(t, &fakeDevice{}, nil, func(*rig) {
		dev := &fakeDevice{buffer: 300 * time.Millisecond}
		open := stallingFiles(fakeFiles(newFakeFile(1, 500_000)), 300, time.Second)
		p := New(Config{Open: open, Audio: dev.open, Buffer: 2 * time.Second})
		defer p.Close()
		if p.Strained() {
			t.Error("strained by nothing")
		}
		p.SetQueue(all(1), 0)
		var saw, ended bool
		var last time.Duration
		for range 1200 {
			time.Sleep(10 * time.Millisecond)
			s := p.Status()
			if p.Strained() {
				saw, last = true, s.Position
			}
			ended = ended || s.State == Stopped
		}
		end := time.Duration(500_000) * time.Second / 44100
		if !saw || last > end-3*time.Second || !ended || p.Strained() {
			t.Errorf("strained: %v, until %v of %v; ended: %v", saw, last, end, ended)
		}
	})
}
