package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/ao"
	"linnet/player/ao/null"
	"linnet/player/media"
)

// soundFlags are the flags of every command that plays.
type soundFlags struct {
	AO     string        `name:"ao" default:"auto" placeholder:"SINK" help:"Where the sound goes. ${aos}"`
	Volume int           `default:"100" help:"Volume, 0 to 100."`
	Buffer time.Duration `default:"4s" help:"How far ahead to decode, 2s to 1m."`
	effectFlags
}

// The ring is never shorter than minBuffer, and maxBuffer keeps it within
// any memory.
const minBuffer, maxBuffer = 2 * time.Second, time.Minute

// Validate is called by kong.
func (f *soundFlags) Validate() error {
	switch {
	case f.Volume < 0 || f.Volume > 100:
		return fmt.Errorf("--volume=%d: say a number from 0 to 100", f.Volume)
	case f.Buffer <= 0 || f.Buffer > maxBuffer:
		return fmt.Errorf("--buffer=%v: say %v to %v", f.Buffer, minBuffer, maxBuffer)
	}
	f.Buffer = max(f.Buffer, minBuffer)
	return f.effectFlags.validate()
}

// spares makes sure that the sound is not written over a file to be played.
func (f *soundFlags) spares(files []string) error {
	path, ok := strings.CutPrefix(f.AO, "wav:")
	if !ok {
		return nil
	}
	for _, in := range files {
		if sameFile(in, path) {
			return fmt.Errorf("--ao=%s: this file is to be played; name another one to write", f.AO)
		}
	}
	return nil
}

func outputHelp() string {
	var list []string
	for _, s := range ao.List() {
		text := s.Name + " (" + s.Help + ")"
		list = append(list, text)
	}
	return "One of " + strings.Join(list, ", ") + "; help tells which are available."
}

// asksForOutputs says whether the arguments have --ao=help in them, which is
// answered whatever else there is or is not.
func asksForOutputs(args []string) bool {
	for i, a := range args {
		if a == "--" {
			return false
		}
		if a == "--ao=help" || a == "--ao" && i+1 < len(args) && args[i+1] == "help" {
			return true
		}
	}
	return false
}

// listOutputs tells what there is, and what can play here.
func listOutputs(w io.Writer) {
	found := ao.Probe()
	for _, s := range ao.List() {
		err, probed := found[s.Name]
		here := ""
		switch {
		case !s.Compiled:
			here = "not in this program: " + s.Missing
		case probed && err == nil:
			here = "available"
		case probed:
			here = "not available: " + strings.ReplaceAll(err.Error(), "\n", "; ")
		}
		fmt.Fprintf(w, "%-6s  %s\n", s.Name, s.Help)
		if here != "" {
			fmt.Fprintf(w, "        %s\n", here)
		}
	}
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

// clock is a device that nobody hears, for films where there is none.
func clock(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
	s, got, err := null.Open(want, null.Options{})
	if err != nil {
		return nil, got, err
	}
	return s, got, nil
}

// paced writes to a file what an ideal device would have played by now, at
// the speed of the clock. What is dropped, as by a pause, was not heard and
// is not in the file.
func paced(file player.OpenAudio) player.OpenAudio {
	return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		f, got, err := file(want)
		if err != nil {
			return nil, got, err
		}
		s := &pacedSink{file: f, channels: got.Channels}
		clock, got, err := null.Open(got, null.Options{Heard: s.hear})
		if err != nil {
			f.Close()
			return nil, got, err
		}
		s.Sink = clock
		return s, got, nil
	}
}

type pacedSink struct {
	*null.Sink // the clock
	file       player.AudioSink
	channels   int
	err        error // of the file
}

// hear gives the file what was heard.
func (s *pacedSink) hear(_ time.Time, frames []int32) {
	for len(frames) > 0 && s.err == nil {
		var n int
		n, s.err = s.file.Write(frames)
		frames = frames[n*s.channels:]
	}
}

// Write tells what went wrong at the file since the last one.
func (s *pacedSink) Write(frames []int32) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	return s.Sink.Write(frames)
}

func (s *pacedSink) Drain() error { return errors.Join(s.Sink.Drain(), s.err) }

func (s *pacedSink) Close() error {
	return errors.Join(s.Sink.Close(), s.err, s.file.Close())
}
