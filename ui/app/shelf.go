package app

import (
	"fmt"
	"image"
	"math/rand/v2"
	"strconv"
	"strings"

	"linnet/ui"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// visit is a place on the way, and what had the focus there.
type visit struct {
	at  Place
	cur int
}

// shelfPage shows what lies at one place of the library after the other. The way
// belongs to the App.
type shelfPage struct {
	app   *App
	panel widget.Panel
	mini  mini
	head  header
	list  widget.List
	grid  widget.Grid
	empty widget.Empty

	shelf   Shelf // what is shown
	shown   Place
	version uint64
	seq     int // of the latest request; older answers are dropped
	slow    *ui.Timer
	playing string
	rows    thumbs
	tiles   thumbs
}

// tileCover is how large covers are in a grid.
var tileCover = image.Pt(92, 92)

func newShelf(a *App) *shelfPage {
	p := &shelfPage{app: a}
	t := a.theme
	p.panel = widget.Panel{Paper: t.Background, OnEvent: p.handle}
	a.addPage(&p.panel)
	p.head.init(a, &p.panel.Window, p.up, action{theme.IconSearch, p.act})
	p.empty = widget.Empty{Theme: t, Button: a.words.again, Click: func() { p.look(p.cur()) }}
	p.empty.Show(false)
	p.panel.Add(&p.empty.Window, listRect, &p.empty)
	p.empty.Init()
	p.list = widget.List{Theme: t, Paper: t.Background, Rows: (*shelfRows)(p)}
	p.panel.Add(&p.list.Window, listRect, &p.list)
	p.list.Init()
	p.grid = widget.Grid{Theme: t, Paper: t.Background, Tiles: (*shelfTiles)(p), Columns: 3, Cover: tileCover}
	p.grid.Show(false)
	p.panel.Add(&p.grid.Window, listRect, &p.grid)
	p.grid.Init()
	p.mini.init(a, &p.panel.Window)
	p.slow = a.desk.NewTimer(func() { p.head.set(p.name(p.at()), a.words.reading) })
	p.rows = thumbs{app: a, size: image.Pt(32, 32), most: 48, found: p.changed}
	p.tiles = thumbs{app: a, size: tileCover, most: 18, found: p.changed}
	return p
}

func (p *shelfPage) base() *widget.Panel { return &p.panel }

// browse goes to a place of the library, from which the way begins.
func (a *App) browse(at Place) {
	a.way = append(a.way[:0], visit{at: at})
	a.open(pageShelf)
}

// at is the place that is shown, or about to be.
func (p *shelfPage) at() Place { return p.app.way[len(p.app.way)-1].at }

// cur is what is to have the focus.
func (p *shelfPage) cur() int { return p.app.way[len(p.app.way)-1].cur }

func (p *shelfPage) enter() {
	if p.shelf == nil || p.shown != p.at() {
		p.look(p.cur())
		return
	}
	p.focus()
}

func (p *shelfPage) leave() { p.remember() }

// remember notes what has the focus.
func (p *shelfPage) remember() {
	if n := len(p.app.way); n > 0 && p.shelf != nil && p.shown == p.at() {
		p.app.way[n-1].cur = p.current()
	}
}

func (p *shelfPage) current() int {
	if p.inGrid() {
		return p.grid.Current()
	}
	return p.list.Current()
}

// inGrid says whether what is shown are tiles.
func (p *shelfPage) inGrid() bool { return p.shown.Kind == OfArtist || p.shown.Kind == OfGenre }

// show brings the page to the player's state.
func (p *shelfPage) show(s *State) {
	p.mini.show(s)
	if on := s.Count > 0; on != p.mini.Visible() {
		p.mini.Show(on)
		p.fit(on)
	}
	path := ""
	if s.Count > 0 && s.Status != Stopped {
		path = s.Track.Path
	}
	if path != p.playing {
		p.changed(p.playing)
		p.playing = path
		p.changed(path)
	}
	if p.shelf != nil && p.version != p.app.music.Version {
		p.version = p.app.music.Version
		p.look(p.current())
	}
}

// fit makes room for the mini player.
func (p *shelfPage) fit(mini bool) {
	r := listRect
	if mini {
		r.Max.Y = miniRect.Min.Y
	}
	p.list.SetRect(r)
	p.grid.SetRect(r)
	p.empty.SetRect(r)
	p.empty.Layout()
	p.list.Fit()
	p.grid.Fit()
}

// changed draws anew what stands for a path, as far as it is in sight.
func (p *shelfPage) changed(path string) {
	if p.shelf == nil || path == "" {
		return
	}
	if p.inGrid() {
		for i, end := p.grid.Seen(); i < end; i++ {
			if p.shelf.Item(i).Path == path {
				p.grid.Changed(i)
			}
		}
		return
	}
	for i, end := p.list.Seen(); i < end; i++ {
		if p.shelf.Item(i).Path == path {
			p.list.Changed(i)
		}
	}
}

// focus gives the keys to what can be walked.
func (p *shelfPage) focus() {
	switch {
	case p.empty.Visible():
		p.empty.Focus()
	case p.inGrid():
		p.grid.Focus()
	default:
		p.list.Focus()
	}
}

// handle is given what no control of the page used.
func (p *shelfPage) handle(e ial.Event) bool {
	if e.Type == ial.KeyPress && e.Key == ial.KeyBack {
		if !e.Repeat {
			p.up()
		}
		return true
	}
	return false
}

// up goes to the place before, or from the first one to the page before.
func (p *shelfPage) up() {
	a := p.app
	if len(a.way) < 2 {
		a.back()
		return
	}
	a.way = a.way[:len(a.way)-1]
	p.look(p.cur())
}

// open goes to a place.
func (p *shelfPage) open(to Place) {
	p.remember()
	p.app.way = append(p.app.way, visit{at: to})
	p.look(0)
}

// look asks what lies at the place that the way ends at, and shows it with item
// cur in the focus.
func (p *shelfPage) look(cur int) {
	p.seq++
	seq, a, at := p.seq, p.app, p.at()
	p.slow.Start(readingAfter)
	var shelf Shelf
	a.work(func() (err error) {
		shelf, err = a.opt.Music.Look(at)
		return err
	}, func(err error) {
		if seq == p.seq {
			p.slow.Stop()
			p.arrive(at, shelf, err, cur)
		}
	})
}

// arrive shows what lies at a place.
func (p *shelfPage) arrive(at Place, shelf Shelf, err error, cur int) {
	a, w := p.app, p.app.words
	if err != nil || shelf == nil {
		shelf = noShelf{}
	}
	p.shelf, p.shown, p.version = shelf, at, a.music.Version
	none := shelf.Len() == 0
	switch {
	case err != nil:
		p.empty.SetText(w.badPlace, w.reason(err))
	case none:
		p.empty.SetText(w.emptyPlace, w.placeHint)
	}
	p.head.set(p.name(at), p.counted(at))
	icon := theme.IconShuffle
	if at.Kind <= AllGenres {
		icon = theme.IconSearch
	}
	p.head.actions[0].SetIcon(icon, a.theme.Text)
	p.head.actions[0].Show(!none)
	p.empty.Show(none)
	p.list.Show(!none && !p.inGrid())
	p.grid.Show(!none && p.inGrid())
	if p.inGrid() {
		p.grid.Reset(cur)
	} else {
		p.list.Reset(cur)
	}
	if p.panel.Visible() && !a.covered() {
		p.focus()
	}
}

// name is what a place is called.
func (p *shelfPage) name(at Place) string {
	w := p.app.words
	switch at.Kind {
	case AllArtists:
		return w.artists
	case AllAlbums:
		return w.albums
	case AllTracks:
		return w.allTracks
	case AllGenres:
		return w.genres
	case InFolder:
		if at.Name == "" {
			return w.folders
		}
		return at.Name[strings.LastIndexByte(at.Name, '/')+1:]
	}
	return at.Name
}

// counted is how much there is at the place that is shown.
func (p *shelfPage) counted(at Place) string {
	n, w := p.shelf.Len(), p.app.words
	switch {
	case n == 0:
		return ""
	case at.Kind == OfArtist || at.Kind == OfGenre:
		return w.count(n, w.album, w.albumsN)
	case at.Kind == OfAlbum || at.Kind == OfList:
		return w.count(n, w.track, w.tracks)
	case at.Kind == InFolder:
		return w.count(n, w.item, w.items)
	}
	return number(n)
}

// act is what the button at the right does: search where there is all, and else
// play what is there in any order.
func (p *shelfPage) act() {
	a := p.app
	if p.shown.Kind <= AllGenres {
		a.open(pageSearch)
		return
	}
	var paths []string
	if p.shown.Kind == InFolder || p.inGrid() {
		for i := range p.shelf.Len() {
			paths = append(paths, p.shelf.Below(i)...)
		}
	} else {
		paths, _ = p.shelf.Tracks(0)
	}
	if len(paths) == 0 {
		a.sayAway(p.shelf.Item(0).Volume)
		return
	}
	a.opt.Player.SetShuffle(true)
	a.opt.Player.Open(paths, rand.IntN(len(paths)))
	a.open(pageNow)
}

// noShelf is the shelf of a place that cannot be read.
type noShelf struct{}

func (noShelf) Len() int                   { return 0 }
func (noShelf) Item(int) Item              { return Item{} }
func (noShelf) Tracks(int) ([]string, int) { return nil, 0 }
func (noShelf) Below(int) (paths []string) { return nil }

// take goes to item i or plays it, unless another shelf is on its way.
func (p *shelfPage) take(i int) {
	if p.shown == p.at() {
		p.app.openItem(p.shelf, i, p.open)
	}
}

// openItem goes to what item i of a shelf leads to, or plays the shelf's tracks
// from it on. What plays already is shown, not begun again.
func (a *App) openItem(s Shelf, i int, enter func(Place)) {
	it := s.Item(i)
	switch {
	case it.To.Kind != NoPlace:
		enter(it.To)
	case it.Away:
		a.sayAway(it.Volume)
	case it.Path == a.state.Track.Path && a.state.Count > 0 && a.state.Status != Stopped:
		a.open(pageNow)
	default:
		paths, start := s.Tracks(i)
		a.opt.Player.Open(paths, start)
		a.open(pageNow)
	}
}

// sayAway says why something cannot be played.
func (a *App) sayAway(volume string) {
	a.bands.say(theme.IconUSB, fmt.Sprintf(a.words.away, volume), a.words.awayHint)
}

// row says in a row what an item is.
func (a *App) row(it *Item, r *widget.Row, covers *thumbs) {
	w := a.words
	r.Title, r.Off = it.Title, it.Away
	switch it.To.Kind {
	case NoPlace:
		r.Icon = theme.IconNote
		r.Sub = joined(it.Artist, stars(it.Rating))
		if it.Away {
			r.Icon, r.Sub = theme.IconUSB, joined(it.Artist, w.notIn)
		}
		if it.Length > 0 {
			r.Value = timeText(it.Length)
		}
		return
	case InFolder, OfGenre:
		r.Icon, r.Chevron = theme.IconFolder, true
		if it.To.Kind == OfGenre {
			r.Icon = theme.IconTag
		}
		r.Sub = w.count(it.Tracks, w.track, w.tracks)
	case OfArtist:
		r.Icon, r.Cover = theme.IconArtist, covers.of(it.Path)
		r.Sub, r.Chevron = joined(w.count(it.Albums, w.album, w.albumsN), w.count(it.Tracks, w.track, w.tracks)), true
		if it.Albums == 0 {
			r.Sub = w.count(it.Tracks, w.track, w.tracks)
		}
	default:
		r.Icon, r.Cover, r.Value = theme.IconDisc, covers.of(it.Path), it.Year
		r.Sub = joined(it.Artist, w.count(it.Tracks, w.track, w.tracks))
	}
	if it.Away {
		r.Icon, r.Cover, r.Sub = theme.IconUSB, nil, joined(r.Sub, w.notIn)
	}
}

// shelfRows is a shelf as rows.
type shelfRows shelfPage

func (s *shelfRows) Len() int {
	if s.shelf == nil {
		return 0
	}
	return s.shelf.Len()
}

func (s *shelfRows) Row(i int, r *widget.Row) {
	it := s.shelf.Item(i)
	s.app.row(&it, r, &s.rows)
	if it.To.Kind != NoPlace {
		return
	}
	switch {
	case s.shown.Kind == OfAlbum && it.Number > 0:
		r.Number = strconv.Itoa(it.Number)
	case s.shown.Kind == OfList:
		r.Number = strconv.Itoa(i + 1)
	}
	r.Playing = s.playing != "" && it.Path == s.playing
}

// Letter is what a row stands under, below 0 where they are in another order.
func (s *shelfRows) Letter(i int) int {
	if l, ok := s.shelf.(Lettered); ok {
		return l.Letter(i)
	}
	return -1
}

// Open goes to a place, or plays the tracks from one on.
func (s *shelfRows) Open(i int) { (*shelfPage)(s).take(i) }

// Hold offers what can be done with an item.
func (s *shelfRows) Hold(i int) {
	p := (*shelfPage)(s)
	p.app.offer(image.Pt(308, p.list.RowRect(i).Max.Y), p.shelf, i, p.shown, func() { p.list.Changed(i) })
}

// shelfTiles is a shelf as tiles.
type shelfTiles shelfPage

func (s *shelfTiles) Len() int { return (*shelfRows)(s).Len() }

func (s *shelfTiles) Tile(i int, t *widget.Tile) {
	it := s.shelf.Item(i)
	w := s.app.words
	t.Icon, t.Title, t.Cover = theme.IconDisc, it.Title, s.tiles.of(it.Path)
	switch {
	case it.Away:
		t.Icon, t.Cover, t.Sub = theme.IconUSB, nil, w.notIn
	case it.To.Kind == NoPlace:
		t.Icon, t.Sub = theme.IconNote, timeText(it.Length)
	case s.shown.Kind == OfGenre:
		t.Sub = it.Artist
	default:
		t.Sub = joined(it.Year, w.count(it.Tracks, w.track, w.tracks))
	}
}

// Open goes to an album, or plays a track that is on none.
func (s *shelfTiles) Open(i int) { (*shelfPage)(s).take(i) }
