package pcm

import "math/bits"

// Bands is how many bands the equaliser has: one an octave, at the standard
// frequencies of ISO 266 from 31.5 Hz to 16 kHz (exactly, 1 kHz times powers
// of 2).
const Bands = 10

// MaxBand is the most that a band, the bass or the treble is changed by, up or
// down, in tenths of a decibel.
const MaxBand = maxBand

// The lowest band and the middle of the slopes of bass and treble, in quarters
// of a hertz.
const (
	lowestBand = 125
	bassAt     = 200 * 4
	trebleAt   = 4000 * 4
)

// bandOf is the resonance of a band: the peaking equaliser of R.
// Bristow-Johnson's "Cookbook formulae for audio equalizer biquad filter
// coefficients" with a Q of the root of 2, less the sound itself.
//
//	H(s) = (s*s + s*A/Q + 1) / (s*s + s/(A*Q) + 1)
//
// at quarters of a hertz, by tenths of a decibel. A band too near half the
// rate, where its frequency would be bent, gives the zero resonance.
func bandOf(quarters, rate, tenths int) resonance {
	const one, rootEighth = 1 << 30, 379625062 // 1/(2*Q)
	if tenths == 0 || quarters*5 > rate*9 {    // above 0.45 of the rate
		return resonance{}
	}
	sin, cos := sinCos(quarters, rate)
	alpha := sin * rootEighth >> 30
	up, down := rootOf(tenths)
	above, below := alpha*up>>30, alpha*down>>30
	whole := one + below
	return resonance{
		gain: int32((above - below) << 30 / whole),
		near: int32((2 * cos) << 30 / whole),
		far:  int32((below - one) << 30 / whole),
	}
}

// rootOf is the root of the factor of so many tenths of a decibel, and its
// reciprocal, with 30 bits of fraction.
func rootOf(tenths int) (up, down int64) {
	r := int64(rootDecibels[min(max(tenths, -tenths), maxBand)])
	up, down = r, (1<<60+r/2)/r
	if tenths < 0 {
		up, down = down, up
	}
	return up, down
}

// sinCos is the sine and the cosine, with 30 bits of fraction, of the angle
// that a tone of so many quarters of a hertz, at most half the rate, goes
// through in a frame.
func sinCos(quarters, rate int) (sin, cos int64) {
	const tau = 1686629713 // 2*pi, with 28 bits of fraction
	turn := uint64(quarters) << 30 / uint64(rate)
	mirrored := turn > 1<<30
	if mirrored { // beyond a quarter of a turn
		turn = 1<<31 - turn
	}
	x := turn * tau // 60 bits of fraction
	s, c := taylor(x, x, 2), taylor(1<<60, x, 1)
	if mirrored {
		return s, -c
	}
	return s, c
}

// taylor is the sum of term*x^(2k)/(n*(n+1)*...) with signs that alternate: the
// sine from x and 2, the cosine from 1 and 1.
func taylor(term, x uint64, n uint64) int64 {
	sum := int64(term)
	for sign := int64(-1); term > 0; sign, n = -sign, n+2 {
		term = mul60(mul60(term, x), x) / (n * (n + 1))
		sum += sign * int64(term)
	}
	return (sum + 1<<29) >> 30
}

// mul60 multiplies numbers with 60 bits of fraction.
func mul60(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi<<4 | lo>>60
}

// shelfBits is the fraction of a shelf's numbers.
const shelfBits = 29

// A shelf raises or lowers all that is below, or above, some frequency, as a
// resonance does for what is near one:
//
//	t[n] = gain*(x[n] + x[n-1]) + near*t[n-1]    or, above, x[n] - x[n-1]
type shelf struct {
	gain, near int32
	above      bool
	state      []shelfState // by channel
}

type shelfState struct {
	x1, t1 int32
	e1     int64 // what was cut off below t1
}

// bassOf is a shelf of first order, (s + w*A)/(s + w/A), and trebleOf its
// mirror; A is the root of the gain, so that half of the decibels are reached
// at w.
func bassOf(rate, tenths, channels int) shelf {
	up, down := rootOf(tenths)
	k := tangent(bassAt, rate)
	above, below := k*up>>30, k*down>>30
	const one = 1 << 30
	return shelf{
		gain: int32((above - below) << shelfBits / (one + below)), near: int32((one - below) << shelfBits / (one + below)),
		state: make([]shelfState, channels),
	}
}

func trebleOf(rate, tenths, channels int) shelf {
	up, down := rootOf(tenths)
	k := tangent(trebleAt, rate)
	return shelf{
		gain: int32((up - down) << shelfBits / (down + k)), near: int32((down - k) << shelfBits / (down + k)),
		above: true, state: make([]shelfState, channels),
	}
}

// tangent is that of half the angle of sinCos. A frequency above a quarter of
// the rate is taken for that.
func tangent(quarters, rate int) int64 {
	sin, cos := sinCos(min(quarters, rate), rate)
	return sin << 30 / (1<<30 + cos)
}

// run sends p through the shelf, in place.
func (f *shelf) run(p []int32) {
	for c := range f.state {
		f.channel(p[c:], len(f.state), &f.state[c])
	}
}

func (f *shelf) channel(p []int32, stride int, s *shelfState) {
	gain, near, sign := int64(f.gain), int64(f.near), int32(0)
	if f.above {
		sign = -1
	}
	x1, t1, e1 := s.x1, s.t1, s.e1
	for i := 0; i < len(p); i += stride {
		x := p[i]
		sum := e1 + int64(x+(x1^sign)-sign)*gain + int64(t1)*near
		x1, t1, e1 = x, int32(sum>>shelfBits), sum&(1<<shelfBits-1)
		p[i] = x + t1
	}
	s.x1, s.t1, s.e1 = x1, t1, e1
}
