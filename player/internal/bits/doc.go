// Package bits reads the bit streams of codecs, most significant bit first.
//
// A Reader keeps the next bits left-justified in one word of 32 and takes the
// data in by whole words, so that most reads are a compare, two shifts and a
// subtraction. Nothing in it panics on a short input: behind the end come
// zeros, and Over tells, at any later time, that they were asked for. So a
// decoder reads a whole structure first and checks once.
//
// Rice decodes a whole partition of Rice codes in one call, which is where a
// lossless decoder spends most of its time. It is a function over the state
// and a slice, with a generic form that always compiles. Leading zeros are
// found with a table: the machines that matter have no instruction for it.
// On ARM, assembly for ARMv4T reads a partition, one function for each
// parameter; the build tag purego does without it.
//
// RoundFloat64 and RoundFloat32 read the floating-point numbers in headers.
package bits
