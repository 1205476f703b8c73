package rgb565

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

// TestLadderKeepsWhatAPixelCanShow: such values are never dithered.
func TestLadderKeepsWhatAPixelCanShow(t *testing.T) {
	for c := range 1 << 16 {
		r, g, b := Color(c).expand()
		for threshold := range uint16(16) {
			if got := dither(ladder5[r], ladder6[g], ladder5[b], threshold); got != Color(c) {
				t.Fatalf("%04x dithered is %04x", c, got)
			}
		}
	}
}

// TestDitherMeans: over a 4x4 tile the mean is the value, to a 32nd of a step.
func TestDitherMeans(t *testing.T) {
	for v := range 256 {
		var r, g float64
		for _, row := range bayer {
			for _, threshold := range row {
				r5, g6, _ := dither(ladder5[v], ladder6[v], 0, threshold).expand()
				r += float64(r5) / 16
				g += float64(g6) / 16
			}
		}
		if math.Abs(r-float64(v)) > 9.0/32+1e-9 || math.Abs(g-float64(v)) > 5.0/32+1e-9 {
			t.Errorf("%d becomes %.2f and %.2f", v, r, g)
		}
	}
}

func TestGradientV(t *testing.T) {
	compare(t, 200, func(s *scene) (_, _ func(*Image)) {
		r := s.rect()
		var a, b [3]uint8
		for i := range a {
			a[i], b[i] = uint8(s.rand.Uint32()), uint8(s.rand.Uint32())
		}
		return func(m *Image) { m.GradientV(r, a, b) }, func(m *Image) {
			refDraw(m, r, func(x, y int, _ Color) Color {
				t := 0.0
				if r.Dy() > 1 {
					t = float64(y-r.Min.Y) / float64(r.Dy()-1)
				}
				at := func(ladder *[256]uint16, i int) uint16 {
					p, q := float64(ladder[a[i]]), float64(ladder[b[i]])
					return uint16(math.Floor(p + (q-p)*t + 0.5 + 1e-9))
				}
				return dither(at(&ladder5, 0), at(&ladder6, 1), at(&ladder5, 2), bayer[y&3][x&3])
			})
		}
	})
}

// refScale computes a pixel in real numbers from 8-bit channels.
func refScale(src image.Image, from, r image.Rectangle, x, y int) (c [4]float64) {
	wx := refWeights(from.Min.X, from.Dx(), r.Dx(), x-r.Min.X, src.Bounds().Min.X, src.Bounds().Max.X)
	wy := refWeights(from.Min.Y, from.Dy(), r.Dy(), y-r.Min.Y, src.Bounds().Min.Y, src.Bounds().Max.Y)
	for sy, fy := range wy {
		for sx, fx := range wx {
			r, g, b, a := src.At(sx, sy).RGBA()
			for i, v := range [4]uint32{r, g, b, a} {
				c[i] += float64(v) / 257 * fx * fy
			}
		}
	}
	return c
}

// refWeights is the share that each source sample has in an output pixel.
func refWeights(from, size, out, i, lo, hi int) map[int]float64 {
	w := make(map[int]float64)
	step := float64(size) / float64(out)
	if size >= out {
		begin, end := float64(from)+float64(i)*step, float64(from)+float64(i+1)*step
		for p := int(math.Floor(begin)); float64(p) < end; p++ {
			if share := (math.Min(end, float64(p+1)) - math.Max(begin, float64(p))) / step; share > 1e-12 {
				w[p] += share
			}
		}
		return w
	}
	at := float64(from) + (float64(i)+0.5)*step - 0.5
	p := int(math.Floor(at))
	w[min(max(p, lo), hi-1)] += 1 - (at - float64(p))
	w[min(max(p+1, lo), hi-1)] += at - float64(p)
	return w
}

