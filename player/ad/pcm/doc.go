// Package pcm decodes the codecs in which each sample stands alone: linear
// PCM of 8 to 32 bits, IEEE 754 floating point, and the A-law and mu-law of
// ITU-T G.711.
//
// All give left-justified 32-bit samples by integer arithmetic only. Linear
// PCM and G.711 are exact. Floating point is scaled by 2^31 and rounded to the
// nearest integer, ties to even; what lies outside saturates, and what is not
// a number becomes silence. On ARM, 16 and 24 bits are assembly for ARMv4T; the
// build tag purego does without it.
package pcm

//go:generate go run ./internal/gen -o tables.go
