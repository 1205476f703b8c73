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

// fits says whether the kernels can take a block. They load whole words, of
// which the last may have up to three bytes more than the block; at the end of
// src, where these would not be there, the generic form does it.
func fits(dst, src []byte, stride, width, height int, half Half) bool {
	lines := height
	if half&Y != 0 {
		lines++
	}
	last := (lines-1)*stride + width + 4
	return stride&3 == 0 && uintptr(unsafe.Pointer(&dst[0]))&3 == 0 && last <= len(src)
}

func copyUp(dst, src []byte, stride, width, height int, half Half) {
	if !fits(dst, src, stride, width, height, half) {
		copyUpGeneric(dst, src, stride, width, height, half)
		return
	}
	d, s := &dst[0], &src[0]
	switch {
	case half == 0 && width == 16:
		whole16(d, s, stride, height)
	case half == 0:
		whole8(d, s, stride, height)
	case half == X && width == 16:
		across16(d, s, stride, height)
	case half == X:
		across8(d, s, stride, height)
	case half == Y:
		for x := 0; x < width; x += 8 {
			along8(&dst[x], &src[x], stride, height)
		}
	default:
		for x := 0; x < width; x += 4 {
			both4(&dst[x], &src[x], stride, height)
		}
	}
}

func copyDown(dst, src []byte, stride, width, height int, half Half) {
	if !fits(dst, src, stride, width, height, half) {
		copyDownGeneric(dst, src, stride, width, height, half)
		return
	}
	d, s := &dst[0], &src[0]
	switch {
	case half == 0 && width == 16:
		whole16(d, s, stride, height)
	case half == 0:
		whole8(d, s, stride, height)
	case half == X && width == 16:
		acrossDown16(d, s, stride, height)
	case half == X:
		acrossDown8(d, s, stride, height)
	case half == Y:
		for x := 0; x < width; x += 8 {
			alongDown8(&dst[x], &src[x], stride, height)
		}
	default:
		for x := 0; x < width; x += 4 {
			bothDown4(&dst[x], &src[x], stride, height)
		}
	}
}

func average(dst, src []byte, stride, width, height int, half Half) {
	if !fits(dst, src, stride, width, height, half) {
		averageGeneric(dst, src, stride, width, height, half)
		return
	}
	d, s := &dst[0], &src[0]
	switch {
	case half == 0 && width == 16:
		wholeAverage16(d, s, stride, height)
	case half == 0:
		wholeAverage8(d, s, stride, height)
	case half == X && width == 16:
		acrossAverage16(d, s, stride, height)
	case half == X:
		acrossAverage8(d, s, stride, height)
	case half == Y:
		for x := 0; x < width; x += 8 {
			alongAverage8(&dst[x], &src[x], stride, height)
		}
	default:
		for x := 0; x < width; x += 4 {
			bothAverage4(&dst[x], &src[x], stride, height)
		}
	}
}
