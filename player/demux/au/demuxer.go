package au

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"linnet/player/internal/blocks"
	"linnet/player/internal/iff"
	"linnet/player/internal/input"
	"linnet/player/media"
)

const (
	stage    = "demux/au"
	headSize = 24
	magic    = ".snd"
	noSize   = 0xffffffff // the size was never filled in
	maxNote  = 4 << 10    // bytes of the note that are read

	maxChannels = 64
	maxRate     = 6144000
)

// encodings are the kinds of sample, by the header's number.
var encodings = map[uint32]struct {
	codec       media.Codec
	width, bits int // bytes of a sample; bits worth keeping
}{
	1:  {media.PCMMuLaw, 1, 16},
	2:  {media.PCMS8, 1, 8},
	3:  {media.PCMS16BE, 2, 16},
	4:  {media.PCMS24BE, 3, 24},
	5:  {media.PCMS32BE, 4, 32},
	6:  {media.PCMF32BE, 4, 32},
	7:  {media.PCMF64BE, 8, 32},
	27: {media.PCMALaw, 1, 16},
}

// Demuxer reads one file. It implements player.Demuxer and player.Tagger.
type Demuxer struct {
	streams []media.Stream
	tags    media.Tags
	cutter  *blocks.Cutter
}

// Match says whether a file that starts with head (4 bytes are enough) is one
// for New.
func Match(head []byte) bool { return len(head) >= len(magic) && string(head[:len(magic)]) == magic }

// New reads the header of src, a file of size bytes (-1 when not known), which
// stays the caller's to close. Errors are *media.FormatError,
// *media.UnsupportedError, or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	in := input.New(src, size)
	head, err := in.Peek(headSize)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s: %w", stage, err)
	case !Match(head):
		return nil, formatError(0, "not an AU file")
	case len(head) < headSize:
		return nil, formatError(0, "the header is cut off")
	}
	be := binary.BigEndian
	start, claimed := int64(be.Uint32(head[4:])), int64(be.Uint32(head[8:]))
	s, err := describe(be.Uint32(head[12:]), be.Uint32(head[16:]), be.Uint32(head[20:]))
	if err == nil && start < headSize {
		err = formatError(4, fmt.Sprintf("the sound starts at %d, in the header", start))
	}
	if err != nil {
		return nil, err
	}
	layout := place(start, claimed, size, s.BlockAlign)
	s.Frames = layout.Total()
	d := &Demuxer{streams: []media.Stream{s}, tags: readNote(in, start)}
	d.cutter = blocks.NewCutter(in, layout, s.Audio.Rate, stage)
	return d, nil
}

// describe makes the stream of the header's numbers.
func describe(encoding, rate, channels uint32) (s media.Stream, err error) {
	e, ok := encodings[encoding]
	switch {
	case !ok:
		return s, unsupported(12, fmt.Sprintf("encoding %d", encoding))
	case rate == 0 || channels == 0:
		return s, formatError(16, fmt.Sprintf("%d channels at %d Hz", channels, rate))
	case rate > maxRate || channels > maxChannels:
		return s, unsupported(16, fmt.Sprintf("%d channels at %d Hz", channels, rate))
	}
	block := e.width * int(channels)
	return media.Stream{
		Kind: media.Audio, Codec: e.codec, BlockAlign: block,
		Audio:   media.AudioFormat{Rate: int(rate), Channels: int(channels), Bits: e.bits},
		BitRate: int(min(int64(rate)*int64(block)*8, math.MaxInt32)),
	}, nil
}

// place settles where the sound ends in a file of size bytes.
func place(start, claimed, size int64, block int) blocks.Layout {
	l := blocks.Layout{Start: start, End: start + claimed, Bytes: block, Frames: 1}
	switch {
	case claimed == noSize || claimed == 0:
		l.End = size
	case size >= 0 && l.End > size:
		l.Missing, l.End = l.End-max(size, start), size
	}
	if l.End >= 0 {
		l.End = max(l.End, start)
	}
	return l
}

// readNote reads the text between the header and the sound.
func readNote(in *input.Reader, start int64) (t media.Tags) {
	in.SeekTo(headSize)
	b, _ := in.Peek(int(min(start-headSize, maxNote)))
	t.Comment = iff.Text(b)
	return t
}

// Streams returns the one stream of the file.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// Tags returns the note, as a comment.
func (d *Demuxer) Tags() media.Tags { return d.tags }

// ReadPacket gives whole frames; see player.Demuxer.
func (d *Demuxer) ReadPacket(p *media.Packet) error { return d.cutter.ReadPacket(p) }

// Seek moves to the frame at t. It does not fail.
func (d *Demuxer) Seek(t time.Duration) error {
	d.cutter.SeekFrame(d.streams[0].Audio.Frames(t))
	return nil
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

func unsupported(pos int64, msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: pos, Msg: msg}
}
