package pcm

import "linnet/player/media"

// A Dither rounds samples that were computed to the 16 bits that a device
// takes. It adds triangular noise of two steps from peak to peak, which turns
// the error of rounding into noise that does not follow the music, and shapes
// that noise: it is moved up to frequencies where the ear is dull, by feeding
// back the last three errors with the weights of Wannamaker ("Psychoacoustically
// optimal noise shaping", 1992). The noise is the same in every run.
//
// For a device of more than 16 bits it does nothing: rounding there is below
// the noise of any converter.
type Dither struct {
	channels int
	each     []ditherState // by channel, so that the slices do not matter
}

type ditherState struct {
	random uint32
	errors [3]int32 // the latest first
}

// The weights of the last errors, with 10 bits of fraction: 1.623, -0.982 and
// 0.109.
const (
	shape1 = 1662
	shape2 = -1006
	shape3 = 112
)

// NewDither makes a Dither for sound of the given format.
func NewDither(format media.AudioFormat) *Dither {
	d := &Dither{channels: max(1, format.Channels)}
	if format.Bits > 16 {
		return d
	}
	d.each = make([]ditherState, d.channels)
	for c := range d.each {
		d.each[c].random = 0x9e3779b9 * uint32(2*c+1) // odd, so never 0
	}
	return d
}

// Apply rounds p, whole interleaved frames, in place.
func (d *Dither) Apply(p []int32) {
	for c := range d.each {
		d.each[c].apply(p, c, d.channels)
	}
}

// apply rounds every stride-th sample from the first on.
func (d *ditherState) apply(p []int32, first, stride int) {
	const most = 1 << 18 // an error is larger only where a sample is clipped
	e1, e2, e3, state := d.errors[0], d.errors[1], d.errors[2], d.random
	for i := first; i < len(p); i += stride {
		// Marsaglia's xorshift: two uniform numbers, centred on 0.
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		noise := int32(state>>16) + int32(state&0xffff) - 0xffff
		want := addSat(p[i], -((shape1*e1 + shape2*e2 + shape3*e3) >> 10))
		got := round(addSat(want, noise), 16) << 16
		p[i] = got
		e1, e2, e3 = min(max(got>>1-want>>1, -most/2), most/2)*2, e1, e2
	}
	d.errors, d.random = [3]int32{e1, e2, e3}, state
}
