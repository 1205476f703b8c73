package font

import _ "embed" // the models

// The masks of the fonts are coded by what surrounds each pixel. A pixel's
// coverage, 0 to 15, is foretold from the two left of it, the two above it and the
// two beside that: their coverages, made coarse, choose one of 900 contexts, and
// the model says how many of 4096 times each coverage is to be expected there. The
// rarer, the more bits are spent (rANS, Duda 2013: a state in which the
// numbers are stacked, read from the top). That halves the fonts.
//
// The masks of two glyphs share a state, which saves an end of one. A
// mask is decoded when it is drawn, with those before it in its group, and is
// kept among a few hundred others: a page that is drawn again decodes nothing.
//
// A model is 900 times 16 x u16: how often, of 4096, a coverage is less than
// 0 to 15. There is one for each size, counted by gen over its fonts, so it has all
// that they have.

//go:embed data/models.lfm
var models file

const (
	modelBits = 12
	modelSum  = 1 << modelBits
	stateMin  = 1 << 16 // below it, a byte more is read
	levels    = 16
	modelSize = 900 * levels * 2
)

// What each neighbour's coverage adds to the number of the context. Those beside
// the pixel are of five kinds, of which full is one and none another, those beside
// the upper one of three, and of the far ones it counts whether there is ink.
// aboveContext has what the pixel above adds, 36 a kind, and, 10 and 20 bits
// higher, what it adds when it is the one on the left above, 12, and on the right, 4.
var (
	leftContext  = [levels]uint32{0, 180, 180, 180, 180, 180, 360, 360, 360, 360, 360, 540, 540, 540, 540, 720}
	aboveContext = [levels]uint32{0x0, 0x403024, 0x403024, 0x403024, 0x403024, 0x403024, 0x403048, 0x403048, 0x403048, 0x403048, 0x403048, 0x40306c, 0x40306c, 0x40306c, 0x40306c, 0x806090}
)

const (
	farLeftContext  = 2
	farAboveContext = 1
)

// decoder is in a group of masks.
type decoder struct {
	model []byte
	in    []byte
	state uint32
	rows  [3][maxWidth + 1]uint8 // this one and two above, before a pixel that is empty
}

const maxWidth = 32

// begin is at the first mask of a group.
func (d *decoder) begin(model, in []byte) {
	d.model = model
	d.state = uint32(in[0])<<16 | uint32(in[1])<<8 | uint32(in[2])
	d.in = in[3:]
}

// mask decodes the next mask, of w by h pixels, into dst as
// rgb565.Image.DrawGlyph takes it: four bits a pixel, the left pixel in the high
// half of a byte, each row padded to whole bytes. With dst nil it is passed over.
func (d *decoder) mask(dst []byte, w, h int) {
	d.rows = [3][maxWidth + 1]uint8{}
	row, above, far := &d.rows[0], &d.rows[1], &d.rows[2]
	stride := (w + 1) / 2
	for y := range h {
		d.row(row[:w], above[:w+1], far[:w])
		if dst != nil {
			out := dst[y*stride : (y+1)*stride]
			for i := range out {
				out[i] = row[2*i]<<4 | row[2*i+1]
			}
		}
		row, above, far = far, row, above
		row[w] = 0
	}
}

// row decodes a row below two others; the one above has a pixel more, which is
// empty.
func (d *decoder) row(row, above, far []uint8) {
	model, state := d.model, d.state
	upper := aboveContext[above[0]&15]
	far, above = far[:len(row)], above[1:][:len(row)]
	var left, upperLeft uint32 // what the pixels add that have passed
	for x := range row {
		right := aboveContext[above[x]&15]
		context := left + upper&1023 + upperLeft>>10&1023 + right>>20
		if far[x] != 0 {
			context += farAboveContext
		}
		c := (*[2 * levels]byte)(model[context*2*levels:])
		slot := state & (modelSum - 1)
		level, from, to := levelAt(c, slot)
		state = (to-from)*(state>>modelBits) + slot - from
		for state < stateMin && len(d.in) > 0 {
			state, d.in = state<<8|uint32(d.in[0]), d.in[1:]
		}
		row[x] = uint8(level)
		far := uint32(0)
		if left >= leftContext[1] {
			far = farLeftContext
		}
		left, upperLeft, upper = leftContext[level&15]+far, upper, right
	}
	d.state = state
}

// levelAt is the coverage that a context's counts have at slot, and the slots
// where it begins and ends. None and full are the most frequent by far.
func levelAt(c *[2 * levels]byte, slot uint32) (level, from, to uint32) {
	if to = bound(c, 1); slot < to {
		return 0, 0, to
	}
	if from = bound(c, levels-1); slot >= from {
		return levels - 1, from, modelSum
	}
	from, to = to, from
	level, above := uint32(1), uint32(levels-1)
	for above-level > 1 {
		middle := (level + above) / 2
		if at := bound(c, middle); slot >= at {
			level, from = middle, at
		} else {
			above, to = middle, at
		}
	}
	return level, from, to
}

// bound is how many slots lie below a coverage.
func bound(c *[2 * levels]byte, level uint32) uint32 {
	return uint32(c[2*level&31]) | uint32(c[(2*level+1)&31])<<8
}
