package font

import "unicode/utf8"

// walker sets a text: each step finds the next glyph and where it goes. It
// starts with x at the pen's first position, and ends with it behind the text.
type walker struct {
	style   Style
	text    string
	more    [2]string // follow text, as if they were one
	tabular bool      // digits of one width

	bold      bool // Han from the bold file
	pos       int  // in text, of what comes next
	x         int  // the pen
	previous  rune
	before    class   // of previous
	start     int     // where the last character that takes room began
	quoteWide [2]bool // the open double and single quote are in Han form
	quoteOpen [2]bool

	// The last step's result: the character began at text[at:].
	at     int
	c      rune
	class  class
	glyph  glyph
	glyphX int
}

// walk begins to set text with the pen at x.
func (w *walker) walk(s Style, x int, text string, tabular bool) {
	w.style, w.text, w.tabular, w.x, w.start = s, text, tabular, x, x
	w.bold = boldHan(s, text)
}

// walkCut begins to set what Fit has left.
func (w *walker) walkCut(s Style, x int, c *Cut) {
	w.style, w.text, w.x, w.start = s, c.head, x, x
	if c.short {
		w.more = [2]string{ellipsis, c.tail}
	}
	w.bold = boldHan(s, c.head) && boldHan(s, c.tail)
}

// boldHan says whether a bold style has all the Han of text.
func boldHan(s Style, text string) bool {
	bold, _, _ := s.files()
	if bold == nil {
		return false
	}
	for _, c := range text {
		if classOf(c) == han && !bold.has(c) {
			return false
		}
	}
	return true
}

// next takes a step; it returns false at the end of the text.
func (w *walker) next() bool {
	for w.pos >= len(w.text) {
		if w.more[0] == "" {
			return false
		}
		w.text, w.more, w.pos = w.more[0], [2]string{w.more[1]}, 0
	}
	c, n := utf8.DecodeRuneInString(w.text[w.pos:])
	w.at, w.pos = w.pos, w.pos+n
	if c < ' ' || c == 0x7F {
		c = ' '
	}
	w.c, w.class = c, classOf(c)
	w.place(w.form(c))
	return true
}

// place finds the glyph and moves the pen.
func (w *walker) place(c rune) {
	switch w.class {
	case hidden:
		w.glyph, w.glyphX = glyph{}, w.x
		return
	case mark:
		w.load(c)
		w.glyphX = (w.start+w.x-w.glyph.w)/2 - w.glyph.left
		return
	}
	w.load(c)
	if w.before == han && w.class == word || w.before == word && w.class == han {
		w.x += w.style.gap()
	}
	w.start, w.glyphX = w.x, w.x
	w.x += w.glyph.advance
	w.previous, w.before = w.c, w.class
}

// load finds the glyph of a character, or a box in its stead.
func (w *walker) load(c rune) {
	bold, common, rare := w.style.files()
	if (w.bold || w.class != han && w.class != stop) && bold.find(c, &w.glyph) || common.find(c, &w.glyph) || rare.find(c, &w.glyph) || w.style.beyond().find(c, &w.glyph) {
		return
	}
	em := w.style.em()
	if w.class != han && c < 0x1F000 {
		em = em * 2 / 3
	}
	if w.class == mark {
		w.glyph = glyph{}
		return
	}
	w.glyph = glyph{advance: em, left: 1, w: em - 2, h: w.style.em() * 3 / 4, top: w.style.em() * 3 / 4, missing: true}
}

// form chooses between the forms of a character, and counts a Han form as
// CJK punctuation.
func (w *walker) form(c rune) rune {
	switch {
	case w.tabular && c >= '0' && c <= '9':
		return tabularBase + c - '0'
	case c >= tabularBase && c < wideBase+16:
		return -1 // the text's own private characters are none of ours
	}
	i := -1
	switch c {
	case '“', '‘':
		i = w.open(c)
	case '”', '’':
		i = w.close(c)
	case '—':
		if next := w.peek(); next == c || w.previous == c || w.wideBefore() && isWide(next) {
			i = 4
		}
	case '…':
		if w.peek() == c || w.previous == c {
			i = 5
		}
	}
	if i < 0 {
		return c
	}
	w.class = stop
	return wideBase + rune(i)
}

// open is the Han form of an opening quote if Han stands between it and its
// closing one, which is looked for so far and no farther: a text of nothing
// but quotes shall not take forever.
func (w *walker) open(c rune) int {
	kind := 0
	if c == '‘' {
		kind = 1
	}
	w.quoteOpen[kind], w.quoteWide[kind] = true, false
	if w.wideWithin(c + 1) {
		w.quoteWide[kind] = true
		return 2 * kind
	}
	return -1
}

// wideWithin says whether Han comes before a closing quote.
func (w *walker) wideWithin(closing rune) bool {
	left := farthest
	for _, part := range [...]string{w.text[w.pos:], w.more[0], w.more[1]} {
		for i, next := range part {
			if next == closing || i > left {
				return false
			}
			if isWide(next) {
				return true
			}
		}
		left -= len(part)
	}
	return false
}

// close answers the quote that was opened; one that was not is the Han form
// after Han.
func (w *walker) close(c rune) int {
	kind := 0
	if c == '’' {
		kind = 1
	}
	wide := w.wideBefore()
	if w.quoteOpen[kind] {
		wide = w.quoteWide[kind]
	}
	w.quoteOpen[kind] = false
	if wide {
		return 2*kind + 1
	}
	return -1
}

// farthest is how many bytes behind an opening quote Han is looked for.
const farthest = 192

func (w *walker) wideBefore() bool { return w.before == han || w.before == stop }

// peek is the character that comes next, 0 at the end.
func (w *walker) peek() rune {
	rest := w.text[w.pos:]
	if rest == "" {
		rest = w.more[0]
	}
	if rest == "" {
		return 0
	}
	c, _ := utf8.DecodeRuneInString(rest)
	return c
}

func isWide(c rune) bool {
	k := classOf(c)
	return k == han || k == stop
}
