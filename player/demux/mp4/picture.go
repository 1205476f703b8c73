package mp4

import (
	"encoding/binary"

	"linnet/player/internal/bmff"
	"linnet/player/internal/esds"
	"linnet/player/internal/fourcc"
	"linnet/player/media"
)

// A pictureEntry is the description of a track's pictures: a
// VisualSampleEntry, ISO/IEC 14496-12 clause 12.1.3, or QuickTime's video
// description, whose fields are the same.
type pictureEntry struct {
	codec  media.Codec
	format media.VideoFormat
	config []byte // DecoderSpecificInfo
}

// Object types of pictures, ISO/IEC 14496-1 table 5.
var pictureObjects = map[byte]media.Codec{
	0x20: media.MPEG4, 0x21: "h264", 0x23: "hevc",
	0x60: media.MPEG2Video, 0x61: media.MPEG2Video, 0x62: media.MPEG2Video, 0x63: media.MPEG2Video, 0x64: media.MPEG2Video, 0x65: media.MPEG2Video,
	0x6a: media.MPEG1Video, 0x6c: media.MJPEG, 0x6d: "png",
}

// pictureForms are the types of entries that say the codec.
var pictureForms = map[string]media.Codec{
	"mp4v": media.MPEG4, "mjpa": media.MJPEG, "mjpb": "mjpegb",
	"mp1v": media.MPEG1Video, "m1v ": media.MPEG1Video, "m1v1": media.MPEG1Video, "mp2v": media.MPEG2Video, "m2v1": media.MPEG2Video,
	"avc3": "h264", "hvc1": "hevc", "hev1": "hevc", "av01": "av1", "vp08": "vp8", "vp09": "vp9", "s263": "h263", "png ": "png",
}

// readPictureEntry reads the first entry of a stsd box.
func readPictureEntry(win *bmff.Window, stsd bmff.Box) (e pictureEntry) {
	const fields = 78
	w := bmff.Inside(win, stsd, fullBox+4)
	b, ok := w.Next()
	v := win.At(b.Body, fields)
	if !ok || v == nil {
		return e
	}
	be := binary.BigEndian
	e.format.Width, e.format.Height = int(be.Uint16(v[24:])), int(be.Uint16(v[26:]))
	form := string(b.Type[:])
	if e.codec = pictureForms[form]; e.codec == "" {
		if e.codec, ok = fourcc.Codec(form); !ok {
			e.codec = foreignCodec(b.Type)
		}
	}
	in := bmff.Inside(win, b, fields)
	for {
		b, ok := in.Next()
		if !ok {
			return e
		}
		switch string(b.Type[:]) {
		case "esds":
			e.readESDS(win, b)
		case "pasp":
			if v := win.At(b.Body, 8); v != nil {
				e.format.Aspect = fraction(int64(be.Uint32(v)), int64(be.Uint32(v[4:])))
			}
		}
	}
}

func (e *pictureEntry) readESDS(win *bmff.Window, b bmff.Box) {
	const most = 512
	d, ok := esds.Parse(win.At(b.Body+fullBox, int(min(max(b.Size()-fullBox, 0), most))))
	if !ok {
		return
	}
	if c := pictureObjects[d.Object]; c != "" {
		e.codec = c
	}
	e.config = append([]byte(nil), d.Setting...)
}

// fraction is num/den in its lowest terms, and as near to it as 31 bits are;
// not known where either is 0.
func fraction(num, den int64) media.Rational {
	if num <= 0 || den <= 0 {
		return media.Rational{}
	}
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	for num, den = num/a, den/a; num >= 1<<31 || den >= 1<<31; {
		num, den = num>>1, den>>1
	}
	return media.Rational{Num: int(num), Den: int(den)}
}
