// Package entropy is the range decoder of Opus, RFC 6716 clause 4.1, and the
// Laplace-like distribution that CELT's energies have. Symbols come from the
// front of a frame, raw bits from its end; both may run into each other, and
// what is behind the end is zero. So nothing here fails: a reader that cares
// compares Tell with the size of the frame.
package entropy

import (
	"encoding/binary"
	"math/bits"
)

const (
	top    = 1 << 31
	bottom = top >> 8
)

// Decoder decodes one frame. Its zero value is of no use before Init.
type Decoder struct {
	buf  []byte
	pos  int // of the next byte from the front
	back int // bytes that were taken from the end

	window uint32 // raw bits that were taken and not read
	have   int    // how many

	total int    // bits used, with those that rng still holds
	rng   uint32 // size of the range
	val   uint32 // its top less the code, less one
	unit  uint32 // of a symbol's frequency, between Decode and Update
	rem   uint32 // the last byte, of which a bit was not used
}

// Init begins with a frame, which is not copied.
func (d *Decoder) Init(frame []byte) {
	*d = Decoder{buf: frame, total: 9, rng: 1 << 7}
	d.rem = d.next()
	d.val = d.rng - 1 - d.rem>>1
	d.normalize()
}

func (d *Decoder) next() uint32 {
	if d.pos >= len(d.buf) {
		return 0
	}
	d.pos++
	return uint32(d.buf[d.pos-1])
}

// normalize keeps the range above 23 bits.
func (d *Decoder) normalize() {
	for d.rng <= bottom {
		d.total += 8
		d.rng <<= 8
		sym := d.rem << 8
		d.rem = d.next()
		sym = (sym | d.rem) >> 1
		d.val = (d.val<<8 + 255&^sym) & (top - 1)
	}
}

// Size is the size of the frame in bytes.
func (d *Decoder) Size() int { return len(d.buf) }

// Shrink takes n bytes off the end of the frame. No raw bits may have been
// read from there.
func (d *Decoder) Shrink(n int) { d.buf = d.buf[:len(d.buf)-n] }

// Range is the size of the range, which tells whether an encoder and a decoder
// agree.
func (d *Decoder) Range() uint32 { return d.rng }

// Tell is how many bits were used, rounded up.
func (d *Decoder) Tell() int { return d.total - bits.Len32(d.rng) }

// fractions are where the logarithm of a range passes each eighth.
var fractions = [8]uint32{35733, 38967, 42495, 46340, 50535, 55109, 60097, 65535}

// TellFraction is how many bits were used, in eighths, rounded up.
func (d *Decoder) TellFraction() int {
	l := bits.Len32(d.rng)
	r := d.rng >> (l - 16)
	b := r>>12 - 8
	if r > fractions[b] {
		b++
	}
	return d.total<<3 - (l<<3 + int(b))
}

// Exhaust makes all of the frame used.
func (d *Decoder) Exhaust() { d.total += 8*len(d.buf) - d.Tell() }

// Divide is a / b, for b from 1 to MaxDivisor, without a division, which takes
// an ARM9 some thirty instructions.
func Divide(a, b uint32) uint32 {
	q := uint32(uint64(a) * uint64(reciprocals[b]) >> 32)
	if a-q*b >= b {
		q++
	}
	return q
}

// MaxDivisor is the largest that Divide divides by.
const MaxDivisor = uint32(len(reciprocals) - 1)

// Decode gives where the next symbol lies in a total frequency of ft, which is
// no more than MaxDivisor. Update has to follow.
func (d *Decoder) Decode(ft uint32) uint32 {
	d.unit = Divide(d.rng, ft)
	return ft - min(d.val/d.unit+1, ft)
}

// DecodeSquare is Decode with a total of root*root.
func (d *Decoder) DecodeSquare(root uint32) uint32 {
	ft := root * root
	d.unit = Divide(Divide(d.rng, root), root)
	return ft - min(d.val/d.unit+1, ft)
}

