package vo

import (
	"image"
	"slices"

	"linnet/player/media"
)

// A Painter paints the pictures of a stream. It keeps what depends on their
// size and place, and is for one goroutine. Its zero value is ready.
type Painter struct {
	tables [2]*tables // of limited and full range, once wanted

	key   geometry
	black [surfaces]*uint16 // first pixels of surfaces whose edges are black
	from  image.Rectangle   // of the picture
	to    image.Rectangle   // of the turned surface
	luma  plane
	color [2]plane
	hues  []hue
	gray  []uint8
}

// A geometry is all that placing a picture depends on.
type geometry struct {
	width, height int
	chroma        media.Chroma
	layout        Layout
	surface       image.Point
}

// surfaces is how many may be painted on in turns: their edges stay black.
const surfaces = 4

// Paint paints a picture on s and says where it is. Around it s is made black
// when something about the two is another than the last time, or s is none of
// the latest four surfaces; see Renew.
func (p *Painter) Paint(s Surface, pic *media.Picture, l Layout) image.Rectangle {
	if len(s.Pix) == 0 || len(pic.Y) == 0 {
		return image.Rectangle{}
	}
	width, height := s.size(l.Turn)
	key := geometry{pic.Width, pic.Height, pic.Chroma, l, image.Pt(width, height)}
	w := s.walk(l.Turn)
	if key != p.key {
		p.prepare(key)
	}
	if first := &s.Pix[0]; !slices.Contains(p.black[:], first) {
		copy(p.black[1:], p.black[:])
		p.black[0] = first
		p.edges(s, w)
	}
	p.luma.pix, p.luma.stride = pic.Y, pic.YStride
	p.color[0].pix, p.color[1].pix = pic.Cb, pic.Cr
	p.color[0].stride, p.color[1].stride = pic.CStride, pic.CStride
	t := p.table(pic.Full)
	w = w.from(p.to.Min.X, p.to.Min.Y)
	switch pic.Chroma {
	case media.Chroma420:
		p.blocks(s.Pix, w, t)
	default:
		p.lines(s.Pix, w, t, pic.Chroma)
	}
	return p.to
}

// Renew has the next Paint make the edges black again.
func (p *Painter) Renew() { p.key = geometry{} }

func (p *Painter) table(full bool) *tables {
	i := 0
	if full {
		i = 1
	}
	if p.tables[i] == nil {
		p.tables[i] = newTables(full)
	}
	return p.tables[i]
}

// prepare sets all that pictures of one geometry have in common.
func (p *Painter) prepare(k geometry) {
	p.key, p.black = k, [surfaces]*uint16{}
	p.from, p.to = place(k.width, k.height, k.layout, k.surface.X, k.surface.Y)
	f, nx, ny := p.from, p.to.Dx(), p.to.Dy()
	p.luma.prepare(f.Min.X, f.Max.X, nx, f.Min.Y, f.Max.Y, ny, k.width)
	cx, cy := 1, 1 // pixels of the surface for which there is one sample of chroma
	switch k.chroma {
	case media.Chroma420:
		cx, cy = 2, 2
	case media.Chroma422:
		cx = 2
	}
	n := (nx + cx - 1) / cx
	p.hues = make([]hue, n)
	if k.chroma == media.Gray {
		p.gray = make([]uint8, n)
		for i := range p.gray {
			p.gray[i] = 128
		}
		return
	}
	width, _ := k.chroma.Size(k.width, k.height)
	for i := range p.color {
		p.color[i].prepare(f.Min.X/cx, (f.Max.X+cx-1)/cx, n, f.Min.Y/cy, (f.Max.Y+cy-1)/cy, (ny+cy-1)/cy, width)
	}
}

// edges makes black what the picture leaves free.
func (p *Painter) edges(s Surface, w walk) {
	width, height := p.key.surface.X, p.key.surface.Y
	for y := range height {
		if y < p.to.Min.Y || y >= p.to.Max.Y {
			black(s.Pix, w.from(0, y), width)
			continue
		}
		black(s.Pix, w.from(0, y), p.to.Min.X)
		black(s.Pix, w.from(p.to.Max.X, y), width-p.to.Max.X)
	}
}

// black makes the first n pixels of a line black.
func black(pix []uint16, w walk, n int) {
	for range n {
		pix[w.at] = 0
		w.at += w.dx
	}
}

// blocks paints a picture of 4:2:0, two lines at a time.
func (p *Painter) blocks(pix []uint16, w walk, t *tables) {
	nx, ny := p.to.Dx(), p.to.Dy()
	whole := nx / 2
	if nx&1 == 0 && ny&1 == 0 && p.luma.same() && p.color[0].same() &&
		bands(pix, w, &p.luma, &p.color, p.hues, ny/2, t) {
		return
	}
	for y := 0; y < ny; y += 2 {
		odd := y >> 1 & 1
		hues(p.hues, p.color[0].line(y>>1, 0), p.color[1].line(y>>1, 0), t, odd)
		upper, lower := p.luma.line(y, 0), []uint8(nil)
		if y+1 < ny {
			lower = p.luma.line(y+1, 1)
			blocks(pix, w, upper, lower, p.hues[:whole], t)
		} else {
			lineGeneric(pix, w, upper, 2*whole, p.hues, 1, 0, t)
		}
		if nx&1 == 1 {
			last := w.from(nx-1, 0)
			lineGeneric(pix, last, upper[nx-1:], 1, p.hues[whole:], 0, 0, t)
			if lower != nil {
				lineGeneric(pix, last.from(0, 1), lower[nx-1:], 1, p.hues[whole:], 0, 1, t)
			}
		}
		w = w.from(0, 2)
	}
}

// lines paints a picture whose lines have chroma of their own, or none.
func (p *Painter) lines(pix []uint16, w walk, t *tables, c media.Chroma) {
	nx, ny := p.to.Dx(), p.to.Dy()
	shift := 0
	if c == media.Chroma422 {
		shift = 1
	}
	for y := range ny {
		cb, cr := p.gray, p.gray
		if c != media.Gray {
			cb, cr = p.color[0].line(y, 0), p.color[1].line(y, 0)
		}
		hues(p.hues, cb, cr, t, y>>1&1)
		lineGeneric(pix, w, p.luma.line(y, 0), nx, p.hues, shift, y&1, t)
		w = w.from(0, 1)
	}
}
