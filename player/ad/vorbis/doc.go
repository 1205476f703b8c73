// Package vorbis decodes Vorbis I, all of it: floors 0 and 1, residues 0, 1
// and 2, all kinds of codebooks, any coupling, blocks of 64 to 8192.
//
// It is integer arithmetic throughout, laid out for 32-bit machines without
// a floating-point unit: the same bits come out everywhere, and decoding
// allocates nothing. Headers and the bit reader are in internal/vorbis, the
// transform in internal/mdct. The way of a packet is
//
//	floor1.go    the floor of each channel as points (floor0.go: as a filter)
//	residue.go   codebooks (book.go) -> what lies above the floor
//	decoder.go   angle and magnitude -> two channels
//	floor1.go    floor times residue -> spectrum
//	block.go     inverse transform, window, overlap -> sound
//
// Residues have as many bits behind the point as the codebooks leave room
// for, at most 16 (values.go); integers, which most encoders' residues are,
// are exact. The spectrum has 28 bits behind the point and 3 before it, that
// is 18 dB above full scale. Only sound is clipped. The error against a
// decoder in floating point is below -120 dB of full scale, a 16-bit sample's
// last place being at -90.
//
// A packet that ends early is no error: what is missing is zero, clause 4.3.
package vorbis

//go:generate go run ./internal/gen
