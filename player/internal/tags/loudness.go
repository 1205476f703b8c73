package tags

import (
	"encoding/binary"
	"strings"

	"linnet/player/media"
)

// gainPrefix is how the names of ReplayGain's fields start.
const gainPrefix = "REPLAYGAIN_"

// ReplayGain adds to g what one field says, of a Vorbis comment, an APE tag,
// an ID3v2 TXXX frame, or an MP4 free-form item: ReplayGain 2.0's four, and
// R128_TRACK_GAIN and R128_ALBUM_GAIN of Opus (RFC 7845 clause 5.2.1). Names
// are as good in lower case. The first that speaks of a number counts.
func ReplayGain(name, value string, g *media.ReplayGain) {
	switch strings.ToUpper(name) {
	case gainPrefix + "TRACK_GAIN":
		setGain(&g.Track, value)
	case gainPrefix + "ALBUM_GAIN":
		setGain(&g.Album, value)
	case gainPrefix + "TRACK_PEAK":
		setPeak(&g.Track, value)
	case gainPrefix + "ALBUM_PEAK":
		setPeak(&g.Album, value)
	case "R128_TRACK_GAIN":
		setR128(&g.Track, value)
	case "R128_ALBUM_GAIN":
		setR128(&g.Album, value)
	}
}

const (
	// maxGain bounds a gain that makes sense, in hundredths of a decibel.
	maxGain = 6400
	// maxPeak bounds a peak, in parts of full scale.
	maxPeak = 64
	// r128Reference is how much louder ReplayGain's reference of -18 LUFS is
	// than that of EBU R 128, -23 LUFS.
	r128Reference = 500
)

func setGain(l *media.Loudness, value string) {
	value = strings.TrimSpace(value)
	if n := len(value) - 2; n >= 0 && strings.EqualFold(value[n:], "dB") {
		value = value[:n]
	}
	if v, ok := decimal(value, 100); ok {
		set(l, v)
	}
}

func setR128(l *media.Loudness, value string) {
	if v, ok := decimal(value, 1); ok && v >= -1<<15 && v < 1<<15 {
		set(l, rounded(v*100, 256)+r128Reference)
	}
}

func setPeak(l *media.Loudness, value string) {
	if v, ok := decimal(value, 1<<24); ok && v > 0 && v <= maxPeak<<24 && l.Peak == 0 {
		l.Peak = v
	}
}

// rounded is a/b, to the nearest.
func rounded(a, b int) int {
	if a < 0 {
		return -rounded(-a, b)
	}
	return (a + b/2) / b
}

// decimal reads a number with a sign and a fraction, times scale, rounded to
// the nearest. A comma is as good as a point; what stands behind the ninth
// digit of the fraction is dropped.
func decimal(s string, scale int) (v int, ok bool) {
	s = strings.TrimSpace(s)
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "+"), "-")
	whole, fraction, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if len(whole) > 6 || whole+fraction == "" {
		return 0, false
	}
	n, one := int64(0), int64(1)
	for i, c := range []byte(whole + fraction) {
		if c < '0' || c > '9' {
			return 0, false
		}
		if i >= len(whole)+9 {
			continue
		}
		n = n*10 + int64(c-'0')
		if i >= len(whole) {
			one *= 10
		}
	}
	// At most 15 digits by 24 bits: in two parts, so that nothing overflows.
	total := n/one*int64(scale) + (n%one*int64(scale)+one/2)/one
	if total > 1<<30 {
		return 0, false
	}
	if negative {
		total = -total
	}
	return int(total), true
}

// relativeVolume adds to g what an RVA2 frame says, ID3v2.4.0 clause 4.11:
// whose volume it is, then for each channel its kind, the change in parts of
// 512 of a decibel, and the peak with as many bits as its length says.
func relativeVolume(b []byte, g *media.ReplayGain) {
	const master = 1
	var l *media.Loudness
	name, b := cutText(0, b)
	switch strings.ToLower(string(name)) {
	case "track", "normalize":
		l = &g.Track
	case "album":
		l = &g.Album
	default:
		return
	}
	for len(b) >= 4 {
		kind, change, bits := b[0], int(int16(binary.BigEndian.Uint16(b[1:]))), int(b[3])
		n := (bits + 7) / 8
		if b = b[4:]; n > len(b) {
			return
		}
		if kind == master {
			set(l, rounded(change*100, 512))
			return
		}
		b = b[n:]
	}
}

// set takes a gain that makes sense, unless there is one.
func set(l *media.Loudness, gain int) {
	if !l.Known && gain >= -maxGain && gain <= maxGain {
		l.Known, l.Gain = true, gain
	}
}

// fillLoudness takes over from src what dst lacks: all or nothing, since a
// peak belongs to the gain that it was measured with.
func fillLoudness(dst *media.Loudness, src media.Loudness) {
	if !dst.Known {
		*dst = src
	}
}
