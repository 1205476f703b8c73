package aac

// A random generates the lines of noise: any sequence does, as long as the same
// packet gives the same lines whenever it is decoded, so that sound after a
// seek is what it was before.
type random uint32

func (s *random) next() int32 {
	*s = *s*1664525 + 1013904223
	return int32(*s) >> 16
}

// noise fills a band of up to 128 lines with random ones whose norm is
// 2^(energy/4), with so many bits behind the point: clause 4.6.13.3.
func (s *random) noise(x []int32, energy, point int) {
	var sum uint32 // of squares, without the lowest eight bits
	for i := range x {
		v := s.next()
		x[i] = v
		sum += uint32(v*v) >> 8
	}
	if sum == 0 {
		return
	}
	up := energy>>2 + point - 4
	for sum < 1<<30 {
		sum <<= 2
		up++
	}
	// The norm of x is root(sum) times 2 to what up has not got; m is its
	// inverse times what energy is modulo four, with 30 bits behind the point.
	m := int32(quarter[energy&3] >> 1 / root(sum))
	for i, v := range x {
		x[i] = shifted(v*m, 30-up)
	}
}

// shifted is x shifted down, rounded, or up where down is below zero, and held
// at what lines are held at.
func shifted(x int32, down int) int32 {
	switch {
	case down > 31:
		return 0
	case down > 0:
		return (x>>uint(down-1) + 1) >> 1
	case down < -31 && x != 0:
		down = -31
	}
	if y := x << uint(-down); y>>uint(-down) == x {
		return min(max(y, -maxLine), maxLine)
	}
	return x>>31 ^ maxLine
}

// root is the square root of x, cut to an integer; x is at least 2^30.
func root(x uint32) uint32 {
	r := uint32(0)
	for bit := uint32(1 << 15); bit != 0; bit >>= 1 {
		if t := r | bit; t*t <= x {
			r = t
		}
	}
	return r
}

// shortSlots is how many bands' seeds are kept for each short window.
const shortSlots = 16

// addNoise fills the bands of a channel that are noise. Of the right channel of
// a pair, left is the other one: where both are noise in a band and it is
// marked by mid, it is the same noise.
func (d *Decoder) addNoise(c, left *channel, mid *middle) {
	first := 0
	for g := range c.groups {
		for k := range c.maxBand {
			i := g*c.maxBand + k
			if c.book[i] != bookNoise {
				continue
			}
			for w := range c.length[g] {
				from, seed := &d.random, &d.seeds[(first+w)*shortSlots+k]
				if left == nil {
					*seed = d.random
				} else if left.book[i] == bookNoise && mid.used[i] {
					from = seed
				}
				from.noise(c.band(first+w, k), int(c.factor[i]), c.point())
			}
		}
		first += c.length[g]
	}
}
