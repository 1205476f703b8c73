package mjpeg

import (
	"encoding/binary"
	"fmt"

	"linnet/player/internal/idct"
	"linnet/player/internal/jpeg"
	"linnet/player/internal/mpegvideo"
	"linnet/player/internal/runlevel"
	"linnet/player/media"
)

const (
	stage = "vd/mjpeg"
	// maxBlocks is the most blocks of 8x8 that the luma plane may have: that
	// of 1920x1152.
	maxBlocks = 240 * 144
)

// A component is a plane of the picture.
type component struct {
	id    byte
	h, v  int // sampling factors
	quant byte
}

// A Decoder decodes one stream. It implements player.VideoDecoder and is for
// one goroutine at a time.
type Decoder struct {
	height int // of the stream; what has half of it is a field
	quants jpeg.Quants
	steps  [4]runlevel.Steps
	tables jpeg.Tables // DC and AC

	components []component
	store      [3]component
	width      int // of the picture, or the field
	lines      int
	mcuH, mcuV int // blocks of luma in an MCU, or of the only component
	interval   int // MCUs between restarts
	second     bool
	bottom     bool // the field is the one of the lower lines
	polarity   byte

	pic     media.Picture
	buf     []byte
	strides [3]int
	planes  [3][]byte
	scan    []byte // without stuffing
	scanner scanner
	_       [0]uint32 // block begins at a word
	block   idct.Block
	bad     int
}

// New makes a Decoder for a stream of media.MJPEG.
func New(s media.Stream) (*Decoder, error) {
	d := &Decoder{height: s.Video.Height}
	d.standard()
	return d, nil
}

// Reset is there for player.VideoDecoder: no picture depends on another.
func (d *Decoder) Reset() {}

// Decode decodes one picture, or two fields of one. Errors are
// *media.FormatError and *media.UnsupportedError.
func (d *Decoder) Decode(p *media.Packet) (*media.Picture, error) {
	if p == nil {
		return nil, nil
	}
	d.bad, d.second, d.polarity = 0, false, 0
	decoded := false
	for at := 0; ; {
		code, body, next := jpeg.Segment(p.Data, at)
		if code == 0 {
			break
		}
		at = next
		switch code {
		case jpeg.SOI:
			d.components, d.interval = nil, 0
		case jpeg.SOS:
			n, err := d.decodeScan(body, p.Data[next:])
			if err != nil {
				return nil, where(err, p.Pos)
			}
			decoded = true
			at += n
		case jpeg.EOI:
			d.second = decoded
		default:
			if err := d.header(code, body); err != nil {
				return nil, where(err, p.Pos)
			}
		}
	}
	if !decoded {
		return nil, &media.FormatError{Stage: stage, Offset: p.Pos, Msg: "there is no picture in the packet"}
	}
	d.pic.PTS, d.pic.Key = p.PTS, true
	if d.bad > 0 {
		return &d.pic, &media.FormatError{Stage: stage, Offset: p.Pos, Msg: fmt.Sprintf("the picture is damaged in %d places", d.bad)}
	}
	return &d.pic, nil
}

// where fills in the packet's place.
func where(err error, pos int64) error {
	switch e := err.(type) {
	case *media.FormatError:
		e.Offset = pos
	case *media.UnsupportedError:
		e.Offset = pos
	}
	return err
}

func malformed(format string, args ...any) error {
	return &media.FormatError{Stage: stage, Offset: -1, Msg: fmt.Sprintf(format, args...)}
}

func unsupported(format string, args ...any) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: fmt.Sprintf(format, args...)}
}

// header reads a segment that is no scan.
func (d *Decoder) header(code byte, b []byte) error {
	switch {
	case code == jpeg.DQT:
		if !d.quants.Read(b, func(id byte) { d.steps[id].Set(&mpegvideo.Zigzag, &d.quants[id], true) }) {
			return malformed("a quantisation table is not whole")
		}
	case code == jpeg.DHT:
		if !d.tables.Read(b) {
			return malformed("a Huffman table is none")
		}
	case code == jpeg.DRI && len(b) >= 2:
		d.interval = int(binary.BigEndian.Uint16(b))
	case code == jpeg.SOF0 || code == jpeg.SOF1:
		return d.readFrame(b)
	case code > jpeg.SOF1 && code <= 0xcf && code != 0xc8 && code != 0xcc:
		return unsupported("a picture that is not baseline (SOF%d)", code-jpeg.SOF0)
	case code == jpeg.APP0 && len(b) >= 5 && string(b[:4]) == "AVI1":
		d.polarity = b[4]
	}
	return nil
}

