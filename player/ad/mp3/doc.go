// Package mp3 decodes MPEG audio: Layers I, II and III of MPEG-1 (ISO/IEC
// 11172-3), of MPEG-2's low sampling rates (ISO/IEC 13818-3) and of the
// "MPEG-2.5" extension to 8, 11.025 and 12 kHz.
//
// It is integer arithmetic throughout, laid out for 32-bit machines without
// a floating-point unit: the same bits come out everywhere, and decoding
// allocates nothing. The way of a Layer III frame is
//
//	sideinfo.go   side information
//	reservoir.go  main data, which may begin in frames before
//	scalefac.go   scale factors
//	huffman.go    Huffman codes -> 576 integers a granule and channel
//	requant.go    -> spectral lines
//	stereo.go     middle/side and intensity stereo
//	reorder.go    lines of short blocks by frequency; alias reduction
//	imdct.go      -> 18 samples in each of 32 subbands
//	synth.go      dct32.go, windowing -> 576 samples of sound
//
// while frames of Layers I and II (layer1.go, layer2.go, layer12.go) come to
// subband samples at once (dequant.go).
//
// Lines and subband samples have 26 bits behind the point and 5 before it, so
// that sums may reach 32 times full scale on their way, and two values of the
// last transform 16 times; only sound is clipped. The error against a decoder
// in floating point is about 2^-22 of full scale, in Layers I and II 2^-23,
// where full accuracy of ISO/IEC 11172-4 allows 2^-16.8.
//
// The kernels (filterBank, dct32, windowing, imdct36, reduceAlias, midSide,
// requantizeBands, pairs, quads, dequantize) are functions over arrays and
// slices with nothing else in them: in Go, as xGeneric, and in assembly for
// ARM without the multiplications of ARMv5 (x_arm.s), which the build tag
// purego leaves out. Both give the same bits. There, a product's upper half is
// one instruction, and so is a product that is added to a sum of 64 bits, if
// the coefficient is a signed number of 32 bits.
//
// A frame that is damaged is concealed: its sound fades out by the overlap of
// the one before, Decode reports a *media.FormatError, and what the frame has
// for later ones is kept.
package mp3

//go:generate go run ./internal/gen
