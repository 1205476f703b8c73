// Package vorbis is what a demuxer and a decoder of Vorbis both need: the
// three headers of a stream (Vorbis I, clauses 4.2 and 5), the bit reader for
// them and for the packets (clause 2), and how long a packet's block is.
//
// A stream's headers travel in one media.Stream.Config, laced as in Matroska:
// the byte 2, the lengths of the first two headers (each as many bytes of 255
// as fit, and the rest in one more), then the three headers. The comment
// header may be empty there. PackHeaders writes that, and UnpackHeaders takes
// it apart.
package vorbis
