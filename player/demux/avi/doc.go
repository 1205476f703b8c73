// Package avi takes AVI files apart, those of AVI 1.0 and with OpenDML's
// extensions: video of any codec, PCM, ADPCM and MPEG audio.
//
//	header.go  the header list: streams and their formats
//	chunk.go   the chunks of the movi lists, one after the other
//	index.go   where to go on for a time: the old index, OpenDML's, or none
//	demux.go   the file
//
// An AVI file has no times. A picture's is its chunk's number by the stream's
// rate, in the order in which they are decoded, and the streams say so
// (media.Stream.DecodeOrder). Where a stream begins late by its header, pictures
// count from where the sound begins. Sound is counted: in bytes where it has a
// constant rate, else in frames.
//
// Reading straight on needs no index, so a file whose end is missing plays as
// far as it is there; seeking in it reads the chunks' headers instead.
package avi
