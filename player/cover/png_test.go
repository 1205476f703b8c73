package cover

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"testing"

	"golang.org/x/image/bmp"

	"linnet/player/media"
)

// pngFile is a file of random samples, with all filters.
type pngFile struct {
	w, h, depth, kind int
	interlaced        bool
	palette, alpha    []byte // PLTE and tRNS
}

func (f pngFile) String() string {
	return fmt.Sprintf("%dx%d, %d bits, type %d, interlaced %v, tRNS %d", f.w, f.h, f.depth, f.kind, f.interlaced, len(f.alpha))
}

func (f pngFile) channels() int { return []int{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[f.kind] }

// file writes it; Go's own encoder neither interlaces nor uses all depths.
func (f pngFile) file() []byte {
	random := rand.New(rand.NewPCG(uint64(f.depth), uint64(f.kind)))
	interlace := byte(0)
	all := []pass{{0, 0, 1, 1}}
	if f.interlaced {
		interlace, all = 1, passes
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	for _, p := range all {
		columns, rows := ceil(f.w-p.x, p.stepX), ceil(f.h-p.y, p.stepY)
		if columns <= 0 {
			continue
		}
		n := (columns*f.channels()*f.depth + 7) / 8
		above := make([]byte, n)
		for range max(rows, 0) {
			row := make([]byte, n)
			for i := range row {
				row[i] = byte(random.IntN(256))
			}
			filter := byte(random.IntN(5))
			z.Write(append([]byte{filter}, filtered(filter, row, above, max(f.channels()*f.depth/8, 1))...))
			above = row
		}
	}
	z.Close()
	b := []byte(pngSignature)
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(f.w)), uint32(f.h))
	b = appendChunk(b, "IHDR", append(head, byte(f.depth), byte(f.kind), 0, 0, interlace))
	if f.palette != nil {
		b = appendChunk(b, "PLTE", f.palette)
	}
	if f.alpha != nil {
		b = appendChunk(b, "tRNS", f.alpha)
	}
	for data := packed.Bytes(); len(data) > 0; {
		n := min(len(data), 1+random.IntN(200))
		b = appendChunk(b, "IDAT", data[:n])
		data = data[n:]
	}
	return appendChunk(b, "IEND", nil)
}

func appendChunk(b []byte, kind string, body []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[len(b)-len(body)-4:]))
}

// filtered is a row as a filter leaves it.
func filtered(filter byte, row, above []byte, n int) []byte {
	out := make([]byte, len(row))
	for i, v := range row {
		var a, c int
		b := int(above[i])
		if i >= n {
			a, c = int(row[i-n]), int(above[i-n])
		}
		out[i] = v - []byte{0, byte(a), byte(b), byte((a + b) / 2), paeth(a, b, c)}[filter]
	}
	return out
}

// TestPNG compares with Go's decoder over all kinds of pixels, interlaced and not.
func TestPNG(t *testing.T) {
	palette := make([]byte, 3*256)
	for i := range palette {
		palette[i] = byte(i * 7)
	}
	for _, k := range []struct {
		kind   int
		depths []int
		alphas [][]byte
	}{
		{0, []int{1, 2, 4, 8, 16}, [][]byte{nil, {0, 1}}},
		{2, []int{8, 16}, [][]byte{nil, {0, 1, 0, 2, 0, 3}}},
		{3, []int{1, 2, 4, 8}, [][]byte{nil, {0, 100}}},
		{4, []int{8, 16}, [][]byte{nil}},
		{6, []int{8, 16}, [][]byte{nil}},
	} {
		for _, depth := range k.depths {
			for _, alpha := range k.alphas {
				for _, size := range []image.Point{{1, 1}, {3, 2}, {5, 9}, {33, 21}, {100, 75}} {
					for _, interlaced := range []bool{false, true} {
						f := pngFile{size.X, size.Y, depth, k.kind, interlaced, nil, alpha}
						if k.kind == 3 {
							f.palette = palette[:3<<depth]
						}
						comparePNG(t, f)
					}
				}
			}
		}
	}
}

func comparePNG(t *testing.T, f pngFile) {
	t.Helper()
	file := f.file()
	want, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(f, err)
	}
	for _, by := range []int{1, 3, 8} {
		size := reducedBy(f.w, f.h, by)
		got, err := Decode(file, size)
		if err != nil {
			t.Fatal(f, err)
		}
		same(t, f.String(), got, box(want, min(f.w/size.X, f.h/size.Y)))
	}
}

