package main

import (
	"strings"
	"time"

	"linnet/player"
	"linnet/player/ao"
	"linnet/player/media"
)

// soundFlags are the flags of every command that plays.
type soundFlags struct {
	AO     string        `name:"ao" default:"auto" placeholder:"SINK" help:"Where the sound goes. ${aos}"`
	Volume int           `default:"100" help:"Volume, 0 to 100."`
	Buffer time.Duration `default:"4s" help:"How far ahead to decode, 2s or more."`
}

// Validate is called by kong.
func (f *soundFlags) Validate() error {
	f.Buffer = max(f.Buffer, 2*time.Second)
	return nil
}

func outputHelp() string {
	var list []string
	for _, s := range ao.List() {
		text := s.Name + " (" + s.Help + ")"
		list = append(list, text)
	}
	return "One of " + strings.Join(list, ", ") + "."
}

// open makes the player's OpenAudio of the name that the user gave.
func (f *soundFlags) open() (player.OpenAudio, error) {
	open, err := ao.Open(f.AO)
	if err != nil {
		return nil, err
	}
	return adapt(open), nil
}

// adapt turns a sink of package ao, which does not know the player, into the
// player's.
func adapt(open ao.OpenFunc) player.OpenAudio {
	return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		sink, got, err := open(want)
		if err != nil {
			return nil, got, err
		}
		return sink, got, nil
	}
}

// paced writes to a file at the speed of a clock: a sink of two, of which
// the second says how fast.
func paced(file, clock player.OpenAudio) player.OpenAudio {
	return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		f, got, err := file(want)
		if err != nil {
			return nil, got, err
		}
		c, _, err := clock(got)
		if err != nil {
			f.Close()
			return nil, got, err
		}
		return &pacedSink{c, f, got.Channels}, got, nil
	}
}

type pacedSink struct {
	player.AudioSink // the clock
	file             player.AudioSink
	channels         int
}

// Write gives the file what the clock took.
func (s *pacedSink) Write(frames []int32) (int, error) {
	n, err := s.AudioSink.Write(frames)
	for rest := frames[:n*s.channels]; len(rest) > 0; {
		m, ferr := s.file.Write(rest)
		if ferr != nil {
			return n, ferr
		}
		rest = rest[m*s.channels:]
	}
	return n, err
}

func (s *pacedSink) Close() error {
	s.AudioSink.Close()
	return s.file.Close()
}
