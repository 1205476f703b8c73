// Package cue reads cue sheets, which say where in files tracks begin: files of their
// own, as CDRWIN and its successors write them, and sheets within files (Vorbis
// comments, APE tags, ID3v2, FLAC's CUESHEET block).
//
// A track of a sheet has a name as if the sheet were a folder, "album.cue/track0001",
// the way MPD names them; so it goes where names of files go: queues, playlists, the
// library. Behind opens such names: the media is the sheet's file with the range that
// the track is, so that tracks that follow each other are played without a gap.
//
// A track goes from its INDEX 01 to the next one's in the same file, or to the file's
// end; what is between an INDEX 00 and its INDEX 01 is the end of the track before.
// What is in front of the first track is not played, and PREGAP and POSTGAP, which are
// silence that is in no file, are not inserted. Times are minutes, seconds and frames
// of 1/75 s, 588 samples of 44.1 kHz.
//
// A sheet does not say its charset. It is the one of its byte order mark, or what its
// folder says in a file .charset, or what fits all of its lines best. One within a file
// is UTF-8 where it is valid, as the tags are that it stands in.
package cue
