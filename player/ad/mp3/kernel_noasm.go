//go:build !arm || purego

package mp3

func dct32(x *[32]int32, h *history, at int) { dct32Generic(x, h, at) }

func windowing(h *history, at int, out []int32, stride int) { windowingGeneric(h, at, out, stride) }

func filterBank(s *synthesis, sub, out []int32, stride, n int) {
	filterBankGeneric(s, sub, out, stride, n)
}

func reduceAlias(xr *[576]int32, boundaries int) { reduceAliasGeneric(xr, boundaries) }

func imdct36(xr *[576]int32, overlap *[32][18]int32, out *subbands, window *[9][5]int32, from, to int) {
	imdct36Generic(xr, overlap, out, window, from, to)
}

func requantizeBands(xr *[576]int32, lines, small int, edges []int, gains *bandGains, from int) int {
	return requantizeBandsGeneric(xr, lines, small, edges, gains, from)
}

func pairs(r *bitReader, dst []int32, entries []uint16, linbits int) {
	pairsGeneric(r, dst, entries, linbits)
}

func quads(r *bitReader, dst []int32, entries []uint16, bits, left int) int {
	return quadsGeneric(r, dst, entries, bits, left)
}

func dequantize(r *bitReader, codes []bandCode, out *slotSamples) { dequantizeGeneric(r, codes, out) }

func midSide(l, r []int32) { midSideGeneric(l, r) }
