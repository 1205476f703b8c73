package font

import (
	"image"
	"sync"

	"linnet/ui/gal/rgb565"
)

// Masks that were drawn of late are kept in sets by their number: as many as a
// few pages have.
const (
	keptSets = 128
	keptWays = 4
	keptMask = 224  // bytes: a Han character of 20 pixels
	maxMask  = 1024 // of any, which is decoded each time
)

// masks are the ones that are kept.
type masks struct {
	mu      sync.Mutex
	kept    [keptSets][keptWays]mask
	oldest  [keptSets]uint8 // where in a set the next one goes
	decoder decoder
	large   [maxMask]byte
	decoded int // how many were, for tests
}

// mask is that of a glyph.
type mask struct {
	of     *byte // the file's first byte; nil: there is none
	number int
	mask   [keptMask]byte
}

var drawn masks

// draw draws a glyph with its top left corner at at.
func (m *masks) draw(dst *rgb565.Image, at image.Point, g *glyph, fg rgb565.Color, curve Curve) {
	if g.w == 0 || g.h == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	dst.DrawGlyph(at.X, at.Y, g.w, g.h, m.mask(g), fg, curve)
}

// mask is a glyph's, until the next call.
func (m *masks) mask(g *glyph) []byte {
	n := (g.w + 1) / 2 * g.h
	if n > keptMask {
		m.decode(m.large[:n], g)
		return m.large[:n]
	}
	set := (uint32(g.number) ^ uint32(len(g.file))) % keptSets
	s := &m.kept[set]
	for i := range s {
		if s[i].number == g.number && s[i].of == &g.file[0] {
			return s[i].mask[:n]
		}
	}
	k := &s[m.oldest[set]%keptWays]
	m.oldest[set]++
	k.of, k.number = &g.file[0], g.number
	m.decode(k.mask[:n], g)
	return k.mask[:n]
}

// decode decodes a glyph's mask, over those before it in its group.
func (m *masks) decode(dst []byte, g *glyph) {
	m.decoded++
	group := g.number / groupSize
	m.decoder.begin(g.file.model(), g.file.masks(group))
	for n := group * groupSize; n < g.number; n++ {
		r := g.file.record(n)
		m.decoder.mask(nil, int(r[3]), int(r[4]))
	}
	m.decoder.mask(dst, g.w, g.h)
}
