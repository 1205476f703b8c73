// Package mpegv takes elementary streams of MPEG-1 and MPEG-2 video apart:
// files that are nothing but video, as .m1v, .m2v and .mpv.
//
// Such a file has no times and no index. A picture's time is its place in the
// order of display by the sequence's rate of pictures. To seek, the places of
// groups are remembered as far as the file was read, and read on from there.
package mpegv
