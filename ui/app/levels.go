package app

import (
	"image"

	"linnet/ui/theme"
	"linnet/ui/widget"
)

// levels is what moves with the music on Now playing: a spectrum or a VU
// meter, whichever was chosen, by a tap or in the menu.
type levels struct {
	app      *App
	spectrum *widget.Spectrum // nil without Options.Levels
	meter    *widget.Meter    // nil without Options.Loudness
}

// Where they are.
var (
	spectrumAt = image.Pt(152, 113)
	meterAt    = image.Pt(153, 115)
)

func (l *levels) init(a *App, page *widget.Panel) {
	l.app = a
	var swap func()
	if a.opt.Levels != nil && a.opt.Loudness != nil {
		swap = l.swap
	}
	if a.opt.Levels != nil {
		l.spectrum = &widget.Spectrum{Theme: a.theme, Paper: a.theme.Background, Levels: a.opt.Levels, Slow: a.opt.Strained, Click: swap}
		page.Add(&l.spectrum.Window, image.Rectangle{Min: spectrumAt, Max: spectrumAt.Add(widget.SpectrumSize)}, l.spectrum)
		l.spectrum.Init()
	}
	if a.opt.Loudness != nil {
		l.meter = &widget.Meter{Theme: a.theme, Paper: a.theme.Background, Levels: a.opt.Loudness, Slow: a.opt.Strained, Click: swap}
		page.Add(&l.meter.Window, image.Rectangle{Min: meterAt, Max: meterAt.Add(widget.MeterSize)}, l.meter)
		l.meter.Init()
	}
	l.show()
}

// any says whether there is one.
func (l *levels) any() bool { return l.spectrum != nil || l.meter != nil }

// metered says whether it is the meter that is seen.
func (l *levels) metered() bool {
	return l.meter != nil && (l.app.prefs.Meter || l.spectrum == nil)
}

func (l *levels) show() {
	if l.spectrum != nil {
		l.spectrum.Show(!l.metered())
	}
	if l.meter != nil {
		l.meter.Show(l.metered())
	}
}

// run lets the one that is seen move, or both stand still.
func (l *levels) run(on bool) {
	if l.spectrum != nil {
		l.spectrum.Run(on && !l.metered())
	}
	if l.meter != nil {
		l.meter.Run(on && l.metered())
	}
}

// swap shows the other one.
func (l *levels) swap() {
	l.app.keep(func(q *Prefs) { q.Meter = !q.Meter })
	l.show()
	l.app.refresh()
}

// choices is the other one, for the menu.
func (l *levels) choices() []widget.Choice {
	w := l.app.words
	switch {
	case l.spectrum == nil || l.meter == nil:
		return nil
	case l.metered():
		return []widget.Choice{{Icon: theme.IconSpectrum, Text: w.spectrum, Do: l.swap}}
	}
	return []widget.Choice{{Icon: theme.IconMeter, Text: w.meter, Do: l.swap}}
}
