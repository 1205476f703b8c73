package pcm

import (
	"math"

	"linnet/player/media"
)

// Settings is what a listener wants of the sound. The zero Settings changes
// nothing. Values beyond their limits are taken for these.
type Settings struct {
	Bands        [Bands]int // of the equaliser, from the lowest, in tenths of a decibel, -MaxBand to MaxBand
	Bass, Treble int        // likewise; half of it is reached at 200 Hz and 4 kHz
	Balance      int        // -100 is left only, 100 right only; for stereo
	Mono         bool       // both channels get the middle of the two; for stereo
}

// headroom is how many bits the filters have above full scale, for what the
// boosts add up to on the way.
const headroom = 4

// A Chain does to sound what a listener wants of it: equaliser, bass and
// treble, mono, balance. With neutral Settings no bit changes.
//
// Where Settings raise something, all is made softer by as much as they may
// raise any frequency, so that full scale is not left; should it be all the
// same, for the time that filters take to settle, the sound is clipped.
type Chain struct {
	format  media.AudioFormat
	set     Settings
	level   int32 // in front of the filters, for their headroom
	bands   []band
	shelves []shelf
	left    int32 // factors of the balance, with volumeBits of fraction
	right   int32
}

// A band is one of the equaliser's that does something.
type band struct {
	resonance
	state []resonator // by channel
}

// NewChain makes a Chain for sound of the given format.
func NewChain(format media.AudioFormat, s Settings) *Chain {
	format.Channels, format.Rate = max(1, format.Channels), max(1, format.Rate)
	c := &Chain{format: format, set: s.Limited()}
	c.design()
	return c
}

// Limited is s within its limits.
func (s Settings) Limited() Settings {
	for i, b := range s.Bands {
		s.Bands[i] = min(max(b, -MaxBand), MaxBand)
	}
	s.Bass = min(max(s.Bass, -MaxBand), MaxBand)
	s.Treble = min(max(s.Treble, -MaxBand), MaxBand)
	s.Balance = min(max(s.Balance, -100), 100)
	return s
}

// design computes the filters. Those that lower come first: so what is
// between two of them is never louder than both ends.
func (c *Chain) design() {
	channels := c.format.Channels
	for i, tenths := range c.set.Bands {
		if bandOf(lowestBand<<i, c.format.Rate, tenths) == (resonance{}) {
			c.set.Bands[i] = 0 // nor is headroom needed for it
		}
	}
	for _, raise := range []bool{false, true} {
		for i, tenths := range c.set.Bands {
			if tenths != 0 && raise == (tenths > 0) {
				r := bandOf(lowestBand<<i, c.format.Rate, tenths)
				c.bands = append(c.bands, band{r, make([]resonator, channels)})
			}
		}
	}
	if c.set.Bass != 0 {
		c.shelves = append(c.shelves, bassOf(c.format.Rate, c.set.Bass, channels))
	}
	if c.set.Treble != 0 {
		c.shelves = append(c.shelves, trebleOf(c.format.Rate, c.set.Treble, channels))
	}
	c.level = int32(Decibels(-c.set.most()*10) >> headroom)
	c.left = volumeTable[min(MaxVolume, MaxVolume-c.set.Balance)]
	c.right = volumeTable[min(MaxVolume, MaxVolume+c.set.Balance)]
}

// most is a bound, in tenths of a decibel, on what the filters raise any
// frequency by: the sum of what each may add, at every quarter of an octave.
func (s *Settings) most() int {
	const quarters = 4
	highest := 0
	for at := range (Bands-1)*quarters + 1 {
		sum := 0
		for i, tenths := range s.Bands {
			away := max(at-i*quarters, i*quarters-at)
			if tenths > 0 {
				sum += tenths * int(mostSpill[away])
			} else {
				sum += tenths * int(leastSpill[away])
			}
		}
		// A shelf is counted whole on its side of the middle, 700 Hz.
		if at < (Bands-1)*quarters/2 {
			sum += max(s.Bass, 0) << 10
		} else {
			sum += max(s.Treble, 0) << 10
		}
		highest = max(highest, sum)
	}
	return (highest + 1<<10 - 1) >> 10
}

// Neutral reports whether the Chain changes nothing.
func (c *Chain) Neutral() bool {
	return len(c.bands) == 0 && len(c.shelves) == 0 && (c.format.Channels != 2 || !c.set.Mono && c.set.Balance == 0)
}

// Apply changes p, whole interleaved frames, in place.
func (c *Chain) Apply(p []int32) {
	if p = p[:len(p)/c.format.Channels*c.format.Channels]; len(p) == 0 {
		return
	}
	if len(c.bands) > 0 || len(c.shelves) > 0 {
		c.filter(p)
	}
	if c.format.Channels != 2 {
		return
	}
	if c.set.Mono {
		mono(p)
	}
	if c.set.Balance != 0 {
		balance(p, c.left, c.right)
	}
}

func (c *Chain) filter(p []int32) {
	amplify(p, c.level)
	channels := c.format.Channels
	for i := range c.bands {
		b := &c.bands[i]
		for ch := range channels {
			ring(p[ch:], channels, &b.resonance, &b.state[ch])
		}
	}
	for i := range c.shelves {
		c.shelves[i].run(p)
	}
	lift(p)
}

// lift takes the headroom out again.
func lift(p []int32) {
	const most = math.MaxInt32 >> headroom
	for i, s := range p {
		if s > most || s < -most-1 {
			p[i] = math.MaxInt32 ^ s>>31
		} else {
			p[i] = s << headroom
		}
	}
}

func mono(p []int32) {
	for ; len(p) >= 2; p = p[2:] {
		m := int32((int64(p[0]) + int64(p[1]) + 1) >> 1)
		p[0], p[1] = m, m
	}
}

func balance(p []int32, left, right int32) {
	for ; len(p) >= 2; p = p[2:] {
		p[0] = int32((int64(p[0])*int64(left) + unity/2) >> volumeBits)
		p[1] = int32((int64(p[1])*int64(right) + unity/2) >> volumeBits)
	}
}
