package mc

import "encoding/binary"

// lows and highs are the low bits, and all but those, of four samples.
const (
	low1  = 0x01010101
	low2  = 0x03030303
	high7 = 0xfefefefe
	high6 = 0xfcfcfcfc
)

func load(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

// meanUp is the average of each of four samples, halves rounded up.
func meanUp(a, b uint32) uint32 { return (a | b) - (a^b)&high7>>1 }

// meanDown is the average, halves rounded down.
func meanDown(a, b uint32) uint32 { return a&b + (a^b)&high7>>1 }

// mean4 is the average of four by four samples; bias is 2 in each byte to
// round halves up, 1 for down.
func mean4(a, b, c, d, bias uint32) uint32 {
	low := a&low2 + b&low2 + c&low2 + d&low2 + bias
	return a&high6>>2 + b&high6>>2 + c&high6>>2 + d&high6>>2 + low>>2&low2
}

// predict is the prediction of the four samples at src.
func predict(src []byte, stride int, half Half, down bool) uint32 {
	a := load(src)
	switch half {
	case X:
		if down {
			return meanDown(a, load(src[1:]))
		}
		return meanUp(a, load(src[1:]))
	case Y:
		if down {
			return meanDown(a, load(src[stride:]))
		}
		return meanUp(a, load(src[stride:]))
	case X | Y:
		bias := uint32(2 * low1)
		if down {
			bias = low1
		}
		return mean4(a, load(src[1:]), load(src[stride:]), load(src[stride+1:]), bias)
	}
	return a
}

func copyGeneric(dst, src []byte, stride, width, height int, half Half, down bool) {
	for y := range height {
		for x := 0; x < width; x += 4 {
			binary.LittleEndian.PutUint32(dst[y*stride+x:], predict(src[y*stride+x:], stride, half, down))
		}
	}
}

func averageGeneric(dst, src []byte, stride, width, height int, half Half) {
	for y := range height {
		for x := 0; x < width; x += 4 {
			d := dst[y*stride+x:]
			binary.LittleEndian.PutUint32(d, meanUp(load(d), predict(src[y*stride+x:], stride, half, false)))
		}
	}
}

// extendGeneric repeats the first and the last sample of each line in the
// borders beside it; p begins with the first border.
func extendGeneric(p []byte, stride, lines, width, border int) {
	for y := range lines {
		line := p[y*stride:][:width+2*border]
		left, right := line[border], line[border+width-1]
		for k := range border {
			line[k], line[border+width+k] = left, right
		}
	}
}
