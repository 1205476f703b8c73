package mjpeg

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	stdjpeg "image/jpeg"
	"math/rand/v2"
	"testing"

	"linnet/player/internal/jpeg"
	"linnet/player/internal/jpeg/jpegtest"
	"linnet/player/media"
)

func newDecoder(t testing.TB, height int) *Decoder {
	t.Helper()
	d, err := New(media.Stream{Kind: media.Video, Codec: media.MJPEG, Video: media.VideoFormat{Height: height}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// coded is a JPEG file of smooth colours and some noise.
func coded(t testing.TB, width, height, quality int, gray bool) []byte {
	t.Helper()
	random := rand.New(rand.NewPCG(uint64(width), uint64(height)))
	var m image.Image
	if gray {
		g := image.NewGray(image.Rect(0, 0, width, height))
		for i := range g.Pix {
			g.Pix[i] = byte(i*3 + random.IntN(20))
		}
		m = g
	} else {
		c := image.NewRGBA(image.Rect(0, 0, width, height))
		for y := range height {
			for x := range width {
				c.SetRGBA(x, y, color.RGBA{byte(x * 4), byte(y * 3), byte(x + y + random.IntN(30)), 255})
			}
		}
		m = c
	}
	var b bytes.Buffer
	if err := stdjpeg.Encode(&b, m, &stdjpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// near compares a picture with what Go's decoder, whose transform rounds in
// another way, makes of the same file.
func near(t *testing.T, file []byte, p *media.Picture) {
	t.Helper()
	m, err := stdjpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	switch m := m.(type) {
	case *image.Gray:
		nearPlane(t, p, 0, m.Pix, m.Stride)
	case *image.YCbCr:
		nearPlane(t, p, 0, m.Y, m.YStride)
		nearPlane(t, p, 1, m.Cb, m.CStride)
		nearPlane(t, p, 2, m.Cr, m.CStride)
	default:
		t.Fatalf("a %T", m)
	}
}

func nearPlane(t *testing.T, p *media.Picture, i int, want []byte, wantStride int) {
	t.Helper()
	got, stride, width, height := p.Plane(i)
	if width == 0 {
		t.Fatalf("plane %d is empty", i)
	}
	for y := range height {
		for x := range width {
			if d := int(got[y*stride+x]) - int(want[y*wantStride+x]); d > 1 || d < -1 {
				t.Fatalf("plane %d, line %d, column %d: %d, want %d", i, y, x, got[y*stride+x], want[y*wantStride+x])
			}
		}
	}
}

func TestDecode(t *testing.T) {
	for _, gray := range []bool{false, true} {
		for _, size := range [][2]int{{1, 1}, {16, 16}, {17, 9}, {100, 75}, {320, 240}} {
			for _, quality := range []int{1, 50, 100} {
				file := coded(t, size[0], size[1], quality, gray)
				p, err := newDecoder(t, size[1]).Decode(&media.Packet{Data: file, PTS: 7})
				if err != nil {
					t.Fatal(err)
				}
				if p.Width != size[0] || p.Height != size[1] || p.PTS != 7 || !p.Key || !p.Full || p.Interlaced {
					t.Fatalf("%+v", p)
				}
				near(t, file, p)
			}
		}
	}
}

// A picture without tables of its own is coded by those of annex K, which are
// what Go's encoder uses.
func TestDefaultTables(t *testing.T) {
	file := coded(t, 64, 48, 80, false)
	var bare []byte
	for at := 0; ; {
		code, _, next := jpeg.Segment(file, at)
		if code == jpeg.SOS || code == 0 {
			bare = append(bare, file[at:]...)
			break
		}
		if code != jpeg.DHT {
			bare = append(bare, file[at:next]...)
		}
		at = next
	}
	if len(bare) >= len(file)-400 {
		t.Fatal("the tables are still there")
	}
	p, err := newDecoder(t, 48).Decode(&media.Packet{Data: bare})
	if err != nil {
		t.Fatal(err)
	}
	near(t, file, p)
}

// restarted is a gray picture of random coefficients with a restart marker
// behind each interval of MCUs.
func restarted(width, height, interval int) []byte {
	random := rand.New(rand.NewPCG(9, 9))
	b := []byte{0xff, jpeg.SOI, 0xff, jpeg.DQT, 0, 67, 0}
	for i := range 64 {
		b = append(b, byte(1+i/8))
	}
	b = append(b, 0xff, jpeg.SOF0, 0, 11, 8, byte(height>>8), byte(height), byte(width>>8), byte(width), 1, 1, 0x11, 0)
	for class, raw := range []string{jpeg.DCLuma, jpeg.ACLuma} {
		b = append(b, 0xff, jpeg.DHT, 0, byte(3+len(raw)), byte(class<<4))
		b = append(b, raw...)
	}
	b = append(b, 0xff, jpeg.DRI, 0, 4, byte(interval>>8), byte(interval))
	b = append(b, 0xff, jpeg.SOS, 0, 8, 1, 1, 0, 0, 63, 0)
	var w jpegtest.Writer
	blocks := (width + 7) / 8 * ((height + 7) / 8)
	for i := range blocks {
		w.Code(jpeg.DCLuma, 3)
		w.Bits(uint32(random.IntN(8)), 3)
		k := 1
		for k < 60 {
			run, size := random.IntN(20), 1+random.IntN(5)
			if run > 15 && k+16 > 63 {
				break
			}
			if run > 15 {
				w.Code(jpeg.ACLuma, 0xf0)
				k += 16
				continue
			}
			if k+run > 63 {
				break
			}
			w.Code(jpeg.ACLuma, byte(run<<4|size))
			w.Bits(uint32(random.IntN(1<<size)), size)
			k += run + 1
			if random.IntN(3) == 0 {
				break
			}
		}
		if k < 64 {
			w.Code(jpeg.ACLuma, 0)
		}
		if (i+1)%interval == 0 && i+1 < blocks {
			w.Restart(i / interval)
		}
	}
	w.Pad()
	return append(append(b, w.Out...), 0xff, jpeg.EOI)
}

func TestRestarts(t *testing.T) {
	for _, interval := range []int{1, 3, 7, 100} {
		file := restarted(72, 56, interval)
		p, err := newDecoder(t, 56).Decode(&media.Packet{Data: file})
		if err != nil {
			t.Fatal(err)
		}
		near(t, file, p)
	}
}

// Damage costs its interval only, and is told.
func TestDamage(t *testing.T) {
	file := restarted(72, 56, 9)
	whole, err := newDecoder(t, 56).Decode(&media.Packet{Data: file})
	if err != nil {
		t.Fatal(err)
	}
	bad := bytes.Clone(file)
	at := bytes.Index(bad, []byte{0xff, jpeg.RST0 + 1})
	for i := range 6 {
		bad[at-10+i] = 0x7f // there is no code of so many ones
		bad[at-10+i] |= 0x80 * byte(i&1)
		if bad[at-10+i] == 0xff {
			bad[at-10+i] = 0xfe
		}
	}
	p, err := newDecoder(t, 56).Decode(&media.Packet{Data: bad})
	var f *media.FormatError
	if p == nil || err != nil && !errors.As(err, &f) {
		t.Fatal(p, err)
	}
	// Lines 0 to 7 lie before the damage, those from 16 on behind it.
	for y := range 56 {
		same := bytes.Equal(p.Y[y*p.YStride:][:72], whole.Y[y*whole.YStride:][:72])
		if !same && (y < 8 || y >= 16) {
			t.Fatalf("line %d is damaged", y)
		}
	}
	missing := append(bytes.Clone(file[:at]), file[bytes.Index(file, []byte{0xff, jpeg.RST0 + 2}):]...)
	p, err = newDecoder(t, 56).Decode(&media.Packet{Data: missing})
	if p == nil || !errors.As(err, &f) {
		t.Fatalf("a missing interval: %v", err)
	}
	if last := 55; !bytes.Equal(p.Y[last*p.YStride:][:72], whole.Y[last*whole.YStride:][:72]) {
		t.Error("what is behind a missing interval is damaged")
	}
}

// Two pictures of half the height are fields.
func TestFields(t *testing.T) {
	top := coded(t, 64, 24, 90, false)
	low := coded(t, 64, 24, 30, false)
	for _, polarity := range []byte{1, 2} {
		mark := []byte{0xff, jpeg.APP0, 0, 7, 'A', 'V', 'I', '1', polarity}
		file := append(append(bytes.Clone(top[:2]), mark...), top[2:]...)
		file = append(append(append(file, low[:2]...), mark...), low[2:]...)
		p, err := newDecoder(t, 48).Decode(&media.Packet{Data: file})
		if err != nil || !p.Interlaced || p.Height != 48 || p.TopFirst != (polarity == 1) {
			t.Fatalf("%+v, %v", p, err)
		}
		first := int(polarity - 1)
		field := func(line int) *media.Picture {
			return &media.Picture{Y: p.Y[line*p.YStride:], Cb: p.Cb[line*p.CStride:], Cr: p.Cr[line*p.CStride:],
				YStride: 2 * p.YStride, CStride: 2 * p.CStride, Width: 64, Height: 24, Chroma: p.Chroma}
		}
		near(t, top, field(first))
		near(t, low, field(1-first))
	}
}

func TestAllocations(t *testing.T) {
	file := coded(t, 160, 120, 75, false)
	d := newDecoder(t, 120)
	p := media.Packet{Data: file}
	if n := testing.AllocsPerRun(5, func() {
		if _, err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("%v allocations a picture", n)
	}
}

// FuzzDecode feeds damaged files: decoding ends, and errors have their types.
func FuzzDecode(f *testing.F) {
	f.Add(coded(f, 33, 20, 50, false))
	f.Add(coded(f, 8, 8, 50, true))
	f.Add(restarted(24, 24, 2))
	f.Fuzz(func(t *testing.T, file []byte) {
		d := newDecoder(t, 40)
		for range 2 {
			p, err := d.Decode(&media.Packet{Data: file})
			var fe *media.FormatError
			var ue *media.UnsupportedError
			if err != nil && !errors.As(err, &fe) && !errors.As(err, &ue) {
				t.Fatalf("untyped error %v", err)
			}
			if p == nil {
				continue
			}
			for i := range 3 {
				samples, stride, width, height := p.Plane(i)
				for y := range height {
					_ = samples[y*stride:][:width]
				}
			}
		}
	})
}
