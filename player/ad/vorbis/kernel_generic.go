package vorbis

import "linnet/player/internal/vorbis"

// What the kernels do, for machines without kernels of their own. They agree
// to the bit.

// addWordsGeneric adds the vectors of a book that is direct to the values of x
// and y in turn, every stride-th of them. It ends where x does (which must be
// at the end of a vector), at the last bytes of the packet, and before a word
// that is in no table, and says which is the next of x. r must hold no bits from behind
// the end.
func addWordsGeneric(x, y []int32, stride int, b *book, r *vorbis.Bits) int {
	at, width, mask := 0, b.width&31, uint32(1)<<(b.width&31)-1
	if r.Have < tableBits {
		if r.Next+4 > len(r.Data) {
			return 0
		}
		r.Fill()
	}
	for at < len(x) {
		e := b.table[r.Cache&b.mask]
		if e&isLink != 0 && e&0xff != isLong {
			if r.Have < tableBits+linkBits {
				if r.Next+4 > len(r.Data) {
					break
				}
				r.Fill()
			}
			e = b.table[e>>8+r.Cache>>tableBits&(1<<(e&31)-1)]
		}
		if e&0xff == isLong {
			break
		}
		r.Drop(int(e & 0xff))
		more := r.Have >= tableBits
		if !more && r.Next+4 <= len(r.Data) {
			r.Fill()
			more = true
		}
		e >>= 8
		for range b.dims / 2 {
			x[at] += b.values[e&mask]
			e >>= width
			y[at] += b.values[e&mask]
			e >>= width
			at += stride
		}
		if !more {
			break
		}
	}
	return at
}

// scaleGeneric multiplies each of x with the floor on the line. shift is 3 to
// 19.
func scaleGeneric(x []int32, l line, shift int) {
	half := int64(1) << (shift - 1&31)
	at := int64(l.y)<<32 | int64(l.fraction)
	for i, v := range x {
		x[i] = int32((int64(v)*int64(decibels[uint8(at>>32)]) + half) >> (shift & 31))
		at += l.slope
	}
}

// decoupleGeneric makes two channels of magnitude m and angle a, in place, clause
// 4.3.5.
func decoupleGeneric(m, a []int32) {
	a = a[:len(m)]
	for i, x := range m {
		y := a[i]
		lower := notPositive(x) // the four cases by masks: their signs are noise, and branches would guess wrongly
		d := y ^ lower - lower
		lower = notPositive(y)
		m[i], a[i] = x+d&lower, x-d&^lower
	}
}

// notPositive is -1 for 0 and below, and 0 above.
func notPositive(x int32) int32 { return (x - 1 | x) >> 31 }
