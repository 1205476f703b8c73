package cover

import (
	"image"
	"image/color"
)

// How Adobe's segment says that colours are transformed.
const (
	adobeNone = 0 // they are not: RGB or CMYK
	adobeYCCK = 2
)

// picture makes the thumbnail.
func (d *jpegDecoder) picture() *image.RGBA {
	w, h := ceil(d.width, d.reduced), ceil(d.height, d.reduced)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if d.orientation > 4 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	var rows [maxComponents]row
	for i := range d.planes {
		rows[i] = d.row(&d.planes[i], w)
	}
	colour := d.colour()
	for y := range h {
		d.rest()
		for i := range d.planes {
			rows[i].fetch(y)
		}
		for x := range w {
			var c [maxComponents]byte
			for i := range d.planes {
				c[i] = rows[i].line[x]
			}
			r, g, b := colour(c)
			at := dst.PixOffset(d.turn(x, y, w, h))
			pix := dst.Pix[at : at+4 : at+4]
			pix[0], pix[1], pix[2], pix[3] = r, g, b, 255
		}
	}
	return dst
}

// row is one row of a component, of as many samples as the thumbnail is wide.
type row struct {
	pix          []byte
	across, down int
	num, den     int   // lines of the component per line of the thumbnail
	columns      []int // where the samples are in a line
	line         []byte
}

// row prepares the rows of a component. Where it has fewer samples than the thumbnail
// they are repeated.
func (d *jpegDecoder) row(p *plane, w int) row {
	r := row{across: p.across(), down: p.down(), pix: p.samples(d.rest), columns: make([]int, w), line: make([]byte, w)}
	num, den := d.reduced*p.h*p.kx, 8*d.maxH*p.gx
	for x := range r.columns {
		r.columns[x] = min(x*num/den, r.across-1)
	}
	r.num, r.den = d.reduced*p.v*p.ky, 8*d.maxV*p.gy
	return r
}

// fetch has line be what belongs to the thumbnail's line y.
func (r *row) fetch(y int) {
	from := r.pix[min(y*r.num/r.den, r.down-1)*r.across:]
	for x, i := range r.columns {
		r.line[x] = from[i]
	}
}

// turn is where a pixel of a picture of w by h goes, by its orientation.
func (d *jpegDecoder) turn(x, y, w, h int) (int, int) {
	switch d.orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// colour is what makes a colour of a sample of each component.
func (d *jpegDecoder) colour() func(c [maxComponents]byte) (r, g, b byte) {
	switch {
	case len(d.planes) == 1:
		return func(c [maxComponents]byte) (r, g, b byte) { return c[0], c[0], c[0] }
	case len(d.planes) == 3 && d.isRGB():
		return func(c [maxComponents]byte) (r, g, b byte) { return c[0], c[1], c[2] }
	case len(d.planes) == 3:
		return func(c [maxComponents]byte) (r, g, b byte) { return color.YCbCrToRGB(c[0], c[1], c[2]) }
	case d.adobe == adobeYCCK:
		return func(c [maxComponents]byte) (r, g, b byte) {
			r, g, b = color.YCbCrToRGB(c[0], c[1], c[2])
			return under(255-r, c[3]), under(255-g, c[3]), under(255-b, c[3])
		}
	case d.adobe >= adobeNone: // Adobe stores how much ink there is not
		return func(c [maxComponents]byte) (r, g, b byte) {
			return under(c[0], c[3]), under(c[1], c[3]), under(c[2], c[3])
		}
	}
	return func(c [maxComponents]byte) (r, g, b byte) {
		return under(255-c[0], 255-c[3]), under(255-c[1], 255-c[3]), under(255-c[2], 255-c[3])
	}
}

// isRGB says whether three components are that: by Adobe's segment, or by their names
// where neither that nor JFIF's says otherwise.
func (d *jpegDecoder) isRGB() bool {
	if d.adobe >= 0 || d.jfif {
		return d.adobe == adobeNone && !d.jfif
	}
	return d.planes[0].id == 'R' && d.planes[1].id == 'G' && d.planes[2].id == 'B'
}

// under is what black leaves of a colour.
func under(c, k byte) byte { return byte((int(c)*int(k) + 127) / 255) }
