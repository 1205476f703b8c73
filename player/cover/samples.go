package cover

import "linnet/player/internal/idct"

// samples turns what is kept of a component into samples, across()*down() of them,
// and rests between rows of blocks.
func (p *plane) samples(rest func()) []byte {
	pix := make([]byte, p.across()*p.down())
	switch {
	case p.summed():
		p.means(pix)
	case p.kx == 8 && p.ky == 8:
		p.full(pix, rest)
	default:
		p.transform(pix, rest)
	}
	p.sums, p.coefs, p.set = nil, nil, nil
	return pix
}

// means makes a sample of each sum. A block's mean is an eighth of its DC coefficient
// (A.3.3), around 128.
func (p *plane) means(pix []byte) {
	across := p.across()
	for i, sum := range p.sums {
		x, y := i%across*p.gx, i/across*p.gy
		blocks := int64(min(p.gx, p.blocksX-x) * min(p.gy, p.blocksY-y))
		pix[i] = clip(floor(int64(sum)*int64(p.quant[0])+4*blocks, 8*blocks) + 128)
	}
}

// floor is a/b for b > 0, rounded down.
func floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func clip(v int64) byte { return byte(max(0, min(v, 255))) }

// full transforms blocks of which everything was kept.
func (p *plane) full(pix []byte, rest func()) {
	var b struct {
		_ [0]uint32 // it begins at a word
		idct.Block
	}
	const level = 128 * 8 // samples are shifted by 128 (A.3.1)
	for y := range p.blocksY {
		rest()
		for x := range p.blocksX {
			for i, c := range p.block(x, y) {
				b.Block[i] = saturated(int32(c) * int32(p.quant[i]))
			}
			b.Block[0] = saturated(int32(b.Block[0]) + level)
			idct.Put(pix[(y*p.across()+x)*8:], p.across(), &b.Block, 63)
		}
	}
}

func saturated(v int32) int16 { return int16(max(-32768, min(v, 32767))) }

// transform makes kx by ky samples of each block: a transform of so many points, of
// the lowest coefficients, has the picture reduced as its outcome.
func (p *plane) transform(pix []byte, rest func()) {
	var t transformer
	t.init(p)
	for y := range p.blocksY {
		rest()
		for x := range p.blocksX {
			t.block(pix[(y*p.ky*p.blocksX+x)*p.kx:], p.block(x, y))
		}
	}
}

// transformer transforms blocks of a plane.
type transformer struct {
	kx, ky, stride int
	quant          [64]int32 // of the coefficients that are kept
	baseX, baseY   [8][8]int32
	f, rows        [64]int32
}

func (t *transformer) init(p *plane) {
	t.kx, t.ky, t.stride = p.kx, p.ky, p.across()
	for v := range p.ky {
		for u := range p.kx {
			t.quant[v*p.kx+u] = int32(p.quant[v*8+u])
		}
	}
	points(&t.baseX, p.kx)
	points(&t.baseY, p.ky)
}

// block writes a block's samples.
func (t *transformer) block(pix []byte, coefs []int16) {
	all := int32(0)
	for i, c := range coefs {
		t.f[i] = int32(c) * t.quant[i&63]
		if i > 0 {
			all |= t.f[i]
		}
	}
	if all == 0 {
		v := clip(int64((t.f[0]+4)>>3) + 128)
		for y := range t.ky {
			line := pix[y*t.stride : y*t.stride+t.kx]
			for x := range line {
				line[x] = v
			}
		}
		return
	}
	t.across()
	t.down(pix)
}

// base has baseShift binary digits behind the point, rows rowShift of them.
const (
	baseShift = 12
	rowShift  = 4
)

// across transforms each row of coefficients.
func (t *transformer) across() {
	for v := range t.ky {
		f, rows := t.f[v*t.kx:][:t.kx], t.rows[v*t.kx:][:t.kx]
		for x := range rows {
			base, sum := &t.baseX[x&7], int32(0)
			for u, c := range f {
				sum += c * base[u&7]
			}
			rows[x] = sum >> (baseShift - rowShift)
		}
	}
}

// down transforms each column of what across made, to samples. What a coder can have
// written fits 32 bits.
func (t *transformer) down(pix []byte) {
	const shift = baseShift + rowShift
	for y := range t.ky {
		line, base := pix[y*t.stride:][:t.kx], &t.baseY[y&7]
		for x := range line {
			sum := int32(128<<shift + 1<<(shift-1))
			for v := range t.ky {
				sum += t.rows[(v*t.kx+x)&63] * base[v&7]
			}
			line[x] = byte(max(0, min(sum>>shift, 255)))
		}
	}
}

// points fills in the inverse transform of n points, 1, 2, 4 or 8, for coefficients
// of one of 8: base[x][u] is what the coefficient u has in the sample x. Of A.3.3's
// two dimensions it is one.
func points(base *[8][8]int32, n int) {
	for x := range n {
		base[x][0] = quarterPi
		for u := 1; u < n; u++ {
			base[x][u] = cosine((2*x + 1) * u * (8 / n))
		}
	}
}

// quarterPi is cos(pi/4)/2, with baseShift digits.
const quarterPi = 1448

// cosine is cos(i*pi/16)/2.
func cosine(i int) int32 {
	quarter := [...]int32{2048, 2009, 1892, 1703, quarterPi, 1138, 784, 400, 0}
	i &= 31
	if i > 16 {
		i = 32 - i
	}
	if i > 8 {
		return -quarter[16-i]
	}
	return quarter[i]
}
