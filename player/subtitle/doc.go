// Package subtitle reads the text that is shown on films from files beside them:
// SubRip (.srt), Advanced and plain SubStation Alpha (.ass, .ssa) and MicroDVD
// (.sub); and from streams within it: SubRip, SubStation Alpha, and the timed text of
// MP4 and QuickTime files. Of styles it keeps what a small panel shows: italics, and
// whether the text stands above.
//
// What a file is comes from its text, not its name. How it is coded is found
// out: UTF-8, UTF-16, GB18030, Big5 and others. Damage costs the entry that it is
// in.
package subtitle
