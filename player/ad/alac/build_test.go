package alac_test

import (
	"encoding/binary"

	"linnet/player/media"
)

// A writer writes bits, the most significant first.
type writer struct {
	b []byte
	n int
}

func (w *writer) bits(v uint64, n int) {
	for i := n - 1; i >= 0; i-- {
		if w.n%8 == 0 {
			w.b = append(w.b, 0)
		}
		w.b[w.n/8] |= byte(v>>i&1) << (7 - w.n%8)
		w.n++
	}
}

// The tuning of every encoder.
const (
	history = 10
	step    = 40
	limit   = 14
)

// stream is one with a configuration of its own.
func stream(depth, channels, length int) media.Stream {
	c := binary.BigEndian.AppendUint32(nil, uint32(length))
	c = append(c, 0, byte(depth), step, history, limit, byte(channels), 0, 255)
	c = append(c, make([]byte, 8)...)
	c = binary.BigEndian.AppendUint32(c, 44100)
	return media.Stream{Kind: media.Audio, Codec: media.ALAC, Config: c, Audio: media.AudioFormat{Rate: 44100, Channels: channels, Bits: depth}}
}

// An element is how one is to be written.
type element struct {
	kind    int
	raw     bool
	shifted int // bytes
	mixBits int
	mixRes  int
	again   bool
	shift   int
	coefs   []int16
}

// head writes what stands in front of the samples.
func (w *writer) head(e element, n, length int) {
	w.bits(uint64(e.kind), 3)
	w.bits(0, 4+12)
	partial := uint64(0)
	if n != length {
		partial = 1
	}
	w.bits(partial, 1)
	w.bits(uint64(e.shifted), 2)
	w.bits(map[bool]uint64{true: 1}[e.raw], 1)
	if partial == 1 {
		w.bits(uint64(n), 32)
	}
}

// element writes the samples of one channel or two.
func (w *writer) element(e element, depth, length int, channels ...[]int32) {
	n := len(channels[0])
	w.head(e, n, length)
	if e.raw {
		for i := range n {
			for _, c := range channels {
				w.bits(uint64(c[i]), depth)
			}
		}
		return
	}
	w.bits(uint64(e.mixBits), 8)
	w.bits(uint64(e.mixRes), 8)
	for range channels {
		mode := uint64(0)
		if e.again {
			mode = 15
		}
		w.bits(mode<<4|uint64(e.shift), 8)
		w.bits(4<<5|uint64(len(e.coefs)), 8)
		for _, c := range e.coefs {
			w.bits(uint64(c), 16)
		}
	}
	shift := uint(8 * e.shifted)
	for i := range n {
		for _, c := range channels {
			w.bits(uint64(c[i]), int(shift))
		}
	}
	high := make([][]int32, len(channels))
	for c := range channels {
		for _, v := range channels[c] {
			high[c] = append(high[c], v>>shift)
		}
	}
	if len(channels) == 2 && e.mixRes != 0 {
		for i := range n {
			l, r := high[0][i], high[1][i]
			high[0][i], high[1][i] = (int32(e.mixRes)*l+(1<<e.mixBits-int32(e.mixRes))*r)>>e.mixBits, l-r
		}
	}
	width := depth - int(shift) + len(channels) - 1
	for _, x := range high {
		r := residue(x, e.coefs, e.shift, width)
		if e.again {
			r = residue(r, make([]int16, 31), 0, width)
		}
		w.golomb(r, width)
	}
}

// wrap cuts x to so many bits.
func wrap(x int64, width int) int32 { return int32(x << (64 - width) >> (64 - width)) }

// residue is what the filter leaves: Apple's prediction the other way round.
// Its decoder sums in 32 bits, whatever the samples are.
func residue(x []int32, coefs []int16, shift, width int) []int32 {
	order := len(coefs)
	out := make([]int32, len(x))
	copy(out, x)
	if order == 0 {
		return out
	}
	a := append([]int16(nil), coefs...)
	for i := 1; i < len(x); i++ {
		if i <= order || order == 31 {
			out[i] = wrap(int64(x[i])-int64(x[i-1]), width)
			continue
		}
		base := x[i-order-1]
		sum := int32(0)
		for k, c := range a {
			sum += int32(c) * (x[i-1-k] - base)
		}
		if shift > 0 {
			sum += 1 << (shift - 1)
		}
		out[i] = wrap(int64(x[i])-int64(base)-int64(sum>>shift), width)
		adapt(a, out[i], base, x[i-order:i], shift)
	}
	return out
}

// adapt moves the filter by the sign of a residue. past are the samples before,
// the nearest last.
func adapt(a []int16, left, base int32, past []int32, shift int) {
	up := int32(1)
	if left < 0 {
		up = -1
	}
	for k := len(a) - 1; k >= 0 && left*up > 0; k-- {
		d := base - past[len(past)-1-k]
		s := int32(0)
		if d > 0 {
			s = 1
		} else if d < 0 {
			s = -1
		}
		a[k] -= int16(s * up)
		left -= int32(len(a)-k) * (s * up * d >> shift)
	}
}

// log is the logarithm to the base 2, cut.
func log(v uint32) (n int) {
	for n = -1; v != 0; v >>= 1 {
		n++
	}
	return n
}

// golomb writes a residue. The factor of the step is 4, which is 1.
func (w *writer) golomb(x []int32, width int) {
	mean, plus := uint32(history), uint32(0)
	for i := 0; i < len(x); {
		v := uint32(x[i]) << 1
		if x[i] < 0 {
			v = ^v
		}
		i++
		n := v - plus
		k := min(log(mean>>9+3), limit)
		w.number(n, k, 1<<k-1, width)
		mean += step*v - step*mean>>9
		if n > 0xffff {
			mean = 0xffff
		}
		plus = 0
		if mean<<2 >= 512 || i == len(x) {
			continue
		}
		run := 0
		for i+run < len(x) && x[i+run] == 0 && run < 65535 {
			run++
		}
		k = 7 - log(mean) + int((mean+16)>>6)
		w.number(uint32(run), k, (1<<k-1)&(1<<limit-1), 16)
		i += run
		if run < 65535 {
			plus = 1
		}
		mean = 0
	}
}

func (w *writer) number(n uint32, k int, m uint32, width int) {
	ones, rest := n/m, n%m
	if ones >= 9 {
		w.bits(0x1ff, 9)
		w.bits(uint64(n), width)
		return
	}
	w.bits(1<<(ones+1)-2, int(ones)+1)
	switch {
	case k == 1:
	case rest == 0:
		w.bits(0, k-1)
	default:
		w.bits(uint64(rest+1), k)
	}
}
