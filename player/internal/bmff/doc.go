// Package bmff walks the boxes of ISO base media files (ISO/IEC 14496-12)
// and of QuickTime files, from which they come: MP4, M4A, M4B and MOV.
//
// Boxes claim sizes, of 32 or 64 bits, and lie within one another. A Walker
// goes over the boxes of one level, never behind the end of what contains
// them, always forward, and over no more than a fixed number of them, so that
// no file can keep it busy. A Window reads the fields and tables in them where
// they lie: the sample tables of a film of hours take megabytes, and a board
// has other uses for those.
package bmff
