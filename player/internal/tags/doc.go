// Package tags reads what stands around the sound in audio files: ID3v2 (2.2,
// 2.3 and 2.4) in front, APEv2, Lyrics3 and ID3v1 behind, and the metadata of
// FLAC. It serves the demuxers, which must know where the sound begins and
// ends and how iTunes says it is to be trimmed, and package player/tag, which
// is for everybody else. Vorbis comments and FLAC's pictures, which other
// containers have, too, are read wherever they stand; and so is what a field of
// any of them, or of an MP4's, says of loudness.
//
// A tag's fields come in sizes that the file claims. Nothing here allocates
// by such a size: text is read up to MaxText bytes, a picture grows as it is
// read up to MaxCover, and whatever does not make sense ends the reading of
// that tag, with what was read until then.
package tags
