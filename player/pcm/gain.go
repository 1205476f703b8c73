package pcm

import (
	"sync/atomic"

	"linnet/player/media"
)

// MaxVolume is the volume at which a Gain passes samples through unchanged.
const MaxVolume = 100

// unity is the factor 1 as the Gain's fixed-point number.
const unity = 1 << volumeBits

// A Gain scales sound by a volume from 0, silence, to MaxVolume, which
// changes no bit. Between them a step is half a decibel. A change of volume
// is spread over 10 ms, so that it does not click; and so are FadeOut and
// FadeIn, for a pause and the end of it. What was changed is dithered where the
// device takes 16 bits.
//
// SetVolume and Volume may be called while another goroutine is in Apply.
type Gain struct {
	channels int
	ramp     int32 // frames that a change is spread over
	volume   atomic.Int32

	// What follows belongs to Apply. Factors have 30 bits of fraction.
	factor int32 // of the last frame
	target int32
	step   int32 // added to factor for each frame
	left   int32 // frames until target is reached
	muted  bool
	dither *Dither
}

// NewGain makes a Gain for sound of the given format, at the given volume
// from its first frame on.
func NewGain(format media.AudioFormat, volume int) *Gain {
	g := &Gain{channels: max(1, format.Channels), ramp: int32(max(1, format.Rate/100)), dither: NewDither(format)}
	g.SetVolume(volume)
	g.factor = volumeTable[g.Volume()]
	g.target = g.factor
	return g
}

// SetVolume sets the volume that the next Apply begins to move to. Values
// outside 0 to MaxVolume are taken for the nearer end.
func (g *Gain) SetVolume(volume int) {
	g.volume.Store(int32(min(max(volume, 0), MaxVolume)))
}

// Volume is what was set.
func (g *Gain) Volume() int { return int(g.volume.Load()) }

// Ramp is how many frames a change is spread over.
func (g *Gain) Ramp() int { return int(g.ramp) }

// FadeOut has the next Ramp frames go down to silence, in which it stays until
// FadeIn. It belongs to the goroutine of Apply.
func (g *Gain) FadeOut() { g.muted = true }

// FadeIn has the next Ramp frames come up from silence. It belongs to the
// goroutine of Apply.
func (g *Gain) FadeIn() { g.muted, g.factor, g.target, g.left = false, 0, 0, 0 }

// Apply scales p, whole interleaved frames, in place.
func (g *Gain) Apply(p []int32) {
	if t := g.wanted(); t != g.target {
		g.target = t
		g.left = g.ramp
		g.step = (t - g.factor) / g.ramp
	}
	n := 0
	for ; g.left > 0 && n+g.channels <= len(p); n += g.channels {
		g.left--
		g.factor += g.step
		if g.left == 0 {
			g.factor = g.target
		}
		scale(p[n:n+g.channels], g.factor)
	}
	switch g.factor {
	case unity:
	case 0:
		clear(p[n:])
	default:
		scale(p[n:], g.factor)
		n = len(p)
	}
	g.dither.Apply(p[:n])
}

// wanted is the factor to move to.
func (g *Gain) wanted() int32 {
	if g.muted {
		return 0
	}
	return volumeTable[g.Volume()]
}
