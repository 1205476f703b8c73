// Package prepare turns a library into one that a board plays best: what the
// board plays cheaply is copied, the rest is transcoded by FFmpeg, and what was
// done before is left alone.
//
// What is cheap is known from counting, in million cycles of the 203 that the board
// has in a second:
//
//	sound   ADPCM and PCM 1, FLAC 7, AAC 13, MP2 and Vorbis 15, ALAC 19, MP3 20, Opus 36
//	video   320x240 at 25 Hz: MPEG-4 simple profile 49, MPEG-1 51, MPEG-4 advanced
//	        simple profile 59, Motion JPEG 99, and 30 to bring them to the panel
//
// player/BENCHMARKS.md has the tables of today, but none of MPEG-4. Pictures cost less by
// now (MPEG-1 42, Motion JPEG 96, the panel 27), so films have more room than is said here.
//
// So the targets are these.
//
//   - Sound that the board plays at 48 kHz or below in one or two channels is
//     copied, in whatever coding: coding it anew would save at most 23 million
//     cycles and always cost quality.
//   - Sound without loss that is not such (96 kHz, 5.1, WavPack, Monkey's Audio)
//     becomes FLAC of 16 bits, which is what the board's converter has, at the rate
//     that its crystal makes, so that nothing has to be resampled there.
//   - Other sound (Windows Media, Musepack, AC-3) becomes AAC LC of 160 kbit/s in
//     MP4: the cheapest coding with loss, and the best of these for its size.
//   - Films become MPEG-4 simple profile with AAC in MP4: the cheapest coding of
//     pictures. Without pictures B, quarter-pel and four vectors a macroblock, as
//     these are what makes the advanced profile dearer; not larger than the panel,
//     as then each picture reaches it without scaling; at 25 pictures a second or
//     fewer, and by even steps where that leaves 20; with a key picture every two
//     seconds, as a seek decodes from there on; and with a ceiling on the bit rate, as
//     bits cost, too. Films that are so already are copied, if all they need together
//     is below 120.
//
// Tags, covers, chapters, and the languages of all sound tracks go along; so do the
// files beside: lyrics, subtitles, pictures, and playlists, in which the names are
// changed where files have others. Subtitles within films that are text become such
// files: SubStation Alpha stays what it is, others become SubRip.
//
// A file appears under its name only when it is whole and is on the medium. It gets
// the time of its source, which is how the next run sees that it is done.
package prepare
