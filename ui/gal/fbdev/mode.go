//go:build linux

package fbdev

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// ModeError says that the device shows pixels that are not RGB565 and did not
// change to it.
type ModeError struct {
	Device        string
	Width, Height int
	Bits          int    // of a pixel
	Channels      [3]int // bits of red, green and blue
	Packed        bool   // pixels lie side by side, in true colour
	Err           error  // why it did not change; nil where it just did not
}

func (e *ModeError) Error() string {
	s := fmt.Sprintf("fbdev: %s is %dx%d at %d bits a pixel (red %d, green %d, blue %d)",
		e.Device, e.Width, e.Height, e.Bits, e.Channels[0], e.Channels[1], e.Channels[2])
	if !e.Packed {
		s += " in planes or by a palette"
	}
	s += ", where 16 (5, 6, 5) is needed"
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *ModeError) Unwrap() error { return e.Err }

// mode is a negotiated mode: RGB565, and memory for one page or two.
type mode struct {
	v     varInfo
	f     fixInfo
	pages int
}

// negotiate looks at the device's mode and changes what has to be.
func negotiate(d device, path string) (mode, error) {
	m, err := read(d)
	if err != nil {
		return m, fmt.Errorf("fbdev: %s: %w", path, err)
	}
	var refused error
	if !m.rgb565() {
		refused = m.set(d)
	}
	if !m.rgb565() {
		return m, m.fault(path, refused)
	}
	if m.pages < 2 && m.roomForTwo() {
		m.extend(d)
	}
	if m.pages < 1 {
		return m, fmt.Errorf("fbdev: %s: %d bytes of memory are too few for %d lines of %d bytes", path, m.f.smemLen, m.v.yres, m.f.lineLength)
	}
	return m, nil
}

func read(d device) (m mode, err error) {
	if err = d.getVar(&m.v); err != nil {
		return m, fmt.Errorf("read the mode: %w", err)
	}
	if err = d.getFix(&m.f); err != nil {
		return m, fmt.Errorf("read the layout: %w", err)
	}
	m.count()
	return m, nil
}

// count finds how many pages the mode has that can be panned to.
func (m *mode) count() {
	v, f := &m.v, &m.f
	m.pages = 0
	line, bottom := uint64(f.lineLength), uint64(v.yoffset)+uint64(v.yres)
	switch {
	case v.xres == 0 || v.yres == 0 || v.xres > maxSide || v.yres > maxSide || v.xoffset > maxSide || v.yoffset > maxSide:
	case line%2 != 0 || line < 2*(uint64(v.xoffset)+uint64(v.xres)) || line*bottom > uint64(f.smemLen):
	case f.ypanstep > 0 && v.yres%uint32(f.ypanstep) == 0 && v.yresVirtual >= 2*v.yres && m.roomForTwo():
		m.pages = 2
	default:
		m.pages = 1
	}
}

// maxSide is more than any panel has, and keeps sums small.
const maxSide = 1 << 14

// roomForTwo says whether the driver pans and its memory holds two pages.
func (m *mode) roomForTwo() bool {
	return m.f.ypanstep > 0 && m.v.yres <= maxSide && 2*uint64(m.v.yres)*uint64(m.f.lineLength) <= uint64(m.f.smemLen)
}

func (m *mode) rgb565() bool {
	v := &m.v
	return v.bitsPerPixel == 16 && m.packed() && v.grayscale == 0 && v.nonstd == 0 &&
		v.red == bitfield{11, 5, 0} && v.green == bitfield{5, 6, 0} && v.blue == bitfield{0, 5, 0}
}

func (m *mode) packed() bool {
	return m.f.typ == typePackedPixels && (m.f.visual == visualTrueColor || m.f.visual == visualDirectColor)
}

// set asks for RGB565 in the size that the panel has. Some drivers tell of their
// first mode only in part until it is set, and the kernel passes a mode on that
// seems to be the present one only when it is forced to.
func (m *mode) set(d device) error {
	v := m.v
	v.bitsPerPixel, v.grayscale, v.nonstd, v.activate = 16, 0, 0, activateNow|activateForce
	v.red, v.green, v.blue, v.transp = bitfield{11, 5, 0}, bitfield{5, 6, 0}, bitfield{0, 5, 0}, bitfield{}
	v.xoffset, v.yoffset = 0, 0
	return m.change(d, v)
}

// extend asks for a second page.
func (m *mode) extend(d device) {
	v := m.v
	v.yresVirtual, v.activate = 2*v.yres, activateNow
	m.change(d, v)
}

// change sets a mode and reads what came of it; drivers answer as they like.
func (m *mode) change(d device, v varInfo) error {
	if err := d.putVar(&v); err != nil {
		return err
	}
	got, err := read(d)
	if err != nil {
		return err
	}
	if got.v.xres != m.v.xres || got.v.yres != m.v.yres {
		return fmt.Errorf("it changed its size to %dx%d: %w", got.v.xres, got.v.yres, unix.EINVAL)
	}
	*m = got
	return nil
}

func (m *mode) fault(path string, why error) error {
	return &ModeError{
		Device: path, Width: int(m.v.xres), Height: int(m.v.yres), Bits: int(m.v.bitsPerPixel),
		Channels: [3]int{int(m.v.red.length), int(m.v.green.length), int(m.v.blue.length)},
		Packed:   m.packed(), Err: why,
	}
}
