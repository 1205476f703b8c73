//go:build 386 || amd64 || arm || arm64 || loong64 || riscv64

package main

import (
	"linnet/board"
	"linnet/player"
	"linnet/player/ao/alsa/mixer"
	"linnet/player/media"
)

// withMixer has the board's mixer make the volume, where it names one that is
// there. log is told once where it is not.
func withMixer(open player.OpenAudio, m board.Mixer, log func(error)) player.OpenAudio {
	if m.Volume == "" {
		return open
	}
	return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		sink, got, err := open(want)
		if err != nil {
			return nil, got, err
		}
		v, err := mixer.Open(0, m.Volume)
		if err != nil {
			log(err)
			log = func(error) {}
			return sink, got, nil
		}
		return &mixedSink{AudioSink: sink, Volume: v}, got, nil
	}
}

// mixedSink is a device with the volume of its card: a player.VolumeSink.
type mixedSink struct {
	player.AudioSink
	*mixer.Volume
}

func (s *mixedSink) Rewind() (int, error) { return rewind(s.AudioSink) }

func (s *mixedSink) Close() error {
	s.Volume.Close()
	return s.AudioSink.Close()
}
