package wav

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

// format is the fmt chunk (WAVEFORMATEX, WAVEFORMATEXTENSIBLE), understood.
type format struct {
	pos        int64 // of the chunk's body, for errors
	order      binary.ByteOrder
	tag        int
	codec      media.Codec
	channels   int
	layout     media.Layout
	rate       int
	blockAlign int
	bits       int // as coded: of a sample, or of its container
	valid      int // bits of a sample that carry sound
	// blockOf is how many frames a block of n bytes of ADPCM holds; nil
	// for the other codecs.
	blockOf func(n, channels int) int
	config  []byte
}

func parseFormat(b []byte, pos int64, order binary.ByteOrder) (format, error) {
	if len(b) < 14 {
		return format{}, formatError(pos, "fmt chunk too short")
	}
	f := format{pos: pos, order: order, tag: int(order.Uint16(b)), channels: int(order.Uint16(b[2:])), blockAlign: int(order.Uint16(b[12:]))}
	rate := order.Uint32(b[4:])
	switch {
	case f.channels == 0:
		return f, formatError(pos, "no channels")
	case f.channels > maxChannels:
		return f, unsupported(pos, fmt.Sprintf("%d channels", f.channels))
	case rate == 0:
		return f, formatError(pos, "sampling rate 0")
	case rate > maxRate:
		return f, unsupported(pos, fmt.Sprintf("sampling rate %d Hz", rate))
	}
	f.rate = int(rate)
	var extra []byte
	if len(b) >= 16 {
		f.bits = int(order.Uint16(b[14:]))
	}
	if len(b) >= 18 {
		extra = b[18:min(len(b), 18+int(order.Uint16(b[16:])))]
	}
	if f.tag == tagExtensible {
		var err error
		if extra, err = f.parseExtensible(extra); err != nil {
			return f, err
		}
	}
	return f, f.settle(extra)
}

// parseExtensible reads the fields that follow WAVEFORMATEX and returns those
// that belong to the sub-format.
func (f *format) parseExtensible(b []byte) ([]byte, error) {
	if len(b) < 22 {
		return nil, formatError(f.pos, "extensible fmt chunk too short")
	}
	f.valid = int(f.order.Uint16(b))
	f.layout = media.NewLayout(f.order.Uint32(b[2:]), f.channels)
	// The tag in the GUID has the file's byte order, the rest of it never:
	// so SoX writes RIFX, which is the only one to.
	f.tag = int(f.order.Uint16(b[6:]))
	if guid := string(b[8:22]); guid != guidMedia && guid != guidAmbisonic {
		return nil, unsupported(f.pos, fmt.Sprintf("sub-format %x", b[6:22]))
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
func (f *format) settle(extra []byte) error {
	err := f.settleCodec(extra)
	if err != nil || f.order == binary.LittleEndian {
		return err
	}
	swapped, ok := bigEndian[f.codec]
	if !ok {
		return unsupported(f.pos, fmt.Sprintf("%s in a big-endian file (RIFX)", f.codec))
	}
	f.codec = swapped
	return nil
}

func (f *format) settleCodec(extra []byte) error {
	switch f.tag {
	case tagPCM:
		return f.settlePCM()
	case tagFloat:
		return f.settleFloat()
	case tagALaw:
		f.codec = media.PCMALaw
	case tagMuLaw:
		f.codec = media.PCMMuLaw
	case tagIMAADPCM:
		f.codec, f.blockOf = media.ADPCMIMA, blocks.IMAFrames
		return f.settleADPCM(maxChannels)
	case tagMSADPCM:
		f.codec, f.blockOf = media.ADPCMMS, blocks.MSFrames
		f.config = coefficients(extra)
		return f.settleADPCM(2)
	default:
		return unsupported(f.pos, fmt.Sprintf("WAVE format 0x%04X%s", f.tag, tagName(f.tag)))
	}
	f.blockAlign, f.valid = f.channels, 16
	return nil
}

func tagName(tag int) string {
	switch tag {
	case 0x0050:
		return " (MPEG audio Layer I or II)"
	case 0x0055:
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
func (f *format) container(largest int) int {
	if n := f.blockAlign / f.channels; f.blockAlign%f.channels == 0 && n > 0 && n <= largest && n*8 >= f.bits {
		return n
	}
	return (f.bits + 7) / 8
}

func (f *format) settlePCM() error {
	n := f.container(4)
	switch n {
	case 0:
		// WAVEFORMAT without a width, and nothing to tell it from.
		n, f.codec = 1, media.PCMU8
	case 1:
		f.codec = media.PCMU8
	case 2:
		f.codec = media.PCMS16LE
	case 3:
		f.codec = media.PCMS24LE
	case 4:
		f.codec = media.PCMS32LE
	default:
		return unsupported(f.pos, fmt.Sprintf("PCM of %d bits", f.bits))
	}
	f.blockAlign = n * f.channels
	f.settleValid(n * 8)
	return nil
}

// settleValid takes the width of a sample from where it is said, if it is.
func (f *format) settleValid(container int) {
	if f.valid <= 0 || f.valid > container {
		f.valid = f.bits
	}
	if f.valid <= 0 || f.valid > container {
		f.valid = container
	}
}

func (f *format) settleFloat() error {
	n := f.container(8)
	switch n {
	case 4:
		f.codec = media.PCMF32LE
	case 8:
		f.codec = media.PCMF64LE
	default:
		return unsupported(f.pos, fmt.Sprintf("floating point of %d bits", f.bits))
	}
	f.blockAlign, f.valid = n*f.channels, 32
	return nil
}

func (f *format) settleADPCM(most int) error {
	switch {
	case f.channels > most:
		return unsupported(f.pos, fmt.Sprintf("ADPCM of %d channels", f.channels))
	case f.bits != 4 && f.bits != 0:
		return unsupported(f.pos, fmt.Sprintf("ADPCM of %d bits", f.bits))
	case f.blockFrames() == 0:
		return formatError(f.pos, fmt.Sprintf("ADPCM blocks of %d bytes", f.blockAlign))
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

func (f *format) blockFrames() int {
	if f.blockOf == nil {
		return 1
	}
	return f.blockOf(f.blockAlign, f.channels)
}

func (f *format) stream() media.Stream {
	return media.Stream{
		Kind:       media.Audio,
		Codec:      f.codec,
		Audio:      media.AudioFormat{Rate: f.rate, Channels: f.channels, Bits: f.valid, Layout: f.layout},
		BitRate:    int(min(int64(f.rate)*int64(f.blockAlign)*8/int64(f.blockFrames()), math.MaxInt32)),
		BlockAlign: f.blockAlign,
		Config:     f.config,
	}
}
