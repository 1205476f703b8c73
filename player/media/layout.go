package media

import "math/bits"

// A Layout says which loudspeakers the channels of a frame are for: a bit for
// each, in the order of the channels. The bits are those of a WAVE file's
// dwChannelMask.
type Layout uint32

// The loudspeakers.
const (
	FrontLeft Layout = 1 << iota
	FrontRight
	FrontCentre
	LowFrequency
	BackLeft
	BackRight
	FrontLeftOfCentre
	FrontRightOfCentre
	BackCentre
	SideLeft
	SideRight
	TopCentre
	TopFrontLeft
	TopFrontCentre
	TopFrontRight
	TopBackLeft
	TopBackCentre
	TopBackRight
)

// usual are the layouts that sound of so many channels has where nobody says
// otherwise: RFC 9639 clause 9.1.3, and Vorbis I clause 4.3.9 in another order.
var usual = [...]Layout{
	1: FrontCentre,
	2: FrontLeft | FrontRight,
	3: FrontLeft | FrontRight | FrontCentre,
	4: FrontLeft | FrontRight | BackLeft | BackRight,
	5: FrontLeft | FrontRight | FrontCentre | BackLeft | BackRight,
	6: FrontLeft | FrontRight | FrontCentre | LowFrequency | BackLeft | BackRight,
	7: FrontLeft | FrontRight | FrontCentre | LowFrequency | BackCentre | SideLeft | SideRight,
	8: FrontLeft | FrontRight | FrontCentre | LowFrequency | BackLeft | BackRight | SideLeft | SideRight,
}

// UsualLayout is the layout that sound of so many channels has where nobody says
// otherwise, 0 for more than eight.
func UsualLayout(channels int) Layout {
	if channels < 0 || channels >= len(usual) {
		return 0
	}
	return usual[channels]
}

// NewLayout is what a file says in a mask, for AudioFormat.Layout: 0 where it is
// the usual layout, or has fewer bits than there are channels. Bits that are too
// many, the upper ones, do not count.
func NewLayout(mask uint32, channels int) Layout {
	n := bits.OnesCount32(mask)
	for ; n > max(channels, 0); n-- {
		mask &^= 1 << (bits.Len32(mask) - 1)
	}
	if l := Layout(mask); n == channels && l != UsualLayout(channels) {
		return l
	}
	return 0
}

// Speakers is the layout of the format's frames, 0 where none is known.
func (f AudioFormat) Speakers() Layout {
	if f.Layout != 0 {
		return f.Layout
	}
	return UsualLayout(f.Channels)
}
