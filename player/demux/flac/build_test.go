package flac_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"linnet/player"
	decoder "linnet/player/ad/flac"
	"linnet/player/demux/flac"
	format "linnet/player/internal/flac"
	"linnet/player/internal/flac/flactest"
	"linnet/player/media"
)

var (
	_ player.Demuxer = (*flac.Demuxer)(nil)
	_ player.Tagger  = (*flac.Demuxer)(nil)
)

// A stream is what a test makes a file of.
type stream struct {
	h      format.Header // of the first frame; its Number is kept up
	old    bool          // numbers count samples, and no header says so
	random *rand.Rand
	frames [][]byte
	starts []int64 // first frames of sound
	sound  []int32 // all of it
}

func newStream(h format.Header) *stream {
	return &stream{h: h, random: rand.New(rand.NewPCG(uint64(h.Channels), uint64(h.Bits)))}
}

// stereo16 is a stream of n blocks like those of encoders; its last is short.
func stereo16(n int) *stream {
	s := newStream(format.Header{BlockSize: 576, Rate: 44100, Channels: 2, Bits: 16, Stereo: format.MidSide})
	for range n - 1 {
		s.add(576)
	}
	return s.add(100)
}

// add appends a block of n frames of sound.
func (s *stream) add(n int) *stream {
	sound := flactest.Sound(s.random, s.h.Channels, n, s.h.Bits, 0, 1)
	return s.addSound(sound, flactest.Plan{Kind: flactest.Fixed, Order: min(2, n), Params: []int{9}})
}

func (s *stream) addSound(sound [][]int64, plan flactest.Plan) *stream {
	s.h.BlockSize = len(sound[0])
	s.frames = append(s.frames, flactest.Frame(s.h, sound, func(int) flactest.Plan { return plan }))
	s.starts = append(s.starts, s.length())
	s.sound = append(s.sound, flactest.Interleave(sound, s.h.Bits)...)
	if s.h.Variable || s.old {
		s.h.Number += int64(s.h.BlockSize)
	} else {
		s.h.Number++
	}
	return s
}

func (s *stream) length() int64 { return int64(len(s.sound) / s.h.Channels) }

func (s *stream) info() format.StreamInfo {
	return format.StreamInfo{MinBlock: 576, MaxBlock: 576, Rate: s.h.Rate, Channels: s.h.Channels, Bits: s.h.Bits, Samples: s.length()}
}

func (s *stream) file(more ...flactest.Block) []byte {
	return flactest.File(s.info(), s.frames, more...)
}

func (s *stream) bytes() (b []byte) { return bytes.Join(s.frames, nil) }

func openBytes(t testing.TB, b []byte) *flac.Demuxer {
	t.Helper()
	d, err := flac.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newDecoder(s media.Stream) (player.AudioDecoder, error) { return decoder.New(s) }

// A part is what was read of one link.
type part struct {
	stream media.Stream
	sound  []int32 // with silence where packets are missing
	errs   []error // of demuxer and decoder
}

// readAll reads a file as player.Track does.
func readAll(t testing.TB, d *flac.Demuxer) (parts []part) {
	t.Helper()
	begin := func() player.AudioDecoder {
		s := d.Streams()[0]
		dec, err := decoder.New(s)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{stream: s})
		return dec
	}
	dec := begin()
	var p media.Packet
	for range 1 << 20 {
		err := d.ReadPacket(&p)
		now := &parts[len(parts)-1]
		var fe *media.FormatError
		switch {
		case err == io.EOF:
			return parts
		case errors.Is(err, media.ErrNewStreams):
			dec = begin()
			continue
		case errors.As(err, &fe):
			now.errs = append(now.errs, err)
			continue
		case err != nil:
			t.Fatal(err)
		}
		ch := now.stream.Audio.Channels
		if gap := int(p.PTS) - len(now.sound)/ch; gap < 0 {
			t.Fatalf("packet at %d, but there are %d already", p.PTS, len(now.sound)/ch)
		} else {
			now.sound = append(now.sound, make([]int32, gap*ch)...)
		}
		if now.sound, err = dec.Decode(now.sound, &p); err != nil {
			now.errs = append(now.errs, err)
		}
	}
	t.Fatal("no end")
	return nil
}
