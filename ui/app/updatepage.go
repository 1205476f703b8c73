package app

import (
	"image"
	"path"
	"slices"
	"time"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// updatePage is the new versions that lie on media, and the way back to a new
// machine; or, while one is installed, how far that is.
type updatePage struct {
	settingsPage
	found []UpdateFile
	known bool // they were looked for
	timer *ui.Timer

	title, far, hint widget.Label
	line             widget.Progress
	stop             widget.Pill
	busy             bool
}

// updatesEvery is how often media are looked at.
const updatesEvery = 2 * time.Second

// Places on the page during an installation.
var (
	installTitle = image.Rect(12, 56, 308, 80)
	installLine  = image.Rect(12, 96, 308, 100)
	installFar   = image.Rect(12, 110, 308, 130)
	installHint  = image.Rect(12, 138, 308, 158)
	installStop  = image.Rect(100, 180, 220, 220)
)

func newUpdatePage(a *App) *updatePage {
	p := &updatePage{}
	p.init(a, a.words.update, &p.rows)
	p.timer = a.desk.NewTimer(p.look)
	p.title = a.label(font.BodyBold, a.theme.Text, 74)
	p.far = a.label(font.Small, a.theme.Text2, 125)
	p.hint = a.label(font.Small, a.theme.Text2, 153)
	p.line = widget.Progress{Theme: a.theme, Paper: a.theme.Background, Track: a.theme.Line}
	p.stop = a.pill(a.words.cancel, widget.Quiet, func() { a.installing.cancel() })
	p.panel.Add(&p.title.Window, installTitle, &p.title)
	p.panel.Add(&p.line.Window, installLine, &p.line)
	p.panel.Add(&p.far.Window, installFar, &p.far)
	p.panel.Add(&p.hint.Window, installHint, &p.hint)
	p.panel.Add(&p.stop.Window, installStop.Inset(-widget.RingRoom), &p.stop)
	p.stop.SetFocusable(true)
	p.fill()
	p.put()
	return p
}

func (p *updatePage) enter() {
	p.put()
	p.focus()
	p.look()
}

func (p *updatePage) leave() { p.timer.Stop() }

// focus gives the keys to what can be done.
func (p *updatePage) focus() {
	if p.stop.Visible() {
		p.stop.Focus()
	} else if p.list.Visible() {
		p.list.Focus()
	}
}

// put shows an installation, or the list. The keys stay where they are unless one
// has taken the place of the other.
func (p *updatePage) put() {
	a, i := p.app, &p.app.installing
	other := p.list.Visible() == i.active
	p.list.Show(!i.active)
	p.title.Show(i.active)
	p.line.Show(i.active)
	p.far.Show(i.active)
	p.hint.Show(i.active && !i.sealed)
	p.stop.Show(i.active && !i.sealed)
	if other && p.panel.Visible() {
		p.focus()
	}
	if !i.active {
		return
	}
	w, far := a.words, i.get()
	p.title.SetText(joined(w.installing, "Linnet "+i.file.Version))
	p.hint.SetText(w.installHint)
	p.far.SetText(w.installed(far))
	p.line.Set(far.Done, max(far.Total, 1))
	if i.sealed {
		p.far.SetText(w.restarts)
		p.line.Set(1, 1)
	}
}

// look looks for new versions.
func (p *updatePage) look() {
	a := p.app
	if p.busy || a.opt.Updates == nil || a.installing.active {
		p.timer.Start(updatesEvery)
		return
	}
	p.busy = true
	var found []UpdateFile
	a.work(func() (err error) {
		found, err = a.opt.Updates.Find()
		return err
	}, func(err error) {
		p.busy = false
		if err != nil {
			a.bands.say(theme.IconWarn, a.words.update, a.words.reason(err))
		}
		if !p.known || !slices.Equal(found, p.found) {
			p.found, p.known = found, true
			p.fill()
		}
		if a.top() == pageUpdate {
			p.timer.Start(updatesEvery)
		}
	})
}

// fill makes the rows.
func (p *updatePage) fill() {
	a, w := p.app, p.app.words
	p.rows = nil
	for _, f := range p.found {
		p.rows = append(p.rows, item{row: func(r *widget.Row) {
			r.Icon, r.Title, r.Sub, r.Chevron = theme.IconUSB, "Linnet "+f.Version, joined(p.from(), f.Volume), true
			if f.Fault != UpdateFine {
				r.Icon, r.Sub, r.Chevron = theme.IconWarn, joined(w.updateFault(f.Fault), f.Volume), false
				if f.Version == "" {
					r.Title = path.Base(f.Path)
				}
			}
		}, do: func(int) { p.choose(f) }})
	}
	if len(p.found) == 0 && a.opt.Updates != nil {
		p.rows = append(p.rows, item{row: func(r *widget.Row) {
			r.Icon, r.Title, r.Sub, r.Off = theme.IconUSB, w.noUpdate, w.noUpdateHint, true
		}})
	}
	if a.opt.Forget != nil {
		p.rows = append(p.rows, item{row: func(r *widget.Row) {
			r.Icon, r.Title, r.Sub = theme.IconRepeat, w.forgetAll, w.forgetAllSub
		}, do: func(int) { p.forget() }})
	}
	p.list.Reset(0)
}

// from is the version that runs.
func (p *updatePage) from() string {
	if p.app.opt.About == nil {
		return ""
	}
	return p.app.words.runs + " " + p.app.opt.About().Version
}

// choose installs a version, or says why not.
func (p *updatePage) choose(f UpdateFile) {
	a, w := p.app, p.app.words
	if f.Fault == UpdateFine {
		a.install(f)
		return
	}
	a.dialog.Open(widget.Question{
		Icon: theme.IconWarn, Ask: w.updateRefused, Tell: w.updateTrouble(f.Fault), Yes: w.understood,
	}, nil)
}

// forget asks, and makes it a new machine.
func (p *updatePage) forget() {
	a, w := p.app, p.app.words
	a.dialog.Open(widget.Question{
		Icon: theme.IconTrash, Ask: w.forgetAllAsk, Tell: w.forgetAllTell, No: w.cancel, Yes: w.forgetAllDo, Harmful: true,
		Do: func() {
			a.work(a.opt.Forget, func(err error) {
				if err != nil {
					a.bands.say(theme.IconWarn, w.forgetAll, w.fault(err))
					return
				}
				a.bands.say(theme.IconCheck, w.forgetAll, w.restarts)
			})
		},
	}, nil)
}
