package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Tabs choose one of a few pages that share a place. They stand side by side,
// as wide as their words; the one that is chosen is underlined by the perch.
type Tabs struct {
	ui.Window
	Theme  *theme.Theme
	Paper  rgb565.Color
	Labels []string
	Change func(i int)

	chosen int
	held   int // one more than the tab under the finger
}

const tabPad = 10 // on each side of a tab's words

// Width is how much room the tabs take.
func (t *Tabs) Width() int { return t.end(len(t.Labels)) - t.Rect().Min.X }

// end is where the first n tabs end.
func (t *Tabs) end(n int) int {
	x := t.Rect().Min.X
	for _, l := range t.Labels[:n] {
		x += font.Width(font.BodyBold, l) + 2*tabPad
	}
	return x
}

// Chosen is the tab that is chosen.
func (t *Tabs) Chosen() int { return t.chosen }

// Choose chooses a tab without telling Change.
func (t *Tabs) Choose(i int) {
	if i = max(0, min(i, len(t.Labels)-1)); i != t.chosen {
		t.chosen = i
		t.InvalidateAll()
	}
}

// tab is where tab i stands.
func (t *Tabs) tab(i int) image.Rectangle {
	r := t.Rect()
	return image.Rect(t.end(i), r.Min.Y, t.end(i+1), r.Max.Y)
}

// Paint draws the tabs.
func (t *Tabs) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, t.Paper)
	for i, l := range t.Labels {
		r := t.tab(i)
		ink := t.Theme.Text2
		if t.held == i+1 {
			dst.RoundRect(r.Inset(2), t.Theme.RadiusRow, t.Theme.Surface)
		}
		if i == t.chosen {
			ink = t.Theme.Text
			dst.RoundRect(image.Rect(r.Min.X+tabPad, r.Max.Y-5, r.Max.X-tabPad, r.Max.Y-3), 1, t.Theme.Accent)
		}
		if t.FocusShown() && i == t.chosen {
			dst.RoundRing(r.Inset(1), t.Theme.RadiusRow, t.Theme.FocusRing, t.Theme.Focus)
		}
		font.Draw(dst, font.BodyBold, r.Min.X+tabPad, r.Min.Y+r.Dy()/2+6, l, ink, t.Theme.Curve)
	}
}

// at is the tab at a point, counted from 1; 0 is none.
func (t *Tabs) at(p image.Point) int {
	for i := range t.Labels {
		if p.In(t.tab(i)) {
			return i + 1
		}
	}
	return 0
}

// Handle follows the pointer and the keys left and right.
func (t *Tabs) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		t.hold(t.at(e.At))
		return t.held > 0
	case ial.PointerMove:
		if t.held > 0 && t.at(e.At) != t.held {
			t.hold(0)
		}
	case ial.PointerUp:
		if i := t.held; i > 0 {
			t.hold(0)
			t.choose(i - 1)
		}
	case ui.Cancel:
		t.hold(0)
	case ial.KeyPress:
		return t.key(e.Key)
	default:
		return false
	}
	return true
}

func (t *Tabs) key(k ial.Key) bool {
	switch {
	case k == ial.KeyLeft && t.chosen > 0:
		t.choose(t.chosen - 1)
	case k == ial.KeyRight && t.chosen < len(t.Labels)-1:
		t.choose(t.chosen + 1)
	default:
		return false
	}
	return true
}

func (t *Tabs) choose(i int) {
	if i == t.chosen {
		return
	}
	t.Choose(i)
	if t.Change != nil {
		t.Change(i)
	}
}

func (t *Tabs) hold(i int) {
	if i != t.held {
		t.held = i
		t.InvalidateAll()
	}
}
