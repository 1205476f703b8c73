package ogg

import (
	"math/bits"

	"linnet/player/internal/opus"
	"linnet/player/internal/vorbis"
	"linnet/player/media"
)

// timing counts the frames of sound that packets stand for.
type timing struct {
	codec  media.Codec
	blocks vorbis.Blocks
	before int // Vorbis: size of the block before; 0 when there is none
}

// preroll is how many frames before the wanted one decoding has to begin: RFC
// 7845 clause 4.6.
func (t *timing) preroll() int64 {
	if t.codec == media.Opus {
		return opus.Preroll
	}
	return 0
}

// frames is how many frames decoding a packet gives.
func (t *timing) frames(packet []byte) int64 {
	switch t.codec {
	case media.Vorbis:
		size := t.blocks.Size(packet)
		if size == 0 {
			return 0
		}
		before := t.before
		if t.before = size; before == 0 {
			return 0
		}
		return int64(vorbis.Frames(before, size))
	case media.Opus:
		return opus.Frames(packet)
	}
	return flacFrames(packet)
}

// begins says whether decoding may begin with a packet.
func (t *timing) begins(packet []byte) bool {
	return t.codec != media.Vorbis || t.blocks.Size(packet) > 0
}

// flacFrames is the block size in a FLAC frame header, RFC 9639 clause 9.1.
func flacFrames(packet []byte) int64 {
	if len(packet) < 6 || packet[0] != 0xff || packet[1]&0xfe != 0xf8 {
		return 0
	}
	// It may stand behind the number, which is coded as UTF-8 codes a
	// character: as many ones in the first byte as there are bytes.
	at := min(4+max(1, bits.LeadingZeros8(^packet[4])), len(packet)-2)
	switch code := packet[2] >> 4; {
	case code == 0:
		return 0
	case code == 1:
		return 192
	case code < 6:
		return 576 << (code - 2)
	case code == 6:
		return int64(packet[at]) + 1
	case code == 7:
		return int64(packet[at])<<8 + int64(packet[at+1]) + 1
	default:
		return 256 << (code - 8)
	}
}
