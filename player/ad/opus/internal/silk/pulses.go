package silk

import "linnet/player/ad/opus/internal/entropy"

// block is how many samples share a count of pulses.
const block = 16

// readPulses reads the quantized excitation, RFC 6716 clause 4.2.7.8, to dst,
// which has room for whole blocks.
func (c *channel) readPulses(rc *entropy.Decoder, dst []int16) {
	level := rc.Symbol(rateLevelICDF[c.ix.signal>>1][:], 8)
	blocks := (c.length + block - 1) / block
	var counts, extra [maxFrame / block]int
	for i := range blocks {
		n := rc.Symbol(pulseCountICDF[level][:], 8)
		for n == 17 {
			extra[i]++
			icdf := pulseCountICDF[9][:]
			if extra[i] == 10 {
				icdf = icdf[1:]
			}
			n = rc.Symbol(icdf, 8)
		}
		counts[i] = n
	}
	for i, n := range counts[:blocks] {
		shell((*[block]int16)(dst[i*block:]), rc, n)
	}
	for i, n := range extra[:blocks] {
		if n > 0 {
			lowBits(dst[i*block:][:block], rc, n)
		}
	}
	signs := signICDF[7*(c.ix.offset+2*c.ix.signal):]
	for i := range blocks {
		if counts[i] > 0 || extra[i] > 0 {
			readSigns(dst[i*block:][:block], rc, signs[min(counts[i], 6)])
		}
	}
}

// shell shares n pulses out to the samples of a block, by halves.
func shell(dst *[block]int16, rc *entropy.Decoder, n int) {
	if n == 0 {
		*dst = [block]int16{}
		return
	}
	var eight, four, two [2]int
	halve(&eight, rc, n, &shellICDF3)
	for i := range 2 {
		halve(&four, rc, eight[i], &shellICDF2)
		for j := range 2 {
			halve(&two, rc, four[j], &shellICDF1)
			for k := range 2 {
				at := 8*i + 4*j + 2*k
				var one [2]int
				halve(&one, rc, two[k], &shellICDF0)
				dst[at], dst[at+1] = int16(one[0]), int16(one[1])
			}
		}
	}
}

// halve reads how n pulses are shared between two halves.
func halve(parts *[2]int, rc *entropy.Decoder, n int, icdf *[152]uint8) {
	*parts = [2]int{}
	if n > 0 {
		parts[0] = rc.Symbol(icdf[shellStart[n]:], 8)
		parts[1] = n - parts[0]
	}
}

// lowBits reads n bits below each sample.
func lowBits(dst []int16, rc *entropy.Decoder, n int) {
	for i, v := range dst {
		for range n {
			v = v<<1 + int16(rc.Symbol(lsbICDF[:], 8))
		}
		dst[i] = v
	}
}

func readSigns(dst []int16, rc *entropy.Decoder, p uint8) {
	icdf := [2]uint8{p, 0}
	for i, v := range dst {
		if v > 0 && rc.Symbol(icdf[:], 8) == 0 {
			dst[i] = -v
		}
	}
}
