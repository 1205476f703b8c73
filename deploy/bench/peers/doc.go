// Package peers gets the players and decoders that Linnet is measured against,
// as ARM programs.
//
// MPlayer, FFmpeg, madplay and flac are Debian's builds for armel (ARMv5TE
// without floating point), with their libraries. mpg123, Tremor, libopus and FAAD
// are built here from Debian's source packages, with the fixed-point arithmetic
// that their authors offer for CPUs like this one: Debian's builds of these
// decoders emulate floating point and would make poor rivals. Those are for
// ARMv4T, static, with full optimisation.
//
// All of it is fetched and built once and kept in a folder. A user's machine
// has every part: apt, and Debian's cross compiler.
package peers
