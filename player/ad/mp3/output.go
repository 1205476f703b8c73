package mp3

import (
	"slices"

	"linnet/player/internal/mpa"
)

// grow makes room in dst for a frame and lets d.out point to where its
// samples go, with the frame's own number of channels.
func (d *Decoder) grow(dst []int32, h *mpa.Header) []int32 {
	n, size := len(dst), h.Samples()*d.channels
	d.width = h.Channels()
	dst = slices.Grow(dst, h.Samples()*max(d.channels, d.width))[:n+size]
	d.out = dst[n : n+h.Samples()*d.width]
	return dst
}

// synthesize runs the filter bank over slots samples of each subband, which
// sub holds; they are the frame's from slot first on.
func (d *Decoder) synthesize(sub []int32, ch, first, slots int) {
	d.synth[ch].run(sub, d.out[32*d.width*first+ch:], d.width, slots)
}

// adapt brings a frame from its own to the stream's number of channels.
func (d *Decoder) adapt(out []int32, h *mpa.Header) {
	switch samples := d.out; {
	case d.width < d.channels:
		for i := len(samples) - 1; i >= 0; i-- {
			out[2*i], out[2*i+1] = samples[i], samples[i]
		}
	case d.width > d.channels:
		for i := range out {
			out[i] = samples[2*i]>>1 + samples[2*i+1]>>1
		}
	}
	d.last = *h
	d.out = nil
}
