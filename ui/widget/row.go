package widget

import (
	"image"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/theme"
)

// Switch is the toggle of a row.
type Switch uint8

// The states of a row's toggle.
const (
	NoSwitch Switch = iota
	Off
	On
)

// SwitchOf is the state of a toggle.
func SwitchOf(on bool) Switch {
	if on {
		return On
	}
	return Off
}

// Row is what a row of a list says. At its left stands Cover, or Number, or
// Icon.
type Row struct {
	Icon    theme.Icon
	Number  string
	Cover   *rgb565.Image // 32 pixels square
	Title   string        // in the middle of it an ellipsis, if it does not fit
	Sub     string        // second line; may be empty
	Value   string        // at the right; may be empty
	Chevron bool          // it opens something
	Check   bool          // it is the one that holds
	Switch  Switch
	Drag    bool // it has a handle to be moved by
	Playing bool // it plays: bars instead of the icon
	Off     bool // it cannot be used now
}

// rowLook is how a row looks besides what it says.
type rowLook struct {
	focus bool // the keys are here
	held  bool // the finger is on it
	moved bool // the finger moves it
}

// bars are the four bars that mark what plays: their heights, from the left.
var bars = [4]int{8, 14, 6, 11}

// Places within a row.
const (
	rowText   = 56
	rowNumber = 48 // where the text begins behind a number
	dragWidth = 48 // of a handle's target, at the right
)

// paintRow draws a row whose top left corner is at.
func paintRow(dst *rgb565.Image, t *theme.Theme, at image.Point, width int, row *Row, look rowLook) {
	if look.focus || look.held || look.moved {
		fill := t.Surface
		if look.moved {
			fill = t.Raised
		}
		dst.RoundRect(image.Rect(at.X+4, at.Y, at.X+width-8, at.Y+theme.Row), theme.RadiusRow, fill)
	}
	if look.focus {
		dst.RoundRect(image.Rect(at.X+4, at.Y+8, at.X+4+theme.FocusBar, at.Y+32), 1, t.Focus)
	}
	ink, second := t.Text, t.Text2
	switch {
	case row.Off:
		ink, second = t.Disabled, t.Disabled
	case row.Playing:
		ink = t.Accent
	}
	paintRowStart(dst, t, at, row, second)
	right := paintRowEnd(dst, t, at, width, row, second)
	x := at.X + rowText
	if row.Number != "" {
		x = at.X + rowNumber
	}
	if row.Sub == "" {
		font.FitMiddle(font.Body, row.Title, right-x).Draw(dst, font.Body, x, at.Y+25, ink, t.Curve)
		return
	}
	font.FitMiddle(font.Body, row.Title, right-x).Draw(dst, font.Body, x, at.Y+18, ink, t.Curve)
	font.Fit(font.Small, row.Sub, right-x).Draw(dst, font.Small, x, at.Y+34, second, t.Curve)
}

// paintRowStart draws what stands at the left.
func paintRowStart(dst *rgb565.Image, t *theme.Theme, at image.Point, row *Row, ink rgb565.Color) {
	switch {
	case row.Playing:
		for i, h := range bars {
			x := at.X + 17 + 4*i
			dst.RoundRect(image.Rect(x, at.Y+27-h, x+3, at.Y+27), 1, t.Accent)
		}
	case row.Cover != nil:
		r := image.Rect(0, 0, 32, 32).Add(at).Add(image.Pt(14, 4))
		dst.BlitRounded(r, row.Cover, row.Cover.Rect.Min, theme.RadiusSmall)
	case row.Number != "":
		x := at.X + 25 - font.WidthTabular(font.Small, row.Number)/2
		font.DrawTabular(dst, font.Small, x, at.Y+25, row.Number, ink, t.Curve)
	default:
		dst.DrawMask(at.Add(image.Pt(18, 8)), row.Icon.Mask(24), ink)
	}
}

// paintRowEnd draws what stands at the right and returns where the text must
// end.
func paintRowEnd(dst *rgb565.Image, t *theme.Theme, at image.Point, width int, row *Row, ink rgb565.Color) int {
	right := at.X + width - 16
	style := font.Small
	switch {
	case row.Switch != NoSwitch:
		right -= ToggleSize.X
		paintToggle(dst, t, image.Pt(right, at.Y+8), row.Switch == On)
		right -= 12
	case row.Drag:
		dst.DrawMask(image.Pt(at.X+width-40, at.Y+8), theme.IconDrag.Mask(24), ink)
		right -= 40
	case row.Chevron:
		dst.DrawMask(at.Add(image.Pt(width-30, 12)), theme.IconChevron.Mask(16), ink)
		right -= 22
		style = font.Body
	case row.Check:
		dst.DrawMask(at.Add(image.Pt(width-40, 8)), theme.IconCheck.Mask(24), t.Accent)
		right -= 36
	}
	if row.Value != "" {
		value := font.Ellipsis(style, row.Value, (width-rowText)*3/5)
		right -= font.WidthTabular(style, value)
		font.DrawTabular(dst, style, right, at.Y+25, value, ink, t.Curve)
		right -= 12
	}
	return right
}
