package cover

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	coded "linnet/player/internal/jpeg"
	"linnet/player/internal/jpeg/jpegtest"
	"linnet/player/media"
)

var update = flag.Bool("update", false, "make the files of testdata anew, by cjpeg and jpegtran")

// scripts are scan orders for colour pictures.
var scripts = map[string]string{
	"spectral":   "0 1 2: 0-0, 0, 0; 0: 1-2, 0, 0; 0: 3-63, 0, 0; 2: 1-63, 0, 0; 1: 1-63, 0, 0;",
	"successive": "0: 0-0, 0, 3; 1 2: 0-0, 0, 1; 0: 1-63, 0, 3; 0: 0-0, 3, 2; 0: 1-63, 3, 2; 1: 1-5, 0, 1; 2: 1-63, 0, 0; 0: 0-0, 2, 1; 1: 6-63, 0, 0; 1 2: 0-0, 1, 0; 0: 1-63, 2, 1; 1: 1-5, 1, 0; 0: 0-0, 1, 0; 0: 1-63, 1, 0;",
	"apart":      "0; 1; 2;", // sequential
}

// TestDjpeg compares with libjpeg-turbo, over samplings, scan orders, restarts and
// sizes: with what djpeg makes at that scale, and with the means of what it makes in
// full. Between an eighth and the whole, djpeg takes means where we take the lowest
// coefficients, and colour that is sampled 2:1 in one direction only it leaves
// coarser, so that there only the means are compared.
func TestDjpeg(t *testing.T) {
	scaled := map[int]float64{1: 48, 2: 45, 4: 43, 8: 41}
	means := map[int]float64{1: 48, 2: 44, 4: 42, 8: 40}
	cases := []struct {
		w, h   int
		script string
		args   []string
		coarse bool
	}{
		{w: 128, h: 96},
		{w: 127, h: 95, args: []string{"-progressive"}},
		{w: 121, h: 83, args: []string{"-progressive", "-sample", "1x1"}},
		{w: 121, h: 83, args: []string{"-progressive", "-sample", "2x1"}, coarse: true},
		{w: 121, h: 83, args: []string{"-progressive", "-sample", "1x2"}, coarse: true},
		{w: 131, h: 77, args: []string{"-progressive", "-sample", "4x1"}, coarse: true},
		{w: 131, h: 77, args: []string{"-sample", "4x1", "-restart", "1"}, coarse: true},
		{w: 131, h: 77, args: []string{"-sample", "2x2", "-restart", "3B"}},
		{w: 131, h: 77, args: []string{"-progressive", "-restart", "5B"}},
		{w: 131, h: 77, args: []string{"-progressive", "-grayscale"}},
		{w: 131, h: 77, args: []string{"-grayscale", "-restart", "1"}},
		{w: 131, h: 77, args: []string{"-progressive", "-rgb"}},
		{w: 131, h: 77, script: "spectral"},
		{w: 131, h: 77, script: "successive"},
		{w: 131, h: 77, script: "successive", args: []string{"-restart", "2B", "-sample", "2x1"}, coarse: true},
		{w: 131, h: 77, script: "apart"},
		{w: 131, h: 77, script: "apart", args: []string{"-optimize", "-sample", "1x1"}},
		{w: 400, h: 300, args: []string{"-progressive", "-quality", "30"}},
	}
	for _, c := range cases {
		t.Run(fmt.Sprint(c.w, c.h, c.script, c.args), func(t *testing.T) {
			file := cjpeg(t, scene(c.w, c.h), c.script, c.args...)
			whole := fromPNM(t, tool(t, file, "djpeg", "-nosmooth"))
			for by, limit := range means {
				got, err := Decode(file, reducedBy(c.w, c.h, by))
				if err != nil {
					t.Fatal(err)
				}
				if p := psnr(t, got, box(whole, by)); p < limit {
					t.Errorf("1/%d: %.1f dB to the means, want %.0f", by, p, limit)
				} else {
					t.Logf("1/%d: %.1f dB", by, p)
				}
				if c.coarse && by > 1 {
					continue
				}
				want := fromPNM(t, tool(t, file, "djpeg", "-nosmooth", "-scale", fmt.Sprintf("1/%d", by)))
				if p := psnr(t, got, want); p < scaled[by] {
					t.Errorf("1/%d: %.1f dB to djpeg's, want %.0f", by, p, scaled[by])
				} else {
					t.Logf("1/%d: %.1f dB to djpeg's", by, p)
				}
			}
		})
	}
}

