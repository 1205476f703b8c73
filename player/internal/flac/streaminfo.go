package flac

import "encoding/binary"

// StreamInfoSize is the length of a STREAMINFO block without its header.
const StreamInfoSize = 34

// blockHeaderSize is the length of a metadata block's header.
const blockHeaderSize = 4

// A StreamInfo is the content of a STREAMINFO block, RFC 9639 clause 8.2.
type StreamInfo struct {
	MinBlock, MaxBlock int      // frames of sound in a block
	MinFrame, MaxFrame int      // bytes of a coded frame; 0 when not known
	Rate               int      // Hz; 0 is not sound
	Channels           int      // 1 to 8
	Bits               int      // 4 to 32
	Samples            int64    // frames of sound in all; 0 when not known
	MD5                [16]byte // of the sound; zeros when not known
}

// ParseStreamInfo reads a block without its header. It is refused when it is
// too short or has fewer bits than a sample can have; block sizes are taken
// as they are, since frames say theirs better.
func ParseStreamInfo(b []byte) (s StreamInfo, ok bool) {
	if len(b) < StreamInfoSize {
		return s, false
	}
	be := binary.BigEndian
	s.MinBlock, s.MaxBlock = int(be.Uint16(b)), int(be.Uint16(b[2:]))
	s.MinFrame, s.MaxFrame = int(be.Uint32(b[3:])&0xffffff), int(be.Uint32(b[6:])&0xffffff)
	v := be.Uint64(b[10:])
	s.Rate = int(v >> 44)
	s.Channels = int(v>>41&7) + 1
	s.Bits = int(v>>36&31) + 1
	s.Samples = int64(v & (1<<36 - 1))
	copy(s.MD5[:], b[18:])
	return s, s.Bits >= 4
}

// Append appends the block, without its header, to b.
func (s *StreamInfo) Append(b []byte) []byte {
	be := binary.BigEndian
	b = be.AppendUint16(b, uint16(s.MinBlock))
	b = be.AppendUint16(b, uint16(s.MaxBlock))
	b = be.AppendUint32(b, uint32(s.MinFrame)<<8|uint32(s.MaxFrame)>>16&0xff)
	b = be.AppendUint16(b, uint16(s.MaxFrame))
	b = be.AppendUint64(b, uint64(s.Rate)<<44|uint64(s.Channels-1)<<41|uint64(s.Bits-1)<<36|uint64(s.Samples)&(1<<36-1))
	return append(b, s.MD5[:]...)
}

// FindStreamInfo returns the STREAMINFO block, without its header, in what a
// container keeps of FLAC's metadata: the block itself, the block with its
// header (MP4's dfLa box behind version and flags), or a whole native header
// from "fLaC" on (Matroska's CodecPrivate, and Ogg behind its own nine
// bytes). It is nil when there is none.
func FindStreamInfo(b []byte) []byte {
	if len(b) == StreamInfoSize {
		return b
	}
	if len(b) >= 4 && string(b[:4]) == "fLaC" {
		b = b[4:]
	}
	for len(b) >= blockHeaderSize {
		h := ParseBlockHeader(b)
		b = b[blockHeaderSize:]
		if h.Size > len(b) {
			return nil
		}
		if h.Type == StreamInfoBlock && h.Size >= StreamInfoSize {
			return b[:StreamInfoSize]
		}
		if h.Last {
			return nil
		}
		b = b[h.Size:]
	}
	return nil
}

// A BlockHeader starts a metadata block, RFC 9639 clause 8.1.
type BlockHeader struct {
	Last bool // no other block follows
	Type int
	Size int // bytes of the block behind the header
}

// The types of metadata block that are read here.
const (
	StreamInfoBlock    = 0
	SeekTableBlock     = 3
	VorbisCommentBlock = 4
	CueSheetBlock      = 5
	PictureBlock       = 6
	ForbiddenBlock     = 127
)

// ParseBlockHeader reads the first four bytes of b.
func ParseBlockHeader(b []byte) BlockHeader {
	v := binary.BigEndian.Uint32(b)
	return BlockHeader{Last: v>>31 != 0, Type: int(v >> 24 & 127), Size: int(v & 0xffffff)}
}
