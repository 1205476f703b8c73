//go:build linux

package fbdev

import (
	"errors"
	"image"
	"os"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"linnet/ui/gal/rgb565"
)

// fake is a frame buffer in a file, and a driver with faults to choose from.
type fake struct {
	v varInfo
	f fixInfo

	fixed    bool // refuses every other mode
	shrinks  bool // answers a change of mode with another size
	ignores  bool // takes a change of mode and does nothing
	panErr   error
	noMap    error
	noBlank  error
	mapped   []byte
	unmapped bool
	closed   bool
	pans     int
	puts     int
	level    int
}

// panel is a device of RGB565 with a stride wider than its lines and room for
// so many pages.
func panel(w, h, pages int) *fake {
	d := &fake{level: -1}
	d.v = varInfo{
		xres: uint32(w), yres: uint32(h), xresVirtual: uint32(w), yresVirtual: uint32(h * pages), bitsPerPixel: 16,
		red: bitfield{11, 5, 0}, green: bitfield{5, 6, 0}, blue: bitfield{0, 5, 0},
	}
	d.f = fixInfo{visual: visualTrueColor, lineLength: uint32(2*w + 6)}
	d.f.smemLen = d.f.lineLength * uint32(h*pages)
	if pages > 1 {
		d.f.ypanstep = 1
	}
	return d
}

// trueColour is a device of 32 bits a pixel.
func trueColour(w, h int) *fake {
	d := panel(w, h, 1)
	d.v.bitsPerPixel = 32
	d.v.red, d.v.green, d.v.blue = bitfield{16, 8, 0}, bitfield{8, 8, 0}, bitfield{0, 8, 0}
	d.f.lineLength *= 2
	d.f.smemLen = d.f.lineLength * uint32(h)
	return d
}

func (d *fake) getVar(v *varInfo) error { *v = d.v; return nil }
func (d *fake) getFix(f *fixInfo) error { *f = d.f; return nil }

func (d *fake) putVar(v *varInfo) error {
	d.puts++
	switch {
	case d.fixed:
		return unix.EINVAL
	case d.ignores:
		return nil
	case d.shrinks:
		d.v.xres /= 2
	case uint64(v.yresVirtual)*uint64(d.f.lineLength) > uint64(d.f.smemLen):
		return unix.ENOMEM
	}
	if v.bitsPerPixel != d.v.bitsPerPixel {
		d.f.lineLength = v.xresVirtual * v.bitsPerPixel / 8
	}
	w := d.v.xres
	d.v = *v
	d.v.xres = w
	return nil
}

func (d *fake) pan(v *varInfo) error {
	if d.panErr != nil {
		return d.panErr
	}
	if v.yoffset+v.yres > d.v.yresVirtual || d.f.ypanstep == 0 {
		return unix.EINVAL
	}
	d.pans++
	d.v.yoffset = v.yoffset
	return nil
}

func (d *fake) blank(level int) error {
	d.level = level
	return d.noBlank
}

// mmap maps a file, so that pages and access rights are the kernel's.
func (d *fake) mmap(length int) ([]byte, error) {
	if d.noMap != nil {
		return nil, d.noMap
	}
	f, err := os.CreateTemp("", "fb-*")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	defer os.Remove(f.Name())
	if err := f.Truncate(int64(length)); err != nil {
		return nil, err
	}
	d.mapped, err = unix.Mmap(int(f.Fd()), 0, length, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	for i := range d.mapped {
		d.mapped[i] = 0xa5 // what a boot loader left
	}
	return d.mapped, err
}

func (d *fake) munmap(p []byte) error {
	d.unmapped = true
	return unix.Munmap(p)
}

func (d *fake) close() error {
	if d.closed {
		return errors.New("closed twice")
	}
	d.closed = true
	return nil
}

// seen is what the panel shows.
func (d *fake) seen() *rgb565.Image {
	m := rgb565.New(image.Rect(0, 0, int(d.v.xres), int(d.v.yres)))
	skip := int(d.f.smemStart) & (os.Getpagesize() - 1)
	for y := range m.Rect.Max.Y {
		for x := range m.Rect.Max.X {
			at := skip + (y+int(d.v.yoffset))*int(d.f.lineLength) + 2*(x+int(d.v.xoffset))
			m.Pix[y*m.Stride+x] = *(*rgb565.Color)(unsafe.Pointer(&d.mapped[at]))
		}
	}
	return m
}

// strays counts the bytes between the lines that were written to.
func (d *fake) strays() (n int) {
	for y := range int(d.f.smemLen / d.f.lineLength) {
		for _, b := range d.mapped[y*int(d.f.lineLength)+2*int(d.v.xres) : (y+1)*int(d.f.lineLength)] {
			if b != 0xa5 {
				n++
			}
		}
	}
	return n
}

// fakeConsole is a text console.
type fakeConsole struct {
	modes  []int
	err    error
	closed bool
}

func (c *fakeConsole) setMode(m int) error {
	c.modes = append(c.modes, m)
	return c.err
}

func (c *fakeConsole) close() error {
	c.closed = true
	return nil
}

func open(t *testing.T, d *fake, o Options) *Screen {
	t.Helper()
	s, err := start(d, "/dev/fb9", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.now = func() time.Time { return time.Unix(1, 0) } // all is at once
	return s
}
