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

// macroblockKernel moves a macroblock's blocks, plane by plane, up to one that is
// not for kernels. It returns how many were.
//
//go:noescape
func macroblockKernel(dst, src *View, luma, colour *Move, lines int, way Way) (done int)

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
