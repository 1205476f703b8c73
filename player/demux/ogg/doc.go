// Package ogg cuts Ogg files (RFC 3533) into packets: Vorbis (Vorbis I, annex
// A), Opus (RFC 7845) and FLAC (the mapping of RFC 9639, clause 10.1).
//
//	page.go     pages with their checksums; the way on behind damage
//	packets.go  pages of one stream -> packets
//	link.go     the beginning of a chain's link: its streams and their headers
//	timing.go   how many frames of sound a packet stands for
//	demuxer.go  packets with their places in time
//	seek.go     bisection by granule positions; the length of a link
//
// An Ogg page says where the sound of its last packet ends, its granule
// position, and no packet says anything of the kind. So each packet's frames
// are counted, from 0 at the link's first packet, and checked against the
// page's word. Where the first page has fewer frames than it has sound, the
// difference is to be trimmed there (media.Stream.Delay); where the last one
// has, it is at the end (Padding).
//
// Where several streams are multiplexed, the first that can be played is, and
// the rest is skipped. Links of a chain are told as media.ErrNewStreams.
package ogg

//go:generate go run ./internal/gen
