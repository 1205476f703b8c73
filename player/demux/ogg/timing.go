package ogg

import (
	"math/bits"

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
		return 3840
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
		return opusFrames(packet)
	}
	return flacFrames(packet)
}

// begins says whether decoding may begin with a packet.
func (t *timing) begins(packet []byte) bool {
	return t.codec != media.Vorbis || t.blocks.Size(packet) > 0
}

// opusFrames is the length of an Opus packet, RFC 6716 clause 3.1, at 48 kHz.
func opusFrames(packet []byte) int64 {
	if len(packet) == 0 {
		return 0
	}
	config := packet[0] >> 3
	var each int64
	switch {
	case config < 12:
		each = [4]int64{480, 960, 1920, 2880}[config&3]
	case config < 16:
		each = [2]int64{480, 960}[config&1]
	default:
		each = 120 << (config & 3)
	}
	n := int64(1)
	switch packet[0] & 3 {
	case 1, 2:
		n = 2
	case 3:
		if len(packet) < 2 {
			return 0
		}
		n = int64(packet[1] & 63)
	}
	if n*each > 5760 {
		return 0
	}
	return n * each
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
