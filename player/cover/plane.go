package cover

import (
	"linnet/player/internal/mpegvideo"
)

// plane is a component of the picture, and what is kept of it. Where pixels of the
// thumbnail are as large as a block or larger, that is the sum of the blocks' DC
// coefficients; else each block's lowest ones.
type plane struct {
	id      byte
	h, v    int // sampling factors
	quantID byte

	quant   [64]uint16 // by place, as the first scan found it (B.2.4.1)
	latched bool

	blocksX, blocksY int // blocks that are not padding (A.2.2)
	kx, ky           int // samples that a block gives, 1, 2, 4 or 8, as many coefficients are kept
	gx, gy           int // blocks that share a sum
	keep             [64]uint8

	sums  []int32  // where kx = ky = 1: of the groups
	coefs []int16  // else: kx*ky a block, row by row
	set   []uint64 // in a progressive frame, a block's coefficients that are not 0, by their place in the zigzag

	last int32 // the last DC coefficient of the scan
}

// dropped is what keep has for a coefficient that is not kept.
const dropped = 0xff

// plan chooses by how much the picture is reduced, and makes room for the planes.
func (d *jpegDecoder) plan() {
	size := d.size
	if d.orientation > 4 { // it lies on its side
		size.X, size.Y = size.Y, size.X
	}
	d.reduced = 1
	for d.width/(2*d.reduced) >= size.X && d.height/(2*d.reduced) >= size.Y {
		d.reduced *= 2
	}
	for d.kept() > maxKept || ceil(d.width, d.reduced)*ceil(d.height, d.reduced) > maxPixels {
		d.reduced *= 2
	}
	for i := range d.planes {
		d.planes[i].allocate(d.progressive)
	}
}

// kept measures the planes, and says how many bytes are kept of all of them.
func (d *jpegDecoder) kept() int {
	n := 0
	for i := range d.planes {
		p := &d.planes[i]
		p.blocksX, p.blocksY = ceil(ceil(d.width*p.h, d.maxH), 8), ceil(ceil(d.height*p.v, d.maxV), 8)
		p.kx, p.gx = share(8*d.maxH, d.reduced*p.h)
		p.ky, p.gy = share(8*d.maxV, d.reduced*p.v)
		if p.gx > 1 || p.gy > 1 {
			p.kx, p.ky = 1, 1
		}
		n += p.bytes(d.progressive)
	}
	return n
}

// share is how many samples a block gives in one direction, num/den, or how many
// blocks give one together.
func share(num, den int) (k, g int) {
	if num < den {
		return 1, den / num
	}
	for k = 1; k < 8 && 2*k*den <= num; {
		k *= 2
	}
	return k, 1
}

// summed says whether blocks are added up, rather than kept.
func (p *plane) summed() bool { return p.kx == 1 && p.ky == 1 }

// across and down are how many samples there are.
func (p *plane) across() int { return ceil(p.blocksX, p.gx) * p.kx }
func (p *plane) down() int   { return ceil(p.blocksY, p.gy) * p.ky }

func (p *plane) bytes(progressive bool) int {
	if p.summed() {
		return 4 * p.across() * p.down()
	}
	n := 2 * p.across() * p.down()
	if progressive {
		n += 8 * p.blocksX * p.blocksY
	}
	return n
}

func (p *plane) allocate(progressive bool) {
	for i, at := range mpegvideo.Zigzag {
		u, v := int(at&7), int(at>>3)
		p.keep[i] = dropped
		if u < p.kx && v < p.ky {
			p.keep[i] = uint8(v*p.kx + u)
		}
	}
	if p.summed() {
		p.sums = make([]int32, p.across()*p.down())
		return
	}
	p.coefs = make([]int16, p.across()*p.down())
	if progressive {
		p.set = make([]uint64, p.blocksX*p.blocksY)
	}
}

// block is the kept coefficients of the block at (x, y); nil where they are summed.
func (p *plane) block(x, y int) []int16 {
	n := p.kx * p.ky
	if n == 1 {
		return nil
	}
	i := (y*p.blocksX + x) * n
	return p.coefs[i : i+n : i+n]
}

// addDC adds to the DC coefficient of the block at (x, y).
func (p *plane) addDC(x, y int, v int32) {
	if p.summed() {
		p.sums[y/p.gy*p.across()+x/p.gx] += v
		return
	}
	p.coefs[(y*p.blocksX+x)*p.kx*p.ky] += int16(v)
}
