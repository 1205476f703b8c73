// Package aac reads what says how AAC is coded, for the demuxers that look
// for it and the decoder that obeys it: the AudioSpecificConfig of ISO/IEC
// 14496-3 clause 1.6, the headers of ADTS (annex 1.A), the program config
// element (clause 4.4.1.1), and from these which channel goes where; and it steps
// over elements without sound, for Apple Lossless as well.
//
// SBR and PS, the extensions of HE-AAC, are noticed wherever they are
// signalled, and not decoded: what is described is the AAC-LC core under them,
// at the core's sampling rate and with its channels.
package aac
