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
// doubles nothing, and a stop leaves the rest out.
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
	if n := len(got) / 2; n < 44100*15/10 || n > 44100*19/10 {
		t.Errorf("%d frames are in the file, want about 1.8 s of them", n)
	}
	expectPCM(t, got, pcm[:min(len(got), len(pcm))])
}