// standard sets the tables that hold until a picture brings its own.
func (d *Decoder) standard() {
	d.tables[0][0].Set([]byte(jpeg.DCLuma))
	d.tables[0][1].Set([]byte(jpeg.DCChroma))
	d.tables[1][0].Set([]byte(jpeg.ACLuma))
	d.tables[1][1].Set([]byte(jpeg.ACChroma))
}

// readFrame is B.2.2.
func (d *Decoder) readFrame(b []byte) error {
	if len(b) < 6 || len(b) < 6+3*int(b[5]) {
		return malformed("the frame header is too short")
	}
	lines, width, n := int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:])), int(b[5])
	switch {
	case b[0] != 8:
		return unsupported("samples of %d bits", b[0])
	case n != 1 && n != 3:
		return unsupported("%d components", n)
	case lines == 0:
		return unsupported("a picture whose height is told behind it (DNL)")
	case width == 0:
		return malformed("a picture of %d by %d", width, lines)
	}
	d.components = d.store[:n]
	for i := range d.components {
		c := b[6+3*i:]
		d.components[i] = component{id: c[0], h: int(c[1] >> 4), v: int(c[1] & 15), quant: c[2] & 3}
	}
	chroma, err := d.layout()
	if err != nil {
		return err
	}
	return d.prepare(width, lines, chroma)
}

// layout finds out how colour is sampled.
func (d *Decoder) layout() (media.Chroma, error) {
	c := d.components
	if len(c) == 1 {
		c[0].h, c[0].v = 1, 1
		d.mcuH, d.mcuV = 1, 1
		return media.Gray, nil
	}
	d.mcuH, d.mcuV = c[0].h, c[0].v
	if c[1].h == c[2].h && c[1].v == c[2].v && c[1].h > 0 && c[1].v > 0 && c[0].h <= 4 && c[0].v <= 4 {
		switch [2]int{c[0].h * 4 / c[1].h, c[0].v * 4 / c[1].v} {
		case [2]int{8, 8}:
			return media.Chroma420, nil
		case [2]int{8, 4}:
			return media.Chroma422, nil
		case [2]int{4, 4}:
			return media.Chroma444, nil
		}
	}
	return 0, unsupported("colour sampled as %dx%d, %dx%d, %dx%d", c[0].h, c[0].v, c[1].h, c[1].v, c[2].h, c[2].v)
}

// prepare has planes for a picture, or for the field that it is.
func (d *Decoder) prepare(width, lines int, chroma media.Chroma) error {
	field := d.height > 0 && lines*2 <= d.height+1 && lines*2 >= d.height-16 && lines < d.height
	columns := (width + 8*d.mcuH - 1) / (8 * d.mcuH) * d.mcuH
	rows := (lines + 8*d.mcuV - 1) / (8 * d.mcuV) * d.mcuV
	if columns*rows > maxBlocks {
		return unsupported("a picture of %d by %d", width, lines)
	}
	d.width, d.lines = width, lines
	height := lines
	fields := 1
	if field {
		height, fields = min(d.height, 2*lines), 2
		d.bottom = (d.polarity == 2) != d.second
	}
	n := columns * 8 * rows * 8 * fields
	size := [3]int{n}
	d.strides = [3]int{columns * 8}
	if len(d.components) == 3 {
		c := &d.components[1]
		size[1] = n * c.h * c.v / (d.mcuH * d.mcuV)
		size[2] = size[1]
		d.strides[1] = columns * 8 * c.h / d.mcuH
		d.strides[2] = d.strides[1]
	}
	need := size[0] + size[1] + size[2]
	if cap(d.buf) < need {
		d.buf = make([]byte, need)
	}
	d.buf = d.buf[:need]
	y, cb, cr := d.buf[:size[0]], d.buf[size[0]:size[0]+size[1]], d.buf[size[0]+size[1]:]
	d.pic = media.Picture{Y: y, Cb: cb, Cr: cr, YStride: d.strides[0], CStride: d.strides[1], Width: width, Height: height,
		Chroma: chroma, Full: true, Interlaced: field, TopFirst: d.polarity != 2}
	d.planes = [3][]byte{y, cb, cr}
	if field {
		for i := range d.components {
			if d.bottom {
				d.planes[i] = d.planes[i][d.strides[i]:]
			}
			d.strides[i] *= 2
		}
	}
	return nil
}
