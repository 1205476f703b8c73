package flactest

import (
	"math"
	"math/rand/v2"

	"linnet/player/internal/flac"
)

// RandomPlan is any plan for blocks of so many samples.
func RandomPlan(r *rand.Rand, block, wasted int) Plan {
	p := Plan{Wasted: wasted, Wide: r.IntN(3) == 0}
	switch r.IntN(8) {
	case 0:
		p.Kind = r.IntN(2) // Constant or Verbatim
	case 1, 2, 3:
		p.Kind, p.Order = Fixed, r.IntN(min(4, block)+1)
	default:
		p.Kind, p.Order = LPC, 1+r.IntN(min(32, block))
		p.predictor(r)
	}
	for p.Partition < 15 && block>>(p.Partition+1)<<(p.Partition+1) == block && block>>(p.Partition+1) >= p.Order && r.IntN(4) > 0 {
		p.Partition++
	}
	for range 1 << min(p.Partition, 6) {
		k := r.IntN(14)
		if p.Wide && r.IntN(4) == 0 {
			k = r.IntN(31)
		}
		if r.IntN(8) == 0 {
			k = Escape
		}
		p.Params = append(p.Params, k)
	}
	return p
}

// predictor makes coefficients that add up to no more than about one, so that
// residuals stay small.
func (p *Plan) predictor(r *rand.Rand) {
	p.Precision = 2 + r.IntN(14)
	p.Shift = r.IntN(p.Precision)
	most := int64(1)<<(p.Precision-1) - 1
	left := min(int64(1)<<p.Shift, most)
	for range p.Order {
		c := r.Int64N(left + 1)
		left -= c
		if r.IntN(2) == 0 {
			c = -c
		}
		p.Coefs = append(p.Coefs, c)
	}
}

// Sound makes n samples a channel of so many bits, with zeros in the lowest
// wasted ones: silence, a tone with noise, noise, or full-scale squares, by
// kind.
func Sound(r *rand.Rand, channels, n, bits, wasted, kind int) [][]int64 {
	top := int64(1)<<(bits-1) - 1
	all := make([][]int64, channels)
	for ch := range all {
		all[ch] = make([]int64, n)
		step := r.Float64() / 3
		for i := range all[ch] {
			var v int64
			switch kind % 4 {
			case 1:
				v = int64(0.8*float64(top)*math.Sin(step*float64(i))) + r.Int64N(top/64+1)
			case 2:
				v = r.Int64N(2*top+2) - top - 1
			case 3:
				if v = top; int(step*float64(i))%2 == 0 {
					v = -top - 1
				}
			}
			all[ch][i] = min(max(v, -top-1), top) >> wasted << wasted
		}
	}
	return all
}

// Interleave makes left-justified frames of sound, as a decoder does.
func Interleave(sound [][]int64, bits int) []int32 {
	out := make([]int32, 0, len(sound)*len(sound[0]))
	for i := range sound[0] {
		for ch := range sound {
			out = append(out, int32(sound[ch][i]<<(32-bits)))
		}
	}
	return out
}

// File puts frames behind STREAMINFO and other metadata blocks, which come
// without headers.
func File(info flac.StreamInfo, frames [][]byte, more ...Block) []byte {
	b := []byte("fLaC")
	blocks := append([]Block{{flac.StreamInfoBlock, info.Append(nil)}}, more...)
	for i, m := range blocks {
		kind := m.Type
		if i == len(blocks)-1 {
			kind |= 0x80
		}
		b = append(b, byte(kind), byte(len(m.Body)>>16), byte(len(m.Body)>>8), byte(len(m.Body)))
		b = append(b, m.Body...)
	}
	for _, f := range frames {
		b = append(b, f...)
	}
	return b
}

// A Block is a metadata block.
type Block struct {
	Type int
	Body []byte
}
