package aac

// What the kernels do, for machines without kernels of their own. They agree
// to the bit.

// requantizeSmallGeneric makes lines of the values up to the first one that is
// above the limit, and says where that is.
func requantizeSmallGeneric(x []int32, k *requantizer) int {
	for i, v := range x {
		if v == 0 {
			continue
		}
		s := v >> 31
		v = v ^ s - s
		if uint32(v) > uint32(k.limit) {
			return i
		}
		y := (upper(pow43[v], k.m) + k.half) >> (k.down & 31) << (k.up & 31)
		x[i] = int32(y) ^ s - s
	}
	return len(x)
}

// scaleBandsGeneric makes lines of the values of all bands that have codebooks,
// up to the first one that is above its band's limit. It says how many bands
// are done, and where the value is.
func scaleBandsGeneric(x *[frameLength]int32, bands []uint16, book []uint8, factor []int16) (done, at int) {
	for i, b := range book {
		if b == bookZero || b > bookEscape {
			continue
		}
		k, _ := newRequantizer(int(factor[i]))
		from, end := int(bands[i]), int(bands[i+1])
		if n := requantizeSmallGeneric(x[from:end], &k); from+n < end {
			return i, from + n
		}
	}
	return len(book), 0
}

// midSideGeneric makes left and right of their middle and difference, which
// are within the range of lines.
func midSideGeneric(l, r []int32) {
	r = r[:len(l)]
	for i, m := range l {
		s := r[i]
		l[i], r[i] = clamp(m+s), clamp(m-s)
	}
}

// clamp holds a line at what lines are held at: where its two highest bits
// differ.
func clamp(x int32) int32 {
	if x^x<<1 < 0 {
		return x>>31 ^ maxLine
	}
	return x
}
