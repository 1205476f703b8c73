package cover

import (
	"encoding/binary"
	"image"

	"linnet/player/internal/jpeg"
)

const (
	// maxScans bounds the time that a file can take which is nothing but scans.
	maxScans = 256
	// maxComponents is that of CMYK.
	maxComponents = 4
	// stepMCUs is how many are decoded at a step.
	stepMCUs = 64
)

// jpegDecoder decodes one file.
type jpegDecoder struct {
	data   []byte
	size   image.Point
	rest   func()      // between two steps
	tables jpeg.Tables // DC and AC
	quants jpeg.Quants // by place

	width, height int
	progressive   bool
	reduced       int // a power of 2
	planes        []plane
	maxH, maxV    int // the largest sampling factors
	interval      int // MCUs between restarts

	orientation int  // EXIF's, 1 to 8
	jfif        bool // there is a JFIF header
	adobe       int  // how colours are transformed, below 0 where it isn't told
	scans       int
	bad         int // places that are damaged
}

func newJPEG(data []byte, size image.Point) *jpegDecoder {
	return &jpegDecoder{data: data, size: size, orientation: 1, adobe: -1}
}

func decodeJPEG(data []byte, size image.Point, rest func()) (*image.RGBA, error) {
	d := newJPEG(data, size)
	d.rest = rest
	err := d.segments()
	if d.scans == 0 {
		if err == nil {
			err = malformed("there is no picture in the file")
		}
		return nil, err
	}
	if err == nil && d.bad > 0 {
		err = malformed("the picture is damaged in %d places", d.bad)
	}
	return d.picture(), err
}

// segments reads the file. What is behind the first scan that fails is not looked at.
func (d *jpegDecoder) segments() error {
	for at := 0; ; {
		code, body, next := jpeg.Segment(d.data, at)
		at = next
		switch code {
		case 0:
			if d.scans > 0 {
				d.bad++ // there is no EOI
			}
			return nil
		case jpeg.EOI:
			return nil
		case jpeg.SOS:
			if d.scans++; d.scans > maxScans {
				return malformed("more than %d scans", maxScans)
			}
			n, err := d.scan(body, d.data[at:])
			if err != nil {
				if d.scans == 1 {
					d.scans = 0
				}
				return err
			}
			at += n
		default:
			if err := d.header(code, body); err != nil {
				return err
			}
		}
	}
}

// isFrame says whether a marker begins a frame (SOF).
func isFrame(code byte) bool {
	return code >= jpeg.SOF0 && code <= 0xcf && code != jpeg.DHT && code != 0xc8 && code != 0xcc
}

// header reads a segment that is no scan.
func (d *jpegDecoder) header(code byte, b []byte) error {
	switch {
	case code == jpeg.DQT:
		if !d.quants.Read(b, func(byte) {}) {
			return malformed("a quantisation table is not whole")
		}
	case code == jpeg.DHT:
		if !d.tables.Read(b) {
			return malformed("a Huffman table is none")
		}
	case code == jpeg.DRI && len(b) >= 2:
		d.interval = int(binary.BigEndian.Uint16(b))
	case isFrame(code):
		if d.planes != nil {
			return malformed("a second frame")
		}
		planes, err := d.frame(code, b)
		if err == nil {
			d.planes = planes
			d.plan()
		}
		return err
	case code == jpeg.APP0 && len(b) >= 5 && string(b[:5]) == "JFIF\x00":
		d.jfif = true
	case code == jpeg.APP1 && len(b) >= 6 && string(b[:6]) == "Exif\x00\x00":
		d.orientation = orientation(b[6:])
	case code == jpeg.APP14 && len(b) >= 12 && string(b[:5]) == "Adobe":
		d.adobe = int(b[11])
	}
	return nil
}

// frame is B.2.2: the frame's components.
func (d *jpegDecoder) frame(code byte, b []byte) ([]plane, error) {
	if len(b) < 6 || len(b) < 6+3*int(b[5]) {
		return nil, malformed("the frame header is too short")
	}
	n := int(b[5])
	d.height, d.width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	d.progressive = code == jpeg.SOF2
	switch {
	case code > jpeg.SOF2:
		return nil, unsupported("a JPEG file of SOF%d, which is rarely used", code-jpeg.SOF0)
	case b[0] != 8:
		return nil, unsupported("samples of %d bits", b[0])
	case n != 1 && n != 3 && n != maxComponents:
		return nil, unsupported("%d components", n)
	case d.height == 0:
		return nil, unsupported("a picture whose height is told behind it (DNL)")
	}
	if err := checkArea(d.width, d.height); err != nil {
		return nil, err
	}
	planes := make([]plane, n)
	for i := range planes {
		c := b[6+3*i:]
		p := &planes[i]
		p.id, p.h, p.v, p.quantID = c[0], int(c[1]>>4), int(c[1]&15), c[2]&3
		if p.h < 1 || p.h > 4 || p.v < 1 || p.v > 4 {
			return nil, malformed("a component sampled %d × %d times", p.h, p.v)
		}
		d.maxH, d.maxV = max(d.maxH, p.h), max(d.maxV, p.v)
	}
	return planes, nil
}

// orientation reads the tag of that name (0x0112) in the first directory of an EXIF
// segment, which is a TIFF file. Where there is none it is 1, upright.
func orientation(b []byte) int {
	const upright = 1
	if len(b) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(b[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return upright
	}
	entries := b[at+2:]
	for range order.Uint16(b[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 0x0112 {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			break
		}
		entries = entries[12:]
	}
	return upright
}
