package celt

import "linnet/player/ad/opus/internal/entropy"

// Pulse vectors, RFC 6716 clauses 4.3.4.2 to 4.3.4.4.

// arrangements is U(n, k), half the number of vectors of n places and k pulses
// that do not begin with a 0, or so: see the clause.
func arrangements(n, k int) uint32 { return pulseCounts[pulseRows[min(n, k)]+max(n, k)] }

// readPulses decodes a vector of k pulses in len(y) places, 2 or more, and
// gives the sum of its squares.
func readPulses(rc *entropy.Decoder, y []int32, k int) int32 {
	i := rc.Uint(arrangements(len(y), k) + arrangements(len(y), k+1))
	return unrank(y, k, i)
}

// spread of a band, clause 4.3.4.3.
const (
	spreadNone = iota
	spreadLight
	spreadNormal
	spreadAggressive
)

// rotate spreads k pulses over a vector of several interleaved blocks.
func rotate(x []int16, blocks, k, spread int) {
	n := len(x)
	if 2*k >= n || spread == spreadNone {
		return
	}
	factor := [...]int{spreadLight: 15, spreadNormal: 10, spreadAggressive: 5}[spread]
	gain := mul32(int32(32767*n), reciprocal(int32(n+factor*k)))
	theta := mul16(gain, gain) >> 1
	c, s := cosine(theta), cosine(32767-theta)
	far := 0
	if n >= 8*blocks {
		for far = 1; (far*far+far)*blocks+blocks>>2 < n; {
			far++
		}
	}
	n = each(n, blocks)
	for ; len(x) >= n; x = x[n:] {
		if far > 0 {
			rotatePairs(x[:n], far, s, c)
		}
		rotatePairs(x[:n], 1, c, s)
	}
}

// decodeVector reads k pulses into x, with a length of gain, and tells which of
// the blocks have any.
func decodeVector(rc *entropy.Decoder, x []int16, k, spread, blocks int, gain int32, y []int32) uint {
	y = y[:len(x)]
	sum := readPulses(rc, y, k)
	n := log2(sum) >> 1
	g := mul16Round(reciprocalRoot(shift(sum, 2*(n-7))), gain)
	weigh(x, y, g, n+1)
	rotate(x, blocks, k, spread)
	return occupied(y, blocks)
}

// each is n/blocks, where blocks is a power of 2.
func each(n, blocks int) int {
	for ; blocks > 1; blocks >>= 1 {
		n >>= 1
	}
	return n
}

// occupied has a bit for each block with a pulse.
func occupied(y []int32, blocks int) (mask uint) {
	if blocks <= 1 {
		return 1
	}
	n := each(len(y), blocks)
	for b := range blocks {
		any := int32(0)
		for _, v := range y[b*n:][:n] {
			any |= v
		}
		if any != 0 {
			mask |= 1 << b
		}
	}
	return mask
}

// normalize gives x a length of gain, Q15 of 1.
func normalize(x []int16, gain int32) {
	_, sum := correlate(x, x)
	sum++
	n := log2(sum) >> 1
	g := mul16Round(reciprocalRoot(shift(sum, 2*(n-7))), gain)
	amplify(x, g, n+1)
}
