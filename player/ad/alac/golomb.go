package alac

import "linnet/player/internal/bits"

const (
	meanBits  = 9      // behind the point of the mean
	meanMost  = 0xffff // what a value above this sets the mean to
	maxPrefix = 9      // a run of so many ones announces a number as it is
	runBits   = 16     // of such a number, where it is the length of a run of zeros
	runMost   = 65535
	runMean   = 128 // below this mean a run of zeros follows
)

// tuning is how the code adapts itself.
type tuning struct {
	history uint32 // the mean at the start of a packet
	step    uint32 // how fast the mean follows, before a channel's own factor
	limit   int    // most bits that follow the ones
}

// A golomb is where the code of a channel is.
type golomb struct {
	mean  uint32 // of the numbers before
	step  uint32
	limit int
}

// decode reads len(dst) signed numbers of at most width bits. Each is coded
// by a parameter that follows from a running mean of those before; where the
// mean is small, the length of a run of zeros follows. ok is false where
// that is longer than what is left.
func (t *tuning) decode(r *bits.Reader, dst []int32, step uint32, width int) (ok bool) {
	g := golomb{mean: t.history, step: step, limit: t.limit}
	plus := uint32(0)
	for i := 0; i < len(dst); {
		n := 0
		if plus == 0 {
			n = g.several(r, dst[i:])
			i += n
		}
		if n == 0 {
			dst[i] = g.next(r, plus, width)
			i++
		}
		plus = 0
		if g.mean >= runMean || i == len(dst) {
			continue
		}
		run := g.run(r)
		if run > uint32(len(dst)-i) {
			return false
		}
		clear(dst[i : i+int(run)])
		i += int(run)
		if run < runMost {
			plus = 1 // no zero comes behind the end of a run
		}
	}
	return true
}

// next reads a number that plus was taken from, and follows the mean.
func (g *golomb) next(r *bits.Reader, plus uint32, width int) int32 {
	k := min(logarithm(g.mean>>meanBits+3), g.limit)
	n := number(r, k, 1<<uint(k)-1, width)
	v := n + plus
	g.mean += g.step*v - g.step*g.mean>>meanBits
	if n > meanMost {
		g.mean = meanMost
	}
	return int32(v>>1) ^ -int32(v&1) // odd numbers are negative
}

// run reads the length of a run of zeros, behind which the mean begins anew.
func (g *golomb) run(r *bits.Reader) uint32 {
	k := 7 - logarithm(g.mean) + int((g.mean+16)>>6)
	m := (uint32(1)<<uint(k) - 1) & (1<<uint(g.limit) - 1)
	g.mean = 0
	return number(r, k, m, runBits)
}

// number reads an unsigned number: ones, a zero, and k bits, of which the last
// is left out where all others are zero; or of width bits behind nine ones.
// m is what each of the ones counts.
func number(r *bits.Reader, k int, m uint32, width int) uint32 {
	ones := 0
	for next := r.Peek(maxPrefix) << (32 - maxPrefix); int32(next) < 0; next <<= 1 {
		ones++
	}
	if ones == maxPrefix {
		r.Skip(maxPrefix)
		return r.Bits(width)
	}
	r.Skip(ones + 1)
	n := uint32(ones) * m
	if k <= 1 {
		return n
	}
	v := r.Peek(k)
	if v < 2 {
		r.Skip(k - 1)
		return n
	}
	r.Skip(k)
	return n + v - 1
}

// logarithm is that of x to the base 2, cut to an integer; -1 for 0.
func logarithm(x uint32) int {
	n := -1
	for _, step := range [...]uint{16, 8, 4, 2} {
		if x>>step != 0 {
			x >>= step
			n += int(step)
		}
	}
	return n + int(x) - int(x>>1&x) // 0, 1 and 2 for what is left: 0, 1, and 2 or 3
}