// The files of testdata are small, and made of every kind of scan.
var testFiles = map[string]struct {
	script string
	args   []string
}{
	"baseline.jpg":    {args: []string{"-restart", "1"}},
	"progressive.jpg": {args: []string{"-progressive"}},
	"successive.jpg":  {script: "successive", args: []string{"-sample", "2x1"}},
	"gray.jpg":        {args: []string{"-progressive", "-grayscale"}},
}

// TestFiles compares with what Go's decoder makes of them.
func TestFiles(t *testing.T) {
	for name, how := range testFiles {
		name = filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(name, cjpeg(t, scene(61, 43), how.script, how.args...), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := jpeg.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		for by, limit := range map[int]float64{1: 48, 2: 40, 4: 36, 8: 34, 16: 30} {
			got, err := Decode(file, reducedBy(61, 43, by))
			if err != nil {
				t.Fatal(err)
			}
			if p := psnr(t, got, box(whole, by)); p < limit {
				t.Errorf("%s at 1/%d: %.1f dB, want %.0f", name, by, p, limit)
			}
		}
	}
}

// flat is a file whose blocks have one colour each: components of h by v blocks an
// MCU, columns by rows MCUs.
func flat(components int, h, v []int, columns, rows int, segments string) (file []byte, values [][]byte) {
	random := rand.New(rand.NewPCG(3, uint64(components)))
	b := []byte("\xff\xd8" + segments + "\xff\xdb\x00\x43\x00" + strings.Repeat("\x08", 64))
	maxH, maxV := 1, 1
	for i := range components {
		maxH, maxV = max(maxH, h[i]), max(maxV, v[i])
	}
	height, width := rows*maxV*8, columns*maxH*8
	b = append(b, 0xff, coded.SOF0, 0, byte(8+3*components), 8, byte(height>>8), byte(height), byte(width>>8), byte(width), byte(components))
	for i := range components {
		b = append(b, byte(i+1), byte(h[i]<<4|v[i]), 0)
	}
	for class, raw := range []string{coded.DCLuma, coded.ACLuma} {
		b = append(append(b, 0xff, coded.DHT, 0, byte(3+len(raw)), byte(class<<4)), raw...)
	}
	b = append(b, 0xff, coded.SOS, 0, byte(6+2*components), byte(components))
	for i := range components {
		b = append(b, byte(i+1), 0)
	}
	b = append(b, 0, 63, 0)
	values = make([][]byte, components)
	for i := range values {
		values[i] = make([]byte, columns*h[i]*rows*v[i])
	}
	var w jpegtest.Writer
	last := make([]int, components)
	for mcu := range columns * rows {
		for i := range components {
			for block := range h[i] * v[i] {
				x, y := mcu%columns*h[i]+block%h[i], mcu/columns*v[i]+block/h[i]
				value := byte(random.IntN(256))
				values[i][y*columns*h[i]+x] = value
				w.Signed(coded.DCLuma, int(value)-128-last[i])
				last[i] = int(value) - 128
				w.Code(coded.ACLuma, 0)
			}
		}
	}
	w.Pad()
	return append(append(b, w.Out...), 0xff, coded.EOI), values
}

// adobe is Adobe's segment.
func adobe(transform byte) string {
	return "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + string(transform)
}

// TestColours decodes pictures of three and four components, as their segments say
// that they are coded, and as Go's decoder does where it can.
func TestColours(t *testing.T) {
	one := []int{1, 1, 1, 1}
	const jfif = "\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
	ycc := func(c []byte) [3]byte {
		r, g, b := color.YCbCrToRGB(c[0], c[1], c[2])
		return [3]byte{r, g, b}
	}
	rgb := func(c []byte) [3]byte { return [3]byte(c[:3]) }
	ink := func(c []byte) [3]byte {
		r, g, b := color.CMYKToRGB(255-c[0], 255-c[1], 255-c[2], 255-c[3])
		return [3]byte{r, g, b}
	}
	for name, c := range map[string]struct {
		components int
		segments   string
		want       func(c []byte) [3]byte
		alone      bool // Go's decoder does not take it
	}{
		"bare":           {3, "", ycc, false},
		"JFIF":           {3, jfif, ycc, false},
		"JFIF, RGB":      {3, jfif + adobe(0), ycc, false},
		"Adobe's YCbCr":  {3, adobe(1), ycc, false},
		"Adobe's RGB":    {3, adobe(0), rgb, false},
		"Adobe's CMYK":   {4, adobe(0), ink, false},
		"Adobe's YCCK":   {4, adobe(2), func(c []byte) [3]byte { r := ycc(c); return ink([]byte{255 - r[0], 255 - r[1], 255 - r[2], c[3]}) }, false},
		"CMYK as it is":  {4, "", func(c []byte) [3]byte { return ink([]byte{255 - c[0], 255 - c[1], 255 - c[2], 255 - c[3]}) }, true},
		"gray and Adobe": {1, adobe(0), func(c []byte) [3]byte { return [3]byte{c[0], c[0], c[0]} }, false},
	} {
		file, values := flat(c.components, one, one, 5, 4, c.segments)
		for by := 1; by <= 8; by *= 2 {
			got, err := Decode(file, image.Pt(40/by, 32/by))
			if err != nil {
				t.Fatal(name, err)
			}
			var whole image.Image
			if !c.alone {
				if whole, err = jpeg.Decode(bytes.NewReader(file)); err != nil {
					t.Fatal(name, err)
				}
			}
			for y := range 32 / by {
				for x := range 40 / by {
					var v []byte
					for i := range c.components {
						v = append(v, values[i][y*by/8*5+x*by/8])
					}
					want := c.want(v)
					p := got.RGBAAt(x, y)
					if !alike([3]byte{p.R, p.G, p.B}, want) {
						t.Fatalf("%s at 1/%d: pixel %d, %d of %v is %v, want %v", name, by, x, y, v, p, want)
					}
					if whole == nil {
						continue
					}
					r, g, b, _ := whole.At(x*by, y*by).RGBA()
					if go1 := [3]byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)}; !alike(go1, want) {
						t.Fatalf("%s: Go makes %v of %v, want %v", name, go1, v, want)
					}
				}
			}
		}
	}
}

