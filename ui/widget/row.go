package widget

import (
	"image"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/theme"
)

// Row is what a row of a list says.
type Row struct {
	Icon    theme.Icon
	Title   string // in the middle of it an ellipsis, if it does not fit
	Sub     string // second line; may be empty
	Value   string // at the right; may be empty
	Chevron bool   // it opens something
	Playing bool   // it plays: bars instead of the icon
}

// rowLook is how a row looks besides what it says.
type rowLook struct {
	focus bool // the keys are here
	held  bool // the finger is on it
}

// bars are the four bars that mark what plays: their heights, from the left.
var bars = [4]int{8, 14, 6, 11}

// paintRow draws a row whose top left corner is at.
func paintRow(dst *rgb565.Image, t *theme.Theme, at image.Point, width int, row *Row, look rowLook) {
	if look.focus || look.held {
		dst.RoundRect(image.Rect(at.X+4, at.Y, at.X+width-8, at.Y+theme.Row), theme.RadiusRow, t.Surface)
	}
	if look.focus {
		dst.RoundRect(image.Rect(at.X+4, at.Y+8, at.X+4+theme.FocusBar, at.Y+32), 1, t.Focus)
	}
	ink := t.Text
	if row.Playing {
		ink = t.Accent
		for i, h := range bars {
			x := at.X + 17 + 4*i
			dst.RoundRect(image.Rect(x, at.Y+27-h, x+3, at.Y+27), 1, t.Accent)
		}
	} else {
		dst.DrawMask(at.Add(image.Pt(18, 8)), row.Icon.Mask(24), t.Text2)
	}
	right := paintRowEnd(dst, t, at, width, row)
	x := at.X + 56
	if row.Sub == "" {
		font.Draw(dst, font.Body, x, at.Y+25, font.EllipsisMiddle(font.Body, row.Title, right-x), ink, t.Curve)
		return
	}
	font.Draw(dst, font.Body, x, at.Y+18, font.EllipsisMiddle(font.Body, row.Title, right-x), ink, t.Curve)
	font.Draw(dst, font.Small, x, at.Y+34, font.Ellipsis(font.Small, row.Sub, right-x), t.Text2, t.Curve)
}

// paintRowEnd draws value and chevron and returns where the text must end.
func paintRowEnd(dst *rgb565.Image, t *theme.Theme, at image.Point, width int, row *Row) int {
	right := at.X + width - 16
	if row.Chevron {
		dst.DrawMask(at.Add(image.Pt(width-30, 12)), theme.IconChevron.Mask(16), t.Text2)
		right -= 22
	}
	if row.Value != "" {
		right -= font.WidthTabular(font.Small, row.Value)
		font.DrawTabular(dst, font.Small, right, at.Y+25, row.Value, t.Text2, t.Curve)
		right -= 12
	}
	return right
}
