package mpeg2

import "linnet/player/internal/mpegvideo"

// trace is what is remembered of a macroblock for the ones beside it, which may be
// lost.
type trace struct {
	covered    bool  // a slice brought it
	directions uint8 // from which it is predicted, or may be; 0: it does not move with its surroundings
	v          [2]vector
}

// remember notes the macroblock at address, which was just decoded. Vectors are
// those of the picture, frame or field; intra macroblocks may have one for this
// use alone (concealment_motion_vectors).
func (d *Decoder) remember(address int, directions uint8) {
	t := &d.traces[address]
	t.covered = true
	t.v = [2]vector{d.motion[0].v[0], d.motion[1].v[0]}
	if directions == 0 && d.pic.ConcealVectors {
		directions = forward
	} else if d.how != byFrame && d.pic.Structure == mpegvideo.Frame {
		t.v[0].y *= 2 // of fields
		t.v[1].y *= 2
	}
	t.directions = directions
}

// conceal fills in the macroblocks that no slice brought: each moves as those above
// and below it do, or else stays as it was.
func (d *Decoder) conceal() (missing int) {
	from := &d.refs[0][d.pic.Structure]
	for i := range d.rows * d.columns {
		t := &d.traces[i]
		if t.covered {
			continue
		}
		missing++
		t.directions = 0
		if from.Planes[0] == nil {
			continue
		}
		d.surroundings(i, t)
		if t.directions == 0 {
			d.dst.copyMacroblock(from, i%d.columns, i/d.columns)
			continue
		}
		d.how = byFrame
		for s := range d.motion {
			d.motion[s].v[0], d.motion[s].field[0] = t.v[s], d.pic.Structure
		}
		d.goTo(i)
		d.predict(t.directions)
	}
	return missing
}

// surroundings has a lost macroblock move as the one above it, of which it may be
// only supposed, and the one below it do; else as the one to its left.
func (d *Decoder) surroundings(i int, t *trace) {
	var above, below trace
	if i >= d.columns {
		above = d.traces[i-d.columns]
	}
	if n := i + d.columns; n < d.rows*d.columns && d.traces[n].covered {
		below = d.traces[n]
	}
	switch {
	case above.directions != 0 && above.directions == below.directions:
		t.directions = above.directions
		for s := range t.v {
			a, b := above.v[s], below.v[s]
			t.v[s] = vector{(a.x + b.x) >> 1, (a.y + b.y) >> 1}
		}
	case above.directions != 0:
		t.directions, t.v = above.directions, above.v
	case below.directions != 0:
		t.directions, t.v = below.directions, below.v
	case i%d.columns > 0 && d.traces[i-1].directions != 0:
		t.directions, t.v = d.traces[i-1].directions, d.traces[i-1].v
	}
}
