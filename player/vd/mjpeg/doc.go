// Package mjpeg decodes motion JPEG: a row of pictures by ISO/IEC 10918-1 (ITU-T
// T.81), baseline and extended sequential with 8 bits and Huffman codes.
// Clauses in comments are T.81's.
//
//	decode.go  the marker segments of a picture, and what is told of them
//	scan.go    a scan's entropy-coded data, up to samples
//
// Code tables are player/internal/jpeg's; those of annex K hold where a picture
// brings none, as in AVI files.
//
// Two pictures of half the height in one packet are the fields of one, as
// capture cards wrote them.
//
// Samples use the whole range from 0 to 255, which Picture.Full says.
package mjpeg
