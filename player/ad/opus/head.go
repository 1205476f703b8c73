package opus

import (
	"encoding/binary"

	"linnet/player/media"
)

// maxChannels is how many channels a stream may have.
const maxChannels = 8

// silent is a channel that no stream has.
const silent = 255

// head is an identification header, RFC 7845 clause 5.1.
type head struct {
	channels int
	gain     int32 // dB, Q8
	streams  int
	coupled  int                // of these have two channels
	mapping  [maxChannels]uint8 // which decoded channel is which
}

// places says where each channel goes in a frame: Opus has the order of Vorbis,
// RFC 7845 clause 5.1.1.2, which is not that of WAV.
var places = [maxChannels + 1][maxChannels]int{
	1: {0}, 2: {0, 1},
	3: {0, 2, 1},
	4: {0, 1, 2, 3},
	5: {0, 2, 1, 3, 4},
	6: {0, 2, 1, 4, 5, 3},
	7: {0, 2, 1, 5, 6, 4, 3},
	8: {0, 2, 1, 6, 7, 4, 5, 3},
}

// parseHead reads a header. Its channels come out in the order of WAV.
func parseHead(b []byte) (h head, err error) {
	if len(b) < 19 || string(b[:8]) != "OpusHead" {
		return h, formatError("it is no Opus header, or cut off")
	}
	if b[8] > 15 {
		return h, unsupported("Opus of a later version")
	}
	h.channels = int(b[9])
	h.gain = int32(int16(binary.LittleEndian.Uint16(b[16:])))
	family := b[18]
	switch {
	case h.channels == 0:
		return h, formatError("an Opus header with 0 channels")
	case family == 0 && h.channels <= 2:
		h.streams, h.coupled = 1, h.channels-1
		h.mapping = [maxChannels]uint8{0, 1}
		return h, nil
	case family == 0:
		return h, formatError("an Opus header with many channels, but no mapping")
	case family != 1 && family != 255:
		return h, unsupported("this mapping of channels")
	case h.channels > maxChannels:
		return h, unsupported("this number of channels")
	case len(b) < 21+h.channels:
		return h, formatError("an Opus header that is cut off")
	}
	h.streams, h.coupled = int(b[19]), int(b[20])
	if h.streams == 0 || h.coupled > h.streams || h.streams+h.coupled > 255 {
		return h, formatError("an Opus header with a wrong number of streams")
	}
	for c, m := range b[21:][:h.channels] {
		if int(m) >= h.streams+h.coupled && m != silent {
			return h, formatError("an Opus header with a channel that does not exist")
		}
		to := c
		if family == 1 {
			to = places[h.channels][c]
		}
		h.mapping[to] = m
	}
	return h, nil
}

func formatError(msg string) error {
	return &media.FormatError{Stage: stage, Offset: -1, Msg: msg}
}

func unsupported(msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: msg}
}
