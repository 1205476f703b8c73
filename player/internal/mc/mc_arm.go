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
	if !fits(dst, src, 0, 0, stride, width, height, int(half)) {
		return false
	}
	block(unsafe.SliceData(dst), unsafe.SliceData(src), stride, height, int(way)<<3|width>>2&4|int(half&3))
	return true
}

func macroblockKernel(dst, src *View, luma, colour *Move, lines int, way Way) bool {
	y, c := int(luma.Half), int(colour.Half)
	if y|c > 3 || src.Stride != dst.Stride ||
		!fits(dst.Planes[0], src.Planes[0], luma.To, luma.From, dst.Stride[0], 16, lines, y) ||
		!fits(dst.Planes[1], src.Planes[1], colour.To, colour.From, dst.Stride[1], 8, lines>>1, c) ||
		!fits(dst.Planes[2], src.Planes[2], colour.To, colour.From, dst.Stride[1], 8, lines>>1, c) {
		return false
	}
	macroblock(dst, src, luma, colour, lines, int(way)<<3)
	return true
}

// fits says whether a block from a place in src to one in dst is one for the
// kernels.
func fits(dst, src []byte, to, from, stride, width, height, half int) bool {
	size := (height-1)*stride + width
	return to >= 0 && from >= 0 && size > 0 && to+size <= len(dst) && from+size+half>>1*stride+words <= len(src) &&
		(stride|(int(uintptr(unsafe.Pointer(unsafe.SliceData(dst))))+to))&3 == 0 && height&1 == 0
}

// extendKernel extends lines to both sides, where all begins and ends with
// words.
func extendKernel(p []byte, stride, lines, width, border int) bool {
	if (stride|width|border|int(uintptr(unsafe.Pointer(unsafe.SliceData(p)))))&3 != 0 || border == 0 || lines == 0 {
		return false
	}
	_ = p[(lines-1)*stride+width+2*border-1]
	extend(&p[0], stride, lines, width, border)
	return true
}
