package rgb565

import "image"

// Scale draws the part from of a picture over r, stretched to fill it: by
// averaging areas where it shrinks, linearly between pixels where it grows,
// each axis for itself. The result is dithered by the screen's x and y. Where the
// picture is transparent, what m held shines through.
//
// *image.YCbCr, *image.Gray, *image.RGBA and *image.NRGBA are read directly
// and without allocation, anything else through its At. A YCbCr picture is
// averaged before it is converted, so out of gamut colours are clipped once,
// at the end. Nothing is drawn where r is more than 65,536 pixels wide or high.
func (m *Image) Scale(r image.Rectangle, src image.Image, from image.Rectangle) {
	from = from.Intersect(src.Bounds())
	clip := r.Intersect(m.Rect)
	if clip.Empty() || from.Empty() || r.Dx() > maxScaled || r.Dy() > maxScaled {
		return
	}
	s := scaler{m: m, clip: clip, r: r, from: from}
	switch p := src.(type) {
	case *image.YCbCr:
		s.ycbcr(p)
	case *image.Gray:
		s.gray(p)
	case *image.RGBA:
		s.pixels(p.Bounds(), p.Pix, p.Stride, false)
	case *image.NRGBA:
		s.pixels(p.Bounds(), p.Pix, p.Stride, true)
	default:
		s.generic(src)
	}
}

// maxScaled keeps the weights of a pixel's samples within 32 bits.
const maxScaled = 1 << 16

// scaler is one call of Scale.
type scaler struct {
	m             *Image
	clip, r, from image.Rectangle
}

// put writes the pixel at (x, y): premultiplied 8-bit channels and alpha.
func (s *scaler) put(x, y int, r, g, b, a uint32) {
	i := s.m.offset(x, y)
	if a < 255 {
		r0, g0, b0 := s.m.Pix[i].expand()
		r = min(r+(uint32(r0)*(255-a)+127)/255, 255)
		g = min(g+(uint32(g0)*(255-a)+127)/255, 255)
		b = min(b+(uint32(b0)*(255-a)+127)/255, 255)
	}
	s.m.Pix[i] = dither(ladder5[r], ladder6[g], ladder5[b], bayer[y&3][x&3])
}

// taps are the samples along one axis that make one pixel: n samples from
// first on, the outer ones weighed by head and tail, those between by mid.
type taps struct {
	first, n        int
	head, mid, tail uint32
	total           uint32 // sum of the weights
}

// axis describes one axis of a scaling: size pixels of the source from min
// on become out pixels. A sample of the source covers sub of its pixels, the
// samples [lo, hi) exist.
type axis struct {
	min, size, out int
	sub, lo, hi    int
}

// at is the taps of the output pixel i.
func (a *axis) at(i int) taps {
	if a.size >= a.out*a.sub {
		return a.box(i)
	}
	return a.tent(i)
}

// strip is how many columns share taps that were computed once.
const strip = 64

// columns are the taps of some output pixels beside each other.
type columns [strip]taps

// set computes the taps of the output pixels from i on.
func (c *columns) set(a *axis, i, n int) {
	for k := range c[:n] {
		c[k] = a.at(i + k)
	}
}

// box weighs each sample by how much of it lies under the pixel. Lengths are in
// source pixels times out, so that all of them are whole.
func (a *axis) box(i int) taps {
	begin := int64(a.min)*int64(a.out) + int64(i)*int64(a.size)
	end, unit := begin+int64(a.size), int64(a.out)*int64(a.sub)
	first, last := begin/unit, (end-1)/unit
	t := taps{first: int(first), n: int(last-first) + 1, mid: uint32(unit), total: uint32(a.size)}
	t.head = uint32(min(end, (first+1)*unit) - begin)
	t.tail = uint32(end - last*unit)
	return t
}

// tent weighs the two samples whose centres the pixel's centre lies between.
// Lengths are in samples times 2*out*sub.
func (a *axis) tent(i int) taps {
	unit := 2 * int64(a.out) * int64(a.sub)
	at := 2*int64(a.out)*int64(a.min) + (2*int64(i)+1)*int64(a.size) - unit/2
	first := at / unit
	if at < 0 {
		first = -1
	}
	frac := uint32(at - first*unit)
	t := taps{first: int(first), n: 2, total: uint32(unit), head: uint32(unit) - frac, tail: frac}
	if t.first < a.lo {
		t.first, t.n, t.head = a.lo, 1, t.total
	} else if t.first+1 >= a.hi {
		t.n, t.head = 1, t.total
	}
	return t
}

// weight is the weight of the sample k of t.
func (t *taps) weight(k int) uint32 {
	switch k {
	case 0:
		return t.head
	case t.n - 1:
		return t.tail
	}
	return t.mid
}

// mean divides a weighted sum of 8-bit values by the weights' total, rounding.
// A total above 24 bits loses its lowest bits first, since a division of 64 bits
// is dear on a small processor; that is below a 65,536th of the result.
func mean(sum, total uint64) uint32 {
	for total >= 1<<24 {
		sum, total = sum>>4, total>>4
	}
	t := uint32(total)
	return min((uint32(sum)+t/2)/t, 255)
}

// plane is one channel of 8-bit samples; the sample (lo.X, lo.Y) is pix[0].
type plane struct {
	pix    []uint8
	stride int
	x, y   axis
}

// plane prepares a channel whose samples cover subX x subY pixels of a
// picture with the given bounds.
func (s *scaler) plane(pix []uint8, stride int, bounds image.Rectangle, subX, subY int) plane {
	return plane{pix, stride,
		axis{s.from.Min.X, s.from.Dx(), s.r.Dx(), subX, bounds.Min.X / subX, (bounds.Max.X + subX - 1) / subX},
		axis{s.from.Min.Y, s.from.Dy(), s.r.Dy(), subY, bounds.Min.Y / subY, (bounds.Max.Y + subY - 1) / subY}}
}

// value is the channel's mean under an output pixel.
func (p *plane) value(x, y *taps) uint32 {
	i := (y.first-p.y.lo)*p.stride + x.first - p.x.lo
	samples := p.pix[i : i+(y.n-1)*p.stride+x.n]
	return mean(boxSum(samples, p.stride, x, y), uint64(x.total)*uint64(y.total))
}
