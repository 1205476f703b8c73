// Package pcm is what happens to sound between a decoder and a device: it
// waits in a Ring, is brought to the device's rate and channels by a
// Converter, made softer by a Gain, and rounded to the bytes that a device
// or a file takes.
//
//	decoder -> Converter -> Ring -> Gain -> AppendS16 ... -> device
//
// Samples are interleaved, left-justified signed 32-bit integers
// throughout. All arithmetic is on integers, so every target gives the same
// bits; the tables (filter, volume curve) are generated Go source. Nothing
// allocates once the caller's buffers have grown to their size.
package pcm

//go:generate go run ./internal/gen
