package aiff

import (
	"io"
	"time"

	"linnet/player/internal/blocks"
	"linnet/player/internal/input"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const stage = "demux/aiff"

// Demuxer reads one file. It implements player.Demuxer and player.Tagger.
type Demuxer struct {
	streams []media.Stream
	tags    media.Tags
	cutter  *blocks.Cutter
}

// Match says whether a file that starts with head (12 bytes are enough),
// behind ID3v2 tags if there are any, is one for New.
func Match(head []byte) bool {
	if len(head) < headSize || string(head[:4]) != "FORM" {
		return false
	}
	kind := string(head[8:headSize])
	return kind == "AIFF" || kind == "AIFC"
}

// New reads the headers of src, a file of size bytes (-1 when not known),
// which stays the caller's to close. Errors are *media.FormatError,
// *media.UnsupportedError, or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	in := input.New(src, size)
	front := tags.Leading(src, size)
	f, err := readFile(in, front)
	if err != nil {
		return nil, err
	}
	if front > 0 {
		tags.Fill(&f.tags, tags.Within(src, 0))
	}
	if f.id3 > 0 {
		tags.Fill(&f.tags, tags.Within(src, f.id3))
	}
	layout := f.layout(size)
	s := f.common.stream()
	s.Frames = layout.Total()
	return &Demuxer{
		streams: []media.Stream{s},
		tags:    f.tags,
		cutter:  blocks.NewCutter(in, layout, s.Audio.Rate, stage),
	}, nil
}

// Streams returns the one stream of the file.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// Tags returns what the text chunks say, and ID3v2 tags where they are silent.
func (d *Demuxer) Tags() media.Tags { return d.tags }

// ReadPacket gives whole frames; see player.Demuxer.
func (d *Demuxer) ReadPacket(p *media.Packet) error { return d.cutter.ReadPacket(p) }

// Seek moves to the frame at t. It does not fail.
func (d *Demuxer) Seek(t time.Duration) error {
	d.cutter.SeekFrame(d.streams[0].Audio.Frames(t))
	return nil
}
