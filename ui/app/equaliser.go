package app

import (
	"fmt"
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// eqPage is the equaliser.
type eqPage struct {
	app            *App
	panel          widget.Panel
	head           header
	value          widget.Label
	bands          widget.Equaliser
	presets, reset widget.Pill
	on             widget.Toggle
}

func newEqualiser(a *App) *eqPage {
	p := &eqPage{app: a}
	t, w := a.theme, a.words
	p.panel = widget.Panel{Paper: t.Background, OnEvent: a.pageKey}
	a.addPage(&p.panel)
	p.head.init(a, &p.panel.Window, a.back)
	p.head.right = 192
	p.value = a.label(font.Body, t.Text, 24)
	p.value.Align = widget.Right
	p.panel.Add(&p.value.Window, widget.LabelBox(font.Body, 196, 308, 24), &p.value)
	p.bands = widget.Equaliser{Theme: t, Paper: t.Background, Names: BandNames[:], Most: MaxBand, Step: 10, Change: p.changed}
	p.panel.Add(&p.bands.Window, image.Rect(10, 34, 310, 34+widget.EqualiserHeight), &p.bands)
	p.bands.Init()
	cells := ui.Row(image.Rect(12, 198, 308, 234), 10, ui.Stretch(1), ui.Stretch(1), ui.Stretch(1))
	p.presets = a.pill(w.presets, widget.Quiet, func() { a.open(pagePresets) })
	p.reset = a.pill(w.reset, widget.Quiet, func() { p.set([Bands]int{}) })
	for i, b := range []*widget.Pill{&p.presets, &p.reset} {
		p.panel.Add(&b.Window, cells[i].Inset(-widget.RingRoom), b)
		b.SetFocusable(true)
	}
	p.on = widget.Toggle{Theme: t, Paper: t.Background, Text: w.eqOn, Change: func(on bool) { a.keep(func(q *Prefs) { q.EQ = on }); p.update() }}
	p.panel.Add(&p.on.Window, cells[2].Inset(-widget.RingRoom), &p.on)
	p.on.SetFocusable(true)
	return p
}

func (p *eqPage) base() *widget.Panel { return &p.panel }
func (p *eqPage) show(*State)         {}
func (p *eqPage) leave()              {}

func (p *eqPage) enter() {
	p.bands.Focus()
	p.update()
}

// update brings everything to the preferences.
func (p *eqPage) update() {
	q, w := &p.app.prefs, p.app.words
	p.bands.Set(q.Levels[:])
	p.bands.SetOff(!q.EQ)
	p.head.set(w.equaliser, p.app.presetName())
	p.on.Set(q.EQ)
	p.telling()
}

// telling shows the value of the band with the focus.
func (p *eqPage) telling() {
	i, v := p.bands.Current()
	sign := "+"
	if v < 0 {
		sign, v = "−", -v
	} else if v == 0 {
		sign = ""
	}
	db := fmt.Sprint(sign, v/10)
	if v%10 != 0 {
		db = fmt.Sprint(sign, tenths(int64(v)))
	}
	p.value.SetText(fmt.Sprintf("%s  %s dB", hertz(BandNames[i]), db))
}

// hertz is a band's name with its unit.
func hertz(name string) string {
	if k := len(name) - 1; name[k] == 'k' {
		return name[:k] + " kHz"
	}
	return name + " Hz"
}

// changed is told by the bands.
func (p *eqPage) changed(i, value int) {
	if p.app.prefs.Levels[i] != value {
		p.app.keep(func(q *Prefs) { q.Levels[i], q.EQ = value, true })
		p.update()
	}
	p.telling()
}

func (p *eqPage) set(levels [Bands]int) {
	p.app.keep(func(q *Prefs) { q.Levels, q.EQ = levels, q.EQ || levels != [Bands]int{} })
	p.update()
}

// newPresets is the page of the equaliser's presets.
func newPresets(a *App) *settingsPage {
	return settingsOf(a, a.words.presets, func(p *settingsPage) {
		for _, s := range a.opt.Presets {
			p.rows = append(p.rows, item{
				row: func(r *widget.Row) {
					r.Icon, r.Title, r.Check = theme.IconSettings, a.words.preset(s.Name), a.prefs.EQ && s.Levels == a.prefs.Levels
				},
				do: func(int) {
					a.keep(func(q *Prefs) { q.Levels, q.EQ = s.Levels, true })
					a.back()
				},
			})
		}
	})
}

// presetName is what the equaliser's setting is called.
func (a *App) presetName() string {
	if !a.prefs.EQ {
		return a.words.off
	}
	for _, s := range a.opt.Presets {
		if s.Levels == a.prefs.Levels {
			return a.words.preset(s.Name)
		}
	}
	return a.words.custom
}
