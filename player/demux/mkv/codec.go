package mkv

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"

	"linnet/player/internal/aac"
	"linnet/player/internal/alac"
	"linnet/player/internal/flac"
	"linnet/player/internal/opus"
	"linnet/player/internal/tags"
	"linnet/player/internal/vorbis"
	"linnet/player/media"
)

const (
	maxChannels = 64
	maxRate     = 6144000
	opusRate    = 48000
)

// open takes a track of sound as the one to play.
func (t *track) open() (s media.Stream, tm timing, err error) {
	if t.err != nil {
		return s, tm, t.err
	}
	s = media.Stream{ID: int(t.number), Kind: media.Audio, Frames: -1, Language: t.spoken()}
	s.Audio = media.AudioFormat{Rate: t.rate, Channels: t.channels, Bits: 16}
	switch id := t.codec; {
	case id == "A_VORBIS":
		err = t.openVorbis(&s, &tm)
	case id == "A_OPUS":
		err = t.openOpus(&s, &tm)
	case id == "A_FLAC":
		err = t.openFLAC(&s, &tm)
	case id == "A_ALAC":
		err = t.openALAC(&s, &tm)
	case id == "A_AAC" || strings.HasPrefix(id, "A_AAC/"):
		err = t.openAAC(&s, &tm)
	case id == "A_MPEG/L1":
		s.Codec, tm.grain = media.MP1, 384
	case id == "A_MPEG/L2":
		s.Codec, tm.grain = media.MP2, 1152
	case id == "A_MPEG/L3":
		s.Codec, tm.grain = media.MP3, 1152
		if t.rate < 32000 {
			tm.grain = 576
		}
	case strings.HasPrefix(id, "A_PCM/"):
		err = t.openPCM(&s, &tm)
	default:
		err = unsupported(t.pos, "sound coded as "+fmt.Sprintf("%q", id))
	}
	if err == nil {
		err = t.check(&s)
	}
	if s.Delay == 0 {
		s.Delay = s.Audio.Frames(time.Duration(t.delay))
	}
	tm.codec = s.Codec
	return s, tm, err
}

func (t *track) check(s *media.Stream) error {
	switch a := s.Audio; {
	case a.Channels < 1 || a.Rate < 1:
		return formatError(t.pos, fmt.Sprintf("%d channels at %d Hz", a.Channels, a.Rate))
	case a.Channels > maxChannels || a.Rate > maxRate:
		return unsupported(t.pos, fmt.Sprintf("%d channels at %d Hz", a.Channels, a.Rate))
	case t.delay > 10e9:
		return formatError(t.pos, "an encoder's delay of more than ten seconds")
	}
	return nil
}

// openVorbis: CodecPrivate is the three headers, laced.
func (t *track) openVorbis(s *media.Stream, tm *timing) error {
	first, _, third, err := vorbis.UnpackHeaders(t.private)
	if err != nil {
		return err
	}
	id, err := vorbis.ParseIdentification(first)
	if err != nil {
		return err
	}
	setup, err := vorbis.ParseSetup(id, third)
	if err != nil {
		return err
	}
	s.Codec, s.Config, s.BitRate = media.Vorbis, t.private, id.BitRate
	s.Audio = media.AudioFormat{Rate: id.Rate, Channels: id.Channels, Bits: 16}
	tm.blocks, tm.grain = vorbis.NewBlocks(id, setup), int64(id.Sizes[0]/4)
	tm.preroll = int64(2 * id.Sizes[1])
	return nil
}

// openOpus: CodecPrivate is the identification header of RFC 7845 clause 5.1.
func (t *track) openOpus(s *media.Stream, tm *timing) error {
	p := t.private
	if len(p) < 19 || string(p[:8]) != "OpusHead" {
		return formatError(t.pos, "no Opus header")
	}
	s.Codec, s.Config = media.Opus, p
	s.Audio = media.AudioFormat{Rate: opusRate, Channels: int(p[9]), Bits: 16}
	s.Delay = int64(binary.LittleEndian.Uint16(p[10:]))
	tm.grain, tm.preroll = 120, opus.Preroll
	return nil
}

