// Package wave reads WAVEFORMATEX, the description of sound that WAV and AVI
// files have in common.
package wave

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"linnet/player/internal/blocks"
	"linnet/player/media"
)

// Format tags of Microsoft's mmreg.h.
const (
	tagPCM        = 0x0001
	tagMSADPCM    = 0x0002
	tagFloat      = 0x0003
	tagALaw       = 0x0006
	tagMuLaw      = 0x0007
	tagIMAADPCM   = 0x0011
	tagMPEG       = 0x0050 // Layer I or II
	tagMP3        = 0x0055
	tagExtensible = 0xfffe
)

const (
	maxChannels = 64
	maxRate     = 6144000 // 128 times 48 kHz
)

// The last 14 bytes of a sub-format GUID whose first two are a format tag:
// Microsoft's own, and the one for Ambisonic B-format.
const (
	guidMedia     = "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"
	guidAmbisonic = "\x00\x00\x21\x07\xd3\x11\x86\x44\xc8\xc1\xca\x00\x00\x00"
)

// A Format is the fmt chunk (WAVEFORMATEX, WAVEFORMATEXTENSIBLE), understood.
type Format struct {
	Tag        int // the format tag, Extensible resolved
	Codec      media.Codec
	Channels   int
	Rate       int // frames per second
	BlockAlign int // bytes
	stage      string
	pos        int64 // of the chunk's body, for errors
	order      binary.ByteOrder
	layout     media.Layout
	bits       int // as coded: of a sample, or of its container
	valid      int // bits of a sample that carry sound
	// BlockOf is how many frames a block of n bytes of ADPCM holds; nil
	// for the other codecs.
	BlockOf func(n, channels int) int
	config  []byte
}

// Parse reads a description that lies at pos of the file; stage is who asks, for
// errors, which are *media.FormatError or *media.UnsupportedError.
func Parse(stage string, b []byte, pos int64, order binary.ByteOrder) (Format, error) {
	if len(b) < 14 {
		return Format{}, &media.FormatError{Stage: stage, Offset: pos, Msg: "fmt chunk too short"}
	}
	f := Format{stage: stage, pos: pos, order: order, Tag: int(order.Uint16(b)), Channels: int(order.Uint16(b[2:])), BlockAlign: int(order.Uint16(b[12:]))}
	rate := order.Uint32(b[4:])
	switch {
	case f.Channels == 0:
		return f, f.malformed("no channels")
	case f.Channels > maxChannels:
		return f, f.unsupported(fmt.Sprintf("%d channels", f.Channels))
	case rate == 0:
		return f, f.malformed("sampling rate 0")
	case rate > maxRate:
		return f, f.unsupported(fmt.Sprintf("sampling rate %d Hz", rate))
	}
	f.Rate = int(rate)
	var extra []byte
	if len(b) >= 16 {
		f.bits = int(order.Uint16(b[14:]))
	}
	if len(b) >= 18 {
		extra = b[18:min(len(b), 18+int(order.Uint16(b[16:])))]
	}
	if f.Tag == tagExtensible {
		var err error
		if extra, err = f.parseExtensible(extra); err != nil {
			return f, err
		}
	}
	return f, f.settle(extra)
}

// parseExtensible reads the fields that follow WAVEFORMATEX and returns those
// that belong to the sub-format.
func (f *Format) parseExtensible(b []byte) ([]byte, error) {
	if len(b) < 22 {
		return nil, f.malformed("extensible fmt chunk too short")
	}
	f.valid = int(f.order.Uint16(b))
	f.layout = media.NewLayout(f.order.Uint32(b[2:]), f.Channels)
	// The tag in the GUID has the file's byte order, the rest of it never:
	// so SoX writes RIFX, which is the only one to.
	f.Tag = int(f.order.Uint16(b[6:]))
	if guid := string(b[8:22]); guid != guidMedia && guid != guidAmbisonic {
		return nil, f.unsupported(fmt.Sprintf("sub-format %x", b[6:22]))
	}
	return b[22:], nil
}

// bigEndian are the codecs in a RIFX file, whose numbers are all so, of those
// in a RIFF file.
var bigEndian = map[media.Codec]media.Codec{
	media.PCMS16LE: media.PCMS16BE, media.PCMS24LE: media.PCMS24BE, media.PCMS32LE: media.PCMS32BE,
	media.PCMF32LE: media.PCMF32BE, media.PCMF64LE: media.PCMF64BE,
	media.PCMU8: media.PCMU8, media.PCMALaw: media.PCMALaw, media.PCMMuLaw: media.PCMMuLaw,
}

// settle chooses the codec and checks what it needs.
func (f *Format) settle(extra []byte) error {
	err := f.settleCodec(extra)
	if err != nil || f.order == binary.LittleEndian {
		return err
	}
	swapped, ok := bigEndian[f.Codec]
	if !ok {
		return f.unsupported(fmt.Sprintf("%s in a big-endian file (RIFX)", f.Codec))
	}
	f.Codec = swapped
	return nil
}

