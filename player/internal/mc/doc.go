// Package mc is motion compensation by half pixels, as MPEG-1, MPEG-2, H.263
// and MPEG-4 have it: a block of a reference picture, moved by halves of a
// pixel, becomes a prediction, or is averaged with one that is there.
//
// The averages of two round a half up, those of four round a half up; MPEG-4
// asks in every other picture for the other way, so that errors of rounding
// do not add up over many pictures.
//
// The functions work on four samples at once, in a word.
//
// A whole macroblock, luma and colour, is one call. On ARM its blocks are kernels
// that internal/gen writes.
package mc

//go:generate go run ./internal/gen
