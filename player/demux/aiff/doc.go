// Package aiff takes AIFF and AIFF-C files apart: Apple's "Audio Interchange
// File Format" 1.3 of 1989 and "AIFF-C" draft of 1991.
//
// It reads linear PCM of 8 to 32 bits in either byte order, floating point,
// A-law, mu-law and QuickTime's IMA ADPCM, in one stream with ID 0. The chunks
// may stand in any order; where the common chunk and the sound data disagree
// about the length, the shorter one holds. NAME, AUTH and ANNO become tags.
package aiff
