package mp4

import (
	"linnet/player/internal/bmff"
	"linnet/player/media"
)

// Descriptors of ISO/IEC 14496-1 clause 7.2.6.
const (
	tagES             = 3
	tagDecoderConfig  = 4
	tagDecoderSetting = 5
)

// Object types of ISO/IEC 14496-1 table 5.
const (
	objectAAC     = 0x40
	objectAACMain = 0x66 // MPEG-2's, with LC and SSR behind it
	objectAACSSR  = 0x68
	objectMP3Low  = 0x69 // of ISO/IEC 13818-3
	objectMP3     = 0x6b // of ISO/IEC 11172-3
)

// readESDS reads an elementary stream descriptor: what is coded, and for AAC
// the AudioSpecificConfig.
func (e *entry) readESDS(win *bmff.Window, b bmff.Box) {
	const most = 512
	d := descriptors{win.At(b.Body+fullBox, int(min(max(b.Size()-fullBox, 0), most)))}
	es := d.find(tagES)
	if len(es) < 3 {
		return
	}
	// Fields in front of the next descriptor, by their flags.
	const dependsOnOther, hasAddress, hasClock = 0x80, 0x40, 0x20
	skip := 3
	if es[2]&dependsOnOther != 0 {
		skip += 2
	}
	if es[2]&hasAddress != 0 && skip < len(es) {
		skip += 1 + int(es[skip])
	}
	if es[2]&hasClock != 0 {
		skip += 2
	}
	in := descriptors{es[min(skip, len(es)):]}
	config := in.find(tagDecoderConfig)
	const head = 13
	if len(config) < head {
		return
	}
	e.bitRate = int(config[9]&0x7f)<<24 | int(config[10])<<16 | int(config[11])<<8 | int(config[12])
	in = descriptors{config[head:]}
	switch object := config[0]; {
	case object == objectAAC || object >= objectAACMain && object <= objectAACSSR:
		e.settleAAC(in.find(tagDecoderSetting))
	case object == objectMP3 || object == objectMP3Low:
		e.codec, e.bits = media.MP3, 16
	}
}

// descriptors are what is left of a run of them.
type descriptors struct{ b []byte }

// find returns the body of the next one with this tag, cut to what is there,
// or nil.
func (d *descriptors) find(tag byte) []byte {
	for len(d.b) > 1 {
		is, n, i := d.b[0], 0, 1
		for ; i < len(d.b) && i < 5; i++ { // seven bits in each byte of the size
			n = n<<7 | int(d.b[i]&0x7f)
			if d.b[i]&0x80 == 0 {
				i++
				break
			}
		}
		body := d.b[min(i, len(d.b)):]
		n = min(n, len(body))
		d.b = body[n:]
		if is == tag {
			return body[:n]
		}
	}
	return nil
}
