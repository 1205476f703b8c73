//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab_test

import (
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/ao/aotest/lab"
	"linnet/player/media"
)

// A pause in the last half second of a track, at any time of it: what follows
// is in another format, so that the device is to play out what it has.
func TestPauseAtTheEnd(t *testing.T) {
	for _, face := range []face{asALSA, asWriteI, asOSS} {
		for _, stepped := range []bool{false, true} {
			for before := -30 * ms; before < 600*ms; before += 7 * ms {
				v := pausedAtTheEnd(t, face, stepped, before)
				if !v.Clean() {
					t.Errorf("%s, steps %v, %v before the end: %v", face, stepped, before, v)
				}
			}
		}
	}
}

// pausedAtTheEnd plays two short tracks and pauses some time before the first
// one's end.
func pausedAtTheEnd(t *testing.T, f face, stepped bool, before time.Duration) (v lab.Verdict) {
	synctest.Test(t, func(t *testing.T) {
		h := lab.Board()
		h.Rates, h.Period, h.Stepped = soakRates, [2]uint32{2, 8192}, stepped
		c := lab.NewCard(h)
		c.Ear = &lab.Ear{}
		a := track{format: media.AudioFormat{Rate: 800, Channels: 2, Bits: 16}, first: 1, frames: 4 * 800}
		b := track{format: media.AudioFormat{Rate: 500, Channels: 2, Bits: 16}, first: 1 + a.frames, frames: 2 * 500}
		p := player.New(player.Config{Open: tracks(a, b), Audio: f.open(c)})
		defer p.Close()
		events, cancel := p.Subscribe()
		defer cancel()
		end := time.Now().Add(a.format.Duration(a.frames))
		p.SetQueue([]string{"0", "1"}, 0)
		time.Sleep(time.Until(end.Add(-before)))
		p.Pause()
		synctest.Wait()
		now := time.Now()
		if now.After(end) { // what is opened is no part of what is paused
			now = end
		}
		c.Ear.Excuse(now, now.Add(10*time.Second))
		time.Sleep(time.Second)
		p.Play()
		for e := range events {
			if e.Type == player.Finished {
				break
			}
		}
		c.Advance()
		v = c.Ear.Judge(a.frames+b.frames, 800)
	})
	return v
}

// Hardware that hangs while it plays the last of a track, for longer than anybody
// waits: the device is opened again, and what it had not played is heard then.
func TestHangAtTheEnd(t *testing.T) {
	for _, face := range []face{asALSA, asWriteI, asOSS} {
		for _, factor := range []int{0, 2} {
			for before := 20 * ms; before < 300*ms; before += 37 * ms {
				v := hungAtTheEnd(t, face, factor, before)
				if !v.Clean() {
					t.Errorf("%s, a delay of %d times, %v before the end: %v", face, factor, before, v)
				}
			}
		}
	}
}

func hungAtTheEnd(t *testing.T, f face, factor int, before time.Duration) (v lab.Verdict) {
	synctest.Test(t, func(t *testing.T) {
		a := track{format: media.AudioFormat{Rate: 800, Channels: 2, Bits: 16}, first: 1, frames: 4 * 800}
		b := track{format: media.AudioFormat{Rate: 500, Channels: 2, Bits: 16}, first: 1 + a.frames, frames: 2 * 500}
		h := lab.Board()
		h.Rates, h.Period, h.DelayFactor = soakRates, [2]uint32{2, 8192}, factor
		c := lab.NewCard(h, lab.Fault{At: a.format.Duration(a.frames) - before, Kind: lab.Hang, For: 3 * time.Second})
		c.Ear = &lab.Ear{}
		p := player.New(player.Config{Open: tracks(a, b), Audio: f.open(c)})
		defer p.Close()
		events, cancel := p.Subscribe()
		defer cancel()
		end := time.Now().Add(a.format.Duration(a.frames) - before + 3*time.Second)
		c.Ear.Excuse(end, end.Add(10*time.Second)) // the device is opened for another format
		p.SetQueue([]string{"0", "1"}, 0)
		for e := range events {
			if e.Type == player.Finished {
				break
			}
		}
		c.Advance()
		v = c.Ear.Judge(a.frames+b.frames, 800)
	})
	return v
}
