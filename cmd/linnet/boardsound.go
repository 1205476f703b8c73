package main

import (
	"errors"
	"strings"

	"linnet/board"
	"linnet/player"
	"linnet/player/ao"
	"linnet/player/media"
)

// openSound makes the player's way to the board's sound device.
func (a *appliance) openSound() error {
	open, err := ao.Open(a.AO)
	if err != nil {
		return err
	}
	way := atRates(adapt(open), a.board.Sound.Rates)
	if strings.HasPrefix(a.AO, "alsa") { // another sink is not the card
		way = withMixer(way, a.board.Mixer, func(err error) { a.complain("%v; the volume is made in software", err) })
	}
	if a.Trial {
		a.mute = tryDevice(way)
	}
	a.audio = a.told(way)
	return nil
}

// atRates opens the device at the rate of the board that is nearest to the
// wanted one, as the driver takes rates that it then does not run at. Without
// any the device decides.
func atRates(open player.OpenAudio, rates []board.Rate) player.OpenAudio {
	if len(rates) == 0 {
		return open
	}
	return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		want.Rate = nearest(rates, want.Rate)
		return open(want)
	}
}

// nearest is the rate to open a device with: the lowest that loses nothing, or
// else the highest.
func nearest(rates []board.Rate, want int) int {
	best := 0
	for _, r := range rates {
		switch {
		case r.Hertz == want:
			return want
		case best < want && r.Hertz > best, r.Hertz >= want && r.Hertz < best:
			best = r.Hertz
		}
	}
	return best
}

// told has the device's beginnings and ends said.
func (a *appliance) told(open player.OpenAudio) player.OpenAudio {
	return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		sink, got, err := open(want)
		if err != nil {
			return nil, got, err
		}
		told := &toldSink{AudioSink: sink, a: a}
		if v, ok := sink.(player.VolumeSink); ok {
			return struct {
				*toldSink
				player.VolumeSink
			}{told, v}, got, nil
		}
		return told, got, nil
	}
}

// toldSink tells of an open device.
type toldSink struct {
	player.AudioSink
	a       *appliance
	written bool
	xruns   int
}

func (s *toldSink) Write(frames []int32) (int, error) {
	n, err := s.AudioSink.Write(frames)
	if n > 0 && !s.written {
		s.written = true
		s.a.mark("audio: first sample written")
	}
	if errors.Is(err, media.ErrXrun) {
		s.xruns++
	}
	return n, err
}

func (s *toldSink) Rewind() (int, error) { return rewind(s.AudioSink) }

// rewind is what a sink around another one does when it is to take back frames.
func rewind(s player.AudioSink) (int, error) {
	if r, ok := s.(player.Rewinder); ok {
		return r.Rewind()
	}
	return 0, errors.ErrUnsupported
}

func (s *toldSink) Close() error {
	err := s.AudioSink.Close()
	s.a.mark("audio: ended, xruns %d", s.xruns)
	return err
}
