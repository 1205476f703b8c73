// Package alac knows of Apple Lossless what its decoder and the containers that
// hold it must agree on.
package alac

import "linnet/player/media"

// Layout is that of so many channels, for media.AudioFormat: the loudspeakers of
// Apple's orders (ALACAudioTypes.h, ALACChannelLayoutTags), in the order of WAVE
// files, in which they are decoded.
func Layout(channels int) media.Layout {
	const front = media.FrontLeft | media.FrontRight | media.FrontCentre
	l := media.Layout(0)
	switch channels {
	case 4:
		l = front | media.BackCentre
	case 8:
		l = front | media.LowFrequency | media.BackLeft | media.BackRight | media.FrontLeftOfCentre | media.FrontRightOfCentre
	}
	return media.NewLayout(uint32(l), channels)
}
