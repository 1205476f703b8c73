package pcm

import (
	"math"
	"slices"
)

// A Quality says what resampling may cost.
type Quality uint8

const (
	// Standard is flat to 18 kHz and closed from 26.1 kHz on, whose aliases
	// are what is nearest to be heard, when 48 kHz becomes 44.1 kHz: within
	// 0.4 dB and by 92 dB.
	Standard Quality = iota
	// Economy is half of that work: flat to 15 kHz and closed, by 59 dB, from
	// the same on.
	Economy
)

// A resampler changes the rate of a stream by up/down, in lowest terms.
//
// Output frame n stands at n*down/up of the input. Its sample is the sum of
// the input around that place, weighted by a sinc under a Kaiser window. The
// place between two input frames, the phase, is one of up. The weights of a
// phase come from one fine table of the sinc by linear interpolation; those
// of all phases are computed once when they are few, as for the rates in
// use, and for each output frame when they are many.
type resampler struct {
	shape    *sinc
	up, down int64
	half     int // taps on each side of a place between two input frames
	channels int

	bank    []int32 // the weights of all phases, one after the other; or nil
	weights []int32 // those of the current phase when there is no bank

	// planes are the input from the first frame on that is still needed: two
	// channels a plane, interleaved, and the odd one in the last.
	planes [][]int32
	walk   walk  // in planes; its phases are weights of the bank, or just phases
	in     int64 // frames taken
	out    int64 // frames given
}

// A sinc is one side of a filter's impulse response, as generated: weights
// with tableBits of fraction, sincSteps of them for each sample of the lower
// rate, and one more at the end to interpolate to.
type sinc []int32

// filterOf is the filter of a quality.
func filterOf(q Quality) *sinc {
	if q == Economy {
		return &economySinc
	}
	return &standardSinc
}

const (
	// maxBank is how many weights are computed ahead: 256 KB.
	maxBank = 1 << 16
	// maxHalf keeps absurd ratios from asking for absurd filters. Above a
	// ratio of some hundred the filter is too short, and lets aliases through.
	maxHalf = 1536
	// maxRun is how many frames are filtered at a time. Assembly can not be
	// interrupted by the scheduler, so that it is to be over in a millisecond.
	maxRun = 256
	// posBits is the fraction of a position in the sinc table.
	posBits = 20
	// tableBits is the fraction of a weight in the table.
	tableBits = 28
)

