package mp4

import (
	"encoding/binary"
	"fmt"

	"linnet/player/internal/aac"
	"linnet/player/internal/alac"
	"linnet/player/internal/bits"
	"linnet/player/internal/bmff"
	"linnet/player/media"
)

const (
	maxChannels = 64
	maxRate     = 6144000

	// A block of QuickTime's IMA ADPCM, of each channel.
	imaBytes  = 34
	imaFrames = 64
)

// An entry is the description of a track's samples: an AudioSampleEntry, ISO/IEC
// 14496-12 clause 12.2.3, or QuickTime's sound description of version 0, 1 or 2.
// AudioSampleEntryV1, which says rates above 65535 Hz in a box, is told from
// QuickTime's version 1 by the version of stsd.
type entry struct {
	pos      int64 // in the file, for errors
	form     [4]byte
	codec    media.Codec
	channels int
	layout   media.Layout
	rate     int
	bits     int // of a sample
	valid    int // of these, how many carry sound; 0: all
	bitRate  int
	config   []byte
	frame    int64 // frames in each packet; 0: as long as the packets say
	block    int   // bytes of a frame of PCM, or of a block of ADPCM
	preskip  int64 // frames that the codec itself says to drop
	err      error // what is wrong with it
}

// readEntry reads the first entry of a stsd box.
func readEntry(win *bmff.Window, stsd bmff.Box) (e entry) {
	v := win.At(stsd.Body, 1)
	iso := v != nil && v[0] == 1
	w := bmff.Inside(win, stsd, fullBox+4)
	b, ok := w.Next()
	head := win.At(b.Body, 28)
	if !ok || head == nil {
		e.err = formatError(stsd.Start, "no sample description")
		return e
	}
	e.pos, e.form = b.Start, b.Type
	be := binary.BigEndian
	version := be.Uint16(head[8:])
	e.channels, e.bits, e.rate = int(be.Uint16(head[16:])), int(be.Uint16(head[18:])), int(be.Uint16(head[24:]))
	in := bmff.Inside(win, b, 28)
	var flags uint32
	switch {
	case version == 1 && !iso:
		in = bmff.Inside(win, b, 28+16)
	case version == 2:
		flags = e.readVersion2(win, b)
		in = bmff.Inside(win, b, 28+36)
	}
	e.settleForm(flags)
	e.readExtensions(win, in, false)
	e.settle()
	return e
}

// readVersion2 reads the fields that QuickTime's version 2 has, and returns
// the flags of linear PCM.
func (e *entry) readVersion2(win *bmff.Window, b bmff.Box) (flags uint32) {
	v := win.At(b.Body+28, 36)
	if v == nil {
		return 0
	}
	be := binary.BigEndian
	if rate := bits.RoundFloat64(be.Uint64(v[4:])); rate > 0 {
		e.rate = int(min(rate, maxRate+1))
	}
	e.channels, e.bits = int(min(be.Uint32(v[12:]), maxChannels+1)), int(min(be.Uint32(v[20:]), 1<<10))
	return be.Uint32(v[24:])
}

// readExtensions reads the boxes behind the fields. One of them, QuickTime's
// wave, holds others of the same kinds.
func (e *entry) readExtensions(win *bmff.Window, w bmff.Walker, inWave bool) {
	for {
		b, ok := w.Next()
		if !ok {
			return
		}
		switch string(b.Type[:]) {
		case "wave":
			if !inWave {
				e.readExtensions(win, bmff.Inside(win, b, 0), true)
			}
		case "esds":
			e.readESDS(win, b)
		case "alac":
			e.readALAC(win, b)
		case "dfLa":
			e.readFLAC(win, b)
		case "dOps":
			e.readOpus(win, b)
		case "enda":
			if v := win.At(b.Body, 2); v != nil && v[1] == 1 {
				e.settleLinear(isFloat(e.codec), false)
			}
		case "srat":
			if v, ok := win.Uint32(b.Body + fullBox); ok && e.config == nil { // which knows better
				e.rate = int(min(v, maxRate+1))
			}
		case "pcmC": // ISO/IEC 23003-5 clause 4.5
			if v := win.At(b.Body+fullBox, 2); v != nil {
				e.bits = int(v[1])
				e.settleLinear(string(e.form[:]) == "fpcm", v[0]&1 == 0)
			}
		}
	}
}

// settleForm takes what the entry's type says of the coding.
func (e *entry) settleForm(flags uint32) {
	const float, bigEndian, signed = 1, 2, 4 // of lpcm
	switch string(e.form[:]) {
	case "raw ", "NONE":
		if e.settleLinear(false, true); e.bits == 8 {
			e.codec = media.PCMU8
		}
	case "twos", "ipcm":
		e.settleLinear(false, true)
	case "sowt":
		e.settleLinear(false, false)
	case "in24":
		e.bits = 24
		e.settleLinear(false, true)
	case "in32":
		e.bits = 32
		e.settleLinear(false, true)
	case "fl32", "fpcm":
		e.bits = 32
		e.settleLinear(true, true)
	case "fl64":
		e.bits = 64
		e.settleLinear(true, true)
	case "lpcm":
		if e.settleLinear(flags&float != 0, flags&bigEndian != 0); e.bits == 8 && flags&signed == 0 {
			e.codec = media.PCMU8
		}
	case "alaw":
		e.setPCM(media.PCMALaw, 1, 16)
	case "ulaw":
		e.setPCM(media.PCMMuLaw, 1, 16)
	case "ima4":
		e.codec, e.valid, e.block, e.frame = media.ADPCMQT, 16, imaBytes*e.channels, imaFrames
	case ".mp3", "ms\x00\x55":
		e.codec, e.bits = media.MP3, 16
	}
}