// sources are pictures of the kinds that Scale knows, with random pixels.
func sources(rnd *rand.Rand, b image.Rectangle) map[string]image.Image {
	rgba, nrgba, gray := image.NewRGBA(b), image.NewNRGBA(b), image.NewGray(b)
	pal := image.NewPaletted(b, color.Palette{color.Black, color.White, color.RGBA{200, 30, 90, 255}})
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBA{uint8(rnd.Uint32()), uint8(rnd.Uint32()), uint8(rnd.Uint32()), uint8(rnd.Uint32() | rnd.Uint32())}
			nrgba.SetNRGBA(x, y, c)
			rgba.Set(x, y, c)
			gray.SetGray(x, y, color.Gray{c.R})
			pal.SetColorIndex(x, y, c.R%3)
		}
	}
	return map[string]image.Image{"RGBA": rgba, "NRGBA": nrgba, "Gray": gray, "Paletted": pal}
}

// near says whether c is one of the pixels that a value within tolerance of v
// dithers to.
func near(c Color, v [3]float64, threshold uint16, tolerance float64) bool {
	r, g, b := c>>11, c>>5&63, c&31
	in := func(c Color, ladder *[256]uint16, v float64) bool {
		lo := ladder[int(math.Max(0, math.Ceil(v-0.5-tolerance)))]
		hi := ladder[int(math.Min(255, math.Floor(v+0.5+tolerance)))]
		return c >= Color((lo+threshold)>>4) && c <= Color((hi+threshold)>>4)
	}
	return in(r, &ladder5, v[0]) && in(g, &ladder6, v[1]) && in(b, &ladder5, v[2])
}

func TestScale(t *testing.T) {
	for seed := range uint64(150) {
		s := newScene(seed)
		x, y := s.rand.IntN(9)-4, s.rand.IntN(9)-4
		bounds := image.Rect(x, y, x+1+s.rand.IntN(60), y+1+s.rand.IntN(60))
		for name, src := range sources(s.rand, bounds) {
			r, from := s.rect(), s.rect()
			if seed%3 == 0 {
				from = bounds
			}
			old := s.clone()
			s.m.Scale(r, src, from)
			from = from.Intersect(bounds)
			refDraw(s.whole, s.whole.Rect, func(x, y int, c Color) Color {
				p, was := image.Pt(x, y), old.whole.At(x, y)
				if from.Empty() || !p.In(r) || !p.In(s.m.Rect) {
					if c != was {
						t.Fatalf("seed %d %s: %v outside changed", seed, name, p)
					}
					return c
				}
				ch := refScale(src, from, r, x, y)
				var v [3]float64
				r0, g0, b0 := was.expand()
				for i, u := range [3]uint8{r0, g0, b0} {
					v[i] = ch[i] + float64(u)*(255-ch[3])/255
				}
				if !near(c, v, bayer[y&3][x&3], 2) {
					t.Fatalf("seed %d %s: %v to %v, pixel %v is %04x, want %.2f", seed, name, from, r, p, c, v)
				}
				return c
			})
		}
	}
}

// TestScaleOpaqueIsExact: at its own size an opaque picture is only dithered.
func TestScaleOpaqueIsExact(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	src := image.NewRGBA(image.Rect(2, 3, 34, 35))
	for i := range src.Pix {
		src.Pix[i] = uint8(rnd.Uint32()) | uint8(i%4/3*255)
	}
	m := New(image.Rect(0, 0, 32, 32))
	m.Scale(m.Rect, src, src.Rect)
	for y := range 32 {
		for x := range 32 {
			p := src.RGBAAt(x+2, y+3)
			if got, want := m.At(x, y), dither(ladder5[p.R], ladder6[p.G], ladder5[p.B], bayer[y&3][x&3]); got != want {
				t.Fatalf("(%d, %d) is %04x, want %04x", x, y, got, want)
			}
		}
	}
}

