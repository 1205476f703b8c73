// Package mpa parses the headers of MPEG audio frames, which the demuxer and
// the decoders both need: ISO/IEC 11172-3 clause 2.4.1.3 and 2.4.2.3, ISO/IEC
// 13818-3 clause 2.4.2.3 for the low sampling rates, and the "MPEG-2.5"
// extension to 8, 11.025 and 12 kHz that is in general use.
package mpa

// Version of the standard that a frame follows.
type Version uint8

// The versions, by how often the sampling rate was halved.
const (
	MPEG1 Version = iota
	MPEG2
	MPEG25
)

// Mode is how the two channels are coded together.
type Mode uint8

// The modes, as coded.
const (
	Stereo Mode = iota
	JointStereo
	DualChannel
	Mono
)

// HeaderSize is the size in bytes of what ParseHeader reads.
const HeaderSize = 4

// MaxFrameSize is the largest frame, in bytes, that a header with a bit rate
// can announce: Layer II of MPEG-2.5 at 160 kbit/s and 8 kHz, padded.
const MaxFrameSize = 2881

// Header is a parsed frame header.
type Header struct {
	Version  Version
	Layer    int // 1, 2 or 3
	CRC      bool
	BitRate  int // bits per second; 0 means free format
	Rate     int // frames of sound per second
	RateCode int // sampling_frequency as coded, 0 to 2
	Padding  bool
	Mode     Mode
	ModeExt  int // mode_extension as coded, 0 to 3
	Emphasis int // as coded
}

// bitRates is in kbit/s, by table and index; ISO/IEC 11172-3 2.4.2.3 and
// ISO/IEC 13818-3 2.4.2.3.
var bitRates = [5][15]uint16{
	{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448}, // MPEG-1 Layer I
	{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},    // MPEG-1 Layer II
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},     // MPEG-1 Layer III
	{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},    // MPEG-2 Layer I
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},         // MPEG-2 Layers II, III
}

var rates = [3]int{44100, 48000, 32000}

// ParseHeader reads the header at the start of b. It refuses what the
// standard reserves or forbids: a wrong sync word, a reserved version,
// layer, bit rate or sampling rate. The reserved emphasis is let through, as
// encoders are known to write it.
func ParseHeader(b []byte) (h Header, ok bool) {
	if len(b) < HeaderSize || b[0] != 0xff || b[1]&0xe0 != 0xe0 {
		return h, false
	}
	version, layer := b[1]>>3&3, b[1]>>1&3
	rateIndex, rateCode := b[2]>>4, b[2]>>2&3
	if version == 1 || layer == 0 || rateIndex == 15 || rateCode == 3 {
		return h, false
	}
	h.Version = [4]Version{MPEG25, 0, MPEG2, MPEG1}[version]
	h.Layer = 4 - int(layer)
	h.CRC = b[1]&1 == 0
	table := h.Layer - 1
	if h.Version != MPEG1 {
		table = min(h.Layer+2, 4)
	}
	h.BitRate = int(bitRates[table][rateIndex]) * 1000
	h.Rate = rates[rateCode] >> h.Version
	h.RateCode = int(rateCode)
	h.Padding = b[2]&2 != 0
	h.Mode = Mode(b[3] >> 6)
	h.ModeExt = int(b[3] >> 4 & 3)
	h.Emphasis = int(b[3] & 3)
	return h, true
}

// Channels is 1 or 2.
func (h *Header) Channels() int {
	if h.Mode == Mono {
		return 1
	}
	return 2
}

// Samples is the number of sound frames that a frame holds: 384, 576 or 1152.
func (h *Header) Samples() int {
	switch {
	case h.Layer == 1:
		return 384
	case h.Layer == 3 && h.Version != MPEG1:
		return 576
	}
	return 1152
}

// Slot is the size in bytes of the unit in which frames grow: 4 or 1.
func (h *Header) Slot() int {
	if h.Layer == 1 {
		return 4
	}
	return 1
}

// FrameSize is the size of the whole frame in bytes, header included, and 0
// for free format, whose size only the next header tells.
func (h *Header) FrameSize() int {
	if h.BitRate == 0 {
		return 0
	}
	slots := h.Samples() / 8 / h.Slot() * h.BitRate / h.Rate
	if h.Padding {
		slots++
	}
	return slots * h.Slot()
}

// SideInfoSize is the size in bytes of Layer III's side information.
func (h *Header) SideInfoSize() int {
	switch {
	case h.Version == MPEG1 && h.Mode != Mono:
		return 32
	case h.Version == MPEG1 || h.Mode != Mono:
		return 17
	}
	return 9
}

// SameStream says whether two frames can belong to one stream: version,
// layer and sampling rate agree.
func (h *Header) SameStream(o *Header) bool {
	return h.Version == o.Version && h.Layer == o.Layer && h.RateCode == o.RateCode
}
