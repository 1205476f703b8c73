package subtitle

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf16"

	"linnet/player/internal/charset"
	"linnet/player/media"
)

// A Cue is a text and when it is shown.
type Cue struct {
	Start, End time.Duration
	Text       string // lines are parted by '\n'
	Italic     bool
	Top        bool // it stands at the top of the picture
}

// A Track is the cues of a file, in the order of their starts.
type Track struct {
	Cues    []Cue
	Charset charset.Charset
	longest time.Duration // of a cue
}

const (
	stage = "subtitle"
	// maxSize is more than any file of text has.
	maxSize = 16 << 20
	// maxCues bounds memory.
	maxCues = 100_000
)

// Parse reads a file. rate is that of the film's pictures, by which MicroDVD
// counts where it does not say. The errors are *media.FormatError: nothing in
// it is a subtitle.
func Parse(data []byte, rate media.Rational) (*Track, error) {
	if len(data) > maxSize {
		return nil, &media.FormatError{Stage: stage, Offset: maxSize, Msg: "the file is too large for text"}
	}
	text, set := decode(data)
	t := &Track{Charset: set}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	for _, parse := range []func([]string, media.Rational) []Cue{parseASS, parseMicroDVD, parseSRT} {
		if t.Cues = parse(lines, rate); len(t.Cues) > 0 {
			break
		}
	}
	if len(t.Cues) == 0 {
		return nil, &media.FormatError{Stage: stage, Offset: -1, Msg: "there are no subtitles in it"}
	}
	slices.SortStableFunc(t.Cues, func(a, b Cue) int { return cmp.Compare(a.Start, b.Start) })
	for _, c := range t.Cues {
		t.longest = max(t.longest, c.End-c.Start)
	}
	return t, nil
}

// At appends what is shown at a time to dst.
func (t *Track) At(dst []Cue, at time.Duration) []Cue {
	first := sort.Search(len(t.Cues), func(i int) bool { return t.Cues[i].Start >= at-t.longest })
	for _, c := range t.Cues[first:] {
		if c.Start > at {
			break
		}
		if at < c.End {
			dst = append(dst, c)
		}
	}
	return dst
}

// decode finds out how a file is coded.
func decode(b []byte) (string, charset.Charset) {
	if s, ok := decodeUTF16(b); ok {
		return s, "UTF-16"
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	set := charset.Guess([][]byte{b}).Charset
	return set.String(b), set
}

// decodeUTF16 decodes what has its byte order mark, or zeros in every other
// byte as text of it has, line ends at least.
func decodeUTF16(b []byte) (string, bool) {
	var zeros [2]int
	for i, v := range b[:min(len(b), 4096)] {
		if v == 0 {
			zeros[i&1]++
		}
	}
	big := 0 // the place of a pair's upper byte
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		big, b = 1, b[2:]
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		b = b[2:]
	case zeros[0]+zeros[1] == 0:
		return "", false
	case zeros[1] > zeros[0]:
		big = 1
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = uint16(b[2*i+big])<<8 | uint16(b[2*i+1-big])
	}
	return string(utf16.Decode(u)), true
}

// tidy is a text as it is shown: without blank lines and outer blanks.
func tidy(text string) string {
	var lines []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.Join(strings.Fields(strings.Map(visible, l)), " "); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// visible drops what is no part of a line of text.
func visible(r rune) rune {
	if r < ' ' && r != '\t' || r == 0x7f || r == 0xfeff {
		return -1
	}
	return r
}
