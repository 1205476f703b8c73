package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Tile is what a tile of a grid says.
type Tile struct {
	Cover *rgb565.Image // as large as the grid's Cover, or nil
	Icon  theme.Icon    // in its stead
	Title string
	Sub   string
}

// Tiles is what a grid shows. Tiles are asked for when they are drawn.
type Tiles interface {
	Len() int
	// Tile fills in t, which is zero, for tile i.
	Tile(i int, t *Tile)
	// Open acts on tile i.
	Open(i int)
}

// Grid shows tiles in columns: covers with two lines of text below. It is
// dragged, thrown, turned by the wheel and walked by keys, as a list is.
type Grid struct {
	ui.Window
	Theme   *theme.Theme
	Paper   rgb565.Color
	Tiles   Tiles
	Columns int
	Cover   image.Point // how large covers are

	off   int
	cur   int
	held  int
	said  Tile
	drag  drag
	throw throw
	timer *ui.Timer
}

// Within a tile.
const (
	tileTop   = 4  // above the cover, where the focus ring is
	tileTitle = 16 // from the cover to the baselines
	tileSub   = 30
	tileText  = 38 // height of the two lines
)

// Init makes the grid ready; it must have been added to a window.
func (g *Grid) Init() {
	g.held = -1
	g.SetFocusable(true)
	g.timer = g.Desktop().NewTimer(g.glide)
}

// Reset shows the tiles anew, with tile cur in the focus and in sight.
func (g *Grid) Reset(cur int) {
	g.drag, g.held = drag{}, -1
	g.timer.Stop()
	g.cur = max(0, min(cur, g.Tiles.Len()-1))
	g.off = max(0, min(g.off, g.limit()))
	g.reveal()
	g.InvalidateAll()
}

// Changed says that tile i says something else.
func (g *Grid) Changed(i int) { g.Invalidate(g.tile(i)) }

// Fit is called when the grid's height changed.
func (g *Grid) Fit() {
	g.scrollTo(g.off)
	g.reveal()
}

// Seen is the tiles that are in sight, at least in part: from the first to
// before the second.
func (g *Grid) Seen() (from, to int) {
	h := g.rowHeight()
	return g.off / h * g.Columns, min(g.Tiles.Len(), ((g.off+g.Rect().Dy()+h-1)/h)*g.Columns)
}

// Current is the tile with the focus.
func (g *Grid) Current() int { return g.cur }

func (g *Grid) rowHeight() int { return tileTop + g.Cover.Y + tileText }

func (g *Grid) rows() int { return (g.Tiles.Len() + g.Columns - 1) / g.Columns }

// limit is the largest offset.
func (g *Grid) limit() int { return max(0, g.rows()*g.rowHeight()-g.Rect().Dy()) }

// tile is where tile i stands, or would: its cover and its text.
func (g *Grid) tile(i int) image.Rectangle {
	r := g.Rect()
	free := r.Dx() - 2*theme.Margin - g.Columns*g.Cover.X
	gap := free / max(1, g.Columns-1)
	x := r.Min.X + theme.Margin + i%g.Columns*(g.Cover.X+gap)
	y := r.Min.Y + i/g.Columns*g.rowHeight() - g.off
	return image.Rect(x-RingRoom, y, x+g.Cover.X+RingRoom, y+g.rowHeight())
}

// at is the tile at a point, or -1.
func (g *Grid) at(p image.Point) int {
	if !p.In(g.Rect()) {
		return -1
	}
	for i := range g.Tiles.Len() {
		if p.In(g.tile(i)) {
			return i
		}
	}
	return -1
}

func (g *Grid) scrollTo(off int) bool {
	off = max(0, min(off, g.limit()))
	if off == g.off {
		return false
	}
	dy := g.off - off
	g.off = off
	g.Scroll(g.Rect(), dy)
	return true
}

func (g *Grid) reveal() {
	top := g.cur / g.Columns * g.rowHeight()
	switch {
	case top < g.off:
		g.scrollTo(top)
	case top+g.rowHeight() > g.off+g.Rect().Dy():
		g.scrollTo(top + g.rowHeight() - g.Rect().Dy())
	}
}

// Paint draws the tiles that lie in dst.
func (g *Grid) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, g.Paper)
	from, to := g.Seen()
	for i := from; i < to; i++ {
		if g.tile(i).Overlaps(dst.Rect) {
			g.said = Tile{}
			g.Tiles.Tile(i, &g.said)
			g.paintTile(dst, i)
		}
	}
}

