package wav

import (
	"errors"
	"fmt"
	"os"
	"time"

	"linnet/player/media"
)

// maxChannels keeps the header's 16-bit sizes from overflowing.
const maxChannels = 255

// File is a WAV file to be written, by one Sink at a time.
type File struct {
	path   string
	format media.AudioFormat // zero until the first Open
	data   int64             // bytes of samples in the file
	open   bool
}

// New names the file. Nothing is touched before Open.
func New(path string) *File { return &File{path: path} }

// Open returns a sink that writes to the file. The first Open replaces what
// is there; later ones, after the sink was closed, append. The format
// returned is what Write takes: that of the first Open, with Bits 16, 24 or
// 32.
func (w *File) Open(want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	if want.Rate < 1 || want.Channels < 1 || want.Channels > maxChannels {
		return nil, media.AudioFormat{}, fmt.Errorf("wav: %s cannot hold %v", w.path, want)
	}
	if w.open {
		return nil, media.AudioFormat{}, fmt.Errorf("wav: %s is being written already", w.path)
	}
	s, err := w.start(want)
	if err != nil {
		return nil, media.AudioFormat{}, fmt.Errorf("wav: %w", err)
	}
	w.open = true
	return s, w.format, nil
}

func (w *File) start(want media.AudioFormat) (*Sink, error) {
	first := w.format == media.AudioFormat{}
	flags := os.O_WRONLY | os.O_CREATE
	if first {
		flags |= os.O_TRUNC
	}
	f, err := os.OpenFile(w.path, flags, 0o644)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	s := &Sink{w: w, f: f, patch: info.Mode().IsRegular()}
	if first {
		w.format = want
		w.format.Bits = width(want.Bits)
	}
	s.encode = Encoder(w.format)
	if first {
		w.data, err = 0, s.begin()
	} else if s.patch {
		_, err = f.Seek(s.headerSize()+w.data, 0)
	}
	if err != nil {
		f.Close()
		if first {
			w.format = media.AudioFormat{}
		}
		return nil, err
	}
	return s, nil
}

// Sink writes samples to a File. It meets the contract of the player's
// AudioSink: nothing is ever queued, so Delay is 0 and Drop and Drain have
// nothing to do.
type Sink struct {
	w       *File
	f       *os.File // nil after Close
	patch   bool     // the file can be written in the middle
	patched int64    // the data size that the header tells
	encode  func(dst []byte, src []int32) []byte
	buf     []byte
}

// errClosed is what a closed sink answers.
var errClosed = errors.New("wav: the sink is closed")

// begin writes the header. Where it cannot be mended later, as in a pipe,
// it says that the data goes on to the end.
func (s *Sink) begin() error {
	size := int64(0)
	if !s.patch {
		size = unknownSize
	}
	_, err := s.f.Write(header(s.w.format, size))
	return err
}

func (s *Sink) headerSize() int64 { return int64(len(header(s.w.format, 0))) }

// Write appends frames to the file, all of them unless an error says why
// not.
func (s *Sink) Write(frames []int32) (int, error) {
	if s.f == nil {
		return 0, errClosed
	}
	f := s.w.format
	n := len(frames) / f.Channels
	frames = frames[:n*f.Channels]
	s.buf = s.encode(s.buf[:0], frames)
	k, err := s.f.Write(s.buf)
	s.w.data += int64(k)
	if err == nil && s.w.data-s.patched >= s.second() {
		err = s.patchHeader()
	}
	if err != nil {
		return k / s.frameSize(), fmt.Errorf("wav: %w", err)
	}
	return n, nil
}

func (s *Sink) frameSize() int { return s.w.format.Channels * s.w.format.Bits / 8 }

// second is the bytes of one second of sound: the header's sizes are never
// further behind, so that a file cut off by a crash is valid and nearly
// whole.
func (s *Sink) second() int64 { return int64(s.frameSize()) * int64(s.w.format.Rate) }

func (s *Sink) patchHeader() error {
	if !s.patch {
		return nil
	}
	s.patched = s.w.data
	_, err := s.f.WriteAt(header(s.w.format, s.w.data), 0)
	return err
}

// Delay is 0: what is written counts as heard.
func (s *Sink) Delay() (time.Duration, error) {
	if s.f == nil {
		return 0, errClosed
	}
	return 0, nil
}

// Drop has nothing to discard.
func (s *Sink) Drop() error {
	if s.f == nil {
		return errClosed
	}
	return nil
}

// Drain makes the header say what is in the file.
func (s *Sink) Drain() error {
	if s.f == nil {
		return errClosed
	}
	if err := s.patchHeader(); err != nil {
		return fmt.Errorf("wav: %w", err)
	}
	return nil
}

// Close completes the file. A second Close does nothing.
func (s *Sink) Close() error {
	if s.f == nil {
		return nil
	}
	var pad error
	if s.w.data&1 == 1 && s.patch { // chunks have even sizes
		_, pad = s.f.Write([]byte{0})
	}
	err := errors.Join(pad, s.patchHeader(), s.f.Close())
	s.f, s.w.open = nil, false
	if err != nil {
		return fmt.Errorf("wav: %w", err)
	}
	return nil
}
