// Package adts demuxes AAC as it stands by itself: the files that are called
// .aac, which are frames of ADTS, ISO/IEC 14496-3 annex 1.A, one behind the
// other, with ID3 or APE tags around them.
//
// Frames begin as those of MPEG audio do, but for the layer's bits, which are
// zero here and never there. A header is believed only where others that agree
// with it follow at the distance that it announces (sync.go). A stretch with one
// sampling rate and channel configuration is a stream of its own; where another
// follows, ReadPacket returns media.ErrNewStreams, and positions begin at 0
// again.
//
// Nothing in such a file says how long it is, or how much of it is the
// encoder's own. Files of up to 512 KiB are counted when they are opened; of
// longer ones the length is estimated from frames at several places. Seek is
// exact all the same: it walks over the headers, and remembers a bounded number
// of places on the way.
package adts
