// Package celt decodes the CELT layer of Opus, RFC 6716 clause 4.3 with the
// updates of RFC 8251, to the bit as the reference implementation built for
// fixed point does, version 1.3. The way of a frame is
//
//	decoder.go     the header, and what is kept between frames
//	energy.go      the envelope: a logarithm for each band
//	allocation.go  how many bits each band has
//	bands.go       the bands' shapes: splits, folding (theta.go, stereo.go)
//	pulses.go      vectors of pulses
//	resolution.go  changes of resolution in time
//	synthesis.go   envelope times shape, overlap, postfilter, 16-bit samples
//	transform.go   the inverse transform
//	conceal.go     lost frames (pitch.go, lpc.go)
//
// The loops that take most of the time are kernels: kernel_generic.go and
// bands_generic.go say what they do, and the assembly of an ARM9 does the same,
// to the bit (transform_arm.s, fft_arm.s, synthesis_arm.s, bands_arm.s,
// pulses_arm.s). The tag purego leaves it out.
//
// Other decoders here share the transform of internal/mdct. This one has its
// own, since the rounding of each product in it is part of what makes samples
// equal to those of the reference.
package celt

//go:generate go run ./internal/gen
