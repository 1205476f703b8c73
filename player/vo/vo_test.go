package vo

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"linnet/player/media"
)

// noise is a picture of random samples, its planes with room beside.
func noise(seed uint64, w, h int, c media.Chroma, full bool) *media.Picture {
	r := rand.New(rand.NewPCG(seed, 1))
	cw, ch := c.Size(w, h)
	p := &media.Picture{Width: w, Height: h, Chroma: c, Full: full, YStride: w + 5, CStride: cw + 3}
	p.Y = make([]byte, p.YStride*h)
	p.Cb, p.Cr = make([]byte, p.CStride*ch), make([]byte, p.CStride*ch)
	for _, pl := range [][]byte{p.Y, p.Cb, p.Cr} {
		for i := range pl {
			pl[i] = byte(r.Uint32())
			if r.IntN(4) == 0 {
				pl[i] = [...]byte{0, 255, 16, 235, 128}[r.IntN(5)]
			}
		}
	}
	return p
}

func surface(w, h int) Surface {
	s := Surface{Pix: make([]uint16, (w+6)*h), Stride: w + 6, Width: w, Height: h}
	for i := range s.Pix {
		s.Pix[i] = 0xabcd
	}
	return s
}

func at(s Surface, t Turn, x, y int) uint16 {
	w := s.walk(t).from(x, y)
	return s.Pix[w.at]
}

// exact is what BT.601 says of a pixel, in levels of each channel.
func exact(y, cb, cr byte, full bool) [3]float64 {
	l, b, r := float64(y), float64(cb)-128, float64(cr)-128
	if !full {
		l, b, r = (l-16)*255/219, b*255/224, r*255/224
	}
	rgb := [3]float64{l + 1.402*r, l - 0.344136*b - 0.714136*r, l + 1.772*b}
	for i, v := range rgb {
		most := 31.0
		if i == 1 {
			most = 63
		}
		rgb[i] = min(max(v, 0), 255) * most / 255
	}
	return rgb
}

func channels(p uint16) [3]float64 {
	return [3]float64{float64(p >> 11), float64(p >> 5 & 63), float64(p & 31)}
}

// Each pixel is within a level and what rounding chroma to steps of luma costs of the definition,
// whatever the samples.
func TestPixels(t *testing.T) {
	for _, full := range []bool{false, true} {
		for _, c := range []media.Chroma{media.Chroma420, media.Chroma422, media.Chroma444, media.Gray} {
			pic := noise(3, 67, 45, c, full)
			s := surface(67, 45)
			var p Painter
			p.Paint(s, pic, Layout{})
			for y := range 45 {
				for x := range 67 {
					cb, cr := byte(128), byte(128)
					if c != media.Gray {
						cx, cy := x, y
						if c != media.Chroma444 {
							cx /= 2
						}
						if c == media.Chroma420 {
							cy /= 2
						}
						cb, cr = pic.Cb[cy*pic.CStride+cx], pic.Cr[cy*pic.CStride+cx]
					}
					want, got := exact(pic.Y[y*pic.YStride+x], cb, cr, full), channels(at(s, Upright, x, y))
					for i := range want {
						if d := math.Abs(got[i] - want[i]); d > 1.35 {
							t.Fatalf("%v full %v (%d, %d): channel %d is %v, want %v", c, full, x, y, i, got[i], want[i])
						}
					}
				}
			}
		}
	}
}

// Areas of one colour have it on average, black is black and white white.
func TestDither(t *testing.T) {
	worst := [3]float64{}
	for _, full := range []bool{false, true} {
		for y := 0; y < 256; y += 3 {
			for _, c := range [][2]byte{{128, 128}, {100, 140}, {150, 90}, {90, 120}} {
				pic := noise(1, 32, 32, media.Chroma420, full)
				fill(pic.Y, byte(y))
				fill(pic.Cb, c[0])
				fill(pic.Cr, c[1])
				s := surface(32, 32)
				var p Painter
				p.Paint(s, pic, Layout{})
				var sum [3]float64
				for i := range 1024 {
					v := channels(at(s, Upright, i%32, i/32))
					for k := range sum {
						sum[k] += v[k] / 1024
					}
				}
				want := exact(byte(y), c[0], c[1], full)
				for k := range sum {
					worst[k] = max(worst[k], math.Abs(sum[k]-want[k]))
				}
			}
		}
	}
	if worst[0] > 0.3 || worst[1] > 0.45 || worst[2] > 0.3 {
		t.Errorf("means are off by up to %.2f levels", worst)
	}
	for _, c := range []struct {
		y    byte
		full bool
		want uint16
	}{{16, false, 0}, {235, false, 0xffff}, {0, true, 0}, {255, true, 0xffff}, {255, false, 0xffff}, {0, false, 0}} {
		pic := noise(1, 16, 16, media.Gray, c.full)
		fill(pic.Y, c.y)
		s := surface(16, 16)
		var p Painter
		p.Paint(s, pic, Layout{})
		for i := range 256 {
			if got := at(s, Upright, i%16, i/16); got != c.want {
				t.Fatalf("luma %d, full %v: a pixel is %#x, want %#x", c.y, c.full, got, c.want)
			}
		}
	}
}

