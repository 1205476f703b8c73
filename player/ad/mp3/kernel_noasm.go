//go:build !arm || purego

package mp3

func dct32(x *[32]int32, h *history, at int) { dct32Generic(x, h, at) }

func windowing(h *history, at int, out []int32, stride int) { windowingGeneric(h, at, out, stride) }

func reduceAlias(xr *[576]int32, boundaries int) { reduceAliasGeneric(xr, boundaries) }

func imdct36(xr *[576]int32, overlap *[32][18]int32, out *subbands, window *[9][5]int32, from, to int) {
	imdct36Generic(xr, overlap, out, window, from, to)
}

func requantizeLines(x []int32, mantissa uint32, shift int) {
	requantizeLinesGeneric(x, mantissa, shift)
}

func pairs(r *bitReader, dst []int32, entries []uint16, linbits int) {
	pairsGeneric(r, dst, entries, linbits)
}

func quads(r *bitReader, dst []int32, entries []uint16, bits, left int) int {
	return quadsGeneric(r, dst, entries, bits, left)
}
