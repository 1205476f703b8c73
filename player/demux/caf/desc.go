package caf

import (
	"encoding/binary"
	"fmt"
	"math"

	"linnet/player/internal/aac"
	"linnet/player/internal/alac"
	"linnet/player/internal/bits"
	"linnet/player/internal/esds"
	"linnet/player/internal/flac"
	"linnet/player/internal/opus"
	"linnet/player/media"
)

const (
	maxChannels = 64
	maxRate     = 6144000
	maxPacket   = 1 << 20 // bytes that one may have
	maxFrames   = 1 << 16 // frames that one may have
	opusRate    = 48000   // at which Opus is decoded and counted
	alacConfig  = 24
)

// A description is the first chunk: CAFAudioFormat.
type description struct {
	pos      int64 // in the file, for errors
	rate     int
	form     [4]byte
	flags    uint32
	bytes    int64 // of a packet; 0: they differ
	frames   int64 // in a packet; 0: they differ
	channels int
	bits     int // of a sample, where that makes sense
}

// Flags of linear PCM.
const (
	flagFloat  = 1
	flagLittle = 2
)

func (d *description) parse(b []byte, pos int64) error {
	be := binary.BigEndian
	rate := bits.RoundFloat64(be.Uint64(b))
	d.pos, d.flags = pos, be.Uint32(b[12:])
	copy(d.form[:], b[8:])
	d.bytes, d.frames = int64(be.Uint32(b[16:])), int64(be.Uint32(b[20:]))
	channels, depth := be.Uint32(b[24:]), be.Uint32(b[28:])
	switch {
	case rate == 0 || channels == 0:
		return formatError(pos, fmt.Sprintf("%d channels at %d Hz", channels, rate))
	case rate > maxRate || channels > maxChannels:
		return unsupported(pos, fmt.Sprintf("%d channels at %d Hz", channels, rate))
	}
	d.rate, d.channels, d.bits = int(rate), int(channels), int(min(depth, 1<<10))
	return nil
}

// stream is what is played; preroll is how many frames in front of a place
// decoding has to begin for the sound there to be right.
func (d *description) stream(cookie []byte) (s media.Stream, preroll int64, err error) {
	s = media.Stream{Kind: media.Audio, Audio: media.AudioFormat{Rate: d.rate, Channels: d.channels, Bits: 16}}
	switch form := string(d.form[:]); form {
	case "lpcm":
		err = d.openPCM(&s)
	case "alaw":
		err = d.openBytes(&s, media.PCMALaw)
	case "ulaw":
		err = d.openBytes(&s, media.PCMMuLaw)
	case "ima4":
		err = d.openIMA(&s)
	case "alac":
		err = d.openALAC(&s, cookie)
	case "flac":
		err = d.openFLAC(&s, cookie)
	case "aac ", "aach", "aacp":
		preroll, err = aac.FrameLength, d.openAAC(&s, cookie)
	case "opus":
		preroll, err = opus.Preroll, d.openOpus(&s, cookie)
	case ".mp1", ".mp2", ".mp3":
		s.Codec = media.Codec(form[1:])
		if preroll = d.frames; s.Codec == media.MP3 {
			preroll *= mp3Preroll
		}
	default:
		err = unsupported(d.pos, fmt.Sprintf("sound coded as %q", form))
	}
	return s, preroll, err
}

// mp3Preroll is how many frames of MP3 the 511 bytes of main data that one may
// take from before it go back over at the lowest bit rates, and two for the
// transforms.
const mp3Preroll = 32

// openPCM: samples of any width stand in whole bytes, in the upper bits of them.
func (d *description) openPCM(s *media.Stream) error {
	float, little := d.flags&flagFloat != 0, d.flags&flagLittle != 0
	width := d.bytes / int64(d.channels)
	if d.bytes == 0 || d.bytes%int64(d.channels) != 0 || d.frames != 1 || int64(d.bits) > 8*width || d.bits == 0 {
		return formatError(d.pos, fmt.Sprintf("PCM of %d bits in packets of %d bytes, %d frames", d.bits, d.bytes, d.frames))
	}
	s.Codec = linear(width, float, little)
	if s.Codec == "" {
		return unsupported(d.pos, fmt.Sprintf("PCM of %d bits in %d bytes", d.bits, width))
	}
	s.Audio.Bits = min(d.bits, 32)
	d.setBlock(s)
	return nil
}

func linear(width int64, float, little bool) media.Codec {
	const most = 8
	codecs := [most + 1][2]media.Codec{1: {media.PCMS8, media.PCMS8}, 2: {media.PCMS16BE, media.PCMS16LE}, 3: {media.PCMS24BE, media.PCMS24LE}, 4: {media.PCMS32BE, media.PCMS32LE}}
	if float {
		codecs = [most + 1][2]media.Codec{4: {media.PCMF32BE, media.PCMF32LE}, 8: {media.PCMF64BE, media.PCMF64LE}}
	}
	order := 0
	if little {
		order = 1
	}
	return codecs[min(width, most)][order]
}

