package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"linnet/ui/theme"
	"linnet/ui/widget"
)

// queuePage is what is played and what comes next. A row is moved by its
// handle; one that is held offers more.
type queuePage struct {
	listPage
	empty  widget.Empty
	paths  []string
	named  map[string]named // what is known of the files
	asked  map[string]bool
	busy   bool
	from   int // where a row that is moved came from, or -1
	to     int
	index  int // of what plays, as shown
	count  int
	status Status
}

// named is what a file says about itself.
type named struct{ title, artist, length string }

func newQueue(a *App) *queuePage {
	p := &queuePage{named: map[string]named{}, asked: map[string]bool{}, from: -1, index: -1}
	p.init(a, a.words.queue, (*queueRows)(p), action{theme.IconMore, nil})
	p.head.actions[0].Click = p.offer
	a.tabLists(&p.listPage, pageQueue)
	p.empty = widget.Empty{Theme: a.theme, Button: a.words.openFiles, Click: func() { a.open(pageFiles) }}
	p.empty.Show(false)
	p.panel.Add(&p.empty.Window, listRect, &p.empty)
	p.empty.Init()
	p.empty.SetText(a.words.queueEmpty, a.words.queueHint)
	return p
}

func (p *queuePage) enter() {
	p.load()
	p.list.Reset(max(0, p.app.state.Index))
	p.focus()
}

func (p *queuePage) focus() {
	if p.empty.Visible() {
		p.empty.Focus()
	} else {
		p.list.Focus()
	}
}

// load reads the queue.
func (p *queuePage) load() {
	if p.from >= 0 {
		return // a row is on its way
	}
	p.paths = p.app.opt.Player.Queue()
	none := len(p.paths) == 0
	p.empty.Show(none)
	p.list.Show(!none)
	p.head.actions[0].Show(!none)
	count := ""
	if !none {
		count = p.app.words.trackCount(len(p.paths))
	}
	p.head.set(p.name, count)
}

func (p *queuePage) show(s *State) {
	if s.Count != p.count || !slices.Equal(p.paths, p.app.opt.Player.Queue()) {
		cur := p.list.Current()
		p.count = s.Count
		p.load()
		p.list.Reset(cur)
	}
	if s.Index != p.index || s.Status != p.status {
		p.list.Changed(p.index)
		p.index, p.status = s.Index, s.Status
		p.list.Changed(p.index)
	}
}

// offer opens the menu of the queue as a whole.
func (p *queuePage) offer() {
	a, w := p.app, p.app.words
	var choices []widget.Choice
	if a.opt.Playlists != nil {
		choices = append(choices, widget.Choice{Icon: theme.IconPlus, Text: w.saveQueue, Do: p.save})
	}
	shuffle := a.state.Shuffle
	choices = append(choices,
		widget.Choice{Icon: theme.IconShuffle, Text: w.shuffle, Chosen: shuffle, Do: func() { a.opt.Player.SetShuffle(!shuffle) }},
		widget.Choice{Icon: theme.IconTrash, Text: w.clearQueue, Do: p.clear})
	a.menu.Open(menuCorner, choices, nil)
}

func (p *queuePage) save() {
	a := p.app
	paths := slices.Clone(p.paths)
	a.ask(a.words.listName, a.words.newList, func(name string) {
		a.work(func() error { return a.opt.Playlists.Save(name, paths) }, func(err error) {
			if err != nil {
				a.bands.say(theme.IconWarn, a.words.notSaved, a.words.fault(err))
				return
			}
			a.bands.say(theme.IconCheck, fmt.Sprintf(a.words.saved, name), a.words.trackCount(len(paths)))
		})
	})
}

func (p *queuePage) clear() {
	a, w := p.app, p.app.words
	a.dialog.Open(widget.Question{
		Icon: theme.IconTrash, Ask: w.clearAsk, Tell: w.clearTell, No: w.cancel, Yes: w.clear, Harmful: true,
		Do: func() { a.opt.Player.Arrange(nil) },
	}, nil)
}

