//go:build linux

package main

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"linnet/player"
	"linnet/player/ao/aotest/plain"
	"linnet/player/formats"
	"linnet/player/pcm"
)

// play plays the files of a folder in one loop that decodes and writes.
func play(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("plain: say a folder, not %q", args)
	}
	files, err := filepath.Glob(filepath.Join(args[0], "*"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("plain: there is nothing in %s", args[0])
	}
	var out *plain.ALSA
	for _, name := range files {
		m, err := formats.Open(name)
		if err != nil {
			return err
		}
		t, err := player.NewTrack(m, false)
		if err != nil {
			return err
		}
		if out == nil {
			if out, err = plain.Open(t.Stream().Audio.Rate); err != nil {
				return err
			}
		}
		if err := loop(t, out); err != nil {
			return err
		}
		t.Close()
	}
	out.Drain()
	return nil
}

// loop plays a stereo track.
func loop(t *player.Track, out plain.Device) error {
	var samples []int32
	var chunk []byte
	for {
		var err error
		samples, err = t.Read(samples[:0])
		chunk = pcm.AppendS16(chunk[:0], samples)
		if serr := plain.Send(out, chunk, time.Sleep); serr != nil {
			return serr
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
