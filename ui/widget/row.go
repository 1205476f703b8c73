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
	From    int           // Title[From:To] is in the accent
	To      int
	Sub     string // second line; may be empty
	Value   string // at the right; may be empty
	Chevron bool   // it opens something
	Check   bool   // it is the one that holds
	Switch  Switch
	Drag    bool // it has a handle to be moved by
	Playing bool // it plays: bars instead of the icon
	Off     bool // it cannot be used now
}

// rowLook is how a row looks besides what it says.
type rowLook struct {
	high  int
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
	mid := at.Y + look.high/2
	if look.focus || look.held || look.moved {
		fill := t.Surface
		if look.moved {
			fill = t.Raised
		}
		dst.RoundRect(image.Rect(at.X+4, at.Y, at.X+width-8, at.Y+look.high), t.RadiusRow, fill)
	}
	if look.focus {
		dst.RoundRect(image.Rect(at.X+4, mid-12, at.X+4+t.FocusBar, mid+12), 1, t.Focus)
	}
	ink, second := t.Text, t.Text2
	switch {
	case row.Off:
		ink, second = t.Disabled, t.Disabled
	case row.Playing:
		ink = t.Accent
	}
	at.Y = mid
	paintRowStart(dst, t, at, row, second)
	right := paintRowEnd(dst, t, at, width, row, second)
	x := at.X + rowText
	if row.Number != "" {
		x = at.X + rowNumber
	}
	if row.Sub == "" {
		paintRowTitle(dst, t, image.Pt(x, mid+5), right-x, row, ink)
		return
	}
	paintRowTitle(dst, t, image.Pt(x, mid-2), right-x, row, ink)
	font.Fit(font.Small, row.Sub, right-x).Draw(dst, font.Small, x, mid+14, second, t.Curve)
}

// paintRowTitle draws the title with its baseline at a point.
func paintRowTitle(dst *rgb565.Image, t *theme.Theme, at image.Point, width int, row *Row, ink rgb565.Color) {
	title := row.Title
	if row.From >= row.To || row.To > len(title) || font.Width(font.Body, title) > width {
		font.FitMiddle(font.Body, title, width).Draw(dst, font.Body, at.X, at.Y, ink, t.Curve)
		return
	}
	from, to := at.X+font.Width(font.Body, title[:row.From]), at.X+font.Width(font.Body, title[:row.To])
	part := func(x0, x1 int, ink rgb565.Color) {
		font.Draw(dst.Sub(image.Rect(x0, dst.Rect.Min.Y, x1, dst.Rect.Max.Y)), font.Body, at.X, at.Y, title, ink, t.Curve)
	}
	part(dst.Rect.Min.X, from, ink)
	part(from, to, t.Accent)
	part(to, dst.Rect.Max.X, ink)
}

// paintRowStart draws what stands at the left; at.Y is the row's middle.
func paintRowStart(dst *rgb565.Image, t *theme.Theme, at image.Point, row *Row, ink rgb565.Color) {
	switch {
	case row.Playing:
		for i, h := range bars {
			x := at.X + 17 + 4*i
			dst.RoundRect(image.Rect(x, at.Y+7-h, x+3, at.Y+7), 1, t.Accent)
		}
	case row.Cover != nil:
		r := image.Rect(0, 0, 32, 32).Add(at).Add(image.Pt(14, -16))
		dst.BlitRounded(r, row.Cover, row.Cover.Rect.Min, t.RadiusSmall)
	case row.Number != "":
		x := at.X + 25 - font.WidthTabular(font.Small, row.Number)/2
		font.DrawTabular(dst, font.Small, x, at.Y+5, row.Number, ink, t.Curve)
	default:
		dst.DrawMask(at.Add(image.Pt(18, -12)), t.Mask(row.Icon, 24), ink)
	}
}

// paintRowEnd draws what stands at the right and returns where the text must
// end; at.Y is the row's middle.
func paintRowEnd(dst *rgb565.Image, t *theme.Theme, at image.Point, width int, row *Row, ink rgb565.Color) int {
	right := at.X + width - 16
	style := font.Small
	switch {
	case row.Switch != NoSwitch:
		right -= ToggleSize.X
		paintToggle(dst, t, image.Pt(right, at.Y-12), row.Switch == On)
		right -= 12
	case row.Drag:
		dst.DrawMask(image.Pt(at.X+width-40, at.Y-12), t.Mask(theme.IconDrag, 24), ink)
		right -= 40
	case row.Chevron:
		dst.DrawMask(at.Add(image.Pt(width-30, -8)), t.Mask(theme.IconChevron, 16), ink)
		right -= 22
		style = font.Body
	case row.Check:
		dst.DrawMask(at.Add(image.Pt(width-40, -12)), t.Mask(theme.IconCheck, 24), t.Accent)
		right -= 36
	}
	if row.Value != "" {
		value := font.Ellipsis(style, row.Value, (width-rowText)*3/5)
		right -= font.WidthTabular(style, value)
		font.DrawTabular(dst, style, right, at.Y+5, value, ink, t.Curve)
		right -= 12
	}
	return right
}
