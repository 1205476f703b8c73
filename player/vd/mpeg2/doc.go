// Package mpeg2 decodes MPEG-1 and MPEG-2 video: ISO/IEC 11172-2, and
// 13818-2 with 4:2:0 colour, frames and fields, which is all of its main
// profile. Clauses in comments are those of 13818-2.
//
// A packet is an access unit: one picture, or one field of it, with the
// headers in front. The files follow its way:
//
//	decode.go   units of a packet, the order of pictures
//	conceal.go  what is done about lost macroblocks
//	slice.go    rows of macroblocks, their addresses and types
//	motion.go   motion vectors
//	predict.go  prediction from other pictures
//	block.go    coefficients, inverse quantisation and transform
//	frame.go    the picture store
//
// The bit stream's tables are look-ups made by internal/gen. Coefficients are
// found by one look-up of nine bits, the sign included, or, for the rare long
// codes, a second one. Nothing is allocated once the first pictures are
// through.
//
// Damage costs what is left of its slice. Macroblocks that no slice brought
// are taken from the picture before, at the same place; the packet's error
// says that it was so.
package mpeg2

//go:generate go run ./internal/gen