// alike says whether two colours are the same but for rounding.
func alike(a, b [3]byte) bool {
	for i := range a {
		if d := int(a[i]) - int(b[i]); d < -2 || d > 2 {
			return false
		}
	}
	return true
}

// TestSampling: whatever the sampling, samples are where they belong.
func TestSampling(t *testing.T) {
	for _, f := range [][6]int{{1, 1, 1, 1, 1, 1}, {2, 2, 1, 1, 1, 1}, {2, 1, 1, 1, 1, 1}, {1, 2, 1, 1, 1, 1}, {4, 1, 1, 1, 1, 1}, {4, 2, 1, 1, 2, 2},
		{1, 4, 1, 1, 1, 1}, {1, 1, 2, 2, 1, 2}, {3, 1, 1, 1, 1, 1}, {3, 2, 1, 2, 3, 1}} {
		h, v := []int{f[0], f[2], f[4]}, []int{f[1], f[3], f[5]}
		const columns, rows = 4, 4
		file, values := flat(3, h, v, columns, rows, adobe(0))
		maxH, maxV := max(h[0], h[1], h[2]), max(v[0], v[1], v[2])
		got, err := Decode(file, image.Pt(columns*maxH*8, rows*maxV*8))
		if err != nil {
			t.Fatal(err)
		}
		for y := range got.Rect.Dy() {
			for x := range got.Rect.Dx() {
				var want [3]byte
				for i := range want {
					want[i] = values[i][y*v[i]/(8*maxV)*columns*h[i]+x*h[i]/(8*maxH)]
				}
				if p := got.RGBAAt(x, y); !alike([3]byte{p.R, p.G, p.B}, want) {
					t.Fatalf("%v: pixel %d, %d is %v, want %v", f, x, y, p, want)
				}
			}
		}
		// Reduced to one pixel, all of it is a mean.
		small, err := Decode(file, image.Pt(1, 1))
		if err != nil || small.Rect.Dx()*small.Rect.Dy() > 12 {
			t.Fatal(small.Rect, err)
		}
	}
}

// exif is a segment that says nothing but an orientation.
func exif(o byte, order string) string {
	if order == "II" {
		return "\xff\xe1\x00\x22Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00" + string(o) + "\x00\x00\x00\x00\x00\x00\x00"
	}
	return "\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(o) + "\x00\x00\x00\x00\x00\x00"
}

