package adts

import (
	"bytes"

	"linnet/player/internal/aac"
)

const (
	// startRun is how many frames have to agree where the sound starts, or
	// starts again behind damage.
	startRun = 3
	// maxJunk is how far into the file, behind its tags, the first frame is
	// looked for.
	maxJunk = 1 << 20
)

// alike says whether two headers may be of one stream: whether what ADTS calls
// the fixed header is the same, but for the check word.
func alike(a, b *aac.Header) bool {
	return a.MPEG2 == b.MPEG2 && a.Profile == b.Profile && a.Rate == b.Rate && a.Channels == b.Channels
}

// Match says whether a file that starts with head, 16 KiB of it, is one for
// New: whether frames begin it, or somewhere in head several do.
func Match(head []byte) bool {
	for at := 0; ; at++ {
		i := nextSync(head[min(at, len(head)):])
		if i < 0 {
			return false
		}
		at += i
		n, whole := run(head[at:], startRun+1)
		if n > startRun || at == 0 && (n >= startRun || n > 0 && whole) {
			return true
		}
	}
}

// nextSync is where a header may begin in b, -1 for nowhere.
func nextSync(b []byte) int {
	for i := 0; ; i++ {
		n := bytes.IndexByte(b[i:], 0xff)
		if i += n; n < 0 || len(b)-i < aac.HeaderSize {
			return -1
		}
		if _, ok := aac.ParseHeader(b[i:]); ok {
			return i
		}
	}
}

// run counts the headers that agree from the start of b on, at most most of
// them. whole says that b ends with the last of these frames.
func run(b []byte, most int) (n int, whole bool) {
	var first aac.Header
	for n < most {
		h, ok := aac.ParseHeader(b)
		if !ok || n > 0 && !alike(&first, &h) {
			return n, false
		}
		if n++; n == 1 {
			first = h
		}
		if h.Size >= len(b) {
			return n, h.Size == len(b)
		}
		b = b[h.Size:]
	}
	return n, false
}
