// Package compare measures decoded sound against a reference as ISO/IEC
// 11172-4 does: by the RMS and the peak of the difference, relative to full
// scale.
//
// References are 16-bit. A perfect decoder's output differs from one by the
// reference's own rounding, whose RMS is the standard's limit already; so
// the sound is rounded to 16 bits before it is compared, as it is when it is
// written to a 16-bit file.
//
// Sound comes as pieces, one for each coded frame. A piece may be doubtful:
// its frame was damaged, or needs data from before the file's start. A
// reference may hold something else there, or nothing at all: decoders
// differ in that. Such pieces are left out, and where the reference goes on
// behind them is found by comparing what follows.
package compare
