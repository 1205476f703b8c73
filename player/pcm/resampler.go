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
type resampler struct {
	channels int
	up, down int64
	half     int // taps on each side of a place between two input frames

	bank    []int32 // the weights of all phases, one after the other; or nil
	weights []int32 // those of the current phase when there is no bank

	buf   []int32 // input frames from the first that is still needed
	at    int     // in buf, the first frame under the filter
	phase int64   // 0 to up-1
	in    int64   // frames taken
	out   int64   // frames given
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
)

func newResampler(from, to, channels int) *resampler {
	g := gcd(from, to)
	r := &resampler{channels: channels, up: int64(to / g), down: int64(from / g)}
	r.half = sincCrossings
	if r.down > r.up { // the filter is as many times longer
		r.half = int(min(maxHalf, (sincCrossings*r.down+r.up-1)/r.up))
	}
	taps := int64(2 * r.half)
	if r.up <= maxBank/taps {
		r.bank = make([]int32, r.up*taps)
		for p := range r.up {
			r.design(r.bank[p*taps:][:taps], p)
		}
	} else {
		r.weights = make([]int32, taps)
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
	r.buf = append(r.buf[:0], make([]int32, (r.half-1)*r.channels)...)
	r.at, r.phase, r.in, r.out = 0, 0, 0, 0
}

// design computes the weights of a phase. They add up to exactly 1, so that
// a constant stays one.
func (r *resampler) design(w []int32, phase int64) {
	longer := max(r.up, r.down)
	const one = sincSteps << posBits
	step := r.up * one / longer
	left, right := phase*one/longer, (r.up-phase)*one/longer
	rest := int64(1) << weightBits
	for i := range r.half {
		a, b := r.sinc(left), r.sinc(right)
		w[r.half-1-i], w[r.half+i] = a, b
		rest -= int64(a) + int64(b)
		left += step
		right += step
	}
	if phase*2 < r.up {
		w[r.half-1] += int32(rest)
	} else {
		w[r.half] += int32(rest)
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
	frames := len(src) / r.channels
	r.in += int64(frames)
	r.buf = append(r.buf, src[:frames*r.channels]...)
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
	for range 2 * r.half * r.channels {
		r.buf = append(r.buf, 0)
	}
	dst = r.filter(dst, r.total())
	r.reset()
	return dst
}

// filter gives all frames that the buffered input reaches, up to frame limit
// of the stream, and drops the input that is not needed any more.
func (r *resampler) filter(dst []int32, limit int64) []int32 {
	taps := 2 * r.half
	last := len(r.buf)/r.channels - taps
	for r.at <= last && r.out < limit {
		dst = r.frame(dst, r.buf[r.at*r.channels:(r.at+taps)*r.channels])
		r.phase += r.down
		r.at += int(r.phase / r.up)
		r.phase %= r.up
		r.out++
	}
	drop := min(r.at, len(r.buf)/r.channels)
	n := copy(r.buf, r.buf[drop*r.channels:])
	r.buf = r.buf[:n]
	r.at -= drop
	return dst
}

// frame appends one frame: the weighted sum of the input frames in x.
func (r *resampler) frame(dst, x []int32) []int32 {
	w := r.weights
	if r.bank != nil {
		taps := 2 * r.half
		w = r.bank[int(r.phase)*taps:][:taps]
	} else {
		r.design(w, r.phase)
	}
	switch r.channels {
	case 1:
		return append(dst, sum1(x, w))
	case 2:
		a, b := sum2(x, w)
		return append(dst, a, b)
	}
	for c := range r.channels {
		dst = append(dst, sumN(x[c:], w, r.channels))
	}
	return dst
}

func sum1(x, w []int32) int32 {
	x = x[:len(w)]
	sum := int64(1) << (weightBits - 1)
	for i, v := range w {
		sum += int64(x[i]) * int64(v)
	}
	return clip(sum >> weightBits)
}

func sum2(x, w []int32) (a, b int32) {
	s := int64(1) << (weightBits - 1)
	t := s
	for _, v := range w {
		s += int64(x[0]) * int64(v)
		t += int64(x[1]) * int64(v)
		x = x[2:]
	}
	return clip(s >> weightBits), clip(t >> weightBits)
}

func sumN(x, w []int32, stride int) int32 {
	sum := int64(1) << (weightBits - 1)
	for i, v := range w {
		sum += int64(x[i*stride]) * int64(v)
	}
	return clip(sum >> weightBits)
}

func clip(v int64) int32 { return int32(min(max(v, math.MinInt32), math.MaxInt32)) }
