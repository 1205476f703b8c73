package pcm

import "math"

// A resampler changes the rate of a stream by up/down, in lowest terms.
//
// Output frame n stands at n*down/up of the input. Its sample is the sum of
// the input around that place, weighted by a sinc under a Kaiser window. The
// place between two input frames, the phase, is one of up. The weights of a
// phase come from one fine table of the sinc by linear interpolation; those
// of all phases are computed once when they are few, as for the rates in
// use, and for each output frame when they are many.
//
// A 32-bit machine multiplies without a sign three times faster than with
// one in Go. So samples and weights are kept with a bias that makes them
// positive: for x = X-A and w = W-B,
//
//	sum(x*w) = sum(X*W) - B*sum(X) - A*sum(w)
//
// where the first sum is the inner loop, sum(X) slides along with the filter
// and sum(w) is 1. All is modulo 2^64, and the result is in range.
type resampler struct {
	up, down int64
	whole    int   // down/up
	part     int64 // and what is left
	half     int   // taps on each side of a place between two input frames

	bank    []uint32 // the biased weights of all phases, one after the other; or nil
	weights []uint32 // those of the current phase when there is no bank

	buf   [][]uint32 // by channel, biased input from the first that is still needed
	sums  []uint64   // by channel, of the biased input under the filter
	at    int        // in buf, the first frame under the filter
	sumAt int        // in buf, where sums stands; at or before at, or -1
	phase int64      // 0 to up-1
	in    int64      // frames taken
	out   int64      // frames given
}

const (
	// maxBank is how many weights are computed ahead: 256 KB.
	maxBank = 1 << 16
	// maxHalf keeps absurd ratios from asking for absurd filters. Above a
	// ratio of 64 the filter is too short, and lets aliases through.
	maxHalf = 64 * sincCrossings
	// posBits is the fraction of a position in the sinc table.
	posBits = 20
	// weightBits is the fraction of a weight.
	weightBits = 28

	sampleBias = 1 << 31
	weightBias = 1 << 29
)

