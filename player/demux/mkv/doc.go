// Package mkv takes the sound and the pictures out of Matroska and WebM files:
// RFC 8794 (EBML) and RFC 9559 (Matroska), with the codecs as the Matroska codec
// registry maps them.
//
//	head.go     what stands before the clusters: Info, Tracks, Cues, Tags
//	track.go    a track's entry
//	codec.go    -> a media.Stream, in the decoders' terms
//	film.go     tracks of pictures
//	text.go     and of subtitles
//	cluster.go  clusters -> blocks -> frames, with lacing
//	timing.go   how many frames of sound a packet stands for, and where it is
//	demux.go    packets with their places in time
//	seek.go     Cues, and bisection of clusters; the length
//
// It gives out the first track of sound whose coding has a decoder's name, all of
// pictures for which there is a decoder, and with these all subtitles that are text
// (SubRip's and SubStation Alpha's), in the order of the file; other tracks are
// listed as streams and read over. Whether there is a decoder for H.263 its first
// picture says.
//
// A block's time is in milliseconds in nearly all files, which places no
// packet to the frame. So a packet's frames are counted, from 0 at the track's
// first packet. After a seek there is nothing to count from; but the packets
// of a stream start at multiples of something (a grain: 1024 frames in AAC,
// a quarter of a short block in Vorbis) that is longer than the milliseconds'
// error, so the nearest multiple is exact. FLAC says its place itself. Where
// no multiple is near, the time is taken as it stands. A time that lies
// more than a tenth of a second behind the count is a gap, and reported as one.
//
// Pictures have the times of their blocks, counted from where the sound begins.
// Where a track came from an AVI file (V_MS/VFW/FOURCC), these are in the order
// of decoding, and the stream says so.
//
// Behind damage, reading goes on with the next Cluster, which is found by its
// identifier.
package mkv
