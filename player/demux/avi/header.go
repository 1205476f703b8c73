package avi

import (
	"encoding/binary"
	"fmt"
	"time"

	"linnet/player/internal/fourcc"
	"linnet/player/internal/iff"
	"linnet/player/internal/mpa"
	"linnet/player/internal/wave"
	"linnet/player/media"
)

const (
	maxStreams = 32
	// WAVE format tags of what has frames of its own.
	tagMPEGAudio = 0x50
	tagMP3       = 0x55
)

// A track is one stream of the file.
type track struct {
	number  int // in the file
	stream  media.Stream
	played  bool  // its packets are given
	scale   int64 // a unit lasts scale/rate seconds
	rate    int64
	unit    int64         // bytes of a unit, 0 where each chunk is one
	length  int64         // in units, as the header says
	late    time.Duration // when it begins, as the header says
	lead    time.Duration // of pictures: how much later than the sound they begin
	super   int64         // place of the OpenDML index's entries; 0 for none
	entries int           // of that
	mpeg    bool          // sound that is cut into frames here
	cutter  mpa.Cutter

	from   int64 // chunks before this place are passed over
	count  int64 // units that were given; where mpeg, before the file was entered
	bytes  int64 // of sound that were read, where mpeg and units have a size
	frames int64 // of sound that were given, where mpeg
	placed bool  // frames is right
}

// each calls f for each chunk of the list c, whose first four bytes are its
// kind.
func (d *Demuxer) each(c iff.Chunk, f func(w *iff.Walker, c iff.Chunk) error) error {
	w := iff.NewWalker(d.in, binary.LittleEndian, c.Body+4)
	for {
		k, err := w.Next()
		if isEOF(err) || err == nil && k.Body > c.Body+c.Size {
			return nil
		}
		if err == nil {
			err = f(w, k)
		}
		if err != nil {
			return err
		}
	}
}

// kind is the type of a list, "" where c is none.
func kind(w *iff.Walker, c iff.Chunk) string {
	if c.ID != "LIST" && c.ID != "RIFF" {
		return ""
	}
	b, _ := w.Body(c)
	return string(b[:min(4, len(b))])
}

// readHeader reads the list hdrl.
func (d *Demuxer) readHeader(c iff.Chunk) error {
	return d.each(c, func(w *iff.Walker, c iff.Chunk) error {
		if kind(w, c) != "strl" || len(d.tracks) >= maxStreams {
			return nil
		}
		return d.readStream(c)
	})
}

// readStream reads a stream's list strl. A stream that is not played keeps
// its number.
func (d *Demuxer) readStream(c iff.Chunk) error {
	t := &track{number: len(d.tracks)}
	d.tracks = append(d.tracks, t)
	var kind, handler string
	err := d.each(c, func(w *iff.Walker, c iff.Chunk) error {
		b, err := w.Body(c)
		switch {
		case err != nil:
			return err
		case c.ID == "strh" && len(b) >= 48:
			kind, handler = string(b[:4]), string(b[4:8])
			le := binary.LittleEndian
			t.scale, t.rate = int64(le.Uint32(b[20:])), int64(le.Uint32(b[24:]))
			t.length, t.unit = int64(le.Uint32(b[32:])), int64(le.Uint32(b[44:]))
			t.begins(int64(le.Uint32(b[28:])))
		case c.ID == "strf" && kind == "vids":
			t.video(b, handler)
		case c.ID == "strf" && kind == "auds":
			t.audio(b, c.Body)
		case c.ID == "indx" && len(b) >= 24 && b[3] == 0: // an index of indexes
			t.super, t.entries = c.Body+24, int(binary.LittleEndian.Uint32(b[4:]))
		}
		return nil
	})
	if t.scale <= 0 || t.rate <= 0 {
		t.scale, t.rate = 1, 25
	}
	if t.stream.Kind != 0 {
		t.settle(len(d.streams))
		t.played = true
		d.streams = append(d.streams, t.stream)
	}
	return err
}

// mostStart is the latest that a stream is believed to begin.
const mostStart = time.Hour

