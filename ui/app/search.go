package app

import (
	"image"
	"strings"

	"linnet/ui/font"
	"linnet/ui/ial"
	"linnet/ui/widget"
)

// searchPage finds tracks by words while they are typed. Below the results is
// the keyboard; it goes when the search key is pressed, and comes back when the
// line is touched or by the key back.
type searchPage struct {
	app   *App
	panel widget.Panel
	head  header
	edit  widget.Edit
	line  searchLine
	hint  widget.Label
	list  widget.List
	board widget.Keyboard

	shelf   Shelf
	words   string // that were looked for
	seq     int
	playing string
	version uint64
	covers  thumbs
}

// searchLine is the line of text; a touch brings the keyboard back.
type searchLine struct {
	*widget.Edit
	page *searchPage
}

// Handle is of ui.Control.
func (l searchLine) Handle(e ial.Event) bool {
	if e.Type == ial.PointerDown {
		l.page.typing(true)
	}
	return l.Edit.Handle(e)
}

const (
	searchRow  = 35  // height of a row above the keyboard
	maxSearch  = 200 // tracks that are listed
	maxLetters = 40
)

// searchRect is where results are while there is a keyboard.
var searchRect = image.Rect(0, 36, 320, 240-widget.KeyboardHeight)

func newSearch(a *App) *searchPage {
	p := &searchPage{app: a, shelf: noShelf{}}
	p.panel = widget.Panel{Paper: a.theme.Background, OnEvent: p.handle}
	a.addPage(&p.panel)
	p.head.init(a, &p.panel.Window, a.back)
	p.edit = widget.Edit{Theme: a.theme, Paper: a.theme.Background, Most: maxLetters, Changed: p.find}
	p.line = searchLine{&p.edit, p}
	p.panel.Add(&p.edit.Window, image.Rect(44, 3, 310, 33), p.line)
	p.edit.Init()
	p.hint = a.label(font.Small, a.theme.Text2, 75)
	p.hint.Align = widget.Center
	p.panel.Add(&p.hint.Window, widget.LabelBox(font.Small, 12, 308, 75), &p.hint)
	p.list = widget.List{Theme: a.theme, Paper: a.theme.Background, Rows: (*searchRows)(p), High: searchRow}
	p.panel.Add(&p.list.Window, searchRect, &p.list)
	p.list.Init()
	p.board = widget.Keyboard{
		Theme: a.theme, Edit: &p.edit, Space: a.words.space, Done: a.words.search, Enter: p.done, Chinese: a.prefs.Lang == Chinese,
	}
	p.panel.Add(&p.board.Window, image.Rect(0, 240-widget.KeyboardHeight, 320, 240), &p.board)
	p.board.Init()
	p.covers = thumbs{app: a, size: image.Pt(32, 32), most: 32, found: p.changed}
	return p
}

func (p *searchPage) base() *widget.Panel { return &p.panel }
func (p *searchPage) leave()              { p.app.searched = p.edit.Text() }

func (p *searchPage) enter() {
	p.board.Reset()
	p.edit.SetText(p.app.searched)
	p.typing(p.words == "" || p.board.Visible())
	p.find()
}

// typing shows the keyboard or takes it away.
func (p *searchPage) typing(on bool) {
	p.board.Show(on)
	r := listRect
	p.list.High = 0
	if on {
		r, p.list.High = searchRect, searchRow
	}
	if r != p.list.Rect() {
		p.list.SetRect(r)
		p.list.Reset(p.list.Current())
	}
	if on {
		p.board.Focus()
	} else {
		p.list.Focus()
	}
}

// done is the search key.
func (p *searchPage) done() {
	if p.shelf.Len() > 0 {
		p.typing(false)
	}
}

// handle is given what no control of the page used.
func (p *searchPage) handle(e ial.Event) bool {
	if e.Type == ial.KeyPress && e.Key == ial.KeyBack && !p.board.Visible() {
		if !e.Repeat {
			p.typing(true)
		}
		return true
	}
	return p.app.pageKey(e)
}

