// Package spectrum measures how loud music is at which pitch, for a picture
// of it: a few dozen columns, fifteen times a second, in integer arithmetic
// cheap enough for a CPU without an FPU.
//
// It looks at 512 samples at a time: a Hann window, a radix-2 FFT in 16-bit
// fixed point that halves at each stage so that nothing can overflow, and
// the loudest line of each column in decibels. That is far too coarse to
// measure with and just right to look at. Level is for a VU meter: how loud the
// whole is.
package spectrum
