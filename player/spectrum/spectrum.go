package spectrum

import "math/bits"

//go:generate go run ./internal/gen

// Size is how many samples an Analyser looks at.
const Size = 512

const (
	lowest  = 60    // Hz, the first column's pitch
	highest = 16000 // and the last one's
	// A sine of full scale is a line of 2^26 in power: a quarter of 2^15,
	// squared. Each step of a column is stepDB.
	fullScale = 26 * 256
	stepDB    = 5
	// logStep is stepDB decibels of power in 256ths of a power of two.
	logStep = stepDB * 256 * 1000 / 3010
)

// An Analyser measures one window of sound at a time. Its zero value is
// ready.
type Analyser struct {
	re, im [Size]int16
	power  [Size / 2]int32
}

// Columns measures pcm, Size samples of one channel at rate samples per
// second, and fills dst with the heights of columns from 60 Hz to 16 kHz,
// evenly spaced in pitch: 0 for silence, steps for full scale, and one less
// for every 5 dB below it.
func (a *Analyser) Columns(dst []uint8, pcm []int16, rate, steps int) {
	for i := range a.re {
		a.re[swapped[i]] = int16(int32(pcm[i]) * int32(hann[i]) >> 15)
		a.im[i] = 0
	}
	a.transform()
	for i := range a.power {
		re, im := int32(a.re[i]), int32(a.im[i])
		a.power[i] = re*re + im*im
	}
	from := line(lowest, rate)
	for i := range dst {
		to := line(pitch(i+1, len(dst)), rate)
		dst[i] = a.height(from, to, steps)
		from = to
	}
}

// transform is a decimation-in-time FFT over input in swapped order. Every
// stage halves, so that sums stay within 16 bits.
func (a *Analyser) transform() {
	for half := 1; half < Size; half *= 2 {
		stride := Size / 2 / half
		for k := range half {
			c, s := int32(cosine[k*stride]), int32(sine[k*stride])
			for i := k; i < Size; i += 2 * half {
				j := i + half
				x, y := int32(a.re[j]), int32(a.im[j])
				re, im := (x*c+y*s)>>14, (y*c-x*s)>>14
				x, y = int32(a.re[i]), int32(a.im[i])
				a.re[i], a.im[i] = int16((x+re)>>1), int16((y+im)>>1)
				a.re[j], a.im[j] = int16((x-re)>>1), int16((y-im)>>1)
			}
		}
	}
}

// pitch is the frequency in Hz at which column i of n begins: lowest times
// (highest/lowest)^(i/n), by linear interpolation between powers of two.
func pitch(i, n int) int {
	const octaves = 2063 // 256 times log2(highest/lowest)
	e := octaves * i / n
	return lowest << (e >> 8) * (256 + e&255) >> 8
}

// line is where a frequency stands among the transform's lines, in 16ths of
// one; line 0, the constant part, is never shown.
func line(hz, rate int) int {
	return min(max(hz*Size*16/max(rate, 1), 16), (Size/2-1)*16)
}

// height is that of the loudest line from one place to another. Where they
// are nearer than lines, as at low pitches, it lies between those of the two
// lines around.
func (a *Analyser) height(from, to, steps int) uint8 {
	loudest := a.level(from)
	for k := from/16 + 1; k <= to/16; k++ {
		loudest = max(loudest, a.level(k*16))
	}
	below := max(fullScale-loudest, 0)
	return uint8(max(steps-(below+logStep/2)/logStep, 0))
}

// level is the loudness at a place in 16ths of a line, in 256ths of a power
// of two.
func (a *Analyser) level(at int) int {
	k, part := at/16, at%16
	low := log2(a.power[k])
	if part == 0 {
		return low
	}
	return low + (log2(a.power[k+1])-low)*part/16
}

// log2 is 256 times the binary logarithm of v+1, interpolated.
func log2(v int32) int {
	u := uint32(v) + 1
	n := bits.Len32(u) - 1
	return n<<8 + int(uint64(u)<<8>>n)&255
}
