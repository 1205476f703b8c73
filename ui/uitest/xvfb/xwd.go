package xvfb

import (
	"encoding/binary"
	"errors"
	"image"
)

// The fields of an X window dump's header that are needed, as indexes of
// its big-endian 32-bit words (X11/XWDFile.h, version 7).
const (
	xwdHeaderSize   = 0
	xwdVersion      = 1
	xwdFormat       = 2 // 2 is a ZPixmap: whole pixels
	xwdWidth        = 4
	xwdHeight       = 5
	xwdByteOrder    = 7 // 0 is little endian
	xwdBitsPerPixel = 11
	xwdBytesPerLine = 12
	xwdRedMask      = 14
	xwdGreenMask    = 15
	xwdBlueMask     = 16
	xwdColors       = 19 // entries of the colour map, 12 bytes each
	xwdWords        = 25
)

// decodeXWD reads an X window dump of 24-bit colours in 32-bit little-endian
// pixels, which is what Xvfb keeps on the machines that we know.
func decodeXWD(data []byte) (*image.RGBA, error) {
	if len(data) < 4*xwdWords {
		return nil, errors.New("shorter than a window dump's header")
	}
	var h [xwdWords]uint32
	for i := range h {
		h[i] = binary.BigEndian.Uint32(data[4*i:])
	}
	if h[xwdVersion] != 7 || h[xwdFormat] != 2 || h[xwdByteOrder] != 0 || h[xwdBitsPerPixel] != 32 ||
		h[xwdRedMask] != 0xff0000 || h[xwdGreenMask] != 0xff00 || h[xwdBlueMask] != 0xff {
		return nil, errors.New("a window dump of another kind than 24-bit colours in little-endian words")
	}
	for _, i := range []int{xwdHeaderSize, xwdWidth, xwdHeight, xwdBytesPerLine, xwdColors} {
		if h[i] > 1<<16 {
			return nil, errors.New("a window dump of more than any screen has")
		}
	}
	w, height, line := int(h[xwdWidth]), int(h[xwdHeight]), int(h[xwdBytesPerLine])
	start := int(h[xwdHeaderSize]) + 12*int(h[xwdColors])
	if line < 4*w || start > len(data) || (len(data)-start)/max(line, 1) < height {
		return nil, errors.New("a window dump that is cut short")
	}
	m := image.NewRGBA(image.Rect(0, 0, w, height))
	for y := range height {
		from, to := data[start+y*line:], m.Pix[y*m.Stride:]
		for x := range w {
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = from[4*x+2], from[4*x+1], from[4*x], 255
		}
	}
	return m, nil
}
