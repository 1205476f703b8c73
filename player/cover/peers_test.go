package cover

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// scene is a picture of soft colours, an edge and a little noise.
func scene(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	random := rand.New(rand.NewPCG(uint64(w), uint64(h)))
	for y := range h {
		for x := range w {
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			c := color.RGBA{byte(40 + 170*fx), byte(60 + 150*fy), byte(128 + 100*math.Sin(7*fx+5*fy)), 255}
			if math.Hypot(fx-0.4, fy-0.6) < 0.2 {
				c.R, c.B = c.B, c.R/2
			}
			n := uint8(random.IntN(5))
			m.SetRGBA(x, y, color.RGBA{c.R + n, c.G + n, c.B + n, 255})
		}
	}
	return m
}

// ppm is a picture as cjpeg reads it.
func ppm(m *image.RGBA) []byte {
	b := fmt.Appendf(nil, "P6\n%d %d\n255\n", m.Rect.Dx(), m.Rect.Dy())
	for i := 0; i < len(m.Pix); i += 4 {
		b = append(b, m.Pix[i:i+3]...)
	}
	return b
}

// fromPNM reads a picture of djpeg's.
func fromPNM(t *testing.T, b []byte) *image.RGBA {
	t.Helper()
	var kind string
	var w, h, most int
	if _, err := fmt.Sscanf(string(b[:min(len(b), 40)]), "%2s\n%d %d\n%d", &kind, &w, &h, &most); err != nil || most != 255 {
		t.Fatalf("not a picture: %v", err)
	}
	n := 3
	if kind == "P5" {
		n = 1
	}
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	b = b[len(b)-n*w*h:]
	for i := range w * h {
		p := b[n*i : n*i+n]
		copy(m.Pix[4*i:], []byte{p[0], p[n/2], p[n-1], 255})
	}
	return m
}

// tool runs a program of libjpeg-turbo on data.
func tool(t *testing.T, data []byte, name string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%v: deploy/setup test installs it", err)
	}
	cmd := exec.Command(path, args...)
	cmd.Stdin = bytes.NewReader(data)
	var out, trouble bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &trouble
	if err := cmd.Run(); err != nil && out.Len() == 0 {
		t.Fatalf("%s %q: %v\n%s", name, args, err, &trouble)
	}
	return out.Bytes()
}

// cjpeg codes a picture; script may be one of scripts.
func cjpeg(t *testing.T, m *image.RGBA, script string, args ...string) []byte {
	t.Helper()
	if script != "" {
		name := filepath.Join(t.TempDir(), "scans")
		if err := os.WriteFile(name, []byte(scripts[script]), 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, "-scans", name)
	}
	return tool(t, ppm(m), "cjpeg", args...)
}

// psnr is how near two pictures are, in dB.
func psnr(t *testing.T, a, b *image.RGBA) float64 {
	t.Helper()
	if a.Rect != b.Rect {
		t.Fatalf("%v, want %v", a.Rect, b.Rect)
	}
	sum, n := 0.0, 0
	for i := range a.Pix {
		if i%4 < 3 {
			d := float64(a.Pix[i]) - float64(b.Pix[i])
			sum += d * d
			n++
		}
	}
	return 10 * math.Log10(255*255*float64(n)/max(sum, 1e-9))
}

// box reduces a picture by averaging.
func box(m image.Image, by int) *image.RGBA {
	b := m.Bounds()
	s := newSums(b.Dx(), b.Dy(), image.Pt(max(b.Dx()/by, 1), max(b.Dy()/by, 1)))
	s.by = by
	s.across = ceil(b.Dx(), by)
	s.cells = make([]cell, s.across*ceil(b.Dy(), by))
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := color.NRGBAModel.Convert(m.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			s.line(y)[x/by].add([4]byte{c.R, c.G, c.B, c.A})
		}
	}
	return s.picture(func() {})
}

// reducedBy is the size to ask for to have a picture reduced by a number.
func reducedBy(w, h, by int) image.Point { return image.Pt(max(w/by, 1), max(h/by, 1)) }
