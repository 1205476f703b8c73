package theme

// Measures in pixels that screens share. The grid is 4.
const (
	Margin = 12 // left and right of a page
	Header = 36 // height of the header
	Row    = 40 // height of a row
	Target = 44 // least width of what can be touched; Header is the least height
)

// Metrics are measures in pixels that a theme file may change.
type Metrics struct {
	RadiusSmall  int // covers in rows, keys, tags
	RadiusCover  int // large covers
	RadiusRow    int // rows, cards
	RadiusDialog int // dialogs, big buttons
	FocusBar     int // width of the bar that marks the focused row
	FocusRing    int // width of the ring around a focused control
}

// FocusRoom is the widest FocusRing, and its distance from the control.
const FocusRoom = 2

// usual is what the built-in themes have.
var usual = Metrics{RadiusSmall: 4, RadiusCover: 6, RadiusRow: 8, RadiusDialog: 12, FocusBar: 3, FocusRing: FocusRoom}