func isFloat(c media.Codec) bool { return c == media.PCMF32BE || c == media.PCMF64BE }

// settleLinear chooses the PCM of so many bits. 20 bits stand in 24.
func (e *entry) settleLinear(float, big bool) {
	size := (e.bits + 7) / 8
	little := map[int]media.Codec{1: media.PCMS8, 2: media.PCMS16LE, 3: media.PCMS24LE, 4: media.PCMS32LE}
	bigs := map[int]media.Codec{1: media.PCMS8, 2: media.PCMS16BE, 3: media.PCMS24BE, 4: media.PCMS32BE}
	if float {
		little = map[int]media.Codec{4: media.PCMF32LE, 8: media.PCMF64LE}
		bigs = map[int]media.Codec{4: media.PCMF32BE, 8: media.PCMF64BE}
	}
	codec := little[size]
	if big {
		codec = bigs[size]
	}
	if codec == "" {
		e.err = unsupported(e.pos, fmt.Sprintf("PCM of %d bits", e.bits))
		return
	}
	e.setPCM(codec, size, min(e.bits, 32))
}

func (e *entry) setPCM(codec media.Codec, size, bits int) {
	e.codec, e.valid, e.block = codec, bits, size*e.channels
}

// settle checks what was read, and gives a name to what nobody here decodes.
func (e *entry) settle() {
	if e.codec == "" && e.err == nil {
		e.codec = foreignCodec(e.form)
		return
	}
	switch {
	case e.err != nil:
	case e.channels < 1:
		e.err = formatError(e.pos, "no channels")
	case e.channels > maxChannels:
		e.err = unsupported(e.pos, fmt.Sprintf("%d channels", e.channels))
	case e.rate < 1:
		e.err = formatError(e.pos, "sampling rate 0")
	case e.rate > maxRate:
		e.err = unsupported(e.pos, fmt.Sprintf("sampling rate %d Hz", e.rate))
	}
}

// foreignCodec is FFmpeg's name of a coding, or the entry's type.
func foreignCodec(form [4]byte) media.Codec {
	names := map[string]media.Codec{
		"ac-3": "ac3", "ec-3": "eac3", "samr": "amr_nb", "sawb": "amr_wb",
		"wvtt": "webvtt", "stpp": "ttml", "c608": "eia_608", "mp4s": "dvd_subtitle",
	}
	if c := names[string(form[:])]; c != "" {
		return c
	}
	clean := form
	for i, c := range clean {
		if c <= ' ' || c > '~' {
			clean[i] = '_'
		}
	}
	return media.Codec(clean[:])
}

// readALAC reads the decoder's configuration, 24 bytes or with a channel
// layout 48, in Apple's "ALACMagicCookieDescription".
func (e *entry) readALAC(win *bmff.Window, b bmff.Box) {
	v := win.At(b.Body+fullBox, 24)
	if v == nil || string(e.form[:]) != "alac" {
		return // the entry itself is called the same, where it lies in a wave box
	}
	be := binary.BigEndian
	e.codec, e.config = media.ALAC, append([]byte(nil), v...)
	e.frame = int64(be.Uint32(v))
	e.bits, e.channels, e.rate = int(v[5]), int(v[9]), int(be.Uint32(v[20:])&0x7fffffff)
	e.layout = alac.Layout(e.channels)
	e.bitRate = int(be.Uint32(v[16:]) & 0x7fffffff)
	if e.frame < 1 || e.frame > 1<<16 {
		e.err = formatError(e.pos, fmt.Sprintf("ALAC frames of %d samples", e.frame))
	}
}

// readFLAC reads dfLa: the STREAMINFO block is the configuration.
func (e *entry) readFLAC(win *bmff.Window, b bmff.Box) {
	const head, size = 4, 34
	v := win.At(b.Body+fullBox, head+size)
	if v == nil || v[0]&0x7f != 0 {
		e.err = formatError(b.Start, "no STREAMINFO")
		return
	}
	info := v[head:]
	e.codec, e.config = media.FLAC, append([]byte(nil), info...)
	e.rate = int(info[10])<<12 | int(info[11])<<4 | int(info[12])>>4
	e.channels = int(info[12]>>1&7) + 1
	e.bits = int(info[12]&1)<<4 | int(info[13]>>4) + 1
}

// readOpus reads dOps and makes of it the identification header of RFC 7845
// clause 5.1, which has the other byte order.
func (e *entry) readOpus(win *bmff.Window, b bmff.Box) {
	n := int(min(b.Size(), 11+2+255))
	v := win.At(b.Body, n)
	if v == nil || n < 11 {
		e.err = formatError(b.Start, "the Opus configuration is cut off")
		return
	}
	be, le := binary.BigEndian, binary.LittleEndian
	c := append([]byte("OpusHead\x01"), v[1])
	c = le.AppendUint16(c, be.Uint16(v[2:]))
	c = le.AppendUint32(c, be.Uint32(v[4:]))
	c = le.AppendUint16(c, be.Uint16(v[8:]))
	e.codec, e.config = media.Opus, append(c, v[10:]...)
	e.channels, e.rate, e.bits = int(v[1]), opusRate, 16
	e.preskip = int64(be.Uint16(v[2:]))
}

// opusRate is the rate at which Opus is decoded and counted.
const opusRate = 48000

// settleAAC takes the set-up of AAC, whose channels and rate are the core's.
func (e *entry) settleAAC(config []byte) {
	c, err := aac.ParseConfig(config)
	if err != nil {
		e.codec, e.err = media.AAC, err
		return
	}
	e.codec, e.config = media.AAC, append([]byte(nil), config...)
	e.channels, e.layout, e.rate, e.bits, e.frame = c.Layout.Channels, c.Layout.Speakers, c.Rate, 16, aac.FrameLength
}
