package wav

import (
	"io"
	"time"

	"linnet/player/internal/blocks"
	"linnet/player/internal/input"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const stage = "demux/wav"

// Demuxer reads one file. It implements player.Demuxer and player.Tagger.
type Demuxer struct {
	streams []media.Stream
	tags    media.Tags
	cutter  *blocks.Cutter
}

// Match says whether a file that starts with head (12 bytes are enough),
// behind ID3v2 tags if there are any, is one for New.
func Match(head []byte) bool {
	if len(head) < 12 || string(head[8:12]) != "WAVE" {
		return false
	}
	switch string(head[:4]) {
	case "RIFF", "RIFX", "RF64", "BW64":
		return true
	}
	return false
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
	layout := f.layout()
	return &Demuxer{
		streams: []media.Stream{f.stream(layout)},
		tags:    f.tags,
		cutter:  blocks.NewCutter(in, layout, f.format.Rate, stage),
	}, nil
}

// Streams returns the one stream of the file.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// Tags returns what the INFO list says, and ID3v2 tags where that is silent.
func (d *Demuxer) Tags() media.Tags { return d.tags }

// ReadPacket gives whole frames of PCM, whole blocks of ADPCM (the last one
// may be cut short); see player.Demuxer.
func (d *Demuxer) ReadPacket(p *media.Packet) error { return d.cutter.ReadPacket(p) }

// Seek moves to the frame at t, or to the start of the ADPCM block that holds
// it. It does not fail.
func (d *Demuxer) Seek(t time.Duration) error {
	d.cutter.SeekFrame(d.streams[0].Audio.Frames(t))
	return nil
}
