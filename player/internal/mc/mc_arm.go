//go:build arm && !purego

package mc

import "unsafe"

// The kernels move blocks of lines that begin at a word's border; src may begin
// anywhere. They load whole words, of which the last may have up to three bytes
// more than the block; at the end of src, where these would not be there, they
// are not used.

// block moves lines of 8 samples, or of 16 where 4 is added to the way, which is
// 8*Way + Half.
//
//go:noescape
func block(dst, src *byte, stride, lines, way int)

// macroblock moves a macroblock; way is 8*Way.
//
//go:noescape
func macroblock(dst, src *View, luma, colour *Move, lines, way int)

//go:noescape
func extend(line *byte, stride, lines, width, border int)

// words is how many bytes more than a block has may be loaded.
const words = 4

func blockKernel(dst, src []byte, stride, width, height int, half Half, way Way) bool {
	size := (height-1)*stride + width
	if size > len(dst) || size+int(half>>1)*stride+words > len(src) || stride <= 0 || height <= 0 ||
		(stride|address(dst)|2*height)&3 != 0 {
		return false
	}
	block(unsafe.SliceData(dst), unsafe.SliceData(src), stride, height, int(way)<<3|width>>2&4|int(half&3))
	return true
}

func macroblockKernel(dst, src *View, luma, colour *Move, lines int, way Way) bool {
	s, c := dst.Stride[0], dst.Stride[1]
	y, b, r := dst.Planes[0], dst.Planes[1], dst.Planes[2]
	// How far into the planes a block may begin.
	size, small := (lines-1)*s+16, (lines>>1-1)*c+8
	to, toSmall := len(y)-size, min(len(b), len(r))-small
	from := len(src.Planes[0]) - size - words - int(luma.Half>>1)*s
	fromSmall := min(len(src.Planes[1]), len(src.Planes[2])) - small - words - int(colour.Half>>1)*c
	if to|toSmall|from|fromSmall|s|c|(lines-1) < 0 || luma.Half|colour.Half > 3 || src.Stride != dst.Stride ||
		uint(luma.To) > uint(to) || uint(luma.From) > uint(from) ||
		uint(colour.To) > uint(toSmall) || uint(colour.From) > uint(fromSmall) ||
		(s|c|lines|(address(y)+luma.To)|(address(b)+colour.To)|(address(r)+colour.To))&3 != 0 {
		return false
	}
	macroblock(dst, src, luma, colour, lines, int(way)<<3)
	return true
}

// address is where a plane lies.
func address(p []byte) int { return int(uintptr(unsafe.Pointer(unsafe.SliceData(p)))) }

// extendKernel extends lines to both sides, where all begins and ends with
// words.
func extendKernel(p []byte, stride, lines, width, border int) bool {
	if (stride|width|border|address(p))&3 != 0 || border == 0 || lines == 0 {
		return false
	}
	_ = p[(lines-1)*stride+width+2*border-1]
	extend(&p[0], stride, lines, width, border)
	return true
}
