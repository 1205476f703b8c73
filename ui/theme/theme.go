package theme

import (
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
)

// Theme is a palette by role, and what else of the looks may differ. It is
// read-only.
type Theme struct {
	Name string // "dark", "light" or what a theme file says

	Background rgb565.Color // page
	Surface    rgb565.Color // focused row, mini player, quiet button, card, unlit dot
	Raised     rgb565.Color // dialog, message band, keys of the keyboard
	Line       rgb565.Color // empty track, 0 dB line; only Text may be set on it
	Text       rgb565.Color // titles, active icons, knobs
	Text2      rgb565.Color // second lines, times, inactive icons, lit dots
	Disabled   rgb565.Color // what cannot be used, never information
	Accent     rgb565.Color // what plays, what is on, the one main action
	OnAccent   rgb565.Color // text and icons on Accent and on Danger
	Danger     rgb565.Color // warnings, actions that destroy
	Focus      rgb565.Color // focus bar and ring

	Curve font.Curve // for Text on Background and what is near it

	Metrics
	icons map[iconSize]*rgb565.Mask // instead of the built-in ones; may be nil
}

// iconSize is an icon at a size.
type iconSize struct {
	icon Icon
	size int
}

// Mask is the theme's picture of an icon, at the sizes that Icon.Mask has.
func (t *Theme) Mask(i Icon, size int) *rgb565.Mask {
	m := i.Mask(size)
	if own := t.icons[iconSize{i, m.Stride}]; own != nil {
		return own
	}
	return m
}

// Dark is warm brown-black with words of cream.
func Dark() *Theme { return &dark }

// Light is paper with words of ink.
func Light() *Theme { return &light }

// The colours as the panel has them: 5, 6 and 5 bits.
var (
	dark = Theme{
		Name:       "dark",
		Background: 3<<11 | 5<<5 | 2,
		Surface:    5<<11 | 9<<5 | 4,
		Raised:     7<<11 | 12<<5 | 5,
		Line:       9<<11 | 16<<5 | 7,
		Text:       30<<11 | 59<<5 | 27,
		Text2:      22<<11 | 42<<5 | 19,
		Disabled:   12<<11 | 22<<5 | 10,
		Accent:     31<<11 | 26<<5 | 12,
		OnAccent:   3<<11 | 5<<5 | 2,
		Danger:     31<<11 | 44<<5 | 8,
		Focus:      30<<11 | 59<<5 | 27,
		Curve:      font.DarkCurve,
		Metrics:    usual,
	}
	light = Theme{
		Name:       "light",
		Background: 30<<11 | 60<<5 | 28,
		Surface:    28<<11 | 56<<5 | 26,
		Raised:     31<<11 | 63<<5 | 30,
		Line:       25<<11 | 49<<5 | 22,
		Text:       4<<11 | 7<<5 | 3,
		Text2:      12<<11 | 23<<5 | 10,
		Disabled:   20<<11 | 39<<5 | 18,
		Accent:     22<<11 | 8<<5 | 7,
		OnAccent:   31<<11 | 63<<5 | 30,
		Danger:     17<<11 | 20<<5,
		Focus:      4<<11 | 7<<5 | 3,
		Curve:      font.LightCurve,
		Metrics:    usual,
	}
)
