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
	Sound
	tags media.Tags
}

// Sound is what a data chunk holds, with the methods of player.Demuxer.
type Sound interface {
	Streams() []media.Stream
	ReadPacket(p *media.Packet) error
	Seek(t time.Duration) error
}

// A FrameOpener opens sound that is coded in frames: the bytes of src, a file of size
// bytes (-1 when not known), from one offset on up to another, which is -1 where the file
// ends.
type FrameOpener func(src io.ReaderAt, size, from, to int64) (Sound, error)

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
// *media.UnsupportedError, or src's own. Without mpeg, MPEG audio is not supported.
func New(src io.ReaderAt, size int64, mpeg FrameOpener) (*Demuxer, error) {
	in := input.New(src, size)
	front := tags.Leading(src, size)
	f, err := readFile(in, front, mpeg != nil)
	if err != nil {
		return nil, err
	}
	if front > 0 {
		tags.Fill(&f.tags, tags.Within(src, 0))
	}
	if f.id3 > 0 {
		tags.Fill(&f.tags, tags.Within(src, f.id3))
	}
	d := &Demuxer{tags: f.tags}
	if !f.format.IsMPEG() {
		d.Sound = newBlocks(in, f)
		return d, nil
	}
	s, err := mpeg(src, size, f.data, f.dataEnd)
	if err != nil {
		return nil, err
	}
	d.Sound = &inFrames{s, f.dataEnd, f.missing}
	return d, nil
}

// Tags returns what the INFO list says, and ID3v2 tags where that is silent.
func (d *Demuxer) Tags() media.Tags { return d.tags }

// inBlocks is sound in blocks of one size: frames of PCM, blocks of ADPCM.
type inBlocks struct {
	streams [1]media.Stream
	cutter  *blocks.Cutter
}

func newBlocks(in *input.Reader, f *file) *inBlocks {
	layout := f.layout()
	return &inBlocks{streams: [1]media.Stream{f.stream(layout)}, cutter: blocks.NewCutter(in, layout, f.format.Rate, stage)}
}

// Streams returns the one stream of the file.
func (s *inBlocks) Streams() []media.Stream { return s.streams[:] }

// ReadPacket gives whole frames of PCM, whole blocks of ADPCM (the last one
// may be cut short); see player.Demuxer.
func (s *inBlocks) ReadPacket(p *media.Packet) error { return s.cutter.ReadPacket(p) }

// Seek moves to the frame at t, or to the start of the ADPCM block that holds
// it. It does not fail.
func (s *inBlocks) Seek(t time.Duration) error {
	s.cutter.SeekFrame(s.streams[0].Audio.Frames(t))
	return nil
}
