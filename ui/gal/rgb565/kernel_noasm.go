//go:build !arm || purego

package rgb565

func fillRow(dst []Color, c Color) { fillRowGeneric(dst, c) }

func blendRow(dst []Color, f, l uint32) { blendRowGeneric(dst, f, l) }

func mixRow(dst, src []Color, l uint32) { mixRowGeneric(dst, src, l) }

func maskRow(dst []Color, mask []uint8, c Color) { maskRowGeneric(dst, mask, c) }

func glyphRow(dst []Color, row []byte, x0 int, c Color, curve *[16]uint8) {
	glyphRowGeneric(dst, row, x0, c, curve)
}

func turnTile(dst []Color, stride int, src []Color, at, across, down, w, h int) {
	turnTileGeneric(dst, stride, src, at, across, down, w, h)
}

func boxSum(pix []uint8, stride int, x, y *taps) uint64 { return boxSumGeneric(pix, stride, x, y) }
