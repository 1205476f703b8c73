package mpeg2

import (
	"linnet/player/internal/mc"
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
)

// A frame is a picture in the store: whole macroblocks, 4:2:0.
type frame struct {
	planes  [3][]byte
	stride  int // of the luma plane; the others have half of it
	width   int // in samples, a multiple of 16
	height  int // a multiple of 16, or of 32 where there may be fields
	picture media.Picture
	b       bool                // no other picture refers to it
	first   mpegvideo.Structure // what came first: a field, or Frame
}

func newFrame(width, height int) *frame {
	f := &frame{stride: width, width: width, height: height}
	n := width * height
	store := make([]byte, n+n/2)
	f.planes = [3][]byte{store[:n:n], store[n : n+n/4 : n+n/4], store[n+n/4:]}
	f.gray()
	return f
}

// gray is what is there before anything was decoded.
func (f *frame) gray() {
	for i := range f.planes {
		p := f.planes[i]
		for k := range p {
			p[k] = 128
		}
	}
}

// A view is a frame or one field of it.
type view struct {
	mc.View
	width  int // of the luma plane
	height int
}

func (f *frame) view(s mpegvideo.Structure) view {
	half := f.stride / 2
	v := view{View: mc.View{Planes: f.planes, Stride: [2]int{f.stride, half}}, width: f.width, height: f.height}
	if s == mpegvideo.Frame {
		return v
	}
	if s == mpegvideo.BottomField {
		for i := range v.Planes {
			v.Planes[i] = v.Planes[i][v.Stride[min(i, 1)]:]
		}
	}
	v.Stride = [2]int{2 * f.stride, 2 * half}
	v.height /= 2
	return v
}

// copyMacroblock takes what the macroblock at column x and row y shows from
// another picture.
func (v *view) copyMacroblock(from *view, x, y int) {
	luma, colour := v.at(x, y)
	m, c := mc.Move{To: luma, From: luma}, mc.Move{To: colour, From: colour}
	mc.Macroblock(&v.View, &from.View, &m, &c, 16, mc.Up)
}

// at is where the macroblock at column x and row y lies, in luma and colour.
func (v *view) at(x, y int) (luma, colour int) {
	return 16*y*v.Stride[0] + 16*x, 8*y*v.Stride[1] + 8*x
}
