// Package media is the vocabulary that every part of the player shares:
// packets, audio formats, streams, tags and the two kinds of error.
//
// It is a leaf: it imports nothing of this module, so a demuxer, a decoder,
// a sink and the core can all speak of the same things without knowing one
// another. Data flows one way through these types:
//
//	bytes -> Packet -> []int32 frames -> device
//
// Samples are always interleaved, left-justified signed 32-bit integers
// ("S32"): a 16-bit source stands in the upper 16 bits, full scale is
// ±2^31. There is no floating point anywhere on the way.
package media
