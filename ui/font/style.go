package font

import _ "embed" // the prepared glyphs

// Style is a size and weight of text.
type Style uint8

// The styles, by their size in pixels an em.
const (
	Small     Style = iota // 12, Regular: second lines, times, labels
	SmallBold              // 12, SemiBold: first line of a message, tags
	Body                   // 15, Medium: rows, buttons, lyrics
	BodyBold               // 15, SemiBold: headers, the main button
	Large                  // 20, SemiBold: the title of what plays
)

// Height is the height of a line box in pixels.
func (s Style) Height() int {
	switch s {
	case Small, SmallBold:
		return 16
	case Body, BodyBold:
		return 20
	default:
		return 26
	}
}

// Ascent is how far the baseline lies below the top of the line box, in
// pixels.
func (s Style) Ascent() int { return s.em() }

// em is the size in pixels, which is also the width of a Han character.
func (s Style) em() int {
	switch s {
	case Small, SmallBold:
		return 12
	case Body, BodyBold:
		return 15
	default:
		return 20
	}
}

// gap is what separates Han from Latin: a sixth of an em.
func (s Style) gap() int { return (s.em() + 2) / 6 }

// files names where a style's glyphs are, in the order to look: bold is
// empty for the styles that have all their Han in one weight.
func (s Style) files() (bold, common, rare file) {
	switch s {
	case Small:
		return nil, small, smallRare
	case SmallBold:
		return smallBold, small, smallRare
	case Body:
		return nil, body, bodyRare
	case BodyBold:
		return bodyBold, body, bodyRare
	default:
		return nil, large, largeRare
	}
}

// beyond is where the rarest characters of a style are. There is none of 20
// pixels: a name with such a character in it keeps its size, and the character
// is that of the body.
func (s Style) beyond() file {
	if s == Small || s == SmallBold {
		return smallGBK
	}
	return bodyGBK
}

var (
	//go:embed data/small.lfn
	small file
	//go:embed data/small-rare.lfn
	smallRare file
	//go:embed data/small-bold.lfn
	smallBold file
	//go:embed data/body.lfn
	body file
	//go:embed data/body-rare.lfn
	bodyRare file
	//go:embed data/body-bold.lfn
	bodyBold file
	//go:embed data/large.lfn
	large file
	//go:embed data/large-rare.lfn
	largeRare file
)
