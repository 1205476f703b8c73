// Package opus knows of Opus what the containers need: how long packets are, and
// how far in front of a place decoding has to begin.
package opus

// Preroll is how many frames in front of a place decoding begins after a seek. RFC
// 7845 clause 4.6 asks for 3840 at least. With these, errors are 20 dB below the
// sound: the energies of bands are predicted from those before, and of frames of
// 20 ms each halves what is wrong. 640 ms leave nothing of it that would change a
// bit, and of what the speech coder remembers little.
const Preroll = 30720

// maxFrames is the longest packet, 120 ms.
const maxFrames = 5760

// Frames is the length of an Opus packet, RFC 6716 clause 3.1, at 48 kHz; 0 for
// what is no packet.
func Frames(packet []byte) int64 {
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
	if n*each > maxFrames {
		return 0
	}
	return n * each
}
