// Package pcm is what happens to sound between a decoder and a device: it is
// made as loud as other tracks by a Factor, brought to the device's rate and
// channels by a Converter, shaped to the listener's taste by a Chain, faded
// into the next track by a Crossfader, and, where any of these changed it,
// rounded to the device's bits by a Dither; it waits in a Ring, is made softer
// by a Gain, and becomes the bytes that a device or a file takes.
//
//	decoder -> Factor -> Converter -> Chain -> Dither -> Crossfader -> Ring
//	Ring -> Gain -> AppendS16 ... -> device
//
// Samples are interleaved, left-justified signed 32-bit integers
// throughout. What has nothing to do leaves every bit as it is. All arithmetic
// is on integers, so every target gives the same bits; the tables (filters,
// volume curve, decibels) are generated Go source. Nothing allocates once the
// caller's buffers have grown to their size.
//
// The loops that multiply are functions over slices (kernel_generic.go), which
// on ARM are assembly for ARMv4T; the build tag purego does without it.
package pcm

//go:generate go run ./internal/gen
