// Package tags reads what files say of themselves. Around the sound in MPEG
// audio files stand ID3v2 (2.2, 2.3 and 2.4) in front, APEv2, Lyrics3 and ID3v1
// behind; Vorbis, Opus and FLAC files hold Vorbis comments, and MP4 and
// QuickTime files have metadata of their own. It serves the demuxers, which must
// know where the sound begins and ends and how iTunes says it is to be trimmed,
// and package player/tag, which is for everybody else.
//
// A tag's fields come in sizes that the file claims. Nothing here allocates
// by such a size: text is read up to MaxText bytes, a picture grows as it is
// read up to MaxCover, and whatever does not make sense ends the reading of
// that tag, with what was read until then.
package tags
