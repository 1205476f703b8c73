package pcm

import "linnet/player/media"

// A Converter brings a stream from one format to another: its channels by
// the usual rules of mixing down and spreading out, its rate by the filter
// of a Quality.
//
// The delay of the filter is compensated: frame n of the output is the sound
// at time n/to.Rate of the input. A stream of n frames becomes one of
// n*to.Rate/from.Rate, rounded to the nearest, once it is flushed. Equal
// formats pass through unchanged, and so does a change of Bits alone.
type Converter struct {
	mix      *mixer
	rate     *resampler
	mixFirst bool
	between  []int32 // what the first of the two gave
}

// NewConverter makes a Converter. A rate or a number of channels below 1
// counts as 1.
func NewConverter(from, to media.AudioFormat, q Quality) *Converter {
	in, out := max(1, from.Channels), max(1, to.Channels)
	c := &Converter{mixFirst: in > out}
	if in != out {
		c.mix = newMixer(from, out)
	}
	if f, t := max(1, from.Rate), max(1, to.Rate); f != t {
		c.rate = newResampler(f, t, min(in, out), q)
	}
	return c
}

// Identity reports whether the Converter changes nothing.
func (c *Converter) Identity() bool { return c.mix == nil && c.rate == nil }

// Exact reports whether the Converter only copies samples, or leaves them
// out, so that none becomes another.
func (c *Converter) Exact() bool { return c.rate == nil && (c.mix == nil || c.mix.exact()) }

// Convert takes src, whole interleaved frames, and appends to dst what can
// be made of it: up to some 15 frames of the lower rate stay behind in the
// filter. It returns the extended dst, and allocates nothing but its growth.
func (c *Converter) Convert(dst, src []int32) []int32 {
	switch {
	case c.Identity():
		return append(dst, src...)
	case c.rate == nil:
		return c.mix.run(dst, src)
	case c.mix == nil:
		return c.rate.run(dst, src)
	case c.mixFirst:
		c.between = c.mix.run(c.between[:0], src)
		return c.rate.run(dst, c.between)
	}
	c.between = c.rate.run(c.between[:0], src)
	return c.mix.run(dst, c.between)
}

// Flush ends the stream: it appends to dst what is left in the filter, and
// makes the Converter ready for another stream.
func (c *Converter) Flush(dst []int32) []int32 {
	switch {
	case c.rate == nil:
		return dst
	case c.mix == nil || c.mixFirst:
		return c.rate.flush(dst)
	}
	c.between = c.rate.flush(c.between[:0])
	return c.mix.run(dst, c.between)
}

// Reset forgets the stream, as after a seek.
func (c *Converter) Reset() {
	if c.rate != nil {
		c.rate.reset()
	}
}
