package app

import (
	"fmt"
	"image"

	"linnet/ui/font"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// libraryPage is how far the scan is, which media are away and which files are
// no tracks.
type libraryPage struct {
	listPage
	line  widget.Progress
	label widget.Label
	bad   Shelf
	seq   int
	shown MusicState
}

// Places on the page while there is a scan.
var (
	scanLabel = image.Rect(12, 40, 308, 58)
	scanLine  = image.Rect(12, 64, 308, 68)
)

const scanHeight = 40 // that the list gives way

func newLibrary(a *App) *libraryPage {
	p := &libraryPage{bad: noShelf{}}
	p.init(a, a.words.library, (*libraryRows)(p), action{theme.IconRepeat, p.scan})
	p.label = a.label(font.Small, a.theme.Text2, 53)
	p.panel.Add(&p.label.Window, scanLabel, &p.label)
	p.line = widget.Progress{Theme: a.theme, Paper: a.theme.Background, Track: a.theme.Line}
	p.panel.Add(&p.line.Window, scanLine, &p.line)
	p.label.Show(false)
	p.line.Show(false)
	p.shown.Version = a.music.Version + 1
	return p
}

func (p *libraryPage) show(*State) {
	a, m := p.app, &p.app.music
	if m.same(&p.shown) {
		return
	}
	was := p.shown
	p.shown = *m
	p.head.set(p.name, a.words.count(m.Tracks, a.words.track, a.words.tracks))
	p.head.actions[0].Show(!m.Scanning)
	if m.Scanning {
		p.label.SetText(a.words.scanned(m))
		p.line.Set(int64(m.Done), int64(m.Total))
	}
	if m.Scanning != p.line.Visible() {
		p.line.Show(m.Scanning)
		p.label.Show(m.Scanning)
		r := listRect
		if m.Scanning {
			r.Min.Y += scanHeight
		}
		p.list.SetRect(r)
		p.list.Fit()
	}
	if m.Version != was.Version {
		p.load()
	}
}

// load reads which files are no tracks.
func (p *libraryPage) load() {
	p.seq++
	seq, a := p.seq, p.app
	var bad Shelf
	a.work(func() (err error) {
		bad, err = a.opt.Music.Look(Place{Kind: WithTrouble})
		return err
	}, func(err error) {
		if seq == p.seq && err == nil {
			p.bad = bad
			p.list.Reset(p.list.Current())
		}
	})
}

// scan looks for what has changed.
func (p *libraryPage) scan() {
	a := p.app
	a.work(a.opt.Music.Scan, func(err error) {
		if err != nil {
			a.bands.say(theme.IconWarn, a.words.badPlace, a.words.reason(err))
		}
	})
}

// libraryRows are the media that are away, then the files that are no tracks; or
// that all is well.
type libraryRows libraryPage

func (l *libraryRows) Len() int { return max(1, len(l.shown.Away)+l.bad.Len()) }

func (l *libraryRows) Row(i int, r *widget.Row) {
	w := l.app.words
	if len(l.shown.Away)+l.bad.Len() == 0 {
		r.Icon, r.Title, r.Sub = theme.IconCheck, w.allWell, w.allWellSub
		return
	}
	if i < len(l.shown.Away) {
		m := &l.shown.Away[i]
		r.Icon, r.Title, r.Sub, r.Chevron = theme.IconUSB, m.Name, joined(w.notIn, w.count(m.Tracks, w.track, w.tracks)), true
		return
	}
	it := l.bad.Item(i - len(l.shown.Away))
	r.Icon, r.Title, r.Sub = theme.IconWarn, it.Title, w.trouble(&it)
}

// Open asks whether a medium is to be forgotten, or says all about a file.
func (l *libraryRows) Open(i int) {
	a, w := l.app, l.app.words
	if i < len(l.shown.Away) {
		m := l.shown.Away[i]
		a.dialog.Open(widget.Question{
			Icon: theme.IconUSB, Ask: fmt.Sprintf(w.forgetAsk, m.Name), Tell: w.forgetTell, No: w.cancel, Yes: w.forget, Harmful: true,
			Do: func() {
				a.work(func() error { return a.opt.Music.Forget(m.Volume) }, func(err error) {
					if err != nil {
						a.bands.say(theme.IconWarn, w.notSaved, w.fault(err))
					}
				})
			},
		}, nil)
		return
	}
	if i -= len(l.shown.Away); i < l.bad.Len() {
		it := l.bad.Item(i)
		a.bands.say(theme.IconWarn, it.Title, w.trouble(&it))
	}
}
