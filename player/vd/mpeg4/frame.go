package mpeg4

import (
	"bytes"

	"linnet/player/internal/mc"
	"linnet/player/media"
)

// border is how far, in luma samples, a reference goes on beyond the picture:
// vectors may lead out of it (7.6.4), and what is farther out than a block and
// the filters' taps looks as what is there.
const border = 32

// A vector counts half or quarter pixels.
type vector struct{ x, y int32 }

// A macro is what others must know of a macroblock.
type macro struct {
	mv      [4]vector // of its blocks; all the same where it has one
	fieldMV [2]vector // where field
	from    [2]uint8  // the fields that those point into: 0 the top one
	quant   uint8
	intra   bool
	skipped bool // not coded, in a plane P
	field   bool // it has a vector for each field
	four    bool // it has four
	global  bool // it moves as the whole picture does
}

// A frame is a picture in the store: whole macroblocks, 4:2:0, with borders.
type frame struct {
	mc.View
	origin  [2]int // of the first sample, in luma and colour
	width   int    // in luma samples, without borders
	height  int
	macros  []macro
	picture media.Picture
	both    bool // a picture B
}

func newFrame(width, height int) *frame {
	f := &frame{width: width, height: height, macros: make([]macro, width/16*height/16)}
	for i := range f.origin {
		f.Stride[i] = (width + 2*border) >> i
		f.origin[i] = border>>i*f.Stride[i] + border>>i
	}
	for i := range f.Planes {
		small := min(i, 1)
		f.Planes[i] = bytes.Repeat([]byte{128}, f.Stride[small]*(height+2*border)>>small)
	}
	return f
}

// extend repeats the picture's edges into the borders. What lies in the store
// beyond width and height is border, too.
func (f *frame) extend(width, height int) {
	for i, p := range f.Planes {
		w, h, b, toX, toY := width, height, border, f.width, f.height
		if i > 0 {
			w, h, b, toX, toY = (w+1)/2, (h+1)/2, b/2, toX/2, toY/2
		}
		stride := f.Stride[min(i, 1)]
		pad(p[b*stride+b:], stride, w, h, toX, toY)
		mc.Extend(p, stride, toX, toY, b)
	}
}

// pad repeats the edges of w x h samples to the right and downwards.
func pad(p []byte, stride, w, h, toX, toY int) {
	if w < toX {
		for y := range h {
			line := p[y*stride:][:toX]
			for x := w; x < toX; x++ {
				line[x] = line[w-1]
			}
		}
	}
	last := p[(h-1)*stride:][:toX]
	for y := h; y < toY; y++ {
		copy(p[y*stride:][:toX], last)
	}
}

// copyMacroblock takes what the macroblock at column x and row y shows from
// another picture.
func (f *frame) copyMacroblock(from *frame, x, y int) {
	luma, colour := f.moved(0, 16, 16*x, 16*y, vector{}), f.moved(1, 8, 8*x, 8*y, vector{})
	mc.Macroblock(&f.View, &from.View, &luma, &colour, 16, mc.Up)
}

// moved says how a block of size x size samples, at x and y of luma, or where
// small is 1 of colour, moves by a vector in half samples. It leads out of the
// picture no farther than the border goes, without what filters take.
func (f *frame) moved(small, size, x, y int, v vector) mc.Move {
	b := border * 3 / 4 >> small
	sx := max(-b, min(x+int(v.x>>1), f.width>>small+b-size))
	sy := max(-b, min(y+int(v.y>>1), f.height>>small+b-size))
	stride, origin := f.Stride[small], f.origin[small]
	return mc.Move{To: origin + y*stride + x, From: origin + sy*stride + sx, Half: uint32(v.x&1 | v.y&1<<1)}
}
