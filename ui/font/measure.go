package font

import (
	"strings"
	"unicode/utf8"

	"linnet/ui/gal/rgb565"
)

// Width is how far text moves the pen, in pixels.
func Width(s Style, text string) int { return width(s, text, false) }

// WidthTabular is Width with digits of one width.
func WidthTabular(s Style, text string) int { return width(s, text, true) }

func width(s Style, text string, tabular bool) int {
	var w walker
	w.walk(s, 0, text, tabular)
	for w.next() {
	}
	return w.x
}

const ellipsis = "…"

// Ellipsis is text if it fits width, else as much of its beginning as fits
// with an ellipsis behind it; nothing where not even that fits. No character
// is cut in half, nor parted from its marks.
func Ellipsis(s Style, text string, width int) string { return Fit(s, text, width).String() }

// Cut is a text that was made to fit. Unlike the string that it stands for, it
// takes no memory.
type Cut struct {
	head, tail string
	short      bool // an ellipsis stands between them
}

// String is the text as it is shown.
func (c Cut) String() string {
	if !c.short {
		return c.head
	}
	return c.head + ellipsis + c.tail
}

// Draw sets the text as the function Draw does.
func (c Cut) Draw(dst *rgb565.Image, s Style, x, baseline int, fg rgb565.Color, curve Curve) int {
	var w walker
	w.walkCut(s, x, &c)
	return w.draw(dst, baseline, fg, curve)
}

// width is how far the text moves the pen.
func (c *Cut) width(s Style) int {
	var w walker
	w.walkCut(s, 0, c)
	for w.next() {
	}
	return w.x
}

// Fit is Ellipsis for a text that is drawn and then forgotten.
func Fit(s Style, text string, width int) Cut {
	if Width(s, text) <= width {
		return Cut{head: text}
	}
	return shorten(s, prefix(s, text, width-Width(s, ellipsis)), "", width)
}

// FitMiddle is Fit for file names: what does not fit is cut out of the middle,
// and the extension stays.
func FitMiddle(s Style, text string, width int) Cut {
	if Width(s, text) <= width {
		return Cut{head: text}
	}
	ext := extension(text)
	stem := text[:len(text)-len(ext)]
	room := width - Width(s, ellipsis) - Width(s, ext)
	if room < 3*s.em() {
		return Fit(s, text, width)
	}
	tail := suffix(s, stem, room*2/5)
	head := prefix(s, stem[:len(stem)-len(tail)], room-Width(s, tail))
	return shorten(s, head, text[len(stem)-len(tail):], width)
}

// shorten joins head, an ellipsis and tail, and takes from head until they fit.
func shorten(s Style, head, tail string, width int) Cut {
	for {
		c := Cut{strings.TrimRight(head, " .…"), tail, true}
		if c.width(s) <= width {
			return c
		}
		if c.head == "" {
			return Cut{}
		}
		head = dropLast(c.head)
	}
}

// dropLast takes the last character off, with its marks.
func dropLast(text string) string {
	for text != "" {
		c, n := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-n]
		if k := classOf(c); k != mark && k != hidden {
			break
		}
	}
	return text
}

// prefix is the longest beginning of text that fits width.
func prefix(s Style, text string, width int) string {
	var w walker
	w.walk(s, 0, text, false)
	for w.next() {
		if w.x > width {
			return text[:w.at]
		}
	}
	return text
}

// suffix is the longest end of text that fits width.
func suffix(s Style, text string, width int) string {
	rest := text
	for rest != "" {
		shorter := dropLast(rest)
		if Width(s, text[len(shorter):]) > width {
			break
		}
		rest = shorter
	}
	return strings.TrimLeft(text[len(rest):], " ")
}

// extension is a file name's last part with its dot, if it is one: up to
// five letters or digits behind a stem.
func extension(name string) string {
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || len(name)-dot < 2 || len(name)-dot > 6 {
		return ""
	}
	for _, c := range name[dot+1:] {
		if c >= 0x80 || classOf(c) != word {
			return ""
		}
	}
	return name[dot:]
}
