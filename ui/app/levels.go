package app

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// Shows is what stands in the corner of Now playing.
type Shows uint8

// What can stand there.
const (
	ShowSpectrum Shows = iota
	ShowMeter
	ShowFormat // what kind of file it is: nothing moves
	showsCount
)

// levels is that corner: what moves with the music, or what kind of file it is.
// A tap, or the menu, shows the next.
type levels struct {
	app      *App
	spectrum *widget.Spectrum // nil without Options.Levels
	meter    *widget.Meter    // nil without Options.Loudness
	format   widget.Label
	pressed  bool
}

// Where it is.
var (
	levelsRect = image.Rect(150, 104, 310, 164) // to be tapped
	spectrumAt = image.Pt(152, 113)
	meterAt    = image.Pt(153, 115)
)

func (l *levels) init(a *App, page *widget.Panel) {
	l.app = a
	t := a.theme
	if a.opt.Levels != nil {
		l.spectrum = &widget.Spectrum{Theme: t, Paper: t.Background, Levels: a.opt.Levels, Slow: a.opt.Strained}
		page.Add(&l.spectrum.Window, image.Rectangle{Min: spectrumAt, Max: spectrumAt.Add(widget.SpectrumSize)}, l.spectrum)
		l.spectrum.Init()
	}
	if a.opt.Loudness != nil {
		l.meter = &widget.Meter{Theme: t, Paper: t.Background, Levels: a.opt.Loudness, Slow: a.opt.Strained}
		page.Add(&l.meter.Window, image.Rectangle{Min: meterAt, Max: meterAt.Add(widget.MeterSize)}, l.meter)
		l.meter.Init()
	}
	l.format = a.label(font.Small, t.Text2, 161)
	page.Add(&l.format.Window, widget.LabelBox(font.Small, 152, 308, 161), &l.format)
	l.show()
}

// window is where something is shown, nil where there is no such thing.
func (l *levels) window(s Shows) *ui.Window {
	switch {
	case s == ShowFormat:
		return &l.format.Window
	case s == ShowSpectrum && l.spectrum != nil:
		return &l.spectrum.Window
	case s == ShowMeter && l.meter != nil:
		return &l.meter.Window
	}
	return nil
}

// shown is what was chosen, or the first thing behind it that there is.
func (l *levels) shown() Shows {
	s := l.app.prefs.Shows % showsCount
	for l.window(s) == nil {
		s++
	}
	return s
}

// next is what comes after that; it is the same where there is nothing else.
func (l *levels) next() Shows {
	s := (l.shown() + 1) % showsCount
	for l.window(s) == nil {
		s = (s + 1) % showsCount
	}
	return s
}

func (l *levels) show() {
	now := l.shown()
	for s := range showsCount {
		if w := l.window(s); w != nil {
			w.Show(s == now)
		}
	}
}

// run lets what is seen move, or stand still.
func (l *levels) run(on bool) {
	if l.spectrum != nil {
		l.spectrum.Run(on && l.shown() == ShowSpectrum)
	}
	if l.meter != nil {
		l.meter.Run(on && l.shown() == ShowMeter)
	}
}

// turn shows the next.
func (l *levels) turn() {
	to := l.next()
	l.app.keep(func(q *Prefs) { q.Shows = to })
	l.show()
	l.app.refresh()
}

// handle follows a finger.
func (l *levels) handle(e ial.Event) bool {
	over := e.At.In(levelsRect) && l.next() != l.shown()
	switch e.Type {
	case ial.PointerDown:
		l.pressed = over
		return over
	case ial.PointerUp:
		if l.pressed && over {
			l.turn()
		}
	}
	return e.Type == ial.PointerMove || e.Type == ial.PointerUp
}

// choices is the next, for the menu.
func (l *levels) choices() []widget.Choice {
	w := l.app.words
	next := l.next()
	if next == l.shown() {
		return nil
	}
	return []widget.Choice{[showsCount]widget.Choice{
		ShowSpectrum: {Icon: theme.IconSpectrum, Text: w.spectrum, Do: l.turn},
		ShowMeter:    {Icon: theme.IconMeter, Text: w.meter, Do: l.turn},
		ShowFormat:   {Icon: theme.IconInfo, Text: w.fileFormat, Do: l.turn},
	}[next]}
}
