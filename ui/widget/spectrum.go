package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// The spectrum is a grille of dots.
const (
	spectrumColumns = 39
	spectrumRows    = 13
	spectrumPitch   = 4
	spectrumDot     = 3
	spectrumGroup   = 3 // columns that are drawn and flushed together
)

// Spectrum shows how loud it is at which pitch: columns of dots that rise at
// once and fall slowly, each below its peak. It moves while it is on and in
// sight; of each frame only what changed is drawn.
type Spectrum struct {
	ui.Window
	Theme *theme.Theme
	Paper rgb565.Color
	// Levels fills dst with the columns' heights, 0 to 13, and says whether
	// there is sound; it is called on the desktop's goroutine.
	Levels func(dst []uint8) bool
	// Slow says whether it is to move less often, as the processor has no time; nil
	// is never.
	Slow func() bool

	frames frames
	level  [spectrumColumns]uint8
	peak   [spectrumColumns]uint8
	fresh  [spectrumColumns]uint8
	dots   [3]rgb565.Image // unlit, lit, peak
	pixels [3][spectrumDot * spectrumDot]rgb565.Color
}

// SpectrumSize is how large a spectrum's window must be.
var SpectrumSize = image.Pt(
	spectrumColumns*spectrumPitch-spectrumPitch+spectrumDot,
	spectrumRows*spectrumPitch-spectrumPitch+spectrumDot)

// Init makes the spectrum ready; it must have been added to a window.
func (s *Spectrum) Init() {
	s.frames.init(&s.Window, func() bool { return s.Slow != nil && s.Slow() }, s.step)
	r := image.Rect(0, 0, spectrumDot, spectrumDot)
	for i, c := range [3]rgb565.Color{s.Theme.Surface, s.Theme.Text2, s.Theme.Accent} {
		for k := range s.pixels[i] {
			s.pixels[i][k] = c
		}
		for _, k := range [4]int{0, spectrumDot - 1, spectrumDot * (spectrumDot - 1), spectrumDot*spectrumDot - 1} {
			s.pixels[i][k] = c.Mix(s.Paper, 154)
		}
		s.dots[i] = rgb565.Image{Pix: s.pixels[i][:], Stride: spectrumDot, Rect: r}
	}
}

// Run lets the spectrum move, or stand still as it is.
func (s *Spectrum) Run(on bool) { s.frames.run(on) }

// step is one frame.
func (s *Spectrum) step() {
	clear(s.fresh[:])
	if !s.Levels(s.fresh[:]) {
		clear(s.fresh[:])
	}
	for g := 0; g < spectrumColumns; g += spectrumGroup {
		low, high := spectrumRows, -1
		for c := g; c < min(g+spectrumGroup, spectrumColumns); c++ {
			low, high = s.move(c, low, high)
		}
		if low <= high {
			s.Invalidate(s.cells(g, min(g+spectrumGroup, spectrumColumns), low, high+1))
		}
	}
}

// move changes one column and widens the range of rows, counted from below,
// that look different.
func (s *Spectrum) move(c, low, high int) (int, int) {
	level, peak := s.level[c], s.peak[c]
	next := min(s.fresh[c], spectrumRows)
	if level > 0 {
		next = max(next, level-1)
	}
	top := uint8(s.frames.peak(int(peak), int(next)))
	s.level[c], s.peak[c] = next, top
	if next != level {
		low, high = min(low, int(min(next, level))), max(high, int(max(next, level))-1)
	}
	if top != peak {
		low, high = min(low, max(0, int(min(top, peak))-1)), max(high, int(max(top, peak))-1)
	}
	return low, high
}

// cells is the part of the window with columns c0 to before c1 and rows r0
// to before r1, counted from below.
func (s *Spectrum) cells(c0, c1, r0, r1 int) image.Rectangle {
	o := s.Rect().Min
	return image.Rect(o.X+c0*spectrumPitch, o.Y+(spectrumRows-r1)*spectrumPitch,
		o.X+c1*spectrumPitch-spectrumPitch+spectrumDot, o.Y+(spectrumRows-r0)*spectrumPitch-spectrumPitch+spectrumDot)
}

// Paint draws the dots that lie in dst.
func (s *Spectrum) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, s.Paper)
	o := s.Rect().Min
	r := dst.Rect.Sub(o)
	for c := r.Min.X / spectrumPitch; c < min(spectrumColumns, r.Max.X/spectrumPitch+1); c++ {
		for y := r.Min.Y / spectrumPitch; y < min(spectrumRows, r.Max.Y/spectrumPitch+1); y++ {
			putDot(dst, s.dot(c, spectrumRows-y), o.X+c*spectrumPitch, o.Y+y*spectrumPitch)
		}
	}
}

// putDot copies a dot to (x, y). There are up to 507 in a picture, and nine
// pixels are fewer than a Blit needs to find its way.
func putDot(dst, dot *rgb565.Image, x, y int) {
	r := dst.Rect
	if x < r.Min.X || y < r.Min.Y || x+spectrumDot > r.Max.X || y+spectrumDot > r.Max.Y {
		dst.Blit(image.Rect(x, y, x+spectrumDot, y+spectrumDot), dot, image.Point{})
		return
	}
	i := (y-r.Min.Y)*dst.Stride + x - r.Min.X
	for from := dot.Pix; len(from) >= spectrumDot; from = from[spectrumDot:] {
		to := dst.Pix[i : i+spectrumDot : i+spectrumDot]
		to[0], to[1], to[2] = from[0], from[1], from[2]
		i += dst.Stride
	}
}

// dot is how the cell at a height, from 1, looks.
func (s *Spectrum) dot(c, height int) *rgb565.Image {
	switch {
	case height == int(s.peak[c]):
		return &s.dots[2]
	case height <= int(s.level[c]):
		return &s.dots[1]
	}
	return &s.dots[0]
}

// Handle uses nothing: what holds it may.
func (s *Spectrum) Handle(ial.Event) bool { return false }
