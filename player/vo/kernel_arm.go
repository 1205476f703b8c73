//go:build !purego

package vo

import "unsafe"

// addressed says that places in tables are addresses.
const addressed = true

// makeHues makes 2*pairs hues. odd is as for huesGeneric.
//
//go:noescape
func makeHues(dst *hue, cb, cr *uint8, t *tables, pairs, odd int)

// paintRows paints 2*pairs blocks whose lines are lines of the surface.
//
//go:noescape
func paintRows(upper, lower *uint16, y0, y1 *uint8, hues *hue, pairs int)

// paintColumns paints 2*pairs blocks whose lines are columns: y0 is that of
// the lower address, step the bytes from pixel to pixel.
//
//go:noescape
func paintColumns(dst *uint16, step int, y0, y1 *uint8, hues *hue, pairs int)

func hues(dst []hue, cb, cr []uint8, t *tables, odd int) {
	n := len(dst) &^ 1
	if n > 0 {
		_, _ = cb[n-1], cr[n-1]
		makeHues(&dst[0], &cb[0], &cr[0], t, n/2, odd)
	}
	huesGeneric(dst[n:], cb[n:], cr[n:], t, odd)
}

func blocks(pix []uint16, w walk, upper, lower []uint8, hues []hue, t *tables) {
	n := len(hues) &^ 1
	if n > 0 {
		last := w.from(4*n/2-1, 1)
		_, _, _ = upper[2*n-1], lower[2*n-1], pix[last.at]
		switch {
		case w.dx == 1 && w.dy&1 == 0 && aligned(&pix[w.at]):
			paintRows(&pix[w.at], &pix[w.at+w.dy], &upper[0], &lower[0], &hues[0], n/2)
		case w.dy == 1 && w.dx&1 == 0 && aligned(&pix[w.at]):
			paintColumns(&pix[w.at], 2*w.dx, &upper[0], &lower[0], &hues[0], n/2)
		case w.dy == -1 && w.dx&1 == 0 && aligned(&pix[w.at-1]):
			paintColumns(&pix[w.at-1], 2*w.dx, &lower[0], &upper[0], &hues[0], n/2)
		default:
			n = 0
		}
	}
	if n < len(hues) {
		blocksGeneric(pix, w.from(2*n, 0), upper[2*n:], lower[2*n:], hues[n:], t)
	}
}

// bands paints all pairs of lines of a picture whose samples are used as they
// are, where kernels can do all of it, and says whether it did.
func bands(pix []uint16, w walk, luma *plane, color *[2]plane, hues []hue, pairs int, t *tables) bool {
	n := len(hues)
	rows := w.dx == 1 && w.dy&1 == 0
	columns := w.dx&1 == 0 && (w.dy == 1 || w.dy == -1)
	if n == 0 || n&1 == 1 || pairs == 0 || !rows && !columns {
		return false
	}
	if w.dy == -1 { // columns from right to left
		w.at--
	}
	if !aligned(&pix[w.at]) {
		return false
	}
	_, _ = pix[w.from(2*n-1, 0).at], pix[w.from(2*n-1, 2*(pairs-1)).at]
	for y := range pairs {
		c, l := y*color[0].stride, 2*y*luma.stride
		cb, cr := color[0].pix[c:][:n], color[1].pix[c:][:n]
		upper, lower := luma.pix[l:][:2*n], luma.pix[l+luma.stride:][:2*n]
		makeHues(&hues[0], &cb[0], &cr[0], t, n/2, y&1)
		switch {
		case rows:
			paintRows(&pix[w.at], &pix[w.at+w.dy], &upper[0], &lower[0], &hues[0], n/2)
		case w.dy == 1:
			paintColumns(&pix[w.at], 2*w.dx, &upper[0], &lower[0], &hues[0], n/2)
		default:
			paintColumns(&pix[w.at], 2*w.dx, &lower[0], &upper[0], &hues[0], n/2)
		}
		w.at += 2 * w.dy
	}
	return true
}

// aligned says whether two pixels can be stored at p as a word.
func aligned(p *uint16) bool { return uintptr(unsafe.Pointer(p))&3 == 0 }
