package main

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/ao"
	"linnet/player/formats"
)

// What stands in for a sound card writes what was heard, once: a pause
// doubles nothing, and a stop leaves the rest out. In the ramps of 10 ms around a
// pause it is softer.
func TestPaced(t *testing.T) {
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.wav"), filepath.Join(dir, "out.wav")
	pcm := recording(44100 * 3)
	writeWAV(t, in, pcm)
	synctest.Test(t, func(t *testing.T) {
		file, err := ao.Open("wav:" + out)
		if err != nil {
			t.Fatal(err)
		}
		p := player.New(player.Config{Open: formats.Open, Audio: paced(adapt(file))})
		begin := time.Now()
		p.SetQueue([]string{in}, 0)
		for range 3 {
			time.Sleep(500 * time.Millisecond)
			p.Pause()
			time.Sleep(time.Second)
			p.Play()
		}
		time.Sleep(300 * time.Millisecond)
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		if d := time.Since(begin); d > 5*time.Second {
			t.Errorf("it took %v", d)
		}
	})
	got := readWAV(t, out)
	if n := len(got) / 2; n < 44100*17/10 || n > 44100*20/10 {
		t.Errorf("%d frames are in the file, want about 1.9 s of them", n)
	}
	expectRamps(t, got, pcm[:min(len(got), len(pcm))], 6)
}

// expectRamps is expectPCM for a sound in which some stretches of 10 ms are softer.
func expectRamps(t *testing.T, got, want []int16, most int) {
	t.Helper()
	const ramp, noise = 441, 12
	ramps, end := 0, 0
	for i := range min(len(got), len(want)) {
		if got[i] == want[i] {
			continue
		}
		if i >= end {
			ramps, end = ramps+1, i+2*ramp
		}
		low, high := min(int(want[i]), 0)-noise, max(int(want[i]), 0)+noise
		if v := int(got[i]); ramps > most || v < low || v > high {
			t.Fatalf("frame %d, channel %d, in ramp %d: %d, want %d or less", i/2, i%2, ramps, v, want[i])
		}
	}
	if ramps < most || len(got) != len(want) {
		t.Fatalf("%d ramps, want %d; %d frames, want %d", ramps, most, len(got)/2, len(want)/2)
	}
}
