package runlevel

// A step is the place of a coefficient and what it is multiplied by: step<<8 |
// beyond<<7 | place<<1 | final.
type step uint32

const (
	final  step = 1      // no code follows
	beyond step = 1 << 7 // there is no such coefficient
)

func (s step) place() int  { return int(s >> 1 & 63) }
func (s step) step() int32 { return int32(s >> 8) }

// Steps are the coefficients in the order in which they come, and room for
// the longest run behind them. Multipliers are below 1<<24.
type Steps [64 + 32]step

// Set makes the steps of coefficients that come in the given order, with a
// weight for each place. Where ends is set, the 64th one ends the block
// without a code that says so, as in JPEG.
func (s *Steps) Set(order *[64]uint8, weights *[64]uint16, ends bool) {
	for i, at := range order {
		s[i] = step(weights[at])<<8 | step(at)<<1
	}
	if ends {
		s[63] |= final
	}
	s.close()
}

func (s *Steps) close() {
	for i := 64; i < len(s); i++ {
		s[i] = beyond
	}
}

// A Ladder has the Steps of all quantisers of a matrix.
type Ladder struct {
	order   [64]uint8
	weights [64]uint8
	scales  [32]uint8
	made    uint32
	steps   [32]Steps
}

// Set takes the order of the coefficients, a weight for each place, and the
// multiplier of each quantiser.
func (l *Ladder) Set(order, weights *[64]uint8, scales *[32]uint8) {
	if l.order != *order || l.weights != *weights || l.scales != *scales {
		l.order, l.weights, l.scales, l.made = *order, *weights, *scales, 0
	}
}

// At returns the Steps of quantiser q, 0 to 31. They hold until Set changes
// something.
func (l *Ladder) At(q int32) *Steps {
	s := &l.steps[q&31]
	if l.made>>(q&31)&1 == 0 {
		l.made |= 1 << (q & 31)
		scale := step(l.scales[q&31])
		for i, at := range l.order {
			s[i] = step(l.weights[at&63])*scale<<8 | step(at)<<1
		}
		s.close()
	}
	return s
}
