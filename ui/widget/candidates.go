package widget

import (
	"image"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/pinyin"
	"linnet/ui/theme"
)

// The bar of candidates: hanzi in cells, and at the right a chevron for more.
const (
	candWide = 34
	candLeft = 8
	candMore = 40 // width of the chevron's target
)

// bar is where the candidates are.
func (k *Keyboard) bar() image.Rectangle {
	r := k.Rect()
	return image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+kbBar+1)
}

// cell is where candidate i of those shown stands.
func (k *Keyboard) cell(i int) image.Rectangle {
	b := k.bar()
	x := b.Min.X + candLeft + i*candWide
	return image.Rect(x, b.Min.Y+1, x+candWide, b.Min.Y+kbBar-1)
}

// room is how many candidates are shown at once.
func (k *Keyboard) room() int { return (k.Rect().Dx() - candLeft - candMore) / candWide }

// paintBar draws the candidates.
func (k *Keyboard) paintBar(dst *rgb565.Image) {
	if !k.bar().Overlaps(dst.Rect) {
		return
	}
	t := k.Theme
	k.fit = min(len(k.found)-k.shown, k.room())
	for i := range k.fit {
		r := k.cell(i)
		ink := t.Text
		if i == 0 && k.shown == 0 {
			dst.RoundRect(r.Inset(2), t.RadiusSmall, t.Accent)
			ink = t.OnAccent
		}
		if k.holding && k.held == (kbKey{-1, i}) {
			dst.RoundRect(r.Inset(2), t.RadiusSmall, t.Line)
			ink = t.Text
		}
		if k.FocusShown() && k.focus == (kbKey{-1, i}) {
			dst.RoundRing(r, t.RadiusSmall, t.FocusRing, t.Focus)
		}
		font.Draw(dst, font.Body, r.Min.X+(candWide-15)/2, r.Min.Y+19, string(k.found[k.shown+i]), ink, t.Curve)
	}
	if len(k.found) > k.room() {
		b := k.bar()
		drawIcon(dst, t, image.Rect(b.Max.X-candMore, b.Min.Y, b.Max.X, b.Max.Y), theme.IconChevron, 16, t.Text2)
	}
}

// candidateAt is the candidate at a point; the one behind the last is more.
func (k *Keyboard) candidateAt(p image.Point) (kbKey, bool) {
	for i := range k.fit {
		if p.In(k.cell(i)) {
			return kbKey{-1, i}, true
		}
	}
	if len(k.found) > k.room() && p.X >= k.Rect().Max.X-candMore {
		return kbKey{-1, k.room()}, true
	}
	return kbKey{}, false
}

// take puts a candidate into the text and goes on with the syllables behind.
func (k *Keyboard) take(i int) {
	if i >= k.room() { // more
		if k.shown += k.room(); k.shown >= len(k.found) {
			k.shown = 0
		}
		k.Invalidate(k.bar())
		return
	}
	if k.shown+i >= len(k.found) {
		return
	}
	k.Edit.Insert(string(k.found[k.shown+i]))
	rest := ""
	for n, part := range pinyin.Split(k.spelling) {
		if n > 0 {
			rest += part
		}
	}
	k.spell(rest)
}

// walkBar moves the focus along the candidates; past the last shown come the
// next.
func (k *Keyboard) walkBar(key ial.Key, col int) bool {
	switch {
	case key == ial.KeyRight && col >= k.fit:
		if k.shown+k.room() < len(k.found) {
			k.shown += k.room()
			k.setFocus(kbKey{-1, 0})
		}
	case key == ial.KeyLeft && col < 0:
		if k.shown > 0 {
			k.shown = max(0, k.shown-k.room())
			k.setFocus(kbKey{-1, 0})
		}
	default:
		k.setFocus(kbKey{-1, col})
	}
	return true
}
