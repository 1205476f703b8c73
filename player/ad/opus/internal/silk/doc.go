// Package silk decodes the SILK layer of Opus, RFC 6716 clause 4.2 with the
// updates of RFC 8251, to 48 kHz, to the bit as the reference implementation
// does, version 1.3. The way of a frame is
//
//	decoder.go     the packet's flags; middle and side
//	channel.go     one frame of one channel
//	indices.go     its side information; pulses.go its excitation
//	parameters.go  gains, pitch, and filters (frequency.go, lpc.go)
//	synthesis.go   excitation -> long-term (long.go) and short-term filter
//	stereo.go      middle and side -> left and right
//	resample.go    48 kHz
//
// The filters are kernels: kernel_generic.go says what they do, and kernel_arm.s
// does the same, to the bit, on an ARM9, unless the tag purego leaves it out.
//
// plc.go conceals lost frames; comfort.go puts noise under that.
package silk
