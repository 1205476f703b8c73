//go:build !purego

package rgb565

import "unsafe"

//go:noescape
func fillRow(dst []Color, c Color)

//go:noescape
func blendRow(dst []Color, f, l uint32)

//go:noescape
func mixRow(dst, src []Color, l uint32)

//go:noescape
func maskRow(dst []Color, mask []uint8, c Color)

//go:noescape
func glyphRow(dst []Color, row []byte, x0 int, c Color, curve *[16]uint8)

//go:noescape
func boxSum(pix []uint8, stride int, x, y *taps) uint64

// turnPairs writes two rows at a time, two pixels at a time: even and odd are
// the first pixels of the two rows, and rows is how far, in pixels, it is from
// a pair of rows to the next. The words at src, and then across pixels on, have
// in their lower half what goes to even, in their upper what goes to odd; the
// words for the next pair of rows are down pixels on. w and h are even and not
// 0, across, down and rows even.
//
//go:noescape
func turnPairs(even, odd *Color, rows int, src *Color, across, down, w, h int)

// turnTile is turnTileGeneric. Where rows of the target are columns of the
// source it works by words: what is left at the edges goes pixel by pixel.
func turnTile(dst []Color, stride int, src []Color, at, across, down, w, h int) {
	if down != 1 && down != -1 || (across|stride)&1 != 0 {
		turnTileGeneric(dst, stride, src, at, across, down, w, h)
		return
	}
	if !aligned(&dst[0]) {
		turnTileGeneric(dst, stride, src, at, across, down, 1, h)
		if w--; w == 0 {
			return
		}
		dst, at = dst[1:], at+across
	}
	if aligned(&src[at]) != (down == 1) { // the word begins with the lower of two pixels
		turnTileGeneric(dst, stride, src, at, across, down, w, 1)
		if h--; h == 0 {
			return
		}
		dst, at = dst[stride:], at+down
	}
	if w&1 != 0 {
		w--
		turnTileGeneric(dst[w:], stride, src, at+w*across, across, down, 1, h)
	}
	if h&1 != 0 {
		h--
		if w > 0 {
			turnTileGeneric(dst[h*stride:], stride, src, at+h*down, across, down, w, 1)
		}
	}
	if w == 0 || h == 0 {
		return
	}
	even, odd, first := &dst[0], &dst[stride], at
	if down < 0 {
		even, odd, first = odd, even, at-1
	}
	turnPairs(even, odd, 2*stride, &src[first], across, 2*down, w, h)
}

// aligned says whether a word may begin with a pixel.
func aligned(c *Color) bool { return uintptr(unsafe.Pointer(c))&2 == 0 }
