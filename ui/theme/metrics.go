package theme

// Measures in pixels that screens share. The grid is 4.
const (
	Margin    = 12 // left and right of a page
	Header    = 36 // height of the header
	Row       = 40 // height of a row
	Target    = 44 // least width of what can be touched; Header is the least height
	FocusBar  = 3  // width of the bar that marks the focused row
	FocusRing = 2  // width of the ring around a focused control, and its distance
)

// Radii of corners.
const (
	RadiusSmall  = 4  // covers in rows, keys, tags
	RadiusCover  = 6  // large covers
	RadiusRow    = 8  // rows, cards
	RadiusDialog = 12 // dialogs, big buttons
)
