package app

import (
	"image"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// wizard is what the first start asks: the language, whether the touch panel
// is right, and how it is to look. The bird stands on a perch that fills with
// every step.
type wizard struct {
	app   *App
	panel widget.Panel
	step  int
	ask   string
	yes   widget.Pill // the upper of the two answers
	no    widget.Pill
}

// The questions.
const (
	askLanguage = iota
	askTouch
	askTheme
	askMusic
	asks
)

// Places on the screen.
var (
	wizardPerch = image.Rect(40, 86, 280, 89)
	wizardUpper = image.Rect(40, 124, 280, 172)
	wizardLower = image.Rect(40, 182, 280, 230)
)

const wizardBird = 84

func newWizard(a *App) *wizard {
	p := &wizard{app: a}
	p.panel = widget.Panel{Paper: a.theme.Background, OnEvent: p.handle}
	a.addPage(&p.panel)
	p.panel.Over = p.paint
	p.yes = a.pill("", widget.Loud, func() { p.answer(true) })
	p.panel.Add(&p.yes.Window, wizardUpper.Inset(-widget.RingRoom), &p.yes)
	p.no = a.pill("", widget.Quiet, func() { p.answer(false) })
	p.panel.Add(&p.no.Window, wizardLower.Inset(-widget.RingRoom), &p.no)
	for _, b := range []*widget.Pill{&p.yes, &p.no} {
		b.Radius = a.theme.RadiusDialog
		b.SetFocusable(true)
	}
	return p
}

func (p *wizard) base() *widget.Panel { return &p.panel }
func (p *wizard) show(*State)         {}
func (p *wizard) leave()              {}

func (p *wizard) enter() {
	p.step = p.app.asked
	p.put()
}

// put asks the question of the step.
func (p *wizard) put() {
	w := p.app.words
	switch p.step {
	case askLanguage:
		p.words(chinese.chooseLang+" · "+english.chooseLang, chinese.ownName, english.ownName)
	case askTouch:
		p.words(w.askTouch, w.calibrate, w.skip)
	case askTheme:
		p.words(w.askTheme, w.dark, w.light)
	default:
		p.words(w.askMusic, w.openFiles, w.later)
	}
	p.yes.Focus()
	p.panel.InvalidateAll()
}

func (p *wizard) words(ask, yes, no string) {
	p.ask = ask
	p.yes.SetText(yes)
	p.no.SetText(no)
}

// answer acts on an answer and asks on.
func (p *wizard) answer(yes bool) {
	a, step := p.app, p.step
	a.asked = p.following(step)
	if a.asked == asks {
		a.keep(func(q *Prefs) { q.Ready = true })
	}
	switch {
	case step == askLanguage && yes:
		a.setLang(Chinese)
	case step == askLanguage:
		a.setLang(English)
	case step == askTouch && yes:
		a.open(pageTouch)
		return
	case step == askTheme && yes:
		a.setTheme(a.themeNamed("dark"))
	case step == askTheme:
		a.setTheme(a.themeNamed("light"))
	case step == askMusic:
		a.toHome()
		if yes {
			a.open(pageFiles)
		}
		return
	}
	a.page(a.top()).enter()
}

// following is the question after one: those that make no sense are left out.
func (p *wizard) following(step int) int {
	if step++; step == askTouch && p.app.opt.Touch == nil {
		step++
	}
	return step
}

// handle goes back a question.
func (p *wizard) handle(e ial.Event) bool {
	if e.Type != ial.KeyPress || e.Key != ial.KeyBack {
		return false
	}
	if !e.Repeat && p.step > 0 {
		p.app.asked = p.step - 1
		if p.app.asked == askTouch && p.app.opt.Touch == nil {
			p.app.asked--
		}
		p.enter()
	}
	return true
}

// paint draws the bird, its perch and the question.
func (p *wizard) paint(dst *rgb565.Image) {
	t := p.app.theme
	theme.DrawBird(dst, image.Pt(160-wizardBird/2, wizardPerch.Min.Y-theme.BirdFeet(wizardBird)), wizardBird, t)
	dst.RoundRect(wizardPerch, 1, t.Line)
	done := wizardPerch
	done.Max.X = done.Min.X + wizardPerch.Dx()*(p.step+1)/asks
	dst.RoundRect(done, 1, t.Accent)
	ask := font.Ellipsis(font.Small, p.ask, 304)
	font.Draw(dst, font.Small, 160-font.Width(font.Small, ask)/2, 110, ask, t.Text2, t.Curve)
}
