package app

import (
	"fmt"
	"slices"

	"linnet/ui/theme"
	"linnet/ui/widget"
)

// listsPage is the saved playlists.
type listsPage struct {
	listPage
	id    pageID // pageAddTo is for choosing one to add to
	empty widget.Empty
	all   []Playlist
}

func newLists(a *App, id pageID) *listsPage {
	p := &listsPage{id: id}
	p.empty = widget.Empty{Theme: a.theme, Button: a.words.queue, Click: func() { a.open(pageQueue) }}
	if id == pageAddTo {
		p.init(a, a.words.addTo, (*listRows)(p), action{theme.IconPlus, p.another})
		p.empty.Button, p.empty.Click = a.words.newOne, p.another
	} else {
		p.init(a, a.words.playlists, (*listRows)(p))
		a.tabLists(&p.listPage, pageLists)
	}
	p.empty.Show(false)
	p.panel.Add(&p.empty.Window, listRect, &p.empty)
	p.empty.Init()
	p.empty.SetText(a.words.listsEmpty, a.words.listsHint)
	return p
}

// tabLists has the queue and the saved lists stand side by side, where there are both.
func (a *App) tabLists(p *listPage, at pageID) {
	if a.opt.Playlists == nil {
		return
	}
	pages := [...]pageID{pageQueue, pageLists}
	p.head.sides(a, &p.panel.Window, []string{a.words.queue, a.words.playlists}, slices.Index(pages[:], at), func(i int, keys bool) {
		a.swap(pages[i])
		if !keys {
			return
		}
		switch to := a.page(pages[i]).(type) { // the keys stay where they are
		case *queuePage:
			to.head.tabs.Focus()
		case *listsPage:
			to.head.tabs.Focus()
		}
	})
}

func (p *listsPage) enter() {
	p.list.Focus()
	p.load(p.list.Current())
}

// load reads which lists there are.
func (p *listsPage) load(cur int) {
	a := p.app
	var all []Playlist
	a.work(func() (err error) {
		all, err = a.opt.Playlists.All()
		return err
	}, func(err error) {
		p.all = all
		none := len(all) == 0
		if err != nil {
			p.empty.SetText(a.words.badDir, a.words.reason(err))
		}
		p.empty.Show(none)
		p.list.Show(!none)
		p.list.Reset(cur)
		if a.top() == p.id && !p.head.tabs.Focused() && !a.covered() {
			if none {
				p.empty.Focus()
			} else {
				p.list.Focus()
			}
		}
	})
}

// listRows is the playlists as rows.
type listRows listsPage

func (l *listRows) Len() int { return len(l.all) }

func (l *listRows) Row(i int, r *widget.Row) {
	r.Icon, r.Title, r.Sub, r.Chevron = theme.IconList, l.all[i].Name, l.app.words.trackCount(l.all[i].Count), true
}

// Open shows what is on a list, or, where there is no library to know that,
// plays it.
func (l *listRows) Open(i int) {
	a, name := l.app, l.all[i].Name
	switch {
	case l.id == pageAddTo:
		a.back()
		a.addTo(name)
	case a.opt.Music != nil:
		a.browse(Place{Kind: OfList, Name: name})
	default:
		(*listsPage)(l).play(name)
	}
}

// another asks for the name of a list that is not there yet.
func (p *listsPage) another() {
	a := p.app
	a.ask(a.words.listName, a.words.newList, func(name string) {
		a.back()
		a.addTo(name)
	})
}

// Hold offers what can be done with a list.
func (l *listRows) Hold(i int) {
	p := (*listsPage)(l)
	if p.id == pageAddTo {
		l.Open(i)
		return
	}
	a, w, name := p.app, p.app.words, p.all[i].Name
	a.menu.Open(p.corner(i), []widget.Choice{
		{Icon: theme.IconPlay, Text: w.play, Do: func() { p.play(name) }},
		{Icon: theme.IconTrash, Text: w.delete, Do: func() { p.delete(name) }},
	}, nil)
}

func (p *listsPage) play(name string) {
	a := p.app
	var paths []string
	a.work(func() (err error) {
		paths, err = a.opt.Playlists.Load(name)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			a.bands.say(theme.IconWarn, fmt.Sprintf(a.words.unplayable, name), a.words.reason(err))
		case len(paths) > 0:
			a.opt.Player.Open(paths, 0)
			a.open(pageNow)
		}
	})
}

func (p *listsPage) delete(name string) {
	a, w := p.app, p.app.words
	a.dialog.Open(widget.Question{
		Icon: theme.IconTrash, Ask: fmt.Sprintf(w.deleteAsk, name), Tell: w.deleteTell, No: w.cancel, Yes: w.delete, Harmful: true,
		Do: func() {
			a.work(func() error { return a.opt.Playlists.Delete(name) }, func(err error) {
				if err != nil {
					a.bands.say(theme.IconWarn, w.notDeleted, w.fault(err))
				}
				p.load(p.list.Current())
			})
		},
	}, nil)
}

// work does what may be slow on a goroutine of its own, and then tells on the
// screens'.
func (a *App) work(do func() error, then func(error)) {
	desk := a.desk
	go func() {
		err := do()
		desk.Post(func() { then(err) })
	}()
}
