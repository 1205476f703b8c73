//go:build !purego

package mp3

//go:noescape
func dct32(x *[32]int32, h *history, at int)

func windowing(h *history, at int, out []int32, stride int) {
	if stride == 1 {
		windowing1(h, at, &out[0])
	} else {
		windowing2(h, at, &out[0])
	}
}

//go:noescape
func windowing1(h *history, at int, out *int32)

//go:noescape
func windowing2(h *history, at int, out *int32)

//go:noescape
func reduceAlias(xr *[576]int32, boundaries int)

//go:noescape
func imdct36(xr *[576]int32, overlap *[32][18]int32, out *subbands, window *[9][5]int32, from, to int)

//go:noescape
func requantizeLines(x []int32, mantissa uint32, shift int)

//go:noescape
func pairs(r *bitReader, dst []int32, entries []uint16, linbits int)

//go:noescape
func quads(r *bitReader, dst []int32, entries []uint16, bits, left int) int