// same compares two pictures, but for a rounding.
func same(t *testing.T, name string, got, want *image.RGBA) {
	t.Helper()
	if got.Rect != want.Rect {
		t.Fatalf("%s: %v, want %v", name, got.Rect, want.Rect)
	}
	for i := range got.Pix {
		if d := int(got.Pix[i]) - int(want.Pix[i]); d < -1 || d > 1 {
			t.Fatalf("%s: byte %d is %d, want %d", name, i, got.Pix[i], want.Pix[i])
		}
	}
}

// TestPNGCutOff: what is there shows: of a picture that is not interlaced its upper part,
// of one that is all of it.
func TestPNGCutOff(t *testing.T) {
	for _, interlaced := range []bool{false, true} {
		file := pngFile{w: 64, h: 64, depth: 8, kind: 2, interlaced: interlaced}.file()
		for n := len(pngSignature); n < len(file)-20; n += 97 {
			m, err := Decode(file[:n], image.Pt(8, 8))
			var f *media.FormatError
			if !errors.As(err, &f) {
				t.Fatalf("%d bytes: %v", n, err)
			}
			if m == nil || n < len(file)/2 {
				continue
			}
			if m.RGBAAt(0, 0).A != 255 {
				t.Errorf("%d of %d bytes: the first pixel is not there", n, len(file))
			}
			if low := m.RGBAAt(0, 7).A == 255; interlaced != low && n < len(file)*3/4 {
				t.Errorf("%d of %d bytes, interlaced %v: the last row is there: %v", n, len(file), interlaced, low)
			}
		}
	}
	file := pngFile{w: 64, h: 64, depth: 8, kind: 2}.file()
	file[bytes.Index(file, []byte("IDAT"))+30] ^= 0x55
	if _, err := Decode(file, image.Pt(8, 8)); err == nil {
		t.Error("a damaged file is decoded without a word")
	}
}

// TestPNGMemory: a row is what a picture costs.
func TestPNGMemory(t *testing.T) {
	var packed bytes.Buffer
	z, _ := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	row := make([]byte, 1+3*8000)
	for range 8000 {
		z.Write(row)
	}
	z.Close()
	head := []byte{0, 0, 0x1f, 0x40, 0, 0, 0x1f, 0x40, 8, 2, 0, 0, 0}
	file := appendChunk(appendChunk([]byte(pngSignature), "IHDR", head), "IDAT", packed.Bytes())
	n := allocated(func() {
		m, err := Decode(file, image.Pt(128, 128))
		if err != nil || m.Rect.Dx() != ceil(8000, 62) {
			t.Fatal(m.Rect, err)
		}
	})
	t.Logf("%d bytes", n)
	if n > 1<<20 {
		t.Errorf("%d bytes", n)
	}
}

// TestTooLarge: pictures that would take too long, or too much, are refused by their
// headers.
func TestTooLarge(t *testing.T) {
	header := func(w, h int, depth, interlace byte) []byte {
		b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
		b = appendChunk([]byte(pngSignature), "IHDR", append(b, depth, 2, 0, 0, interlace))
		return appendChunk(b, "IDAT", []byte{0x78, 0x9c})
	}
	var small bytes.Buffer
	if err := gif.Encode(&small, image.NewPaletted(image.Rect(0, 0, 3, 3), color.Palette{color.Black, color.White}), nil); err != nil {
		t.Fatal(err)
	}
	moving := bytes.Clone(small.Bytes())
	binary.LittleEndian.PutUint16(moving[6:], 30000)
	binary.LittleEndian.PutUint16(moving[8:], 30000)
	var bits bytes.Buffer
	if err := bmp.Encode(&bits, image.NewGray(image.Rect(0, 0, 3, 3))); err != nil {
		t.Fatal(err)
	}
	binary.LittleEndian.PutUint32(bits.Bytes()[18:], 30000)
	binary.LittleEndian.PutUint32(bits.Bytes()[22:], 30000)
	web, err := os.ReadFile("testdata/small.webp")
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(web, []byte{0x9d, 0x01, 0x2a}) + 3 // RFC 6386, 9.1
	binary.LittleEndian.PutUint16(web[at:], 16383)
	binary.LittleEndian.PutUint16(web[at+2:], 16383)
	jpeg, err := os.ReadFile("testdata/progressive.jpg")
	if err != nil {
		t.Fatal(err)
	}
	at = bytes.Index(jpeg, []byte{0xff, 0xc2}) + 5
	binary.BigEndian.PutUint16(jpeg[at:], 30000)
	binary.BigEndian.PutUint16(jpeg[at+2:], 30000)
	for name, file := range map[string][]byte{
		"PNG": header(30000, 30000, 8, 0), "interlaced PNG": header(30000, 30000, 8, 1), "PNG of long rows": header(1<<20, 1, 16, 0),
		"PNG whose rows have 2^32 bits more": header(1<<32/48+1, 1, 16, 0),
		"GIF":                                moving, "BMP": bits.Bytes(), "WebP": web, "JPEG": jpeg,
	} {
		n := allocated(func() {
			m, err := Decode(file, image.Pt(128, 128))
			var u *media.UnsupportedError
			if m != nil || !errors.As(err, &u) {
				t.Errorf("%s: %v", name, err)
			}
		})
		if n > 256<<10 {
			t.Errorf("%s: %d bytes to refuse it", name, n)
		}
	}
}

