package app

import (
	"image"
	"slices"

	"linnet/ui/gal/rgb565"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// videoPage is the videos that there are, as stills.
type videoPage struct {
	listPage
	grid   widget.Grid
	empty  widget.Empty
	all    []Entry
	stills map[string]*rgb565.Image // nil: there is none, or it is asked for
	kept   []string                 // those of them that are pictures, the oldest first
	asked  []string                 // the latest last
	busy   bool
}

// maxStills is how many pictures are kept, some pages of them; what was seen
// before is read again when it comes into sight.
const maxStills = 48

// still is how large a picture of a video is: 16:9.
var still = image.Pt(92, 52)

func newVideo(a *App) *videoPage {
	p := &videoPage{stills: map[string]*rgb565.Image{}}
	p.init(a, a.words.video, &items{})
	p.list.Show(false)
	p.grid = widget.Grid{Theme: a.theme, Paper: a.theme.Background, Tiles: (*videoTiles)(p), Columns: 3, Cover: still}
	p.panel.Add(&p.grid.Window, listRect, &p.grid)
	p.grid.Init()
	p.empty = widget.Empty{Theme: a.theme, Button: a.words.again, Click: p.load}
	p.empty.Show(false)
	p.panel.Add(&p.empty.Window, listRect, &p.empty)
	p.empty.Init()
	return p
}

func (p *videoPage) enter() {
	p.grid.Focus()
	if len(p.all) == 0 {
		p.load()
	}
}

// load looks which videos there are.
func (p *videoPage) load() {
	a := p.app
	p.head.set(p.name, a.words.reading)
	var all []Entry
	a.work(func() (err error) {
		all, err = a.opt.Videos()
		return err
	}, func(err error) {
		p.all = all
		none := len(all) == 0
		p.empty.SetText(a.words.videoEmpty, a.words.emptyHint)
		if err != nil {
			p.empty.SetText(a.words.badDir, a.words.reason(err))
		}
		count := ""
		if !none {
			count = a.words.itemCount(len(all))
		}
		p.head.set(p.name, count)
		p.empty.Show(none)
		p.grid.Show(!none)
		p.grid.Reset(0)
		if a.top() == pageVideo && !a.covered() {
			if none {
				p.empty.Focus()
			} else {
				p.grid.Focus()
			}
		}
	})
}

// videoTiles is the videos as tiles.
type videoTiles videoPage

func (v *videoTiles) Len() int { return len(v.all) }

func (v *videoTiles) Tile(i int, t *widget.Tile) {
	e := &v.all[i]
	t.Icon, t.Title = theme.IconFilm, e.Title
	if t.Title == "" {
		t.Title = fileTitle(e.Path)
	}
	if e.Duration > 0 {
		t.Sub = timeText(e.Duration)
	} else {
		t.Sub = sizeText(e.Size)
	}
	m, ok := v.stills[e.Path]
	if !ok {
		(*videoPage)(v).ask(i)
	}
	t.Cover = m
}

// Open plays the videos from this one on.
func (v *videoTiles) Open(i int) {
	paths := make([]string, len(v.all))
	for k := range v.all {
		paths[k] = v.all[k].Path
	}
	v.app.opt.Player.Open(paths, i)
	v.app.open(pageNow)
}

// ask has a video described and its picture read, one at a time, the latest
// first.
func (p *videoPage) ask(i int) {
	path := p.all[i].Path
	p.stills[path] = nil
	if len(p.asked) == maxAsked {
		delete(p.stills, p.asked[0])
		p.asked = slices.Delete(p.asked, 0, 1)
	}
	p.asked = append(p.asked, path)
	if !p.busy {
		p.busy = true
		p.app.desk.Post(p.next)
	}
}

func (p *videoPage) next() {
	n := len(p.asked)
	if n == 0 {
		p.busy = false
		return
	}
	path := p.asked[n-1]
	p.asked = p.asked[:n-1]
	a := p.app
	go func() {
		e, err := a.opt.Files.Describe(Entry{Path: path})
		var m *rgb565.Image
		if img, ierr := a.opt.Player.Cover(path, still); ierr == nil && img != nil && !img.Bounds().Empty() {
			m = fill(img, image.Rectangle{Max: still})
		}
		a.desk.Post(func() {
			for i := range p.all {
				if p.all[i].Path != path {
					continue
				}
				p.keep(path, m)
				if err == nil {
					p.all[i].Title, p.all[i].Duration = e.Title, e.Duration
				}
				p.grid.Changed(i)
			}
			p.next()
		})
	}()
}

// keep shows a picture from now on, and lets go of the oldest.
func (p *videoPage) keep(path string, m *rgb565.Image) {
	if m == nil {
		return
	}
	if len(p.kept) == maxStills {
		delete(p.stills, p.kept[0])
		p.kept = slices.Delete(p.kept, 0, 1)
	}
	p.stills[path] = m
	p.kept = append(p.kept, path)
}

// fill scales a picture so that it fills r; what stands out is cut off.
func fill(img image.Image, r image.Rectangle) *rgb565.Image {
	b := img.Bounds()
	from := b
	if b.Dx()*r.Dy() > b.Dy()*r.Dx() {
		w := b.Dy() * r.Dx() / r.Dy()
		from.Min.X += (b.Dx() - w) / 2
		from.Max.X = from.Min.X + w
	} else {
		h := b.Dx() * r.Dy() / r.Dx()
		from.Min.Y += (b.Dy() - h) / 2
		from.Max.Y = from.Min.Y + h
	}
	m := rgb565.New(r)
	m.Scale(r, img, from)
	return m
}
