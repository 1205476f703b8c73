// Package flac decodes FLAC, RFC 9639, all of it: samples of 4 to 32 bits, one
// to eight channels, blocks of 1 to 65535 frames of sound.
//
// The way of a frame is
//
//	subframe.go  constant and verbatim subframes, wasted bits
//	residual.go  partitions of Rice codes; the reader is internal/bits
//	fixed.go     fixed predictors
//	lpc.go       linear predictors; lpc_unrolled.go, one function an order
//	wide.go      the side channel of 32-bit sound, which has 33 bits
//	output.go    stereo decorrelation, interleaving, left-justifying
//
// all in integers, as the format is defined, so that what comes out is what
// the encoder was given, to the bit, on every machine. A predictor whose sums
// can't overflow 32 bits, which is the rule for 16-bit sound, runs in 32 bits; up
// to 24 bits two such sums do, and above that sums have 64.
//
// On ARM the predictors and the stereo are assembly for ARMv4T (lpc_arm.s, which
// internal/gen writes, lpcwide_arm.s, fixed_arm.s, output_arm.s); sums that need
// more than 32 bits always have 64 there. The build tag purego does without.
//
// A frame depends on no other. One whose CRC-16 is wrong, or that breaks the
// rules, is replaced by silence of its length, and Decode reports it. Verify
// has the whole sound checked against the MD5 in STREAMINFO.
package flac

//go:generate go run ./internal/gen