func fill(p []byte, v byte) {
	for i := range p {
		p[i] = v
	}
}

// A turned picture is the upright one, turned, but for the dither.
func TestTurns(t *testing.T) {
	for _, size := range []image.Point{{32, 24}, {31, 23}, {8, 6}, {2, 2}, {1, 1}, {5, 40}} {
		pic := noise(7, size.X, size.Y, media.Chroma420, false)
		upright := surface(size.X, size.Y)
		var p Painter
		p.Paint(upright, pic, Layout{})
		for turn := Right; turn <= Left; turn++ {
			s := surface(size.X, size.Y)
			if turn&1 == 1 {
				s = surface(size.Y, size.X)
			}
			var p Painter
			if got := p.Paint(s, pic, Layout{Turn: turn}); got != (image.Rectangle{Max: size}) {
				t.Fatalf("%v turned by %d is at %v", size, turn, got)
			}
			for y := range size.Y {
				for x := range size.X {
					a, b := channels(at(upright, Upright, x, y)), channels(at(s, turn, x, y))
					for k := range a {
						if math.Abs(a[k]-b[k]) > 1 {
							t.Fatalf("%v turned by %d: (%d, %d) is %v, want %v", size, turn, x, y, b, a)
						}
					}
				}
			}
			outside(t, s)
		}
	}
}

// outside checks that nothing was painted beside the surface.
func outside(t *testing.T, s Surface) {
	t.Helper()
	for y := range s.Height {
		for _, v := range s.Pix[y*s.Stride+s.Width : (y+1)*s.Stride] {
			if v != 0xabcd {
				t.Fatal("a pixel beside the surface was painted")
			}
		}
	}
}

func TestPlace(t *testing.T) {
	for _, c := range []struct {
		w, h     int
		num, den int
		fill     bool
		from, to string
	}{
		{320, 240, 0, 0, false, "(0,0)-(320,240)", "(0,0)-(320,240)"},
		{352, 288, 12, 11, false, "(0,0)-(352,288)", "(0,0)-(320,240)"},
		{720, 576, 16, 15, false, "(0,0)-(720,576)", "(0,0)-(320,240)"},
		{640, 360, 1, 1, false, "(0,0)-(640,360)", "(0,30)-(320,210)"},
		{640, 360, 1, 1, true, "(80,0)-(560,360)", "(0,0)-(320,240)"},
		{720, 576, 64, 45, false, "(0,0)-(720,576)", "(0,30)-(320,210)"},
		{240, 320, 1, 1, false, "(0,0)-(240,320)", "(70,0)-(250,240)"},
		{240, 320, 1, 1, true, "(0,70)-(240,250)", "(0,0)-(320,240)"},
		{1, 1000, 1, 1, false, "(0,0)-(1,1000)", "(158,0)-(159,240)"},
		{1000, 1, 1, 1, true, "(498,0)-(499,1)", "(0,0)-(320,240)"},
		{0, 5, 1, 1, true, "(0,0)-(0,0)", "(0,0)-(0,0)"},
	} {
		l := Layout{Fill: c.fill, Aspect: media.Rational{Num: c.num, Den: c.den}}
		from, to := place(c.w, c.h, l, 320, 240)
		if fmt.Sprint(from) != c.from || fmt.Sprint(to) != c.to {
			t.Errorf("%dx%d %v: %v to %v, want %s to %s", c.w, c.h, l, from, to, c.from, c.to)
		}
	}
}

// A smooth picture is still smooth and of the same colours in another size,
// and what it leaves free is black.
func TestScale(t *testing.T) {
	for _, c := range []media.Chroma{media.Chroma420, media.Chroma422, media.Chroma444, media.Gray} {
		for _, size := range []image.Point{{10, 8}, {40, 31}, {82, 58}, {161, 120}, {320, 180}, {33, 250}, {3, 2}} {
			for _, fillUp := range []bool{false, true} {
				pic := noise(1, size.X, size.Y, c, true)
				for y := range size.Y {
					for x := range size.X {
						pic.Y[y*pic.YStride+x] = byte(40 + 90*x/size.X + 90*y/size.Y)
					}
				}
				fill(pic.Cb, 120)
				fill(pic.Cr, 130)
				s := surface(80, 60)
				var p Painter
				to := p.Paint(s, pic, Layout{Fill: fillUp})
				from, _ := place(size.X, size.Y, Layout{Fill: fillUp}, 80, 60)
				for y := range 60 {
					for x := range 80 {
						got := channels(at(s, Upright, x, y))
						if !image.Pt(x, y).In(to) {
							if got != [3]float64{} {
								t.Fatalf("%v %v: (%d, %d) beside the picture is not black", c, size, x, y)
							}
							continue
						}
						px := float64(from.Min.X) + (float64(x-to.Min.X)+0.5)*float64(from.Dx())/float64(to.Dx())
						py := float64(from.Min.Y) + (float64(y-to.Min.Y)+0.5)*float64(from.Dy())/float64(to.Dy())
						l := 40 + 90*px/float64(size.X) + 90*py/float64(size.Y)
						cb, cr := byte(120), byte(130)
						if c == media.Gray {
							cb, cr = 128, 128
						}
						coarse := 90/float64(size.X) + 90/float64(size.Y)
						want := exact(byte(l), cb, cr, true)
						for k, tol := range [3]float64{31, 63, 31} {
							if d := math.Abs(got[k] - want[k]); d > 1.6+coarse*tol/255 {
								t.Fatalf("%v %v fill %v: (%d, %d) is %v, want %v", c, size, fillUp, x, y, got, want)
							}
						}
					}
				}
				outside(t, s)
			}
		}
	}
}

