//go:build !purego

package mp3

//go:noescape
func dct32(x *[32]int32, h *history, at int)

//go:noescape
func windowing(h *history, at int, out []int32, stride int)

//go:noescape
func filterBank(s *synthesis, sub, out []int32, stride, n int)

//go:noescape
func reduceAlias(xr *[576]int32, boundaries int)

//go:noescape
func imdct36(xr *[576]int32, overlap *[32][18]int32, out *subbands, window *[9][5]int32, from, to int)

//go:noescape
func requantizeBands(xr *[576]int32, lines, small int, edges []int, gains *bandGains, from int) int

//go:noescape
func pairs(r *bitReader, dst []int32, entries []uint16, linbits int)

//go:noescape
func quads(r *bitReader, dst []int32, entries []uint16, bits, left int) int

//go:noescape
func dequantize(r *bitReader, codes []bandCode, out *slotSamples)

//go:noescape
func midSide(l, r []int32)
