package theme

import "linnet/ui/gal/rgb565"

//go:generate go run ./internal/gen -o masks.go

// Icon is a picture of one colour.
type Icon uint8

// The icons.
const (
	IconBack Icon = iota
	IconChevron

	IconPlay
	IconPause
	IconPrev
	IconNext
	IconShuffle
	IconRepeat
	IconRepeatOne

	IconVol
	IconMute
	IconNote   // music
	IconFilm   // video
	IconRadio  // stations
	IconFolder // files
	IconSettings
	IconList // queue, playlists
	IconLyr  // lyrics

	IconSearch
	IconMore // the menu
	IconDrag // a handle
	IconPlus
	IconCheck
	IconClose
	IconTrash
	IconHeart

	IconUSB // a stick
	IconSD  // a card
	IconNet
	IconGlobe // language
	IconSun   // display
	IconMoon
	IconClock // sleep timer
	IconInfo
	IconWarn
	IconTouch // a mark to be touched
	IconUp
	IconDown

	IconSub   // subtitles
	IconFit   // fill the screen
	IconTrack // sound track

	IconSpectrum
	IconMeter // how loud it is

	IconDisc // an album
	IconArtist
	IconTag // a genre
	IconStar

	IconBackspace
	IconShift
	IconEnter

	iconCount
)

// Mask is the icon in a square of 16 or 24 pixels; of play and pause, 28 too.
// Another size gets the largest that is not larger, or 16. The mask is
// shared: it is not to be written to.
func (i Icon) Mask(size int) *rgb565.Mask {
	switch {
	case size >= 28 && int(i) < len(icons28) && icons28[i].Stride > 0:
		return &icons28[i]
	case size >= 24:
		return &icons24[i]
	default:
		return &icons16[i]
	}
}
