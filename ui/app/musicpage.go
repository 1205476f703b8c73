package app

import (
	"fmt"

	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// musicPage is where the ways into the library begin.
type musicPage struct {
	app   *App
	panel widget.Panel
	mini  mini
	head  header
	list  widget.List
	empty widget.Empty
	rows  items
	shown MusicState
}

func newMusic(a *App) *musicPage {
	p := &musicPage{app: a}
	p.panel = widget.Panel{Paper: a.theme.Background, OnEvent: p.handle}
	a.addPage(&p.panel)
	p.head.init(a, &p.panel.Window, a.back, action{theme.IconSearch, func() { a.open(pageSearch) }})
	p.fill()
	p.list = widget.List{Theme: a.theme, Paper: a.theme.Background, Rows: &p.rows}
	p.panel.Add(&p.list.Window, listRect, &p.list)
	p.list.Init()
	p.empty = widget.Empty{Theme: a.theme, Button: a.words.openFiles, Click: func() { a.open(pageFiles) }}
	p.empty.Show(false)
	p.panel.Add(&p.empty.Window, listRect, &p.empty)
	p.empty.Init()
	p.empty.SetText(a.words.emptyRoot, a.words.emptyHint)
	p.mini.init(a, &p.panel.Window)
	p.shown.Version = a.music.Version + 1
	return p
}

// fill lists the ways.
func (p *musicPage) fill() {
	a, w := p.app, p.app.words
	add := func(i theme.Icon, title string, count func() int, do func()) {
		p.rows = append(p.rows, item{
			row: func(r *widget.Row) {
				r.Icon, r.Title, r.Chevron = i, title, true
				if count != nil {
					r.Value = number(count())
				}
			},
			do: func(int) { do() },
		})
	}
	to := func(k PlaceKind) func() { return func() { a.browse(Place{Kind: k}) } }
	add(theme.IconArtist, w.artists, func() int { return a.music.Artists }, to(AllArtists))
	add(theme.IconDisc, w.albums, func() int { return a.music.Albums }, to(AllAlbums))
	add(theme.IconNote, w.allTracks, func() int { return a.music.Tracks }, to(AllTracks))
	add(theme.IconTag, w.genres, func() int { return a.music.Genres }, to(AllGenres))
	add(theme.IconFolder, w.folders, nil, to(InFolder))
	if a.opt.Playlists != nil {
		add(theme.IconList, w.playlists, nil, func() { a.open(pageLists) })
	}
	p.rows = append(p.rows, item{
		row: func(r *widget.Row) {
			r.Icon, r.Title, r.Sub, r.Chevron = theme.IconInfo, w.library, p.state(), true
		},
		do: func(int) { a.open(pageLibrary) },
	})
}

// state is what the library is about, or what is wrong with it.
func (p *musicPage) state() string {
	w, m := p.app.words, &p.app.music
	switch {
	case m.Scanning:
		return w.scanned(m)
	case len(m.Away) > 0:
		return fmt.Sprintf(w.awayShort, m.Away[0].Name)
	case m.Troubles > 0:
		return w.count(m.Troubles, w.troubleOne, w.troublesN)
	}
	return w.upToDate
}

func (p *musicPage) base() *widget.Panel { return &p.panel }
func (p *musicPage) leave()              {}

func (p *musicPage) enter() {
	if p.empty.Visible() {
		p.empty.Focus()
	} else {
		p.list.Focus()
	}
}

func (p *musicPage) handle(e ial.Event) bool { return p.app.pageKey(e) }

func (p *musicPage) show(s *State) {
	p.mini.show(s)
	if on := s.Count > 0; on != p.mini.Visible() {
		p.mini.Show(on)
		r := listRect
		if on {
			r.Max.Y = miniRect.Min.Y
		}
		p.list.SetRect(r)
		p.list.Fit()
		p.empty.SetRect(r)
		p.empty.Layout()
	}
	m := &p.app.music
	if m.same(&p.shown) {
		return
	}
	p.shown = *m
	count := ""
	if m.Tracks > 0 {
		count = p.app.words.count(m.Tracks, p.app.words.track, p.app.words.tracks)
	}
	p.head.set(p.app.words.music, count)
	none := m.Tracks == 0 && m.Troubles == 0 && !m.Scanning
	if none != p.empty.Visible() {
		p.empty.Show(none)
		p.list.Show(!none)
		p.head.actions[0].Show(!none)
		if p.panel.Visible() {
			p.enter()
		}
	}
	p.list.InvalidateAll()
}

// same says whether two states look the same.
func (m *MusicState) same(n *MusicState) bool {
	return m.Version == n.Version && m.Scanning == n.Scanning && m.Done == n.Done && m.Total == n.Total && m.Left == n.Left
}

// musicChanged brings the page that is shown to the library's state.
func (a *App) musicChanged() {
	a.music = a.opt.Music.State()
	a.page(a.top()).show(&a.state)
}
