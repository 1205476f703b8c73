// Package alac decodes Apple Lossless: samples of 16, 20, 24 or 32 bits, one
// to eight channels, exactly. There is no standard but Apple's published
// decoder; the terms here are its own.
//
// A packet is a run of elements of one channel or two. In each, the low bytes
// of the samples may stand by themselves ("shifted off"); what is above them is
// mixed (element.go), predicted by an adaptive filter (predict.go), and its
// residue written in an adaptive Golomb code (golomb.go). An element may also
// hold its samples as they are. On ARM the code and the filters that encoders
// make are assembly for ARMv4T; the build tag purego does without it.
//
// The channels come out in the order of WAVE files, not in Apple's, which
// begins with the centre. A packet that is broken becomes silence of its
// length, with a *media.FormatError: packets do not depend on one another.
package alac