// TestOrientation looks where the corners of a picture go (EXIF 2.3, 4.6.4.A): where its
// first row and its first column are is what the numbers tell.
func TestOrientation(t *testing.T) {
	one := []int{1}
	for o, want := range [][4]int{ // of the corners top left, top right, bottom left, bottom right: the source's 0 to 3
		1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1},
		5: {0, 2, 1, 3}, 6: {2, 0, 3, 1}, 7: {3, 1, 2, 0}, 8: {1, 3, 0, 2},
	} {
		if o == 0 {
			continue
		}
		for _, order := range []string{"MM", "II"} {
			file, values := flat(1, one, one, 6, 3, exif(byte(o), order))
			size := image.Pt(6, 3)
			if o > 4 {
				size = image.Pt(3, 6)
			}
			m, err := Decode(file, size)
			if err != nil {
				t.Fatal(err)
			}
			corners := [4]byte{values[0][0], values[0][5], values[0][12], values[0][17]}
			if m.Rect.Size() != size {
				t.Fatalf("orientation %d: %v", o, m.Rect)
			}
			for i, p := range []image.Point{{}, {size.X - 1, 0}, {0, size.Y - 1}, {size.X - 1, size.Y - 1}} {
				if got := m.RGBAAt(p.X, p.Y).R; got != corners[want[i]] {
					t.Errorf("orientation %d (%s): corner %d is %d, want corner %d's %d", o, order, i, got, want[i], corners[want[i]])
				}
			}
		}
	}
}

// TestProgressiveCMYK: jpegtran makes a file of four components progressive.
func TestProgressiveCMYK(t *testing.T) {
	one := []int{1, 1, 1, 1}
	for _, transform := range []byte{0, 2} {
		file, _ := flat(4, one, one, 9, 7, adobe(transform))
		want, err := Decode(file, image.Pt(18, 14))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(tool(t, file, "jpegtran", "-progressive", "-copy", "all"), image.Pt(18, 14))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("transform %d: it is another picture", transform)
		}
	}
}

// TestDamage: what is cut off or changed costs what it must, and is told.
func TestDamage(t *testing.T) {
	for name := range testFiles {
		file, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []image.Point{{61, 43}, {15, 10}, {7, 5}} {
			whole, err := Decode(file, size)
			if err != nil {
				t.Fatal(err)
			}
			last := 0.0
			for n := 2; n < len(file)-2; n += len(file) / 12 {
				m, err := Decode(file[:n], size)
				var f *media.FormatError
				if !errors.As(err, &f) {
					t.Fatalf("%s cut off at %d of %d: %v", name, n, len(file), err)
				}
				if m != nil {
					last = psnr(t, m, whole)
				}
			}
			if last < 15 {
				t.Errorf("%s without its end is %.1f dB near to the whole", name, last)
			}
		}
	}
	one := []int{1}
	file, _ := flat(1, one, one, 9, 9, "\xff\xdd\x00\x04\x00\x09")
	if m, err := Decode(file, image.Pt(9, 9)); err == nil || m == nil {
		t.Errorf("a file without its restart markers: %v, %v", m, err)
	}
}

// TestScans: a file that is nothing but scans ends, and shows what it has told.
func TestScans(t *testing.T) {
	file, err := os.ReadFile("testdata/progressive.jpg")
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(file, []byte{0xff, coded.SOS})
	scan := file[at : len(file)-2]
	file = append(file[:at:at], bytes.Repeat(scan, 10000)...)
	m, err := Decode(file, image.Pt(61, 43))
	var f *media.FormatError
	if m == nil || !errors.As(err, &f) || !strings.Contains(err.Error(), "scans") {
		t.Fatalf("%v, %v", m == nil, err)
	}
}

// allocated is how many bytes something takes in all, which is more than it has at
// once.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestMemory decodes pictures of 8000 by 8000 pixels. What it takes in all is less
// than a limit, whatever the picture's size.
func TestMemory(t *testing.T) {
	sequential, _ := flat(3, []int{2, 1, 1}, []int{2, 1, 1}, 500, 500, "")
	for kind, file := range map[string][]byte{"sequential": sequential, "progressive": tool(t, sequential, "jpegtran", "-progressive")} {
		for _, c := range []struct {
			side int
			most uint64
		}{{32, 256 << 10}, {128, 2 << 20}, {512, 6 << 20}} {
			var m *image.RGBA
			n := allocated(func() {
				var err error
				if m, err = Decode(file, image.Pt(c.side, c.side)); err != nil {
					t.Error(err)
				}
			})
			t.Logf("%s, %d bytes, for %d: %v, %d bytes", kind, len(file), c.side, m.Rect.Size(), n)
			if n > c.most {
				t.Errorf("%s for %d: %d bytes, want at most %d", kind, c.side, n, c.most)
			}
		}
	}
	// The worst are sizes that need most of the coefficients.
	for _, side := range []int{1023, 2047} {
		file := cjpeg(t, scene(side, side), "", "-progressive", "-sample", "1x1")
		n := allocated(func() {
			if _, err := Decode(file, image.Pt(512, 512)); err != nil {
				t.Error(err)
			}
		})
		t.Logf("%d by %d for 512: %d bytes", side, side, n)
		if n > 6<<20 {
			t.Errorf("%d by %d: %d bytes", side, side, n)
		}
	}
}