// TestWhole decodes what others do.
func TestWhole(t *testing.T) {
	m := scene(90, 60)
	var g, b bytes.Buffer
	if err := gif.Encode(&g, m, nil); err != nil {
		t.Fatal(err)
	}
	if err := bmp.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	web, err := os.ReadFile("testdata/small.webp")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file  []byte
		limit float64
	}{"GIF": {g.Bytes(), 20}, "BMP": {b.Bytes(), 60}, "WebP": {web, 27}} {
		for _, by := range []int{1, 4} {
			got, err := Decode(c.file, reducedBy(90, 60, by))
			if err != nil {
				t.Fatal(name, err)
			}
			if p := psnr(t, got, box(m, by)); p < c.limit {
				t.Errorf("%s at 1/%d: %.1f dB", name, by, p)
			}
		}
	}
	var u *media.UnsupportedError
	if _, err := Decode([]byte("<svg>"), image.Pt(1, 1)); !errors.As(err, &u) {
		t.Error(err)
	}
}

// TestSteps: a picture that is made in steps is the same, and no step is a large part
// of it.
func TestSteps(t *testing.T) {
	m := scene(200, 160)
	var png8, gif8 bytes.Buffer
	if err := errors.Join(png.Encode(&png8, m), gif.Encode(&gif8, m, nil)); err != nil {
		t.Fatal(err)
	}
	var jpeg8 bytes.Buffer
	if err := jpeg.Encode(&jpeg8, m, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		file []byte
	}{{"JPEG", jpeg8.Bytes()}, {"PNG", png8.Bytes()}, {"GIF", gif8.Bytes()}} {
		for _, side := range []int{160, 80, 20} {
			want, err := Decode(c.file, image.Pt(side, side))
			if err != nil {
				t.Fatal(err)
			}
			rests := 0
			got, err := DecodeInSteps(c.file, image.Pt(side, side), func() { rests++ })
			if err != nil || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("%s of %d: in steps it is another one, %v", c.name, side, err)
			}
			least := side / 2 // rows of the thumbnail
			if c.name == "JPEG" {
				least += 200 * 160 / 256 / stepMCUs
			}
			if rests < least {
				t.Errorf("%s of %d: %d steps, %d are the least", c.name, side, rests, least)
			}
		}
	}
}

// FuzzDecode feeds damaged files: decoding ends, and what comes of it fits.
func FuzzDecode(f *testing.F) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range files {
		if file, err := os.ReadFile("testdata/" + e.Name()); err == nil {
			f.Add(file, uint8(20))
			f.Add(file, uint8(4))
			f.Add(file, uint8(255))
		}
	}
	f.Add(pngFile{w: 9, h: 9, depth: 4, kind: 0, interlaced: true}.file(), uint8(3))
	f.Add(pngFile{w: 5, h: 9, depth: 16, kind: 6}.file(), uint8(9))
	cmyk, _ := flat(4, []int{2, 1, 1, 2}, []int{1, 1, 1, 1}, 2, 2, adobe(2)+exif(6, "II"))
	f.Add(cmyk, uint8(2))
	f.Fuzz(func(t *testing.T, file []byte, side uint8) {
		m, err := Decode(file, image.Pt(int(side), int(side)))
		var fe *media.FormatError
		var ue *media.UnsupportedError
		switch {
		case err != nil && !errors.As(err, &fe) && !errors.As(err, &ue):
			t.Fatalf("untyped error %v", err)
		case err == nil && m == nil:
			t.Fatal("neither a picture nor an error")
		case m != nil && (m.Rect.Empty() || m.Rect.Dx()*m.Rect.Dy() > maxPixels || len(m.Pix) != 4*m.Rect.Dx()*m.Rect.Dy()):
			t.Fatalf("a picture of %v", m.Rect)
		}
	})
}