// Update takes the symbol that lies from low to high in the total ft.
func (d *Decoder) Update(low, high, ft uint32) {
	s := d.unit * (ft - high)
	d.val -= s
	if low > 0 {
		d.rng = d.unit * (high - low)
	} else {
		d.rng -= s
	}
	d.normalize()
}

// Bit is true with a probability of 1 in 1<<logp.
func (d *Decoder) Bit(logp uint) bool {
	s := d.rng >> logp
	one := d.val < s
	if one {
		d.rng = s
	} else {
		d.val -= s
		d.rng -= s
	}
	d.normalize()
	return one
}

// Symbol decodes by an inverse cumulative distribution with a total of 1<<n,
// which ends with 0.
func (d *Decoder) Symbol(icdf []uint8, n uint) int {
	unit, s := d.rng>>n, d.rng
	for i, f := range icdf {
		t := s
		s = unit * uint32(f)
		if d.val >= s {
			d.val -= s
			d.rng = t - s
			d.normalize()
			return i
		}
	}
	panic("entropy: a distribution without an end")
}

// Uint is an even choice of 0 to n-1, where n is 2 or more. A code behind
// the last gives the last.
func (d *Decoder) Uint(n uint32) uint32 {
	n--
	if n < 1<<8 {
		return d.even(n + 1)
	}
	l := bits.Len32(n) - 8
	s := d.even(n>>l + 1)
	return min(s<<l|d.Bits(l), n)
}

// even is Decode and Update where all symbols have a frequency of 1.
func (d *Decoder) even(ft uint32) uint32 {
	unit := Divide(d.rng, ft)
	behind := min(d.val/unit, ft-1) // symbols behind this one
	d.val -= unit * behind
	if behind == ft-1 {
		unit = d.rng - unit*behind
	}
	d.rng = unit
	d.normalize()
	return ft - 1 - behind
}

// fill takes raw bits for Bits, 25 or more. Behind the last they are 0.
func (d *Decoder) fill() {
	front := d.buf[:len(d.buf)-d.back]
	if n := len(front) - 4; n >= 0 {
		// What of a byte is beyond the window is taken once more: so are the bits
		// of it above have.
		d.window |= binary.BigEndian.Uint32(front[n:]) << d.have
		bytes := (32 - d.have) >> 3
		d.have += 8 * bytes
		d.back += bytes
		return
	}
	for ; d.have <= 24; d.have += 8 {
		if n := len(front) - 1; n >= 0 {
			d.window |= uint32(front[n]) << d.have
			front = front[:n]
		}
	}
	d.back = len(d.buf) - len(front)
}

// Bits reads n raw bits, 25 at most.
func (d *Decoder) Bits(n int) uint32 {
	if d.have < n {
		d.fill()
	}
	v := d.window & (1<<n - 1)
	d.window >>= n
	d.have -= n
	d.total += n
	return v
}

// Laplace decodes a number of which 0 has the probability zero, Q15, and each
// further one decay, Q14, times that of the one before, but at least 1.
func (d *Decoder) Laplace(zero uint32, decay int32) int {
	const rare = 16 // numbers on each side that surely have a probability
	d.unit = d.rng >> 15
	low, size, n := uint32(0), zero, 0
	if d.reaches(zero) {
		n, low = 1, zero
		size = (32768-2*rare-zero)*uint32(16384-decay)>>15 + 1
		for size > 1 && d.reaches(low+2*size) {
			size *= 2
			low += size
			size = (size-2)*uint32(decay)>>15 + 1
			n++
		}
		if size <= 1 {
			at := 32768 - min(d.val/d.unit+1, 32768)
			more := (at - low) >> 1
			n += int(more)
			low += 2 * more
		}
		if !d.reaches(low + size) {
			n = -n
		} else {
			low += size
		}
	}
	d.Update(low, min(low+size, 32768), 32768)
	return n
}

// reaches says whether the symbol lies at x or behind, where the total is 32768
// and unit is set.
func (d *Decoder) reaches(x uint32) bool { return d.val < d.unit*(32768-min(x, 32768)) }