func (f *Format) settleCodec(extra []byte) error {
	switch f.Tag {
	case tagPCM:
		return f.settlePCM()
	case tagFloat:
		return f.settleFloat()
	case tagALaw:
		f.Codec = media.PCMALaw
	case tagMuLaw:
		f.Codec = media.PCMMuLaw
	case tagIMAADPCM:
		f.Codec, f.BlockOf = media.ADPCMIMA, blocks.IMAFrames
		return f.settleADPCM(maxChannels)
	case tagMSADPCM:
		f.Codec, f.BlockOf = media.ADPCMMS, blocks.MSFrames
		f.config = coefficients(extra)
		return f.settleADPCM(2)
	default:
		return f.unsupported(fmt.Sprintf("WAVE format 0x%04X%s", f.Tag, tagName(f.Tag)))
	}
	f.BlockAlign, f.valid = f.Channels, 16
	return nil
}

// IsMPEG says whether it is MPEG audio, whose own headers say everything. Parse refuses
// it, with this much of the Format.
func (f *Format) IsMPEG() bool { return f.Tag == tagMPEG || f.Tag == tagMP3 }

func tagName(tag int) string {
	switch tag {
	case tagMPEG:
		return " (MPEG audio Layer I or II)"
	case tagMP3:
		return " (MP3)"
	case 0x00ff, 0x1600, 0x1610, 0x706d:
		return " (AAC)"
	case 0x0161:
		return " (Windows Media Audio)"
	case 0x2000:
		return " (AC-3)"
	case 0xf1ac:
		return " (FLAC)"
	}
	return ""
}

// container is the size in bytes of one sample: by the block's size where it
// makes sense, else by the width of a sample.
func (f *Format) container(largest int) int {
	if n := f.BlockAlign / f.Channels; f.BlockAlign%f.Channels == 0 && n > 0 && n <= largest && n*8 >= f.bits {
		return n
	}
	return (f.bits + 7) / 8
}

func (f *Format) settlePCM() error {
	n := f.container(4)
	switch n {
	case 0:
		// WAVEFORMAT without a width, and nothing to tell it from.
		n, f.Codec = 1, media.PCMU8
	case 1:
		f.Codec = media.PCMU8
	case 2:
		f.Codec = media.PCMS16LE
	case 3:
		f.Codec = media.PCMS24LE
	case 4:
		f.Codec = media.PCMS32LE
	default:
		return f.unsupported(fmt.Sprintf("PCM of %d bits", f.bits))
	}
	f.BlockAlign = n * f.Channels
	f.settleValid(n * 8)
	return nil
}

// settleValid takes the width of a sample from where it is said, if it is.
func (f *Format) settleValid(container int) {
	if f.valid <= 0 || f.valid > container {
		f.valid = f.bits
	}
	if f.valid <= 0 || f.valid > container {
		f.valid = container
	}
}

func (f *Format) settleFloat() error {
	n := f.container(8)
	switch n {
	case 4:
		f.Codec = media.PCMF32LE
	case 8:
		f.Codec = media.PCMF64LE
	default:
		return f.unsupported(fmt.Sprintf("floating point of %d bits", f.bits))
	}
	f.BlockAlign, f.valid = n*f.Channels, 32
	return nil
}

func (f *Format) settleADPCM(most int) error {
	switch {
	case f.Channels > most:
		return f.unsupported(fmt.Sprintf("ADPCM of %d channels", f.Channels))
	case f.bits != 4 && f.bits != 0:
		return f.unsupported(fmt.Sprintf("ADPCM of %d bits", f.bits))
	case f.BlockFrames() == 0:
		return f.malformed(fmt.Sprintf("ADPCM blocks of %d bytes", f.BlockAlign))
	}
	f.valid = 16
	return nil
}

// coefficients returns the predictors' coefficients of Microsoft ADPCM, as
// they stand in the chunk behind wSamplesPerBlock and wNumCoef, or nil.
func coefficients(extra []byte) []byte {
	if len(extra) < 4 {
		return nil
	}
	n := 4 * int(binary.LittleEndian.Uint16(extra[2:]))
	if n == 0 || n > 4*256 || len(extra) < 4+n {
		return nil
	}
	return slices.Clone(extra[4 : 4+n])
}

// BlockFrames is how many frames a whole block holds.
func (f *Format) BlockFrames() int {
	if f.BlockOf == nil {
		return 1
	}
	return f.BlockOf(f.BlockAlign, f.Channels)
}

// Stream describes the stream, but for its length.
func (f *Format) Stream() media.Stream {
	return media.Stream{
		Kind:       media.Audio,
		Codec:      f.Codec,
		Audio:      media.AudioFormat{Rate: f.Rate, Channels: f.Channels, Bits: f.valid, Layout: f.layout},
		BitRate:    int(min(int64(f.Rate)*int64(f.BlockAlign)*8/int64(f.BlockFrames()), math.MaxInt32)),
		BlockAlign: f.BlockAlign,
		Config:     f.config,
	}
}

func (f *Format) malformed(msg string) error {
	return &media.FormatError{Stage: f.stage, Offset: f.pos, Msg: msg}
}

func (f *Format) unsupported(msg string) error {
	return &media.UnsupportedError{Stage: f.stage, Offset: f.pos, Msg: msg}
}
