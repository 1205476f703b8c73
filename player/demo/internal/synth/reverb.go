package synth

// Lengths of the delay lines in samples: primes, 29 to 67 ms.
var delays = [8]int{1279, 1493, 1693, 1931, 2213, 2423, 2687, 2957}

const (
	preDelay = 882 // 20 ms
	hall     = 1.9 // seconds to fall by 60 dB
)

// reverberate sends in through a feedback delay network and adds what comes
// out to out: eight lines whose ends are mixed by a Householder matrix, each
// with a lowpass, as air takes the treble first.
func reverberate(in, out stereo) {
	var lines [8][]float64
	var damp [8]lowpass
	var gains [8]float64
	for i, n := range delays {
		lines[i] = make([]float64, n)
		damp[i] = newLowpass(4200)
		gains[i] = power(0.001, float64(n)/(hall*Rate))
	}
	var ends [8]float64
	for t := range in.l {
		sum := 0.0
		for i, line := range lines {
			ends[i] = damp[i].next(line[t%len(line)]) * gains[i]
			sum += ends[i]
		}
		var l, r float64
		if t >= preDelay {
			l, r = in.l[t-preDelay], in.r[t-preDelay]
		}
		for i, line := range lines {
			x := l
			if i%2 == 1 {
				x = r
			}
			line[t%len(line)] = x + ends[i] - sum/4
		}
		out.l[t] += 0.5 * (ends[0] - ends[2] + ends[4] - ends[6])
		out.r[t] += 0.5 * (ends[1] - ends[3] + ends[5] - ends[7])
	}
}
