package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Meter is a VU meter: a bar a channel that shows how loud it is, each with
// the peak of late. It moves while it is on and in sight.
type Meter struct {
	ui.Window
	Theme *theme.Theme
	Paper rgb565.Color
	// Levels says how loud the channels are, 0 to MeterCells, and whether
	// there is sound; it is called on the desktop's goroutine.
	Levels func() (left, right int, ok bool)

	on    bool
	frame int
	level [2]int
	peak  [2]int
	timer *ui.Timer
}

// A meter is a row of cells a channel: the last few are too loud for comfort.
const (
	MeterCells = 30
	meterHot   = 26 // cells from here on are in the accent
	meterPitch = 5
	meterCell  = 3
	meterRow   = 14 // height of a channel's bar
	meterGap   = 10 // between the two
)

// MeterSize is how large a meter's window must be.
var MeterSize = image.Pt(MeterCells*meterPitch-meterPitch+meterCell, 2*meterRow+meterGap)

// Init makes the meter ready; it must have been added to a window.
func (m *Meter) Init() { m.timer = m.Desktop().NewTimer(m.step) }

// Run lets the meter move, or stand still as it is.
func (m *Meter) Run(on bool) {
	if on == m.on {
		return
	}
	m.on = on
	if on {
		m.timer.Start(spectrumFrame)
	} else {
		m.timer.Stop()
	}
}

// step is one frame.
func (m *Meter) step() {
	m.timer.Start(spectrumFrame)
	if !m.Shown() {
		return
	}
	left, right, ok := m.Levels()
	if !ok {
		left, right = 0, 0
	}
	m.frame++
	m.move(0, left)
	m.move(1, right)
}

// move brings a channel to its level: it rises at once and falls two cells a
// frame, its peak one cell in three frames.
func (m *Meter) move(c, to int) {
	level, peak := m.level[c], m.peak[c]
	next := max(min(max(to, 0), MeterCells), level-2)
	top := peak
	if m.frame%peakFrames == 0 && top > 0 {
		top--
	}
	top = max(top, next)
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

// Handle uses nothing: what holds the meter may.
func (m *Meter) Handle(ial.Event) bool { return false }
