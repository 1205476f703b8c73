package cover

import (
	"compress/zlib"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"slices"
)

const (
	pngSignature = "\x89PNG\r\n\x1a\n"
	// maxRow is how many bytes a row of pixels may have.
	maxRow = 1 << 20
)

// The colour types, which are made of these bits (PNG, 11.2.2).
const (
	pngPalette = 1
	pngColour  = 2
	pngAlpha   = 4
)

// pngDecoder decodes one file.
type pngDecoder struct {
	width, height int
	depth, kind   int // bits a sample, and the colour type
	channels      int
	interlaced    bool
	palette       [256][4]byte // R, G, B, A
	key           [3]uint16    // the colour that is transparent
	keyed         bool

	data []byte // the chunks from the first IDAT on
	left []byte // of the chunk that is read

	row, above []byte // without the filter's byte
	sums       sums
	rest       func() // between two steps
}

// newPNG reads the chunks up to the picture's data.
func newPNG(data []byte) (*pngDecoder, error) {
	d := &pngDecoder{data: data[len(pngSignature):]}
	for {
		kind, body, rest := chunk(d.data)
		switch kind {
		case "IHDR":
			if err := d.header(body); err != nil {
				return nil, err
			}
		case "PLTE":
			for i := range min(len(body)/3, 256) {
				copy(d.palette[i][:3], body[3*i:])
			}
		case "tRNS":
			d.transparency(body)
		case "IDAT":
			if d.width == 0 {
				return nil, malformed("a PNG file without a header")
			}
			return d, nil
		case "":
			return nil, malformed("there is no picture in the PNG file")
		}
		d.data = rest
	}
}

// chunk is the first chunk of data (5.3): its type, its body as far as it is there,
// and what is behind it. The type is "" where there is none. Checksums are not looked
// at: what is damaged shows, too.
func chunk(data []byte) (kind string, body, rest []byte) {
	if len(data) < 8 {
		return "", nil, nil
	}
	n := int64(binary.BigEndian.Uint32(data))
	kind, data = string(data[4:8]), data[8:]
	if n+4 > int64(len(data)) {
		return kind, data[:min(n, int64(len(data)))], nil
	}
	return kind, data[:n], data[n+4:]
}

// header is 11.2.2.
func (d *pngDecoder) header(b []byte) error {
	if len(b) < 13 {
		return malformed("the PNG header is too short")
	}
	w, h := binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
	if w > 1<<31-1 || h > 1<<31-1 {
		return malformed("a picture of %d × %d pixels", w, h)
	}
	if err := checkArea(int(w), int(h)); err != nil {
		return err
	}
	d.width, d.height, d.depth, d.kind = int(w), int(h), int(b[8]), int(b[9])
	d.interlaced = b[12] == 1
	switch d.kind {
	case 0:
		d.channels = 1
	case pngColour, pngColour | pngAlpha:
		d.channels = 3 + d.kind/pngAlpha
	case pngPalette | pngColour:
		d.channels = 1
	case pngAlpha:
		d.channels = 2
	default:
		return malformed("PNG has no colour type %d", d.kind)
	}
	switch {
	case d.depth != 1 && d.depth != 2 && d.depth != 4 && d.depth != 8 && d.depth != 16,
		d.depth < 8 && d.kind != 0 && d.kind != pngPalette|pngColour,
		d.depth == 16 && d.kind&pngPalette != 0:
		return malformed("PNG samples of %d bits of colour type %d", d.depth, d.kind)
	case b[10] != 0 || b[11] != 0 || b[12] > 1:
		return unsupported("PNG's compression %d, filters %d, interlacing %d", b[10], b[11], b[12])
	case d.width > 8*maxRow || d.bytes(d.width) > maxRow: // the former keeps the latter within 32 bits
		return unsupported("PNG rows of %d pixels", d.width)
	}
	for i := range d.palette {
		d.palette[i] = [4]byte{3: 255}
	}
	return nil
}

// transparency is 11.3.2.
func (d *pngDecoder) transparency(b []byte) {
	switch {
	case d.kind == pngPalette|pngColour:
		for i := range min(len(b), 256) {
			d.palette[i][3] = b[i]
		}
	case d.kind&pngAlpha == 0 && len(b) >= 2*d.channels:
		d.keyed = true
		for i := range d.channels {
			d.key[i] = binary.BigEndian.Uint16(b[2*i:])
		}
	}
}

// bytes is how long a row of n pixels is.
func (d *pngDecoder) bytes(n int) int { return (n*d.channels*d.depth + 7) / 8 }

// Read reads the compressed data: those of all IDAT in a row (11.2.4).
func (d *pngDecoder) Read(p []byte) (int, error) {
	for len(d.left) == 0 {
		kind, body, rest := chunk(d.data)
		if kind != "IDAT" {
			return 0, io.EOF
		}
		d.left, d.data = body, rest
	}
	n := copy(p, d.left)
	d.left = d.left[n:]
	return n, nil
}

// A pass is a picture of some of the pixels: each step-th from first on.
type pass struct{ x, y, stepX, stepY int }

// passes are Adam7's (8.2).
var passes = []pass{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}

func decodePNG(data []byte, size image.Point, rest func()) (*image.RGBA, error) {
	d, err := newPNG(data)
	if err != nil {
		return nil, err
	}
	d.sums = newSums(d.width, d.height, size)
	d.rest = rest
	err = d.read()
	d.sums.opaque = d.opaque()
	return d.sums.picture(rest), err
}

