package synth

import "math"

const (
	loudness = 0.105 // RMS of the louder half of a recording: -19.6 dBFS
	ceiling  = 0.76  // -2.4 dBFS: leaves room for what an encoder adds
	ahead    = 220   // samples that the limiter looks ahead, 5 ms
)

func power(x, y float64) float64 { return math.Pow(x, y) }

// master brings a recording to its loudness, below the ceiling, and to
// interleaved 16-bit samples.
func master(s stereo) []int16 {
	gain := loudness / loudRMS(s)
	limit := limiter(s, gain)
	out := make([]int16, 2*len(s.l))
	for i := range s.l {
		out[2*i] = quantise(s.l[i] * gain * limit[i])
		out[2*i+1] = quantise(s.r[i] * gain * limit[i])
	}
	return out
}

func quantise(v float64) int16 {
	return int16(math.Round(min(max(v, -ceiling), ceiling) * 32767))
}

// loudRMS is the RMS of those tenths of a second that are louder than the
// whole on average.
func loudRMS(s stereo) float64 {
	const block = Rate / 10
	var powers []float64
	total := 0.0
	for at := 0; at+block <= len(s.l); at += block {
		sum := 0.0
		for i := at; i < at+block; i++ {
			sum += s.l[i]*s.l[i] + s.r[i]*s.r[i]
		}
		powers = append(powers, sum/(2*block))
		total += sum / (2 * block)
	}
	sum, n := 0.0, 0
	for _, p := range powers {
		if p*float64(len(powers)) >= total {
			sum += p
			n++
		}
	}
	return math.Sqrt(sum / float64(max(n, 1)))
}

// limiter is the gain for each frame that keeps the peaks below the ceiling:
// it goes down in time for a peak, and up again slowly.
func limiter(s stereo, gain float64) []float64 {
	g := make([]float64, len(s.l))
	for i := range g {
		peak := max(math.Abs(s.l[i]), math.Abs(s.r[i])) * gain
		g[i] = min(1, ceiling/max(peak, 1e-9))
	}
	// Backwards: a straight line down to each peak.
	for i := len(g) - 2; i >= 0; i-- {
		g[i] = min(g[i], g[i+1]+1.0/ahead)
	}
	rise := 1 - fall(0.25)
	for i := 1; i < len(g); i++ {
		g[i] = min(g[i], g[i-1]+(1-g[i-1])*rise)
	}
	return g
}
