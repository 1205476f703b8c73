package font

import (
	"strings"
	"unicode/utf8"
)

// Wrap breaks text into at most maxLines lines that fit width; if more is
// left, the last ends in an ellipsis. Lines break at spaces, after hyphens,
// and beside Han, but never before closing punctuation or after opening
// punctuation, and within a word only where it alone is too wide. A newline
// in text breaks too. Spaces at a break are dropped. A line exceeds width
// only where not even one character fits.
func Wrap(s Style, text string, width, maxLines int) []string {
	var lines []string
	for text != "" && len(lines) < maxLines {
		if len(lines) == maxLines-1 {
			return append(lines, lastLine(s, text, width))
		}
		n := lineLength(s, text, width)
		lines = append(lines, strings.TrimRight(text[:n], " \r\n"))
		text = strings.TrimLeft(text[n:], " ")
	}
	return lines
}

// WrapEven is Wrap for a few lines that stand alone, as in a dialog: where the last one
// would be a word or two, the others are shorter and it is longer.
func WrapEven(s Style, text string, width, maxLines int) []string {
	const step, least = 4, 3 // pixels; the last line's part of the width
	lines := Wrap(s, text, width, maxLines)
	for room := width - step; room > width/2 && len(lines) > 1 && Width(s, lines[len(lines)-1]) < width/least; room -= step {
		even := Wrap(s, text, room, maxLines+1)
		if len(even) != len(lines) {
			break
		}
		lines = even
	}
	return lines
}

// lastLine is what is shown of text where only one line is left.
func lastLine(s Style, text string, width int) string {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.TrimRight(line, " \r")
	if strings.TrimSpace(rest) != "" {
		return shorten(s, prefix(s, line, width-Width(s, ellipsis)), "", width).String()
	}
	return Ellipsis(s, line, width)
}

// lineLength is how much of text goes on a line, its newline included.
func lineLength(s Style, text string, width int) int {
	var w walker
	w.walk(s, 0, text, false)
	last, fits := 0, 0 // ends: of the last chance to break, of what fits
	before, previous := rune(0), rune(0)
	for w.next() {
		c, _ := utf8.DecodeRuneInString(text[w.at:])
		if c == '\n' {
			return w.pos
		}
		if w.at > 0 && mayBreak(before, previous, c) {
			last = w.at
		}
		if w.x > width && c != ' ' {
			break
		}
		fits = w.pos
		before, previous = previous, c
	}
	switch {
	case fits == len(text):
		return fits
	case last > 0:
		return last
	case fits > 0:
		return parted(s, text[:fits], width)
	default:
		return w.pos // not even one character fits: take it all the same
	}
}

// parted is how much of a word fits when it is cut: the cut may have changed
// the form of the punctuation before it, and so its width.
func parted(s Style, text string, width int) int {
	for Width(s, text) > width {
		shorter := dropLast(text)
		if shorter == "" {
			break
		}
		text = shorter
	}
	return len(text)
}

// mayBreak says whether a line may end between a and c; before is what
// precedes a.
func mayBreak(before, a, c rune) bool {
	k := classOf(c)
	switch {
	case c == ' ' || k == mark || k == hidden || noStart(c) || noEnd(a):
		return false
	case a == ' ':
		return true
	case isWide(a) || isWide(c):
		return true
	case a == '-' || a == '/':
		return classOf(before) == word && k == word && (c < '0' || c > '9')
	default:
		return a == '–' || a == '—'
	}
}

// noStart is true of what must not begin a line: closing punctuation, the
// second half of a dash or an ellipsis, small kana and marks of repetition.
func noStart(c rune) bool {
	return strings.ContainsRune("，。！？；：、．）》〉」』】〕〗］｝％‰℃”’…—·・!?;:,.)]}%"+
		"々〻ー゛゜ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ", c)
}

// noEnd is true of what must not end a line: opening punctuation and signs
// that belong to the number behind them.
func noEnd(c rune) bool {
	return strings.ContainsRune("（《〈「『【〔〖［｛“‘￥＄([{¥$£€№", c)
}
