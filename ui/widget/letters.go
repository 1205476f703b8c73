package widget

import (
	"image"
	"sort"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// Lettered is for rows in the order of their letters. Where there are many, a finger
// that is drawn along the list's right edge goes from letter to letter, as do the
// keys left and right.
type Lettered interface {
	// Letter is what row i stands under: 1 to 26 for A to Z, 0 for what comes
	// before and 27 for what comes behind. It is below 0 where rows have none.
	Letter(i int) int
}

const (
	letterCount = 28
	// letterRows is how many times the list's height all rows have, at least, for
	// letters to be of use.
	letterRows = 3
	letterEdge = 24 // how wide the edge is that letters are gone through by
	bubbleSize = 48
)

// letters goes from letter to letter.
type letters struct {
	on     bool             // the finger goes from one to the next
	begins [letterCount]int // the rows at which they begin
	names  [letterCount]int // which letters these are
	n      int              // how many there are
	shown  int              // one more than the letter that is shown in large
}

// lettered says whether the rows have letters that are of use.
func (l *List) lettered() bool {
	rows, ok := l.Rows.(Lettered)
	return ok && l.Rows.Len()*l.high() > letterRows*l.Rect().Dy() && rows.Letter(0) >= 0
}

// onEdge says whether a finger at p is to go from letter to letter.
func (l *List) onEdge(p image.Point) bool { return p.X >= l.Rect().Max.X-letterEdge && l.lettered() }

// findLetters looks where letters begin. It asks for a few hundred rows' letters,
// however many rows there are.
func (l *List) findLetters() {
	rows, n := l.Rows.(Lettered), l.Rows.Len()
	s := &l.letters
	s.n = 0
	for at := 0; at < n && s.n < letterCount; s.n++ {
		letter := rows.Letter(at)
		s.begins[s.n], s.names[s.n] = at, letter
		at += sort.Search(n-at, func(k int) bool { return rows.Letter(at+k) > letter })
	}
}

// slide goes to the letter beside which the finger is.
func (l *List) slide(p image.Point) {
	r, s := l.Rect(), &l.letters
	if !s.on {
		s.on = true
		l.findLetters()
	}
	if s.n > 0 {
		l.toLetter(max(0, min((p.Y-r.Min.Y)*s.n/r.Dy(), s.n-1)))
	}
}

// toLetter shows the rows of a letter, and the letter.
func (l *List) toLetter(i int) {
	s := &l.letters
	if s.shown == s.names[i]+1 && l.cur == s.begins[i] {
		l.showBar(true)
		return
	}
	s.shown = s.names[i] + 1
	l.cur = s.begins[i]
	l.off = max(0, min(l.cur*l.high(), l.limit()))
	l.showBar(true)
	l.InvalidateAll()
}

// letterKey goes to the letter before or behind that of the row with the focus. It
// reports false where there is none.
func (l *List) letterKey(k ial.Key) bool {
	l.findLetters()
	s := &l.letters
	i := sort.SearchInts(s.begins[:s.n], l.cur+1) // the first that begins behind the row
	if k == ial.KeyLeft {
		i = sort.SearchInts(s.begins[:s.n], l.cur) - 1 // the last that begins before it
	}
	if i < 0 || i >= s.n {
		return false
	}
	l.toLetter(i)
	return true
}

// bubble is where the letter is shown.
func (l *List) bubble() image.Rectangle {
	r := l.Rect()
	return image.Rect(0, 0, bubbleSize, bubbleSize).Add(image.Pt(r.Max.X-letterEdge-bubbleSize, r.Min.Y+56))
}

// hideLetter takes it away.
func (l *List) hideLetter() {
	if l.letters.shown > 0 {
		l.letters.shown = 0
		l.Invalidate(l.bubble())
	}
}

// paintLetter draws the letter in large.
func (l *List) paintLetter(dst *rgb565.Image) {
	const names = "#ABCDEFGHIJKLMNOPQRSTUVWXYZ#"
	i := max(1, min(l.letters.shown, len(names)))
	text, r := names[i-1:i], l.bubble()
	dst.RoundRect(r, l.Theme.RadiusRow, l.Theme.Raised)
	font.Draw(dst, font.Large, (r.Min.X+r.Max.X-font.Width(font.Large, text))/2, (r.Min.Y+r.Max.Y)/2+7, text, l.Theme.Text, l.Theme.Curve)
}