// queueRows is the queue as rows.
type queueRows queuePage

func (q *queueRows) Len() int { return len(q.paths) }

func (q *queueRows) Row(i int, r *widget.Row) {
	p := (*queuePage)(q)
	path := p.paths[i]
	n, ok := p.named[path]
	if !ok {
		p.describe(path)
		n.title = fileTitle(path)
	}
	r.Title, r.Sub, r.Value = n.title, n.artist, n.length
	r.Number = strconv.Itoa(i + 1)
	r.Drag = true
	r.Playing = i == p.index && p.status != Stopped && p.from < 0
}

// Open plays a track, or shows the one that plays.
func (q *queueRows) Open(i int) {
	a := q.app
	if i != a.state.Index || a.state.Status == Stopped {
		a.opt.Player.PlayIndex(i)
	}
	a.open(pageNow)
}

// Hold offers what can be done with a track.
func (q *queueRows) Hold(i int) {
	p := (*queuePage)(q)
	a, w := p.app, p.app.words
	path, n := p.paths[i], len(p.paths)
	still := func(do func()) func() { // the queue may change while the menu is open
		return func() {
			if len(p.paths) == n && p.paths[i] == path {
				do()
			}
		}
	}
	var choices []widget.Choice
	if i > 0 {
		choices = append(choices, widget.Choice{Icon: theme.IconUp, Text: w.moveUp, Do: still(func() { p.move(i, i-1) })})
	}
	if i < n-1 {
		choices = append(choices, widget.Choice{Icon: theme.IconDown, Text: w.moveDown, Do: still(func() { p.move(i, i+1) })})
	}
	choices = append(choices, widget.Choice{Icon: theme.IconTrash, Text: w.remove, Do: still(func() { a.opt.Player.Remove(i) })})
	a.menu.Open(p.corner(i), choices, nil)
}

// move moves a row with the keys.
func (p *queuePage) move(from, to int) {
	(*queueRows)(p).Move(from, to)
	(*queueRows)(p).Moved()
	p.list.Reset(to)
}

// Move is of widget.Mover.
func (q *queueRows) Move(from, to int) {
	if q.from < 0 {
		q.from = from
	}
	q.to = to
	path := q.paths[from]
	q.paths = slices.Insert(slices.Delete(q.paths, from, from+1), to, path)
}

// Moved is of widget.Mover.
func (q *queueRows) Moved() {
	from := q.from
	q.from = -1
	if from >= 0 && from != q.to {
		q.app.opt.Player.Move(from, q.to)
	} else {
		(*queuePage)(q).show(&q.app.state) // it may have changed meanwhile
	}
	q.list.InvalidateAll()
}

// describe asks what a file says about itself.
func (p *queuePage) describe(path string) {
	if p.asked[path] {
		return
	}
	p.asked[path] = true
	if !p.busy {
		p.busy = true
		p.app.desk.Post(p.next)
	}
}

// next describes one of the files in sight that are not known yet.
func (p *queuePage) next() {
	from, to := p.list.Seen()
	for i := from; i < min(to, len(p.paths)); i++ {
		path := p.paths[i]
		if _, ok := p.named[path]; ok {
			continue
		}
		files, desk := p.app.opt.Files, p.app.desk
		go func() {
			e, err := files.Describe(Entry{Name: filepath.Base(path), Path: path})
			desk.Post(func() {
				n := named{title: fileTitle(path)}
				if err == nil {
					n = nameOf(e)
				}
				p.named[path] = n
				p.list.InvalidateAll()
				p.next()
			})
		}()
		return
	}
	p.busy = false
	clear(p.asked)
}

func nameOf(e Entry) named {
	n := named{title: e.Title, artist: e.Artist}
	if n.title == "" {
		n.title = fileTitle(e.Path)
	}
	if e.Duration > 0 {
		n.length = timeText(e.Duration)
	}
	return n
}

// fileTitle is what a track without a title is called.
func fileTitle(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}
