package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Meter is a VU meter: a bar a channel that shows how loud it is, each with
// the peak of late, and between them what a bar's length means. It moves while it
// is on and in sight; of each frame only what changed is drawn.
type Meter struct {
	ui.Window
	Theme *theme.Theme
	Paper rgb565.Color
	// Levels says how loud the channels are, 0 to MeterCells, and whether
	// there is sound; it is called on the desktop's goroutine.
	Levels func() (left, right int, ok bool)
	Slow   func() bool // as a Spectrum's

	frames frames
	level  [2]int
	peak   [2]int
}

// A meter is a row of cells a channel: the last few are too loud for comfort.
const (
	MeterCells = 30
	meterHot   = 26 // cells from here on are in the accent
	meterPitch = 5
	meterCell  = 3
	meterRow   = 13 // height of a channel's bar
	meterGap   = 20 // between the two
)

// MeterSize is how large a meter's window must be.
var MeterSize = image.Pt(MeterCells*meterPitch-meterPitch+meterCell, 2*meterRow+meterGap)

// meterMarks are what stands between the bars, each below the end of a bar so long: a
// cell is 1.5 dB, and all of them are full scale.
var meterMarks = [...]struct {
	text  string
	cells int // in thirds
}{{"−40", 10}, {"−30", 30}, {"−20", 50}, {"−10", 70}, {"0", 90}}

// Init makes the meter ready; it must have been added to a window.
func (m *Meter) Init() {
	m.frames.init(&m.Window, func() bool { return m.Slow != nil && m.Slow() }, m.step)
}

// Run lets the meter move, or stand still as it is.
func (m *Meter) Run(on bool) { m.frames.run(on) }

// step is one frame.
func (m *Meter) step() {
	left, right, ok := m.Levels()
	if !ok {
		left, right = 0, 0
	}
	m.move(0, left)
	m.move(1, right)
}

// move brings a channel to its level: it rises at once and falls two cells a
// frame.
func (m *Meter) move(c, to int) {
	level, peak := m.level[c], m.peak[c]
	next := max(min(max(to, 0), MeterCells), level-2)
	top := m.frames.peak(peak, next)
	m.level[c], m.peak[c] = next, top
	low, high := MeterCells, -1
	if next != level {
		low, high = min(next, level), max(next, level)
	}
	if top != peak {
		low, high = min(low, max(0, min(top, peak)-1)), max(high, max(top, peak))
	}
	if low <= high {
		m.Invalidate(m.cells(c, low, high))
	}
}

// cells is where the cells from to before to of a channel are.
func (m *Meter) cells(c, from, to int) image.Rectangle {
	at := m.Rect().Min.Add(image.Pt(from*meterPitch, c*(meterRow+meterGap)))
	return image.Rect(at.X, at.Y, at.X+(to-from)*meterPitch, at.Y+meterRow)
}

// Paint draws the cells that lie in dst.
func (m *Meter) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, m.Paper)
	for c := range 2 {
		for i := range MeterCells {
			r := m.cells(c, i, i+1)
			r.Max.X = r.Min.X + meterCell
			if !r.Overlaps(dst.Rect) {
				continue
			}
			dst.RoundRect(r, 1, m.ink(c, i))
		}
	}
	m.paintMarks(dst)
}

// paintMarks draws what stands between the bars.
func (m *Meter) paintMarks(dst *rgb565.Image) {
	r := m.Rect()
	between := image.Rect(r.Min.X, r.Min.Y+meterRow, r.Max.X, r.Max.Y-meterRow)
	if !between.Overlaps(dst.Rect) {
		return
	}
	for _, k := range meterMarks {
		w := font.Width(font.Small, k.text)
		x := r.Min.X + k.cells*meterPitch/3 - w/2
		x = max(r.Min.X, min(x, r.Max.X-w))
		font.Draw(dst, font.Small, x, between.Min.Y+14, k.text, m.Theme.Text2, m.Theme.Curve)
	}
}

// ink is the colour of a channel's cell.
func (m *Meter) ink(c, i int) rgb565.Color {
	switch {
	case i+1 == m.peak[c], i < m.level[c] && i >= meterHot:
		return m.Theme.Accent
	case i < m.level[c]:
		return m.Theme.Text2
	}
	return m.Theme.Surface
}

// Handle uses nothing: what holds it may.
func (m *Meter) Handle(ial.Event) bool { return false }
