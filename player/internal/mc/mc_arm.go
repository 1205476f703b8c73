//go:build arm && !purego

package mc

import "unsafe"

// The kernels move blocks of lines that begin at a word's border; src may begin
// anywhere.

//go:noescape
func whole16(dst, src *byte, stride, lines int)

//go:noescape
func whole8(dst, src *byte, stride, lines int)

//go:noescape
func across16(dst, src *byte, stride, lines int)

//go:noescape
func across8(dst, src *byte, stride, lines int)

//go:noescape
func along8(dst, src *byte, stride, lines int)

//go:noescape
func both4(dst, src *byte, stride, lines int)

//go:noescape
func acrossDown16(dst, src *byte, stride, lines int)

//go:noescape
func acrossDown8(dst, src *byte, stride, lines int)

//go:noescape
func alongDown8(dst, src *byte, stride, lines int)

//go:noescape
func bothDown4(dst, src *byte, stride, lines int)

//go:noescape
func wholeAverage16(dst, src *byte, stride, lines int)

//go:noescape
func wholeAverage8(dst, src *byte, stride, lines int)

//go:noescape
func acrossAverage16(dst, src *byte, stride, lines int)

//go:noescape
func acrossAverage8(dst, src *byte, stride, lines int)

//go:noescape
func alongAverage8(dst, src *byte, stride, lines int)

//go:noescape
func bothAverage4(dst, src *byte, stride, lines int)

//go:noescape
func extend(line *byte, stride, lines, width, border int)

// A way is a kernel, and how many samples wide it is.
type way struct {
	move func(dst, src *byte, stride, lines int)
	step int
}

// The ways by what is done, and then by half, and 4 more where blocks are 16
// wide.
const (
	up = iota
	down
	mean
)

var ways = [3][8]way{
	up: {
		{whole8, 8}, {across8, 8}, {along8, 8}, {both4, 4},
		{whole16, 16}, {across16, 16}, {along8, 8}, {both4, 4},
	},
	down: {
		{whole8, 8}, {acrossDown8, 8}, {alongDown8, 8}, {bothDown4, 4},
		{whole16, 16}, {acrossDown16, 16}, {alongDown8, 8}, {bothDown4, 4},
	},
	mean: {
		{wholeAverage8, 8}, {acrossAverage8, 8}, {alongAverage8, 8}, {bothAverage4, 4},
		{wholeAverage16, 16}, {acrossAverage16, 16}, {alongAverage8, 8}, {bothAverage4, 4},
	},
}

// move does what the kernels can, and reports whether that was all. They load
// whole words, of which the last may have up to three bytes more than the block;
// at the end of src, where these would not be there, it does nothing.
func move(what int, dst, src []byte, stride, width, height int, half Half) bool {
	lines := height + int(half>>1)
	if (stride|int(uintptr(unsafe.Pointer(unsafe.SliceData(dst)))))&3 != 0 ||
		(lines-1)*stride+width+4 > len(src) || (height-1)*stride+width > len(dst) {
		return false
	}
	w := &ways[what][int(half&3)|width>>2&4]
	for x := 0; x < width; x += w.step {
		w.move(&dst[x], &src[x], stride, height)
	}
	return true
}

func copyKernel(dst, src []byte, stride, width, height int, half Half, roundDown bool) bool {
	if roundDown {
		return move(down, dst, src, stride, width, height, half)
	}
	return move(up, dst, src, stride, width, height, half)
}

func averageKernel(dst, src []byte, stride, width, height int, half Half) bool {
	return move(mean, dst, src, stride, width, height, half)
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