func newResampler(from, to, channels int) *resampler {
	g := gcd(from, to)
	r := &resampler{up: int64(to / g), down: int64(from / g)}
	r.whole, r.part = int(r.down/r.up), r.down%r.up
	r.half = sincCrossings
	if r.down > r.up { // the filter is as many times longer
		r.half = int(min(maxHalf, (sincCrossings*r.down+r.up-1)/r.up))
	}
	r.buf, r.sums = make([][]uint32, channels), make([]uint64, channels)
	taps := int64(2 * r.half)
	if r.up <= maxBank/taps {
		r.bank = make([]uint32, r.up*taps)
		for p := range r.up {
			r.design(r.bank[p*taps:][:taps], p)
		}
	} else {
		r.weights = make([]uint32, taps)
	}
	r.reset()
	return r
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func (r *resampler) reset() {
	for c := range r.buf {
		r.buf[c] = r.buf[c][:0]
	}
	r.silence(r.half - 1)
	r.at, r.sumAt, r.phase, r.in, r.out = 0, -1, 0, 0, 0
}

// silence appends silent frames to the input.
func (r *resampler) silence(frames int) {
	for c := range r.buf {
		for range frames {
			r.buf[c] = append(r.buf[c], sampleBias)
		}
	}
}

// design computes the weights of a phase. They add up to exactly 1, so that
// a constant stays one.
func (r *resampler) design(w []uint32, phase int64) {
	longer := max(r.up, r.down)
	const one = sincSteps << posBits
	step := r.up * one / longer
	left, right := phase*one/longer, (r.up-phase)*one/longer
	rest := int64(1) << weightBits
	for i := range r.half {
		a, b := r.sinc(left), r.sinc(right)
		w[r.half-1-i], w[r.half+i] = uint32(a+weightBias), uint32(b+weightBias)
		rest -= int64(a) + int64(b)
		left += step
		right += step
	}
	if phase*2 < r.up {
		w[r.half-1] += uint32(rest)
	} else {
		w[r.half] += uint32(rest)
	}
}

// sinc is the weight at pos, in table steps with posBits of fraction, from
// the middle of the filter.
func (r *resampler) sinc(pos int64) int32 {
	i := pos >> posBits
	if i >= sincCrossings*sincSteps {
		return 0
	}
	a, b := int64(sincTable[i]), int64(sincTable[i+1])
	v := a + ((b-a)*(pos&(1<<posBits-1)))>>posBits
	if r.down > r.up { // more taps, so each weighs less
		v = v * r.up / r.down
	}
	return int32(v)
}

func (r *resampler) run(dst, src []int32) []int32 {
	channels := len(r.buf)
	src = src[:len(src)/channels*channels]
	for c := range channels {
		b := r.buf[c]
		for i := c; i < len(src); i += channels {
			b = append(b, uint32(src[i])^sampleBias)
		}
		r.buf[c] = b
	}
	r.in += int64(len(src) / channels)
	return r.filter(dst, r.total())
}

// total is the length of the output for the input so far. Only a filter cut
// short by maxHalf could reach beyond it before the stream ends.
func (r *resampler) total() int64 {
	// in*up may be too large: whole multiples of down first.
	return r.in/r.down*r.up + (r.in%r.down*r.up+r.down/2)/r.down
}

// flush gives the last frames, with silence behind the end.
func (r *resampler) flush(dst []int32) []int32 {
	r.silence(2 * r.half)
	dst = r.filter(dst, r.total())
	r.reset()
	return dst
}

// filter gives all frames that the buffered input reaches, up to frame limit
// of the stream, and drops the input that is not needed any more.
func (r *resampler) filter(dst []int32, limit int64) []int32 {
	last := len(r.buf[0]) - 2*r.half
	for r.at <= last && r.out < limit {
		r.slide()
		dst = r.frame(dst)
		r.step()
		r.out++
	}
	r.forget()
	return dst
}

// step moves the filter by down/up, without a division.
func (r *resampler) step() {
	r.at += r.whole
	if r.phase += r.part; r.phase >= r.up {
		r.phase -= r.up
		r.at++
	}
}

// slide moves the sums to where the filter is.
func (r *resampler) slide() {
	taps := 2 * r.half
	for c, b := range r.buf {
		if r.sumAt < 0 {
			r.sums[c] = 0
			for _, x := range b[r.at : r.at+taps] {
				r.sums[c] += uint64(x)
			}
			continue
		}
		for i := r.sumAt; i < r.at; i++ {
			r.sums[c] += uint64(b[i+taps]) - uint64(b[i])
		}
	}
	r.sumAt = r.at
}

// forget drops the input in front of the filter and the sums. When the
// filter is far ahead the sums are not worth keeping that input.
func (r *resampler) forget() {
	if r.at-r.sumAt > 2*r.half {
		r.sumAt = -1
	}
	drop := r.sumAt
	if drop < 0 {
		drop = min(r.at, len(r.buf[0]))
	} else {
		r.sumAt = 0
	}
	for c, b := range r.buf {
		r.buf[c] = b[:copy(b, b[drop:])]
	}
	r.at -= drop
}

// frame appends one frame: the weighted sums of the input under the filter.
func (r *resampler) frame(dst []int32) []int32 {
	taps := 2 * r.half
	w := r.weights
	if r.bank != nil {
		w = r.bank[int(r.phase)*taps:][:taps]
	} else {
		r.design(w, r.phase)
	}
	c := 0
	for ; c+1 < len(r.buf); c += 2 {
		s, t := weigh2(r.buf[c][r.at:], r.buf[c+1][r.at:], w)
		dst = append(dst, unbias(s, r.sums[c]), unbias(t, r.sums[c+1]))
	}
	if c < len(r.buf) {
		dst = append(dst, unbias(weigh1(r.buf[c][r.at:], w), r.sums[c]))
	}
	return dst
}

func weigh1(x, w []uint32) (s uint64) {
	x = x[:len(w)]
	for i, v := range w {
		s += uint64(x[i]) * uint64(v)
	}
	return s
}

// weigh2 is not inlined, so that its loop has the registers to itself.
//
//go:noinline
func weigh2(x, y, w []uint32) (s, t uint64) {
	x, y = x[:len(w)], y[:len(w)]
	for i, v := range w {
		s += uint64(x[i]) * uint64(v)
		t += uint64(y[i]) * uint64(v)
	}
	return s, t
}

// unbias makes a sample of a sum of biased products and the sum of the
// biased samples in it.
func unbias(products, samples uint64) int32 {
	v := int64(products - weightBias*samples - sampleBias<<weightBits)
	return clip((v + 1<<(weightBits-1)) >> weightBits)
}

func clip(v int64) int32 { return int32(min(max(v, math.MinInt32), math.MaxInt32)) }
