package mpeg4

import (
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
	planes  [3][]byte
	origin  [3]int // of the first sample
	stride  [3]int
	width   int // in luma samples, without borders
	height  int
	macros  []macro
	picture media.Picture
	both    bool // a picture B
}

func newFrame(width, height int) *frame {
	f := &frame{width: width, height: height, macros: make([]macro, width/16*height/16)}
	for i := range f.planes {
		w, h, b := width, height, border
		if i > 0 {
			w, h, b = w/2, h/2, b/2
		}
		f.stride[i] = w + 2*b
		f.origin[i] = b*f.stride[i] + b
		f.planes[i] = make([]byte, f.stride[i]*(h+2*b))
		for k := range f.planes[i] {
			f.planes[i][k] = 128
		}
	}
	return f
}

// extend repeats the picture's edges into the borders. What lies in the store
// beyond width and height is border, too.
func (f *frame) extend(width, height int) {
	for i, p := range f.planes {
		w, h, b, toX, toY := width, height, border, f.width, f.height
		if i > 0 {
			w, h, b, toX, toY = (w+1)/2, (h+1)/2, b/2, toX/2, toY/2
		}
		pad(p[b*f.stride[i]+b:], f.stride[i], w, h, toX, toY)
		mc.Extend(p, f.stride[i], toX, toY, b)
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
	for i, size := range [3]int{16, 8, 8} {
		at := f.origin[i] + y*size*f.stride[i] + x*size
		for range size {
			copy(f.planes[i][at:at+size], from.planes[i][at:at+size])
			at += f.stride[i]
		}
	}
}