// TestScaleYCbCr compares each kind of subsampling with the same picture whose
// chroma was averaged apart, in real numbers.
func TestScaleYCbCr(t *testing.T) {
	for ratio := image.YCbCrSubsampleRatio444; ratio <= image.YCbCrSubsampleRatio410; ratio++ {
		for seed := range uint64(150) {
			s := newScene(seed)
			full := image.Rect(0, 0, 1+s.rand.IntN(60), 1+s.rand.IntN(60))
			src := image.NewYCbCr(full, ratio)
			for _, pix := range [][]uint8{src.Y, src.Cb, src.Cr} {
				for i := range pix {
					pix[i] = uint8(64 + s.rand.IntN(128))
				}
			}
			if part := s.rect().Intersect(full); seed%2 == 0 && !part.Empty() {
				src = src.SubImage(part).(*image.YCbCr)
			}
			r := s.rect()
			s.m.Scale(r, src, src.Rect)
			for y := r.Min.Y; y < r.Max.Y; y++ {
				for x := r.Min.X; x < r.Max.X; x++ {
					if p := image.Pt(x, y); p.In(s.m.Rect) {
						if v := refYCbCr(src, r, x, y); !near(s.m.At(x, y), v, bayer[y&3][x&3], 2) {
							t.Fatalf("%v seed %d: %v to %v: %v is %04x, want %.2f", ratio, seed, src.Rect, r, p, s.m.At(x, y), v)
						}
					}
				}
			}
		}
	}
}

// refYCbCr scales each plane at its own resolution.
func refYCbCr(src *image.YCbCr, r image.Rectangle, x, y int) [3]float64 {
	subX, subY := subsampling(src.SubsampleRatio)
	luma := refPlane(src.Y, src.YStride, src.Rect, 1, 1, r, x, y)
	cb := refPlane(src.Cb, src.CStride, src.Rect, subX, subY, r, x, y) - 128
	cr := refPlane(src.Cr, src.CStride, src.Rect, subX, subY, r, x, y) - 128
	clip := func(v float64) float64 { return math.Max(0, math.Min(255, v)) }
	return [3]float64{clip(luma + 1.402*cr), clip(luma - 0.344136*cb - 0.714136*cr), clip(luma + 1.772*cb)}
}

func refPlane(pix []uint8, stride int, from image.Rectangle, subX, subY int, r image.Rectangle, x, y int) (v float64) {
	x0, y0 := from.Min.X/subX, from.Min.Y/subY
	wx := refSubWeights(from.Min.X, from.Max.X, subX, r.Dx(), x-r.Min.X)
	wy := refSubWeights(from.Min.Y, from.Max.Y, subY, r.Dy(), y-r.Min.Y)
	for sy, fy := range wy {
		for sx, fx := range wx {
			v += float64(pix[(sy-y0)*stride+sx-x0]) * fx * fy
		}
	}
	return v
}

// refSubWeights is refWeights for samples that cover sub pixels each.
func refSubWeights(from, to, sub, out, i int) map[int]float64 {
	w := make(map[int]float64)
	lo, hi := from/sub, (to+sub-1)/sub
	step := float64(to-from) / float64(out) / float64(sub) // in samples
	begin := float64(from)/float64(sub) + float64(i)*step
	if step >= 1 {
		for p := int(math.Floor(begin)); float64(p) < begin+step-1e-9; p++ {
			w[p] += (math.Min(begin+step, float64(p+1)) - math.Max(begin, float64(p))) / step
		}
		return w
	}
	at := begin + step/2 - 0.5
	p := int(math.Floor(at))
	w[min(max(p, lo), hi-1)] += 1 - (at - float64(p))
	w[min(max(p+1, lo), hi-1)] += at - float64(p)
	return w
}

func FuzzScale(f *testing.F) {
	f.Add(0, 0, 10, 10, 0, 0, 10, 10, 7, 9)
	f.Add(-5, 3, 100, 1, 2, 2, 3, 3, 50, 50)
	f.Fuzz(func(t *testing.T, x0, y0, x1, y1, fx0, fy0, fx1, fy1, w, h int) {
		for _, v := range []int{x0, y0, x1, y1, fx0, fy0, fx1, fy1} {
			if v < -1<<14 || v > 1<<14 {
				t.Skip("no screen is so large")
			}
		}
		m := New(image.Rect(-5, -5, 20, 20))
		b := image.Rect(0, 0, w&63, h&63)
		r := image.Rectangle{Min: image.Pt(x0, y0), Max: image.Pt(x1, y1)}
		from := image.Rectangle{Min: image.Pt(fx0, fy0), Max: image.Pt(fx1, fy1)}
		for _, src := range []image.Image{image.NewYCbCr(b, image.YCbCrSubsampleRatio420), image.NewNRGBA(b), image.NewGray(b)} {
			m.Scale(r, src, from)
		}
	})
}
