// Package caf takes Core Audio files apart: Apple's "Core Audio Format
// Specification 1.0" of 2006.
//
// It reads linear PCM and floating point in either byte order, A-law, mu-law,
// QuickTime's IMA ADPCM, ALAC, FLAC, AAC, Opus and MPEG audio, in one stream with
// ID 0. The chunks may stand in any order behind the first. The data chunk may be
// of a size that was never filled in; it then goes on to the end of the file.
//
// Packets of one size are found by arithmetic. Others are found by the packet
// table, which is read along with them through a small window, so that memory
// does not grow with the file: every so many packets their place is noted, for
// seeking.
//
// The packet table also says how many frames to drop at the start and at the
// end. What the information chunk says becomes tags.
package caf
