// Package flac is what a demuxer and a decoder of FLAC both need: the
// STREAMINFO block, the frame header and the two checksums of RFC 9639.
//
// The CRC-16 is most of what a demuxer has to do. It is a division by words, not
// by tables (reduce); that and the search for sync codes are assembly on ARM,
// without the build tag purego.
//
// FLAC also travels in Ogg, MP4 and Matroska, each of which wraps the
// metadata in its own way. All of them hand the decoder the same thing as
// media.Stream.Config: the 34 bytes of the STREAMINFO block without the block
// header, which FindStreamInfo gets out of the wrappings.
package flac

//go:generate go run ./internal/gen
