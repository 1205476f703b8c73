// Package opus decodes Opus, RFC 6716 with the updates of RFC 8251: SILK, CELT,
// both together, and the changes between them; packets of all kinds, and of
// several streams for up to 8 channels (RFC 7845 clause 5.1.1).
//
// It is integer arithmetic throughout, so the same bits come out everywhere,
// and they are those of the reference implementation, version 1.3, built for
// fixed point. Decoding allocates nothing. The way of a packet is
//
//	packet.go   what it holds: frames
//	stream.go   a frame -> its layers, and the fades where the mode changes
//	decoder.go  streams -> channels, gain
//
// Below are internal/entropy, the range decoder, internal/silk for speech and
// low frequencies, and internal/celt for the rest.
//
// A packet that can't be taken apart is damaged, and so is an empty one:
// concealment as long as the packet before takes its place. Damage inside a
// frame can't be noticed, and sounds.
package opus
