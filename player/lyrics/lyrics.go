// Package lyrics reads LRC: the lines of a song and when each is sung.
//
// The format has no standard; this is what files in use have. A line begins with
// one or more times in brackets, [mm:ss.xx] with hundredths, thousandths or
// nothing behind the point, and is sung at each of them. Within it, enhanced
// files put a time in angle brackets before each word. [offset:ms] brings all
// of it so much forward. Other tags, such as [ar:NAME], say what is sung; they
// and lines without a time are left out.
//
// Text is UTF-8 or, as most Chinese files, GB18030: what is not valid as the
// first is decoded by what its bytes look like.
package lyrics

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"linnet/player/internal/charset"
)

// A Line is sung from At on. Words is where parts of Text begin to be sung, in
// order; a file that does not say has none.
type Line struct {
	At    time.Duration
	Text  string
	Words []Word
}

// A Word says that Text[From:] is sung from At on.
type Word struct {
	At   time.Duration
	From int
}

// Limits of what is read: no song is longer.
const (
	maxSize  = 1 << 20
	maxLines = 10000
)

// Parse returns the lines in the order in which they are sung. A file that has
// none is no error.
func Parse(data []byte) []Line {
	var lines []Line
	offset := time.Duration(0)
	for _, row := range strings.FieldsFunc(decode(data[:min(len(data), maxSize)]), func(r rune) bool { return r == '\n' || r == '\r' }) {
		times, rest := starts(strings.TrimSpace(row))
		if len(times) == 0 {
			if ms, ok := strings.CutPrefix(strings.ToLower(rest), "[offset:"); ok {
				offset = milliseconds(strings.TrimSuffix(ms, "]"))
			}
			continue
		}
		text, words := parts(rest)
		for _, at := range times {
			if len(lines) < maxLines {
				lines = append(lines, Line{at, text, shifted(words, at-times[0])})
			}
		}
	}
	for i := range lines {
		l := &lines[i]
		l.At = max(l.At-offset, 0)
		l.Words = shifted(l.Words, -offset)
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return int(max(min(a.At-b.At, 1), -1)) })
	return lines
}

// decode is the text of a file.
func decode(data []byte) string {
	if utf8.Valid(data) {
		return strings.TrimPrefix(string(data), "\ufeff")
	}
	return charset.Guess([][]byte{data}).Charset.String(data)
}

// starts takes the times from the beginning of a row.
func starts(row string) (times []time.Duration, rest string) {
	for {
		if !strings.HasPrefix(row, "[") {
			return times, row
		}
		end := strings.IndexByte(row, ']')
		if end < 0 {
			return times, row
		}
		at, ok := clock(row[1:end])
		if !ok {
			return times, row
		}
		times = append(times, at)
		row = strings.TrimLeft(row[end+1:], " ")
	}
}

// parts takes the times of words out of a line.
func parts(row string) (text string, words []Word) {
	var b strings.Builder
	for row != "" {
		open := strings.IndexByte(row, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(row[open:], '>')
		if end < 0 {
			break
		}
		at, ok := clock(row[open+1 : open+end])
		if !ok {
			b.WriteString(row[:open+1])
			row = row[open+1:]
			continue
		}
		b.WriteString(row[:open])
		words = append(words, Word{at, b.Len()})
		row = row[open+end+1:]
	}
	b.WriteString(row)
	text = strings.TrimRight(b.String(), " ")
	for i := range words {
		words[i].From = min(words[i].From, len(text))
	}
	return text, words
}

// shifted is words that are sung so much later.
func shifted(words []Word, by time.Duration) []Word {
	if by == 0 || len(words) == 0 {
		return words
	}
	out := slices.Clone(words)
	for i := range out {
		out[i].At = max(out[i].At+by, 0)
	}
	return out
}

// clock reads mm:ss, mm:ss.xx or hh:mm:ss.xx.
func clock(s string) (time.Duration, bool) {
	whole, part, _ := strings.Cut(s, ".")
	fields := strings.Split(whole, ":")
	if len(fields) == 3 && len(fields[2]) == 2 && part == "" && len(fields[0]) == 2 {
		// mm:ss:xx, as some write it; hours are written with a point.
		fields, part = fields[:2], fields[2]
	}
	if len(fields) < 2 || len(fields) > 3 {
		return 0, false
	}
	seconds := 0
	for _, f := range fields {
		n, ok := number(f)
		if !ok {
			return 0, false
		}
		seconds = seconds*60 + n
	}
	if part != "" {
		if _, ok := number(part); !ok {
			return 0, false
		}
	}
	ms, _ := number((part + "000")[:3])
	return time.Duration(seconds)*time.Second + time.Duration(ms)*time.Millisecond, true
}

// number reads up to four digits.
func number(s string) (n int, ok bool) {
	if s == "" || len(s) > 4 {
		return 0, false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// milliseconds reads an offset with its sign; what is none is 0.
func milliseconds(s string) time.Duration {
	s = strings.TrimSpace(s)
	sign := time.Millisecond
	if t, ok := strings.CutPrefix(s, "-"); ok {
		s, sign = t, -time.Millisecond
	}
	n, _ := number(strings.TrimPrefix(s, "+"))
	return time.Duration(n) * sign
}
