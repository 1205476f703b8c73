package aac

import "linnet/player/internal/bits"

// A middle says which bands of a pair are coded as middle and side.
type middle struct {
	signs bool // and in bands of intensity stereo, which have the other sign
	used  [maxSections]bool
}

// read reads ms_mask_present and ms_used, table 4.5.
func (m *middle) read(r *bits.Reader, w *windows) (msg string) {
	kind := r.Bits(2)
	m.signs = kind == 1
	if kind == 3 {
		return "reserved kind of middle/side stereo"
	}
	for i := range w.groups * w.maxBand {
		m.used[i] = kind == 2 || kind == 1 && r.Flag()
	}
	return ""
}

// point is how many bits of a line are behind the point.
func (c *channel) point() int {
	if c.sequence == eightShort {
		return shortBits
	}
	return lineBits
}

// band is the lines of a band in one window.
func (c *channel) band(window, k int) []int32 { return c.lines(window, k, k+1) }

// lines are those of the bands from k up to end in one window.
func (c *channel) lines(window, k, end int) []int32 {
	at := window * shortLength
	return c.spectrum[at+int(c.bands[k]) : at+int(c.bands[end])]
}

// joinStereo undoes the coding of a pair whose channels share their windows:
// middle/side stereo, clause 4.6.8.1, and intensity stereo, clause 4.6.8.2.
func joinStereo(left, right *channel, m *middle) {
	first := 0
	for g := range left.groups {
		for k := 0; k < left.maxBand; {
			i, end := g*left.maxBand, k+1
			switch book := right.book[i+k]; {
			case book >= bookIntensity:
				negative := book == bookIntensity
				if m.signs && m.used[i+k] {
					negative = !negative
				}
				for w := range left.length[g] {
					intensity(right.band(first+w, k), left.band(first+w, k), int(right.factor[i+k]), negative)
				}
			case midSided(left, right, m, i+k):
				for end < left.maxBand && midSided(left, right, m, i+end) {
					end++
				}
				for w := range left.length[g] {
					midSide(left.lines(first+w, k, end), right.lines(first+w, k, end))
				}
			}
			k = end
		}
		first += left.length[g]
	}
}

// midSided says whether a band of a group is coded as middle and side.
func midSided(left, right *channel, m *middle, i int) bool {
	return m.used[i] && right.book[i] < bookNoise && left.book[i] != bookNoise
}

// intensity makes the right channel's lines of the left one's, times
// 2^(-position/4).
func intensity(r, l []int32, position int, negative bool) {
	m := quarter[-position&3]
	down := -(-position >> 2) - 1 // upper halves what quarter does not
	l = l[:len(r)]
	for i, v := range l {
		s := v >> 31
		y := upper(uint32(v^s-s), m)
		if negative {
			s = ^s
		}
		r[i] = shifted(int32(y), down) ^ s - s
	}
}