// openFLAC: CodecPrivate is a FLAC file's head.
func (t *track) openFLAC(s *media.Stream, tm *timing) error {
	block := flac.FindStreamInfo(t.private)
	info, ok := flac.ParseStreamInfo(block)
	if !ok {
		return formatError(t.pos, "no STREAMINFO")
	}
	s.Codec, s.Config = media.FLAC, block
	mask := tags.Read(bytes.NewReader(t.private), int64(len(t.private))).Mask
	s.Audio = media.AudioFormat{Rate: info.Rate, Channels: info.Channels, Bits: info.Bits, Layout: media.NewLayout(mask, info.Channels)}
	tm.total, tm.grain = info.Samples, int64(max(info.MaxBlock, 1))
	return nil
}

// openALAC: CodecPrivate is the ALACSpecificConfig; some have its box around it.
func (t *track) openALAC(s *media.Stream, tm *timing) error {
	p := t.private
	if len(p) >= 36 && string(p[4:8]) == "alac" {
		p = p[12:]
	}
	if len(p) < 24 {
		return formatError(t.pos, "no ALAC configuration")
	}
	frame := binary.BigEndian.Uint32(p)
	if frame < 1 || frame > 1<<16 {
		return formatError(t.pos, fmt.Sprintf("ALAC frames of %d samples", frame))
	}
	s.Codec, s.Config, tm.grain = media.ALAC, p[:24], int64(frame)
	s.Audio = media.AudioFormat{Rate: int(binary.BigEndian.Uint32(p[20:]) & math.MaxInt32), Channels: int(p[9]), Bits: int(p[5]), Layout: alac.Layout(int(p[9]))}
	return nil
}

// openAAC: CodecPrivate is the AudioSpecificConfig. Old files say the object
// type in the codec's name instead, and packets are the same.
func (t *track) openAAC(s *media.Stream, tm *timing) error {
	config := t.private
	if len(config) == 0 && strings.Contains(t.codec, "/LC") {
		config = lowComplexity(t.rate, t.channels)
	}
	c, err := aac.ParseConfig(config)
	if err != nil {
		return err
	}
	s.Codec, s.Config = media.AAC, config
	s.Audio = media.AudioFormat{Rate: c.Rate, Channels: c.Layout.Channels, Bits: 16, Layout: c.Layout.Speakers}
	tm.grain, tm.preroll = aac.FrameLength, aac.FrameLength
	return nil
}

// lowComplexity makes an AudioSpecificConfig with the sampling rate written
// out, ISO/IEC 14496-3 clause 1.6.2.1.
func lowComplexity(rate, channels int) []byte {
	const objectType, explicit = 2, 15
	v := uint64(objectType)<<35 | explicit<<31 | uint64(rate&0xffffff)<<7 | uint64(channels&15)<<3
	return []byte{byte(v >> 32), byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}
}

// openPCM: the codec's name and BitDepth say all. 8 bits are unsigned in the
// little-endian kind.
func (t *track) openPCM(s *media.Stream, tm *timing) error {
	codecs := map[string]media.Codec{
		"A_PCM/INT/LIT 8": media.PCMU8, "A_PCM/INT/LIT 16": media.PCMS16LE, "A_PCM/INT/LIT 24": media.PCMS24LE, "A_PCM/INT/LIT 32": media.PCMS32LE,
		"A_PCM/INT/BIG 8": media.PCMS8, "A_PCM/INT/BIG 16": media.PCMS16BE, "A_PCM/INT/BIG 24": media.PCMS24BE, "A_PCM/INT/BIG 32": media.PCMS32BE,
		"A_PCM/FLOAT/IEEE 32": media.PCMF32LE, "A_PCM/FLOAT/IEEE 64": media.PCMF64LE,
	}
	s.Codec = codecs[fmt.Sprintf("%s %d", t.codec, t.bits)]
	if s.Codec == "" {
		return unsupported(t.pos, fmt.Sprintf("%s of %d bits", t.codec, t.bits))
	}
	s.Audio.Bits = min(t.bits, 32)
	s.BlockAlign = t.bits / 8 * t.channels
	s.BitRate = int(min(int64(t.rate)*int64(s.BlockAlign)*8, math.MaxInt32))
	tm.block = int64(s.BlockAlign)
	return nil
}
