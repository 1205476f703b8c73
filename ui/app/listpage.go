package app

import (
	"image"

	"linnet/ui/ial"
	"linnet/ui/widget"
)

// listPage is a header and a list below it: most pages are one.
type listPage struct {
	app   *App
	panel widget.Panel
	head  header
	list  widget.List
	name  string
}

func (p *listPage) init(a *App, name string, rows widget.Rows, actions ...action) {
	p.app, p.name = a, name
	p.panel = widget.Panel{Paper: a.theme.Background, OnEvent: p.handle}
	a.addPage(&p.panel)
	p.head.init(a, &p.panel.Window, a.back, actions...)
	p.list = widget.List{Theme: a.theme, Paper: a.theme.Background, Rows: rows}
	p.panel.Add(&p.list.Window, listRect, &p.list)
	p.list.Init()
	p.head.set(name, "")
}

func (p *listPage) base() *widget.Panel { return &p.panel }
func (p *listPage) show(*State)         {}
func (p *listPage) enter()              { p.list.Focus() }
func (p *listPage) leave()              {}

// handle is given what no control of the page used.
func (p *listPage) handle(e ial.Event) bool { return p.app.pageKey(e) }

// pageKey is what back does on every page that has no use of its own for it.
func (a *App) pageKey(e ial.Event) bool {
	if e.Type != ial.KeyPress || e.Key != ial.KeyBack {
		return false
	}
	if !e.Repeat {
		a.back()
	}
	return true
}

// corner is where a menu that belongs to row i of the list begins.
func (p *listPage) corner(i int) image.Point {
	return image.Pt(308, p.list.RowRect(i).Max.Y)
}

// item is a row of a fixed list, made when it is drawn.
type item struct {
	row func(r *widget.Row)
	do  func(i int)
}

// items are rows that are few and different.
type items []item

func (s *items) Len() int                 { return len(*s) }
func (s *items) Row(i int, r *widget.Row) { (*s)[i].row(r) }
func (s *items) Open(i int) {
	if do := (*s)[i].do; do != nil {
		do(i)
	}
}