func newResampler(from, to, channels int, q Quality) *resampler {
	g := gcd(from, to)
	r := &resampler{shape: filterOf(q), up: int64(to / g), down: int64(from / g), channels: channels}
	reach, longer := int64(len(*r.shape)-1), max(r.up, r.down)
	r.half = int(min(maxHalf, (reach*longer+sincSteps*r.up-1)/(sincSteps*r.up)))
	r.planes = make([][]int32, (channels+1)/2)
	taps := int64(2 * r.half)
	r.walk = walk{whole: int32(r.down / r.up), part: int32(r.down % r.up), size: int32(r.up)}
	if r.up <= maxBank/taps {
		r.bank = make([]int32, r.up*taps)
		for p := range r.up {
			r.design(r.bank[p*taps:][:taps], p)
		}
		r.walk.part *= int32(taps)
		r.walk.size *= int32(taps)
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
	for i := range r.planes {
		r.planes[i] = r.planes[i][:0]
	}
	r.silence(r.half - 1)
	r.walk.at, r.walk.phase, r.in, r.out = 0, 0, 0, 0
}

// width is how many channels plane i has.
func (r *resampler) width(i int) int { return min(2, r.channels-2*i) }

// silence appends silent frames to the input.
func (r *resampler) silence(frames int) {
	for i := range r.planes {
		for range frames * r.width(i) {
			r.planes[i] = append(r.planes[i], 0)
		}
	}
}

// design computes the weights of a phase. They add up to exactly 1, so that
// a constant stays one.
func (r *resampler) design(w []int32, phase int64) {
	longer := max(r.up, r.down)
	const one = sincSteps << posBits
	step := r.up * one / longer
	left, right := phase*one/longer, (r.up-phase)*one/longer
	rest := int32(1) << weightBits
	for i := range r.half {
		a, b := r.at(left), r.at(right)
		w[r.half-1-i], w[r.half+i] = a, b
		rest -= a + b
		left += step
		right += step
	}
	if phase*2 < r.up {
		w[r.half-1] += rest
	} else {
		w[r.half] += rest
	}
}

// at is the weight at pos, in table steps with posBits of fraction, from the
// middle of the filter.
func (r *resampler) at(pos int64) int32 {
	i, table := pos>>posBits, *r.shape
	if i >= int64(len(table)-1) {
		return 0
	}
	a, b := int64(table[i]), int64(table[i+1])
	v := a + ((b-a)*(pos&(1<<posBits-1)))>>posBits
	if r.down > r.up { // more taps, so each weighs less
		v = v * r.up / r.down
	}
	return int32((v + 1<<(tableBits-weightBits-1)) >> (tableBits - weightBits))
}

func (r *resampler) run(dst, src []int32) []int32 {
	frames := len(src) / r.channels
	src = src[:frames*r.channels]
	if r.channels <= 2 {
		r.planes[0] = append(r.planes[0], src...)
	} else {
		r.deal(src)
	}
	r.in += int64(frames)
	return r.filter(dst, r.total())
}

// deal gives each plane its channels.
func (r *resampler) deal(src []int32) {
	for i, p := range r.planes {
		n := r.width(i)
		for at := 2 * i; at < len(src); at += r.channels {
			p = append(p, src[at:at+n]...)
		}
		r.planes[i] = p
	}
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
	for {
		n := int(min(r.reachable(), limit-r.out, maxRun))
		if n <= 0 {
			break
		}
		var part []int32
		dst, part = grow(dst, n*r.channels)
		r.frames(part, n)
		r.out += int64(n)
	}
	r.forget()
	return dst
}

// reachable is how many frames of output the buffered input is enough for.
func (r *resampler) reachable() int64 {
	last := int64(len(r.planes[0])/r.width(0)-2*r.half) - int64(r.walk.at)
	if last < 0 {
		return 0
	}
	phase := int64(r.walk.phase)
	if r.bank != nil {
		phase /= int64(2 * r.half)
	}
	return (last*r.up+r.up-1-phase)/r.down + 1
}

// frames fills dst with n frames.
func (r *resampler) frames(dst []int32, n int) {
	if r.bank != nil {
		r.walk = r.planeByPlane(dst, n, r.bank, r.walk)
		return
	}
	for ; n > 0; n-- {
		r.design(r.weights, int64(r.walk.phase))
		r.planeByPlane(dst, 1, r.weights, walk{at: r.walk.at, size: math.MaxInt32})
		r.walk.step()
		dst = dst[r.channels:]
	}
}

// planeByPlane filters n frames of all planes, from one place on, and returns
// where that leads.
func (r *resampler) planeByPlane(dst []int32, n int, weights []int32, from walk) (to walk) {
	for i, x := range r.planes {
		to = from
		if r.width(i) == 2 {
			filter2(dst[2*i:], r.channels, n, x, weights, 2*r.half, &to)
		} else {
			filter1(dst[2*i:], r.channels, n, x, weights, 2*r.half, &to)
		}
	}
	return to
}

// forget drops the input in front of the filter.
func (r *resampler) forget() {
	drop := min(int(r.walk.at), len(r.planes[0])/r.width(0))
	for i, p := range r.planes {
		r.planes[i] = p[:copy(p, p[drop*r.width(i):])]
	}
	r.walk.at -= int32(drop)
}

// grow lengthens dst by n samples and returns it and the new part.
func grow(dst []int32, n int) (all, tail []int32) {
	at := len(dst)
	dst = slices.Grow(dst, n)[:at+n]
	return dst, dst[at:]
}
