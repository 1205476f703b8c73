package rgb565

// The three channels of a pixel are spread over 32 bits, green in the upper
// half, so that one multiplication by a level of at most 32 weighs all of them.
const (
	spreadMask = 0x07E0F81F
	spreadHalf = 16<<21 | 16<<11 | 16
)

// level reduces an opacity of 0..255 to 0..32.
func level(alpha uint8) uint32 { return (uint32(alpha) + 4) >> 3 }

// spread parts the channels of a pixel.
func spread(c Color) uint32 { return (uint32(c) | uint32(c)<<16) & spreadMask }

// mix blends two spread pixels: f at level l of 32 over b.
//
// b*32 + (f-b)*l equals f*l + b*(32-l) modulo 2^32, whatever is borrowed on
// the way, and its fields never exceed their eleven and ten bits.
func mix(b, f, l uint32) Color {
	v := (b<<5 + (f-b)*l + spreadHalf) >> 5 & spreadMask
	return Color(v | v>>16)
}

// fillRowGeneric sets all of dst to c. Doubling leaves the work to copy, which is
// the fastest loop that the run-time has.
func fillRowGeneric(dst []Color, c Color) {
	if len(dst) == 0 {
		return
	}
	dst[0] = c
	for n := 1; n < len(dst); n *= 2 {
		copy(dst[n:], dst[:n])
	}
}

// blendRowGeneric draws f (spread) at level l over dst.
func blendRowGeneric(dst []Color, f, l uint32) {
	for i, c := range dst {
		dst[i] = mix(spread(c), f, l)
	}
}

// mixRowGeneric draws src at level l over dst; len(src) >= len(dst).
func mixRowGeneric(dst, src []Color, l uint32) {
	src = src[:len(dst)]
	for i, c := range src {
		dst[i] = mix(spread(dst[i]), spread(c), l)
	}
}

// bitsRow sets dst to c where row, from its bit x0 on, has a bit set.
func bitsRow(dst []Color, row []uint8, x0 int, c Color) {
	for i := range dst {
		if x := x0 + i; row[x>>3]<<(x&7)&0x80 != 0 {
			dst[i] = c
		}
	}
}

// maskRowGeneric draws c over dst with a coverage a pixel; len(mask) >= len(dst).
func maskRowGeneric(dst []Color, mask []uint8, c Color) {
	f := spread(c)
	mask = mask[:len(dst)]
	for i, a := range mask {
		switch l := level(a); l {
		case 0:
		case 32:
			dst[i] = c
		default:
			dst[i] = mix(spread(dst[i]), f, l)
		}
	}
}

// glyphRowGeneric draws c over dst with the 4-bit coverages of row from its pixel
// x0 on, through curve.
func glyphRowGeneric(dst []Color, row []byte, x0 int, c Color, curve *[16]uint8) {
	f := spread(c)
	for i := range dst {
		x := x0 + i
		v := row[x>>1]
		if x&1 == 0 {
			v >>= 4
		}
		switch l := level(curve[v&15]); l {
		case 0:
		case 32:
			dst[i] = c
		default:
			dst[i] = mix(spread(dst[i]), f, l)
		}
	}
}

// scaleRow replaces the channels of dst by what the tables say.
func scaleRow(dst []Color, t5 *[32]uint8, t6 *[64]uint8) {
	for i, c := range dst {
		dst[i] = Color(t5[c>>11])<<11 | Color(t6[c>>5&63])<<5 | Color(t5[c&31])
	}
}

// patternRow fills dst with four pixels that repeat, the first being
// p[phase].
func patternRow(dst []Color, p *[4]Color, phase int) {
	for i := range min(4, len(dst)) {
		dst[i] = p[(phase+i)&3]
	}
	for n := 4; n < len(dst); n *= 2 {
		copy(dst[n:], dst[:n])
	}
}

// turnTileGeneric writes h rows of w pixels to dst, stride apart. The pixel i of row
// j is src[at + i*across + j*down]; all of them lie in src.
func turnTileGeneric(dst []Color, stride int, src []Color, at, across, down, w, h int) {
	for {
		from := at
		for i := range dst[:w] {
			dst[i] = src[from]
			from += across
		}
		if h--; h == 0 {
			return
		}
		dst = dst[stride:]
		at += down
	}
}

// boxSumGeneric weighs samples by the taps of both axes and adds them up. The
// first is pix[0], the last pix[(y.n-1)*stride+x.n-1]; x.first and y.first
// have no part in it.
func boxSumGeneric(pix []uint8, stride int, x, y *taps) uint64 {
	var sum uint64
	for k := range y.n {
		sum += uint64(y.weight(k)) * uint64(weigh(pix[k*stride:][:x.n], x))
	}
	return sum
}

// weigh sums a row of samples; len(row) is t.n.
func weigh(row []uint8, t *taps) uint32 {
	n := len(row) - 1
	sum := uint32(row[0]) * t.head
	if n == 0 {
		return sum
	}
	var mid uint32
	for _, v := range row[1:n] {
		mid += uint32(v)
	}
	return sum + mid*t.mid + uint32(row[n])*t.tail
}
