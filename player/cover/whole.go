package cover

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"io"

	"golang.org/x/image/bmp"
	"golang.org/x/image/webp"
)

// maxWhole is how many pixels a picture may have that is decoded whole: at four bytes
// each, 8 MB.
const maxWhole = 2 << 20

// A whole is a format that others decode, and whole. Of a GIF that moves it is the
// first picture.
type whole struct {
	name   string
	is     func(data []byte) bool
	config func(io.Reader) (image.Config, error)
	all    func(io.Reader) (image.Image, error)
}

var wholeFormats = []whole{
	{"GIF", func(b []byte) bool { return bytes.HasPrefix(b, []byte("GIF8")) }, gif.DecodeConfig, gif.Decode},
	{"BMP", func(b []byte) bool { return bytes.HasPrefix(b, []byte("BM")) }, bmp.DecodeConfig, bmp.Decode},
	{"WebP", func(b []byte) bool { return len(b) >= 16 && string(b[:4]) == "RIFF" && string(b[8:15]) == "WEBPVP8" }, webp.DecodeConfig, webp.Decode},
}

// check reads the headers.
func (f *whole) check(data []byte) error {
	c, err := f.config(bytes.NewReader(data))
	if err != nil {
		return f.trouble(err)
	}
	if err := checkArea(c.Width, c.Height); err != nil {
		return err
	}
	if c.Width > maxWhole/c.Height {
		return unsupported("a %s picture of %d × %d pixels, which are too many", f.name, c.Width, c.Height)
	}
	return nil
}

// trouble is the error for one of a decoder's.
func (f *whole) trouble(err error) error {
	if errors.Is(err, bmp.ErrUnsupported) {
		return unsupported("a kind of BMP that is rarely used")
	}
	return malformed("%s: %v", f.name, err)
}

func (f *whole) decode(data []byte, size image.Point, rest func()) (*image.RGBA, error) {
	if err := f.check(data); err != nil {
		return nil, err
	}
	m, err := f.all(bytes.NewReader(data))
	if err != nil {
		return nil, f.trouble(err)
	}
	b := m.Bounds()
	if err := checkArea(b.Dx(), b.Dy()); err != nil {
		return nil, err
	}
	at := func(x, y int) color.RGBA64 { return color.RGBA64Model.Convert(m.At(x, y)).(color.RGBA64) }
	if m, ok := m.(image.RGBA64Image); ok { // which all of them are; it takes no allocation
		at = m.RGBA64At
	}
	s := newSums(b.Dx(), b.Dy(), size)
	for y := range b.Dy() {
		rest()
		line := s.line(y)
		for x := range b.Dx() {
			c := at(b.Min.X+x, b.Min.Y+y)
			line[x/s.by].addPremultiplied(uint32(c.R>>8), uint32(c.G>>8), uint32(c.B>>8), uint32(c.A>>8))
		}
	}
	return s.picture(rest), nil
}
