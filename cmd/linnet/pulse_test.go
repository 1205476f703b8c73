//go:build cgo

package main

import (
	"path/filepath"
	"testing"

	"linnet/player/ao/aotest"
	"linnet/player/media"
)

// A real sound server gets the music of two files as one piece, sample for
// sample.
func TestPlayPulse(t *testing.T) {
	server := aotest.Start(t, media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16})
	const cut, frames = 70_001, 150_000
	signal := aotest.Signal(frames, 2)
	pcm := make([]int16, len(signal))
	for i, v := range signal {
		pcm[i] = int16(v >> 16)
	}
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.wav"), filepath.Join(dir, "b.wav")
	writeWAV(t, a, pcm[:2*cut])
	writeWAV(t, b, pcm[2*cut:])
	server.Gapless(signal, func() { mustLinnet(t, "play", "--ao=malgo", a, b) })
}
