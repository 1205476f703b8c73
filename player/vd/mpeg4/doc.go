// Package mpeg4 decodes MPEG-4 Part 2 video, ISO/IEC 14496-2: simple profile, with
// short headers, too (H.263 without its options), and advanced simple profile:
// pictures B, quarter pixels, both ways of quantising, interlaced pictures and
// global motion. Clauses in comments are that standard's.
//
// A packet is what a container has for one picture. The files follow its way:
//
//	header.go     video object layers and planes, and who wrote them
//	decode.go     the order of pictures
//	packet.go     video packets: where a plane can be entered anew
//	partition.go  those whose data are partitioned
//	short.go      planes with short headers, and their groups of macroblocks
//	macro.go      macroblocks of planes I and P
//	both.go       those of planes B
//	motion.go     vectors and their prediction
//	predict.go    prediction from other pictures
//	qpel.go       by quarter pixels
//	sprite.go     by the motion of the whole picture
//	quirks.go     what encoders of old did otherwise
//	block.go      coefficients, their prediction, inverse quantisation
//	frame.go      the picture store
//
// Some programs put a picture B behind the P that follows it into one packet,
// and a picture that is not coded into the next ("packed bitstream"): the
// second picture of a packet is given out with the next packet.
//
// Damage costs what is left of its video packet; what no packet brought is
// taken from the picture before, at the same place.
package mpeg4

//go:generate go run ./internal/gen
