// Package mpegvideo reads what demuxers and the decoder both must know of
// MPEG-1 and MPEG-2 video (ISO/IEC 11172-2 and 13818-2): the headers above
// the slices, and where one picture's bytes end and the next one's begin.
//
// An elementary stream is a row of units, each behind a start code of 00 00
// 01 and a byte that says what it is. A Cutter gathers them into access
// units: a picture's slices with all headers in front of them.
package mpegvideo