// begins takes dwStart, in units.
func (t *track) begins(n int64) {
	if t.scale <= 0 || t.rate <= 0 || n > 1<<30/t.scale {
		return
	}
	if at := t.duration(n); at <= mostStart {
		t.late = at
	}
}

// follow has pictures count from where the sound begins, as everywhere: no silence
// is made in front of it.
func (d *Demuxer) follow() {
	var sound *track
	for _, t := range d.tracks {
		if sound == nil && t.played && t.stream.Kind == media.Audio {
			sound = t
		}
	}
	for _, t := range d.tracks {
		if sound != nil && t.stream.Kind == media.Video {
			t.lead = t.late - sound.late
		}
	}
}

// video reads a BITMAPINFOHEADER.
func (t *track) video(b []byte, handler string) {
	if len(b) < 40 {
		return
	}
	le := binary.LittleEndian
	width, height := int32(le.Uint32(b[4:])), int32(le.Uint32(b[8:]))
	if height < 0 {
		height = -height
	}
	if width <= 0 || height <= 0 || width > 1<<15 || height > 1<<15 {
		return
	}
	codec, ok := fourcc.Codec(string(b[16:20]))
	if !ok {
		if codec, ok = fourcc.Codec(handler); !ok {
			codec = fourcc.Name(string(b[16:20]))
		}
	}
	t.stream = media.Stream{Kind: media.Video, Codec: codec, Frames: -1, DecodeOrder: true,
		Video: media.VideoFormat{Width: int(width), Height: int(height)}}
	if size := int(le.Uint32(b)); size >= 40 && len(b) > 40 {
		t.stream.Config = append([]byte(nil), b[40:]...)
	}
}

// audio reads a WAVEFORMATEX.
func (t *track) audio(b []byte, pos int64) {
	if len(b) < 14 {
		return
	}
	le := binary.LittleEndian
	tag := int(le.Uint16(b))
	if tag == tagMPEGAudio || tag == tagMP3 {
		t.mpeg = true
		t.stream = media.Stream{Kind: media.Audio, Codec: media.MP3, Frames: -1, BitRate: int(min(le.Uint32(b[8:]), 1<<27)) * 8,
			Audio: media.AudioFormat{Channels: max(1, int(le.Uint16(b[2:]))), Rate: max(1, int(min(le.Uint32(b[4:]), 1<<20))), Bits: 16}}
		if tag == tagMPEGAudio {
			t.stream.Codec = media.MP2
		}
		return
	}
	f, err := wave.Parse(stage, b, pos, le)
	if err != nil {
		// It is named, and not played; the pictures are.
		t.stream = media.Stream{Kind: media.Audio, Codec: media.Codec(fmt.Sprintf("wave_0x%04x", tag)), Frames: -1,
			Audio: media.AudioFormat{Channels: max(1, int(le.Uint16(b[2:]))), Rate: max(1, int(min(le.Uint32(b[4:]), 1<<20))), Bits: 16}}
		return
	}
	t.stream = f.Stream()
	t.stream.Frames = -1
	t.unit = int64(f.BlockAlign)
	t.scale, t.rate = int64(f.BlockFrames()), int64(f.Rate)
}

// settle fills in what needs all of the header.
func (t *track) settle(id int) {
	s := &t.stream
	s.ID = id
	length := time.Duration(0)
	if t.length > 0 && t.length < 1<<40/t.scale {
		length = t.duration(t.length)
	}
	switch s.Kind {
	case media.Video:
		t.unit = 0 // a chunk is a picture, whatever is said of its size
		s.Video.Rate = media.Rational{Num: int(t.rate), Den: int(t.scale)}
		s.Length = length
	case media.Audio:
		if length > 0 {
			s.Frames, s.Estimated = s.Audio.Frames(length), true
		}
	}
}

// duration is how long n units last.
func (t *track) duration(n int64) time.Duration {
	v := media.VideoFormat{Rate: media.Rational{Num: int(t.rate), Den: int(t.scale)}}
	return v.Duration(n)
}
