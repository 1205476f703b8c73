// Package mp4 takes MP4, M4A, M4B and QuickTime files apart: ISO/IEC 14496-12
// (the base format) and 14496-14 (MP4), Apple's QuickTime File Format, and the
// mappings of ALAC, FLAC, Opus and PCM (ISO/IEC 23003-5) into them; whole ones,
// with the index in front or behind, and fragmented ones.
//
// It gives the first track of sound whose coding it knows the name of, and the
// pictures (film.go) that there are decoders for: MPEG-1, MPEG-2, MPEG-4 Part 2 and
// motion JPEG, in the order in which they lie in the file, and with these the
// subtitles that are timed text (text.go): 3GPP's (TS 26.245), and QuickTime's, from
// which that comes. Other tracks are listed as streams and read over; those that hold
// the names of chapters, a cover or timing hints are not even listed. A picture's time
// counts from where the sound begins, and so does a subtitle's, which comes before the
// pictures over which it is shown, wherever it lies.
//
// The index of such a file says for each packet, in tables of runs, how long it
// lasts, how large it is and where it lies. That is hundreds of kilobytes
// for an album in one file, so the tables stay in the file: a cursor
// (table.go) stands in each of them and sees it through a window of 512 bytes.
// Libraries that parse MP4 read all of the tables into memory, some after
// allocating what the file claims, and that is why none is used here.
//
// Where sound begins and ends to the sample is said by an edit list, whose
// end is only as exact as the film's clock and therefore completed by
// the last packet's duration, or by iTunes's iTunSMPB comment, which is believed
// first (trim.go). Of an edit list, one stretch of the track is played: what
// it cuts away at both ends is cut, silence that it puts in front is not made,
// and a list that joins pieces in another order is not obeyed.
//
// Seeking is exact to the sample: packets are found by their number or time,
// and then come those in front that the codec needs to warm up. Of subtitles, those
// come that are shown with the first picture.
package mp4
