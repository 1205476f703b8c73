// Package aac decodes AAC LC, ISO/IEC 14496-3 subpart 4 and ISO/IEC 13818-7, of
// one to eight channels, in integer arithmetic: the same bits come out
// everywhere, and decoding allocates nothing.
//
// The way of a frame is
//
//	elements.go    the syntactic elements of a raw data block
//	ics.go         windows, sections, scale factors
//	spectrum.go    Huffman codes -> 1024 integers a channel; pulses
//	requant.go     -> spectral lines
//	noise.go       lines that are only known by their energy
//	stereo.go      middle/side and intensity stereo
//	tns.go         the filters over a spectrum
//	filterbank.go  -> 1024 samples of sound
//
// # Precision
//
// A line has 3 bits behind the point where full scale is 2^15, times 1024 by the
// transform; a line of a short window, whose transform makes it larger by eight
// times less, 6. So what is before the sound is rounded at about 2^-12 of a
// 16-bit sample's last place, and lines may be 30 dB above what sound of full
// scale has before they are held. The sound itself is clipped to 32 bits, of
// which the lowest six are zero.
//
// # What is not decoded
//
// Of HE-AAC, version 1 and 2, the core is heard: at half of the sampling rate,
// without the band above it, and in mono where there is parametric stereo.
// Coupling channels are read and not heard. AAC Main, SSR, LTP and frames of
// 960 samples are refused.
//
// The check words of ADTS frames are stepped over, as the place of what they
// cover is only known when it is decoded.
//
// Noise substitution takes its noise from the packet's position, so that the
// same sound comes whenever a packet is decoded: straight, or after a seek.
//
// Where a frame is damaged, the sound before it fades out by its own overlap,
// and Decode reports a *media.FormatError.
package aac

//go:generate go run ./internal/gen
