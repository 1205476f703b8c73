package synth

import "math"

// Rate is the sampling rate of the album, in frames per second.
const Rate = 44100

const (
	sineBits = 12
	sineSize = 1 << sineBits
)

// An oscillator looks sines up in a table of one turn, and interpolates.
type sineTable [sineSize + 1]float64

func newSine() *sineTable {
	var t sineTable
	for i := range t {
		t[i] = math.Sin(2 * math.Pi * float64(i) / sineSize)
	}
	return &t
}

var sine = newSine()

// at is the sine of phase turns, phase >= 0.
func (t *sineTable) at(phase float64) float64 {
	phase = (phase - float64(int(phase))) * sineSize
	i := int(phase)
	return t[i] + (t[i+1]-t[i])*(phase-float64(i))
}

// fall is the factor per sample of an exponential decay to a 1/e in the given
// seconds.
func fall(seconds float64) float64 {
	return math.Pow(math.E, -1/(seconds*Rate))
}

// samples is how many there are in the given seconds.
func samples(seconds float64) int { return int(seconds*Rate + 0.5) }

// A random is a small generator of noise.
type random uint64

// next is between -1 and 1.
func (r *random) next() float64 {
	*r = *r*6364136223846793005 + 1442695040888963407
	return float64(int32(*r>>32)) / (1 << 31)
}

// A lowpass has one pole.
type lowpass struct{ k, y float64 }

func newLowpass(hz float64) lowpass {
	return lowpass{k: 1 - math.Pow(math.E, -2*math.Pi*hz/Rate)}
}

func (f *lowpass) next(x float64) float64 {
	f.y += (x - f.y) * f.k
	return f.y
}

// A bandpass is a state-variable filter, stable up to a sixth of the rate.
type bandpass struct{ f, q, low, band float64 }

func newBandpass(hz, q float64) bandpass {
	return bandpass{f: 2 * math.Sin(math.Pi*hz/Rate), q: 1 / q}
}

func (b *bandpass) next(x float64) float64 {
	b.low += b.f * b.band
	high := x - b.low - b.q*b.band
	b.band += b.f * high
	return b.band * b.q
}

// fadeOut takes the end of a note to nothing, over the given seconds.
func fadeOut(s []float64, seconds float64) {
	n := min(samples(seconds), len(s))
	for i := range n {
		s[len(s)-1-i] *= float64(i) / float64(n)
	}
}

// Fuses says whether this program's floating point multiplies and adds in one
// step, which rounds otherwise: the album's samples then differ in their last
// bits.
func Fuses() bool {
	x := 1 + 1.0/(1<<30)
	return multiplyAdd(x, x, -(1+1.0/(1<<29))) != 0
}

//go:noinline
func multiplyAdd(x, y, z float64) float64 { return x*y + z }