func (g *Grid) paintTile(dst *rgb565.Image, i int) {
	t, r := g.Theme, g.tile(i)
	cover := image.Rectangle{Min: r.Min.Add(image.Pt(RingRoom, tileTop))}
	cover.Max = cover.Min.Add(g.Cover)
	if g.said.Cover != nil {
		dst.BlitRounded(cover, g.said.Cover, g.said.Cover.Rect.Min, t.RadiusCover)
	} else {
		dst.RoundRect(cover, t.RadiusCover, t.Surface)
		drawIcon(dst, t, cover, g.said.Icon, 24, t.Text2)
	}
	if g.held == i {
		dst.Blend(cover, t.Text, 40)
	}
	if g.FocusShown() && g.cur == i {
		dst.RoundRing(cover.Inset(-RingRoom), t.RadiusCover+RingRoom, t.FocusRing, t.Focus)
	}
	font.Fit(font.Small, g.said.Title, g.Cover.X).Draw(dst, font.Small, cover.Min.X, cover.Max.Y+tileTitle, t.Text, t.Curve)
	font.Fit(font.Small, g.said.Sub, g.Cover.X).Draw(dst, font.Small, cover.Min.X, cover.Max.Y+tileSub, t.Text2, t.Curve)
}

// Handle follows the pointer, the wheel and the keys.
func (g *Grid) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		moving := g.timer.Running()
		g.timer.Stop()
		g.drag = drag{on: true, moved: moving, start: e.At, off: g.off}
		g.drag.note(g.Desktop().Now(), e.At.Y)
		if !moving {
			g.hold(g.at(e.At))
		}
	case ial.PointerMove:
		g.follow(e.At)
	case ial.PointerUp:
		g.lift(e.At)
	case ui.Cancel:
		g.drag = drag{}
		g.hold(-1)
	case ial.Wheel:
		g.timer.Stop()
		g.scrollTo(g.off + e.Delta*theme.Row)
	case ial.KeyPress:
		return g.key(e)
	default:
		return false
	}
	return true
}

func (g *Grid) follow(p image.Point) {
	if !g.drag.on {
		return
	}
	dy := p.Y - g.drag.start.Y
	if !g.drag.moved {
		if dy < dragSlop && dy > -dragSlop {
			return
		}
		g.drag.moved = true
		slop := dragSlop
		if dy < 0 {
			slop = -slop
		}
		g.drag.start.Y += slop
		dy -= slop
		g.hold(-1)
	}
	g.drag.note(g.Desktop().Now(), p.Y)
	g.scrollTo(g.drag.off - dy)
}

func (g *Grid) lift(p image.Point) {
	d, held := g.drag, g.held
	g.drag = drag{}
	g.hold(-1)
	if d.moved {
		g.throw = throw{speed: -d.speed(g.Desktop().Now())}
		if !g.throw.over() {
			g.timer.Start(throwFrame)
		}
		return
	}
	if d.on && held >= 0 && g.at(p) == held {
		g.walk(held)
		g.Tiles.Open(held)
	}
}

// glide is one frame of a throw.
func (g *Grid) glide() {
	n := g.throw.step()
	if g.throw.over() || n != 0 && !g.scrollTo(g.off+n) {
		return
	}
	g.timer.Start(throwFrame)
}

func (g *Grid) hold(i int) {
	if i == g.held {
		return
	}
	for _, k := range [2]int{g.held, i} {
		if k >= 0 {
			g.Changed(k)
		}
	}
	g.held = i
}

func (g *Grid) key(e ial.Event) bool {
	n := g.Tiles.Len()
	if n == 0 {
		return false
	}
	g.timer.Stop()
	to := g.cur
	switch e.Key {
	case ial.KeyUp:
		to -= g.Columns
	case ial.KeyDown:
		if to += g.Columns; to >= n && g.cur/g.Columns < (n-1)/g.Columns {
			to = n - 1
		}
	case ial.KeyLeft:
		to--
	case ial.KeyRight:
		to++
	case ial.KeyEnter:
		if !e.Repeat {
			g.reveal()
			g.Tiles.Open(g.cur)
		}
		return true
	default:
		return false
	}
	if to < 0 || to >= n {
		return e.Repeat
	}
	g.walk(to)
	return true
}

// walk moves the focus to tile i.
func (g *Grid) walk(i int) {
	g.Changed(g.cur)
	g.cur = i
	g.Changed(i)
	g.reveal()
}
