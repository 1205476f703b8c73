package rgb565

import (
	"image"
	"image/color"
)

// ycbcr scales a JPEG's picture.
func (s *scaler) ycbcr(p *image.YCbCr) {
	if p.Rect.Min.X < 0 || p.Rect.Min.Y < 0 {
		s.generic(p)
		return
	}
	subX, subY := subsampling(p.SubsampleRatio)
	luma := s.plane(p.Y, p.YStride, p.Rect, 1, 1)
	cb := s.plane(p.Cb, p.CStride, p.Rect, subX, subY)
	cr := cb
	cr.pix = p.Cr
	var tl, tc columns
	for x := s.clip.Min.X; x < s.clip.Max.X; x += strip {
		n := min(strip, s.clip.Max.X-x)
		tl.set(&luma.x, x-s.r.Min.X, n)
		tc.set(&cb.x, x-s.r.Min.X, n)
		for y := s.clip.Min.Y; y < s.clip.Max.Y; y++ {
			ty, tcy := luma.y.at(y-s.r.Min.Y), cb.y.at(y-s.r.Min.Y)
			for i := range n {
				r, g, b := color.YCbCrToRGB(uint8(luma.value(&tl[i], &ty)),
					uint8(cb.value(&tc[i], &tcy)), uint8(cr.value(&tc[i], &tcy)))
				s.put(x+i, y, uint32(r), uint32(g), uint32(b), 255)
			}
		}
	}
}

// subsampling is how many pixels a chroma sample covers.
func subsampling(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}

// gray scales a picture without colours.
func (s *scaler) gray(p *image.Gray) {
	luma := plane{pix: p.Pix, stride: p.Stride}
	luma.x, luma.y = s.axes(p.Rect)
	var tx columns
	for x := s.clip.Min.X; x < s.clip.Max.X; x += strip {
		n := min(strip, s.clip.Max.X-x)
		tx.set(&luma.x, x-s.r.Min.X, n)
		for y := s.clip.Min.Y; y < s.clip.Max.Y; y++ {
			ty := luma.y.at(y - s.r.Min.Y)
			for i := range n {
				v := luma.value(&tx[i], &ty)
				s.put(x+i, y, v, v, v, 255)
			}
		}
	}
}

// axes are the two axes of a picture of whole pixels, counted from the
// corner of its bounds.
func (s *scaler) axes(bounds image.Rectangle) (x, y axis) {
	return axis{s.from.Min.X - bounds.Min.X, s.from.Dx(), s.r.Dx(), 1, 0, bounds.Dx()},
		axis{s.from.Min.Y - bounds.Min.Y, s.from.Dy(), s.r.Dy(), 1, 0, bounds.Dy()}
}

// pixels scales a picture of interleaved 8-bit red, green, blue and alpha,
// straight says that the colours are not yet multiplied by alpha.
func (s *scaler) pixels(bounds image.Rectangle, pix []uint8, stride int, straight bool) {
	ax, ay := s.axes(bounds)
	var tx columns
	for x := s.clip.Min.X; x < s.clip.Max.X; x += strip {
		n := min(strip, s.clip.Max.X-x)
		tx.set(&ax, x-s.r.Min.X, n)
		for y := s.clip.Min.Y; y < s.clip.Max.Y; y++ {
			ty := ay.at(y - s.r.Min.Y)
			for i := range n {
				t, sum := &tx[i], [4]uint64{}
				for k := range ty.n {
					at := (ty.first+k)*stride + 4*t.first
					addRow(&sum, pix[at:at+4*t.n], t, ty.weight(k), straight)
				}
				s.putSum(x+i, y, &sum, uint64(t.total)*uint64(ty.total))
			}
		}
	}
}

// addRow adds a row of pixels, weighed by the taps and by wy, to sum.
func addRow(sum *[4]uint64, row []uint8, t *taps, wy uint32, straight bool) {
	var r, g, b, a uint32
	for k := range t.n {
		p, w := row[4*k:4*k+4:4*k+4], t.weight(k)
		alpha := uint32(p[3])
		if straight && alpha != 255 {
			r += (uint32(p[0])*alpha + 127) / 255 * w
			g += (uint32(p[1])*alpha + 127) / 255 * w
			b += (uint32(p[2])*alpha + 127) / 255 * w
			a += alpha * w
			continue
		}
		r += uint32(p[0]) * w
		g += uint32(p[1]) * w
		b += uint32(p[2]) * w
		a += alpha * w
	}
	sum[0] += uint64(r) * uint64(wy)
	sum[1] += uint64(g) * uint64(wy)
	sum[2] += uint64(b) * uint64(wy)
	sum[3] += uint64(a) * uint64(wy)
}

// putSum writes the pixel at (x, y) from weighed sums of its channels.
func (s *scaler) putSum(x, y int, sum *[4]uint64, total uint64) {
	s.put(x, y, mean(sum[0], total), mean(sum[1], total), mean(sum[2], total), mean(sum[3], total))
}

// generic scales any picture through its At.
func (s *scaler) generic(p image.Image) {
	bounds := p.Bounds()
	ax, ay := s.axes(bounds)
	for y := s.clip.Min.Y; y < s.clip.Max.Y; y++ {
		ty := ay.at(y - s.r.Min.Y)
		for x := s.clip.Min.X; x < s.clip.Max.X; x++ {
			tx := ax.at(x - s.r.Min.X)
			var sum [4]uint64
			for k := range ty.n {
				for j := range tx.n {
					w := uint64(ty.weight(k)) * uint64(tx.weight(j))
					r, g, b, a := p.At(bounds.Min.X+tx.first+j, bounds.Min.Y+ty.first+k).RGBA()
					sum[0] += uint64(r>>8) * w
					sum[1] += uint64(g>>8) * w
					sum[2] += uint64(b>>8) * w
					sum[3] += uint64(a>>8) * w
				}
			}
			s.putSum(x, y, &sum, uint64(tx.total)*uint64(ty.total))
		}
	}
}
