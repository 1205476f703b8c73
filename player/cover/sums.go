package cover

import "image"

// maxBy keeps a cell's sums within 32 bits.
const maxBy = 4096

// sums are a thumbnail while pixels are added to it, in any order.
type sums struct {
	width, height int // of the picture
	by            int // pixels of it that make one, in each direction
	across        int
	cells         []cell
	opaque        bool // no pixel is transparent: pixels of the thumbnail that lack some aren't, either
}

// A cell is the sum of the pixels that make one: R, G and B, premultiplied, and A.
type cell [4]uint32

func newSums(width, height int, size image.Point) sums {
	by := max(min(width/size.X, height/size.Y, maxBy), 1)
	for ceil(width, by)*ceil(height, by) > maxPixels {
		by++
	}
	across := ceil(width, by)
	return sums{width: width, height: height, by: by, across: across, cells: make([]cell, across*ceil(height, by))}
}

// line is the cells of the picture's line y.
func (s *sums) line(y int) []cell {
	at := y / s.by * s.across
	return s.cells[at : at+s.across]
}

// add adds a pixel that is not premultiplied.
func (c *cell) add(p [4]byte) {
	r, g, b, a := uint32(p[0]), uint32(p[1]), uint32(p[2]), uint32(p[3])
	if a < 255 {
		r, g, b = (r*a+127)/255, (g*a+127)/255, (b*a+127)/255
	}
	c.addPremultiplied(r, g, b, a)
}

func (c *cell) addPremultiplied(r, g, b, a uint32) {
	c[0] += r
	c[1] += g
	c[2] += b
	c[3] += a
}

// addRow adds pixels of three bytes, which are opaque, or of four.
func (c *cell) addRow(row []byte, channels int) {
	if channels == 4 {
		for ; len(row) >= 4; row = row[4:] {
			c.add([4]byte(row))
		}
		return
	}
	var r, g, b uint32
	n := len(row) / 3
	for ; len(row) >= 3; row = row[3:] {
		r += uint32(row[0])
		g += uint32(row[1])
		b += uint32(row[2])
	}
	c.addPremultiplied(r, g, b, 255*uint32(n))
}

// picture is the thumbnail; it rests between its rows.
func (s *sums) picture(rest func()) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, s.across, len(s.cells)/s.across))
	for i := range s.cells {
		x, y := i%s.across*s.by, i/s.across*s.by
		if x == 0 {
			rest()
		}
		n := uint32(min(s.by, s.width-x) * min(s.by, s.height-y))
		c := &s.cells[i]
		if s.opaque {
			n = max(c[3]/255, 1)
		}
		pix := dst.Pix[4*i : 4*i+4 : 4*i+4]
		for k, v := range c {
			pix[k] = byte((v + n/2) / n) // below 2^32; see maxBy
		}
	}
	return dst
}