// The kernels give the bits of their generic twins.
func TestKernels(t *testing.T) {
	if !addressed {
		t.Skip("there are no kernels for this processor")
	}
	tab := newTables(false)
	for n := range 23 {
		pic := noise(uint64(n), max(2*n, 1), 2, media.Chroma420, false)
		got, want := make([]hue, n), make([]hue, n)
		for odd := range 2 {
			hues(got, pic.Cb, pic.Cr, tab, odd)
			huesGeneric(want, pic.Cb, pic.Cr, tab, odd)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("%d hues, odd %d: %v, want %v", n, odd, got, want)
			}
		}
		for turn := Upright; turn <= Left; turn++ {
			for shift := range 2 {
				a, b := surface(2*n+2, 4), surface(2*n+2, 4)
				if turn&1 == 1 {
					a, b = surface(4, 2*n+2), surface(4, 2*n+2)
				}
				w := a.walk(turn).from(shift, shift)
				blocks(a.Pix, w, pic.Y, pic.Y[pic.YStride:], got, tab)
				blocksGeneric(b.Pix, w, pic.Y, pic.Y[pic.YStride:], got, tab)
				for i := range a.Pix {
					if a.Pix[i] != b.Pix[i] {
						t.Fatalf("%d blocks, turned by %d, from %d: pixel %d is %#x, want %#x", n, turn, shift, i, a.Pix[i], b.Pix[i])
					}
				}
			}
		}
	}
}

// Pictures that are painted as they are, all at once, have the pixels that they
// have line by line.
func TestBands(t *testing.T) {
	for _, n := range []int{1, 2, 4, 6, 14} {
		for turn := Upright; turn <= Left; turn++ {
			pic := noise(uint64(n), 2*n, 6, media.Chroma420, false)
			a, b := surface(2*n, 6), surface(2*n, 6)
			if turn&1 == 1 {
				a, b = surface(6, 2*n), surface(6, 2*n)
			}
			var p Painter
			p.Paint(a, pic, Layout{Turn: turn})
			tab, w, hues := newTables(false), b.walk(turn), make([]hue, n)
			for y := range 3 {
				huesGeneric(hues, pic.Cb[y*pic.CStride:], pic.Cr[y*pic.CStride:], tab, y&1)
				blocksGeneric(b.Pix, w.from(0, 2*y), pic.Y[2*y*pic.YStride:], pic.Y[(2*y+1)*pic.YStride:], hues, tab)
			}
			for i := range a.Pix {
				if a.Pix[i] != b.Pix[i] {
					t.Fatalf("%d blocks, turned by %d: pixel %d is %#x, want %#x", n, turn, i, a.Pix[i], b.Pix[i])
				}
			}
		}
	}
}

func TestAllocations(t *testing.T) {
	pic := noise(1, 352, 288, media.Chroma420, false)
	s := surface(320, 240)
	var p Painter
	p.Paint(s, pic, Layout{})
	if n := testing.AllocsPerRun(3, func() { p.Paint(s, pic, Layout{}) }); n != 0 {
		t.Errorf("%v allocations a picture", n)
	}
}

// What is painted does not depend on the machine.
func TestGolden(t *testing.T) {
	pic := noise(9, 320, 240, media.Chroma420, false)
	for turn, want := range []uint64{0xeb03eafa11c90b62, 0x59753d0b2959b7d4, 0x8eb1a82d2946d18, 0x7884bfacfc55df92} {
		s := surface(320, 240)
		if turn&1 == 1 {
			s = surface(240, 320)
		}
		var p Painter
		p.Paint(s, pic, Layout{Turn: Turn(turn)})
		got := uint64(14695981039346656037)
		for _, v := range s.Pix {
			got = (got ^ uint64(v)) * 1099511628211
		}
		if got != want {
			t.Errorf("turned by %d: %#x, want %#x", turn, got, want)
		}
	}
}