// opaque says whether no pixel can be transparent.
func (d *pngDecoder) opaque() bool {
	clear := func(c [4]byte) bool { return c[3] < 255 }
	return d.kind&pngAlpha == 0 && !d.keyed && (d.kind&pngPalette == 0 || !slices.ContainsFunc(d.palette[:], clear))
}

// read adds up all pixels, as far as they are there.
func (d *pngDecoder) read() error {
	z, err := zlib.NewReader(d)
	if err != nil {
		return d.trouble(err)
	}
	defer z.Close()
	d.row, d.above = make([]byte, d.bytes(d.width)), make([]byte, d.bytes(d.width))
	of := passes
	if !d.interlaced {
		of = []pass{{0, 0, 1, 1}}
	}
	for _, p := range of {
		if err := d.pass(z, p); err != nil {
			return err
		}
	}
	// The checksum is behind the last byte.
	if _, err := z.Read(d.row[:1]); err != nil && err != io.EOF {
		return d.trouble(err)
	}
	return nil
}

// trouble is the error for one of zlib's.
func (d *pngDecoder) trouble(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return malformed("the PNG file is cut off")
	}
	return malformed("the PNG file is damaged: %v", err)
}

// pass reads the rows of one, each behind the number of its filter.
func (d *pngDecoder) pass(z io.Reader, p pass) error {
	columns := (d.width - p.x + p.stepX - 1) / p.stepX
	if columns <= 0 {
		return nil
	}
	n := d.bytes(columns)
	clear(d.above)
	for y := p.y; y < d.height; y += p.stepY {
		d.rest()
		var filter [1]byte
		if _, err := io.ReadFull(z, filter[:]); err != nil {
			return d.trouble(err)
		}
		if _, err := io.ReadFull(z, d.row[:n]); err != nil {
			return d.trouble(err)
		}
		if !unfilter(filter[0], d.row[:n], d.above[:n], max(d.channels*d.depth/8, 1)) {
			return malformed("PNG has no filter %d", filter[0])
		}
		d.add(columns, y, p)
		d.row, d.above = d.above, d.row
	}
	return nil
}

// add adds up the pixels of a row.
func (d *pngDecoder) add(columns, y int, p pass) {
	line := d.sums.line(y)
	by := d.sums.by
	if d.depth == 8 && d.channels >= 3 && !d.keyed && p.stepX == 1 {
		for row := d.row[:columns*d.channels]; len(row) > 0; line = line[1:] {
			n := min(by*d.channels, len(row))
			line[0].addRow(row[:n], d.channels)
			row = row[n:]
		}
		return
	}
	cell, left := p.x/by, by-p.x%by // the thumbnail's column, and pixels until the next
	for i := range columns {
		line[cell].add(d.pixel(i))
		for left -= p.stepX; left <= 0; left += by {
			cell++
		}
	}
}

// pixel is pixel i of the row: R, G, B and A of 8 bits, not premultiplied.
func (d *pngDecoder) pixel(i int) [4]byte {
	var v [4]uint16
	for c := range d.channels {
		v[c] = d.sample(i*d.channels + c)
	}
	if d.kind == pngPalette|pngColour {
		return d.palette[v[0]]
	}
	alpha := byte(255)
	if d.keyed && [3]uint16(v[:3]) == d.key {
		alpha = 0
	}
	if d.kind&pngAlpha != 0 {
		alpha = d.scaled(v[d.channels-1])
	}
	if d.kind&pngColour == 0 {
		g := d.scaled(v[0])
		return [4]byte{g, g, g, alpha}
	}
	return [4]byte{d.scaled(v[0]), d.scaled(v[1]), d.scaled(v[2]), alpha}
}

// sample is sample i of the row.
func (d *pngDecoder) sample(i int) uint16 {
	switch d.depth {
	case 8:
		return uint16(d.row[i])
	case 16:
		return binary.BigEndian.Uint16(d.row[2*i:])
	}
	at := i * d.depth
	return uint16(d.row[at/8] >> (8 - d.depth - at%8) & (1<<d.depth - 1))
}

// scaled is a sample of 8 bits.
func (d *pngDecoder) scaled(v uint16) byte {
	if d.depth == 16 {
		return byte(v >> 8)
	}
	return byte(int(v) * 255 / (1<<d.depth - 1))
}

// unfilter takes a filter back (9.2), with pixels of n bytes. It reports false where
// there is no such filter.
func unfilter(filter byte, row, above []byte, n int) bool {
	switch filter {
	case 0:
	case 1:
		for i := n; i < len(row); i++ {
			row[i] += row[i-n]
		}
	case 2:
		for i, b := range above {
			row[i] += b
		}
	case 3:
		for i := range row {
			left := 0
			if i >= n {
				left = int(row[i-n])
			}
			row[i] += byte((left + int(above[i])) / 2)
		}
	case 4:
		for i := range min(n, len(row)) {
			row[i] += above[i]
		}
		for i := n; i < len(row); i++ {
			row[i] += paeth(int(row[i-n]), int(above[i]), int(above[i-n]))
		}
	default:
		return false
	}
	return true
}

// paeth is whichever of its neighbours, left, above and diagonal, the pixel is
// expected to be nearest to (9.4).
func paeth(a, b, c int) byte {
	pa, pb, pc := b-c, a-c, a+b-2*c
	pa, pb, pc = max(pa, -pa), max(pb, -pb), max(pc, -pc)
	switch {
	case pa <= pb && pa <= pc:
		return byte(a)
	case pb <= pc:
		return byte(b)
	}
	return byte(c)
}