func (p *searchPage) show(s *State) {
	path := ""
	if s.Count > 0 && s.Status != Stopped {
		path = s.Track.Path
	}
	if path != p.playing {
		p.playing = path
		p.list.InvalidateAll()
	}
	if v := p.app.music.Version; v != p.version {
		p.version, p.words = v, ""
		p.find()
	}
}

// wanted is the words to look for: those that are there and, of letters that are
// not yet hanzi, the initials.
func (p *searchPage) wanted() string {
	text := strings.TrimSpace(p.edit.Text())
	parts := strings.Split(p.edit.Typing(), "’")
	if len(parts) < 2 {
		return strings.TrimSpace(text + " " + parts[0])
	}
	initials := ""
	for _, s := range parts {
		if s != "" {
			initials += s[:1]
		}
	}
	return strings.TrimSpace(text + " " + initials)
}

// find looks for what is typed. Where letters that are not yet hanzi lead
// nowhere, they count for nothing.
func (p *searchPage) find() {
	words := p.wanted()
	if words == p.words && words != "" {
		return
	}
	p.words = words
	p.seq++
	seq, a, text := p.seq, p.app, strings.TrimSpace(p.edit.Text())
	if words == "" {
		p.arrive(noShelf{})
		return
	}
	var shelf Shelf
	a.work(func() (err error) {
		shelf, err = a.opt.Music.Look(Place{Kind: WithWords, Name: words})
		if err == nil && shelf.Len() == 0 && text != "" && text != words {
			shelf, err = a.opt.Music.Look(Place{Kind: WithWords, Name: text})
		}
		return err
	}, func(err error) {
		if seq != p.seq {
			return
		}
		if err != nil {
			shelf = noShelf{}
		}
		p.arrive(shelf)
	})
}

func (p *searchPage) arrive(shelf Shelf) {
	p.shelf = shelf
	none, w := shelf.Len() == 0, p.app.words
	p.list.Show(!none)
	p.hint.Show(none)
	if p.words == "" {
		p.hint.SetText(w.searchHint)
	} else {
		p.hint.SetText(w.nothingFound)
	}
	if none && !p.board.Visible() && p.panel.Visible() {
		p.typing(true)
	}
	p.list.Reset(0)
}

// changed draws anew what stands for a path.
func (p *searchPage) changed(path string) {
	for i, end := p.list.Seen(); i < end; i++ {
		if p.shelf.Item(i).Path == path {
			p.list.Changed(i)
		}
	}
}

// searchRows are the tracks that were found.
type searchRows searchPage

func (s *searchRows) Len() int { return min(s.shelf.Len(), maxSearch) }

func (s *searchRows) Row(i int, r *widget.Row) {
	it := s.shelf.Item(i)
	s.app.row(&it, r, &s.covers)
	if !it.Away {
		r.Cover, r.Sub = s.covers.of(it.Path), joined(it.Artist, it.Album)
	}
	r.Playing = s.playing != "" && it.Path == s.playing
	r.From, r.To = foundIn(it.Title, (*searchPage)(s).edit.Text())
}

// foundIn is where in a title the first of the words stands.
func foundIn(title, words string) (from, to int) {
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		low := strings.ToLower(title)
		if i := strings.Index(low, w); i >= 0 && len(low) == len(title) {
			return i, i + len(w)
		}
	}
	return 0, 0
}

// Open plays what was found from one on.
func (s *searchRows) Open(i int) { s.app.openItem(s.shelf, i, func(Place) {}) }

// Hold offers what can be done with a track.
func (s *searchRows) Hold(i int) {
	p := (*searchPage)(s)
	p.app.offer(image.Pt(308, p.list.RowRect(i).Max.Y), p.shelf, i, Place{Kind: WithWords}, func() { p.list.Changed(i) })
}
