// Package adpcm decodes the two kinds of ADPCM that live in WAVE files, as
// Microsoft's "Multimedia Data Standards Update" of 1994 describes them: IMA
// (DVI) ADPCM and Microsoft ADPCM, four bits a sample, in blocks that can be
// decoded each by itself; and QuickTime's IMA ADPCM ("ima4"), of CAF, AIFF-C and
// QuickTime files, as Apple's Technical Note TN1081 describes it.
//
// All are integer codecs, and the samples are exact. Where the texts leave
// room the samples are those that FFmpeg gives: the step of IMA ADPCM is
// (2*code+1)*step/8 in one division, QuickTime's a sum of three that round
// apart. On ARM, assembly for ARMv4T decodes the codes; the build tag purego
// does without it.
package adpcm

//go:generate go run ./internal/gen -o tables.go
