// Package flac demuxes native FLAC files, RFC 9639: the mark "fLaC", metadata
// blocks, and frames one behind the other.
//
// A frame says neither how long it is nor where it stands in the file, and its
// sync code comes up in coded sound by chance. So a frame ends only where its
// CRC-16 comes out right and a header with a right CRC-8, or the file's end,
// follows (frame.go). Whoever reads the file this way has checked it: packets
// say that they are, and the decoder need not do so again.
//
// Frames count for themselves, and they are believed before STREAMINFO, which
// may lack, or may be wrong about block sizes, the samples' width and the
// length of the whole; that one the last frame of the file knows. Where the
// sampling rate, the channels, the width or the count change, another link
// begins (link.go) and ReadPacket returns media.ErrNewStreams; PTS start at 0
// again. Streams of the time before the header said what its number counts are
// told apart by their second frame.
//
// Seek is exact to the frame that holds the wanted sample, with a seek table or
// without one (seek.go).
package flac
