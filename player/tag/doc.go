// Package tag reads what an audio file says about itself: ID3v1, ID3v2 (2.2
// to 2.4) and APEv2, as they stand around MPEG audio, the Vorbis comments and
// pictures of FLAC and Ogg, the tags and attachments of Matroska, and the
// metadata of MP4, QuickTime, RIFF, AIFF, Core Audio and ASF files. README.md has a table.
//
// It is for those who want to know a file without playing it, such as a
// library's scan, and for pictures, which the player does not carry along.
// It reads with bounded memory whatever the file claims: text up to 64 KiB a
// field, pictures up to 8 MiB. Broken tags are no errors; what can be read of
// them counts.
//
// Fields that do not say their charset, or say Latin-1, are read as what all of them
// fit best: UTF-8, GB18030, Big5, Shift_JIS, EUC-KR, Windows-1251 or Latin-1.
package tag