// setBlock is for sound in packets of one size.
func (d *description) setBlock(s *media.Stream) {
	s.BlockAlign = int(d.bytes)
	s.BitRate = int(min(int64(d.rate)*8*d.bytes/d.frames, math.MaxInt32))
}

// openBytes is for a byte a sample.
func (d *description) openBytes(s *media.Stream, codec media.Codec) error {
	s.Codec, d.bytes, d.frames = codec, int64(d.channels), 1
	d.setBlock(s)
	return nil
}

// openIMA: a packet is 64 samples of each channel in 34 bytes.
func (d *description) openIMA(s *media.Stream) error {
	s.Codec, d.bytes, d.frames = media.ADPCMQT, 34*int64(d.channels), 64
	d.setBlock(s)
	return nil
}

// openALAC: the cookie is an ALACSpecificConfig; older ones have the boxes of
// QuickTime in front of it, of which the second has a version.
func (d *description) openALAC(s *media.Stream, cookie []byte) error {
	const box = 12
	for _, name := range []string{"frma", "alac"} {
		if len(cookie) >= box && string(cookie[4:8]) == name {
			cookie = cookie[box:]
		}
	}
	if len(cookie) < alacConfig {
		return formatError(d.pos, "no ALAC configuration")
	}
	s.Codec, s.Config = media.ALAC, cookie[:alacConfig]
	s.Audio.Channels, s.Audio.Bits, s.Audio.Layout = int(cookie[9]), int(cookie[5]), alac.Layout(int(cookie[9]))
	s.Audio.Rate = int(binary.BigEndian.Uint32(cookie[20:]) & math.MaxInt32)
	if s.Audio.Rate != d.rate || s.Audio.Channels < 1 {
		return formatError(d.pos, fmt.Sprintf("ALAC of %d channels at %d Hz, in a file of %d Hz", s.Audio.Channels, s.Audio.Rate, d.rate))
	}
	return nil
}

// openFLAC: the cookie is the box that MP4 has for it, around the STREAMINFO
// block.
func (d *description) openFLAC(s *media.Stream, cookie []byte) error {
	const head = 8 + 4 + 4 // of the box, its version, and of the block
	if len(cookie) < head || string(cookie[4:8]) != "dfLa" {
		return unsupported(d.pos, "FLAC without its configuration")
	}
	info, ok := flac.ParseStreamInfo(cookie[head:])
	if !ok || info.Rate != d.rate {
		return formatError(d.pos, "FLAC with a broken configuration")
	}
	s.Codec, s.Config = media.FLAC, cookie[head:]
	s.Audio = media.AudioFormat{Rate: info.Rate, Channels: info.Channels, Bits: info.Bits}
	if info.Samples > 0 {
		s.Frames = info.Samples
	}
	return nil
}

// openAAC: the cookie is an elementary stream descriptor. Of HE-AAC the core is
// played, which has half of the frames.
func (d *description) openAAC(s *media.Stream, cookie []byte) error {
	e, ok := esds.Parse(cookie)
	if !ok || !e.IsAAC() {
		return formatError(d.pos, "no AAC configuration")
	}
	c, err := aac.ParseConfig(e.Setting)
	if err != nil {
		return err
	}
	s.Codec, s.Config, s.BitRate = media.AAC, e.Setting, e.BitRate
	s.Audio.Rate, s.Audio.Channels, s.Audio.Layout = c.Rate, c.Layout.Channels, c.Layout.Speakers
	if s.Audio.Channels == 0 || c.Rate != d.rate && 2*c.Rate != d.rate {
		return formatError(d.pos, fmt.Sprintf("AAC of %d channels at %d Hz, in a file of %d Hz", s.Audio.Channels, c.Rate, d.rate))
	}
	return nil
}

// openOpus: without a cookie that is an identification header, RFC 7845 clause
// 5.1, the sound is mono or stereo.
func (d *description) openOpus(s *media.Stream, cookie []byte) error {
	if len(cookie) < 19 || string(cookie[:8]) != "OpusHead" {
		if d.channels > 2 {
			return unsupported(d.pos, "Opus of many channels without a header")
		}
		cookie = append([]byte("OpusHead\x01"), byte(d.channels), 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0)
	}
	s.Codec, s.Config = media.Opus, cookie
	s.Audio.Channels = int(cookie[9])
	if d.rate != opusRate || s.Audio.Channels < 1 {
		return unsupported(d.pos, fmt.Sprintf("Opus of %d channels counted at %d Hz", s.Audio.Channels, d.rate))
	}
	return nil
}
