package aac

import (
	"linnet/player/internal/bits"
	"linnet/player/media"
)

const stage = "aac"

// FrameLength is how many samples a frame gives in each channel.
const FrameLength = 1024

// Audio object types, ISO/IEC 14496-3 table 1.17.
const (
	typeMain = 1
	typeLC   = 2
	typeLTP  = 4
	typeSBR  = 5
	typePS   = 29
	escape   = 31
)

// Config is how a stream is coded.
type Config struct {
	Rate      int    // of the core, in Hz
	RateIndex int    // 0 to 11: whose tables hold, ISO/IEC 14496-3 table 4.82
	Layout    Layout // where its channels go; none when a program config element is still to come
	SBR       bool   // HE-AAC is signalled
}

// rates are the sampling rates by index, table 1.18.
var rates = [13]int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}

// thresholds are the lowest sampling rates that use the tables of each index,
// table 4.82.
var thresholds = [12]int{92017, 75132, 55426, 46009, 37566, 27713, 23004, 18783, 13856, 11502, 9391, 0}

// rateIndex is which tables hold for a sampling rate.
func rateIndex(rate int) int {
	i := 0
	for rate < thresholds[i] {
		i++
	}
	return i
}

// ParseConfig reads an AudioSpecificConfig, clause 1.6.2.1. Errors are a
// *media.FormatError, or a *media.UnsupportedError for other object types
// than AAC LC and for frames of 960 samples.
func ParseConfig(b []byte) (Config, error) {
	r := bits.NewReader(b)
	var c Config
	kind := objectType(&r)
	c.Rate = samplingRate(&r)
	channels := int(r.Bits(4))
	if kind == typeSBR || kind == typePS {
		c.SBR = true
		samplingRate(&r)
		kind = objectType(&r)
	}
	switch {
	case r.Over():
		return c, formatError("the AudioSpecificConfig is cut off")
	case kind != typeLC:
		return c, unsupported(objectName(kind))
	case c.Rate == 0 || c.Rate > 2*rates[0]:
		return c, formatError("reserved sampling rate")
	}
	c.RateIndex = rateIndex(c.Rate)
	return c, c.readGeneral(&r, channels)
}

// readGeneral reads a GASpecificConfig, clause 4.4.1, and behind it the
// extension that announces SBR to those who know it.
func (c *Config) readGeneral(r *bits.Reader, channels int) error {
	short := r.Flag()
	if r.Flag() { // dependsOnCoreCoder
		r.Bits(14)
	}
	extension := r.Flag()
	if short {
		return unsupported("frames of 960 samples")
	}
	var ok bool
	if channels == 0 {
		p, good := ParseProgram(r)
		if !good {
			return formatError("the program config element is broken")
		}
		c.Layout, ok = p.layout()
	} else {
		c.Layout, ok = channelLayout(channels)
	}
	if !ok {
		return unsupported("this channel configuration")
	}
	if extension {
		r.Bits(1)
	}
	if !c.SBR && r.Left() >= 16 && r.Bits(11) == 0x2b7 && objectType(r) == typeSBR {
		c.SBR = r.Flag()
	}
	return nil
}

func objectType(r *bits.Reader) int {
	if t := int(r.Bits(5)); t != escape {
		return t
	}
	return 32 + int(r.Bits(6))
}

func objectName(kind int) string {
	switch kind {
	case typeMain:
		return "AAC Main"
	case 3:
		return "AAC SSR"
	case typeLTP:
		return "AAC LTP"
	case 17, 19, 20, 23, 39:
		return "AAC for low delay or against errors"
	case 42:
		return "xHE-AAC"
	case 32, 33, 34:
		return "MPEG audio under the name of AAC"
	}
	return "an MPEG-4 audio object that is not AAC LC"
}

// samplingRate is 0 where the index is reserved.
func samplingRate(r *bits.Reader) int {
	i := int(r.Bits(4))
	switch {
	case i == 15:
		return int(r.Bits(24))
	case i >= len(rates):
		return 0
	}
	return rates[i]
}

func formatError(msg string) error {
	return &media.FormatError{Stage: stage, Offset: -1, Msg: msg}
}

func unsupported(msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: msg}
}
