// Package mpa demuxes MPEG audio elementary streams: the files that are
// called .mp3, .mp2, .mp1 or .mpa, which are frames of ISO/IEC 11172-3 or
// 13818-3 (Layers I, II and III, MPEG-1, 2 and 2.5, free format too) one
// behind the other, with whatever the years have put before, between and
// behind them: ID3v2, ID3v1, APE and Lyrics3 tags, zeros, other junk.
//
// A frame carries no checksum over its length and its sync word is short,
// so a header is believed only where others follow it at the distance that
// it announces (sync.go). In front of the sound most encoders put one frame
// that holds no sound but the facts that a raw stream lacks: how many frames
// there are and how many samples at both ends are the encoder's own
// (vbr.go). That frame is not given out.
//
// A stretch of one version, layer and sampling rate is a link, and a stream
// of its own. Where the file goes on with another, ReadPacket returns
// media.ErrNewStreams; PTS begin at 0 again, and Seek moves within the new
// link. A change of the channel mode stays within the link, and so does a
// second file that was put behind the first.
//
// Seek is exact to the sample. It walks headers, never trusting a bit rate,
// and remembers a bounded number of places on the way (seek.go).
package mpa
