package app

import (
	"image"

	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// place is a folder that can be gone to.
type place struct{ path, name string }

// filesPage is the file browser.
type filesPage struct {
	app  *App
	page widget.Panel
	mini mini

	head   header
	list   widget.List
	empty  widget.Empty
	loader loader

	way     []place // from the root to the folder that is shown
	entries []Entry
	known   []bool // which of them are described, or are about to be
	playing string // the path that is marked as playing
}

// listRect is where lists are: five whole rows, so that none is seen in part when a list
// is at its end.
var listRect = image.Rect(0, 36, 320, 236)

func (p *filesPage) init(a *App) {
	p.app = a
	t := a.theme
	p.page = widget.Panel{Paper: t.Background, OnEvent: p.handle}
	a.addPage(&p.page)
	p.head.init(a, &p.page.Window, p.up, action{theme.IconVol, a.bands.open})
	p.head.set(a.words.files, "")
	p.empty = widget.Empty{Theme: t, Button: a.words.again, Click: p.reload}
	p.empty.Show(false)
	p.page.Add(&p.empty.Window, listRect, &p.empty)
	p.empty.Init()
	p.list = widget.List{Theme: t, Paper: t.Background, Rows: (*fileRows)(p)}
	p.page.Add(&p.list.Window, listRect, &p.list)
	p.list.Init()
	p.mini.init(a, &p.page.Window)
	p.loader.init(p)
}

func (p *filesPage) base() *widget.Panel { return &p.page }
func (p *filesPage) leave()              {}

// enter shows the page.
func (p *filesPage) enter() { p.focus() }

// takeOver goes on where another one was, which was made in another language
// or theme.
func (p *filesPage) takeOver(old *filesPage) {
	p.way, p.entries, p.known = old.way, old.entries, make([]bool, len(old.entries))
	if len(p.way) == 0 {
		return
	}
	p.way[0].name = p.app.words.files
	p.loader.shelf = old.loader.shelf + 1
	p.restore()
	p.explain(nil, len(p.way) == 1)
	p.list.Show(len(p.entries) > 0)
	p.empty.Show(len(p.entries) == 0)
	p.list.Reset(old.list.Current())
}

// show brings the page to the player's state.
func (p *filesPage) show(s *State) {
	p.mini.show(s)
	p.head.actions[0].SetIcon(volumeIcon(s.Volume), p.app.theme.Text)
	if on := s.Count > 0; on != p.mini.Visible() {
		p.mini.Show(on)
		p.fit(on)
	}
	path := ""
	if s.Count > 0 && s.Status != Stopped {
		path = s.Track.Path
	}
	if path != p.playing {
		p.mark(p.playing)
		p.playing = path
		p.mark(path)
	}
}

// fit makes room for the mini player.
func (p *filesPage) fit(mini bool) {
	r := listRect
	if mini {
		r.Max.Y = miniRect.Min.Y
	}
	p.list.SetRect(r)
	p.empty.SetRect(r)
	p.empty.Layout()
	p.list.Fit()
}

// mark draws the row of a path anew.
func (p *filesPage) mark(path string) {
	for i := range p.entries {
		if p.entries[i].Path == path {
			p.list.Changed(i)
		}
	}
}

// focus gives the keys to what can be walked.
func (p *filesPage) focus() {
	switch {
	case len(p.entries) > 0:
		p.list.Focus()
	case p.empty.Visible():
		p.empty.Focus()
	default:
		p.head.back.Focus()
	}
}

// handle is given what no control of the page used.
func (p *filesPage) handle(e ial.Event) bool {
	if e.Type == ial.KeyPress && e.Key == ial.KeyBack {
		if !e.Repeat {
			p.up()
		}
		return true
	}
	return false
}

// up goes to the folder above, or from the first one to the page before, or
// gives up going into one.
func (p *filesPage) up() {
	if p.loader.cancel() {
		return
	}
	if len(p.way) < 2 {
		p.app.back()
		return
	}
	left := p.way[len(p.way)-1]
	to := p.way[len(p.way)-2]
	p.loader.list(to, func(es []Entry, err error) {
		p.way = p.way[:len(p.way)-1]
		p.arrive(es, err, left.path)
	})
}

// open goes into a folder.
func (p *filesPage) open(to place) {
	p.loader.list(to, func(es []Entry, err error) {
		p.way = append(p.way, to)
		p.arrive(es, err, "")
	})
}

// reload reads the folder again.
func (p *filesPage) reload() {
	if len(p.way) == 0 {
		return
	}
	at := ""
	if i := p.list.Current(); i < len(p.entries) {
		at = p.entries[i].Path
	}
	p.loader.list(p.way[len(p.way)-1], func(es []Entry, err error) { p.arrive(es, err, at) })
}

// arrive shows a folder that was read, the entry with the path at in focus.
func (p *filesPage) arrive(es []Entry, err error, at string) {
	p.entries, p.known = es, make([]bool, len(es))
	cur := 0
	for i := range es {
		if es[i].Path == at {
			cur = i
		}
	}
	root := len(p.way) == 1
	p.restore()
	p.explain(err, root)
	p.list.Show(len(es) > 0)
	p.empty.Show(len(es) == 0)
	p.list.Reset(cur)
	if p.page.Visible() && !p.app.covered() {
		p.focus()
	}
}

// restore shows the name of the folder whose rows are shown.
func (p *filesPage) restore() {
	count := ""
	if n := len(p.entries); n > 0 {
		count = p.app.words.itemCount(n)
	}
	p.head.set(p.way[len(p.way)-1].name, count)
}

// reading says that the next folder takes its time.
func (p *filesPage) reading() { p.head.set(p.loader.name, p.app.words.reading) }

// explain says why there are no rows.
func (p *filesPage) explain(err error, root bool) {
	w := p.app.words
	switch {
	case err != nil:
		p.empty.SetText(w.badDir, w.reason(err))
	case root:
		p.empty.SetText(w.emptyRoot, w.emptyHint)
	default:
		p.empty.SetText(w.emptyDir, w.dirHint)
	}
}

// fileRows is the page's entries as rows.
type fileRows filesPage

func (f *fileRows) Len() int { return len(f.entries) }

func (f *fileRows) Row(i int, r *widget.Row) {
	p := (*filesPage)(f)
	e := &p.entries[i]
	if !p.known[i] {
		p.known[i] = true
		p.loader.describe(i)
	}
	r.Title = e.Name
	if e.Dir {
		r.Icon, r.Chevron = theme.IconFolder, true
		if e.Items >= 0 {
			r.Sub = p.app.words.itemCount(e.Items)
		}
		return
	}
	r.Icon = theme.IconNote
	r.Sub = e.Format
	if e.Size >= 0 {
		r.Sub = joined(e.Format, sizeText(e.Size))
	}
	if e.Duration > 0 {
		r.Value = timeText(e.Duration)
	}
	r.Playing = p.playing != "" && e.Path == p.playing
}

// Open goes into a folder, or plays its files from this one on. What plays
// already is shown, not begun again.
func (f *fileRows) Open(i int) {
	p := (*filesPage)(f)
	e := p.entries[i]
	if e.Dir {
		p.open(place{e.Path, e.Name})
		return
	}
	if p.playing != e.Path {
		var paths []string
		start := 0
		for j := range p.entries {
			if j == i {
				start = len(paths)
			}
			if !p.entries[j].Dir {
				paths = append(paths, p.entries[j].Path)
			}
		}
		p.app.opt.Player.Open(paths, start)
	}
	p.app.open(pageNow)
}
