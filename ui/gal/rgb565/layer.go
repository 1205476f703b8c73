package rgb565

import "image"

// A Layer is a drawing, opaque in some places and clear in others, that is laid
// over one picture after another. What is all clear costs nothing.
type Layer struct {
	runs []layerRun
	pix  []layerPixel
}

// layerRun is where pixels that are not all clear lie beside each other.
type layerRun struct{ x, y, from, to int }

// layerPixel is what a pixel becomes: its own colour and what is left of the one
// that it is laid over, in 32nds.
type layerPixel struct {
	own  Color
	left uint8
}

// NewLayer returns what was drawn alike on a black and on a white surface, for a
// picture of a size that is turned clockwise by a number of quarters. The surfaces
// are the same part of the picture before it is turned.
func NewLayer(black, white *Image, size image.Point, quarters int) *Layer {
	l := &Layer{}
	t := turn(size, quarters)
	r := t.rect(black.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		clear := true
		for x := r.Min.X; x < r.Max.X; x++ {
			at := t.from(image.Pt(x, y))
			p := layerPixel{black.At(at.X, at.Y), left(black.At(at.X, at.Y), white.At(at.X, at.Y))}
			if p.left >= 32 {
				clear = true
				continue
			}
			if clear {
				l.runs = append(l.runs, layerRun{x, y, len(l.pix), len(l.pix)})
				clear = false
			}
			l.pix = append(l.pix, p)
			l.runs[len(l.runs)-1].to++
		}
	}
	return l
}

// left is how much of a white pixel is left where one became white that on black
// became black.
func left(black, white Color) uint8 {
	part := func(shift, most int) int {
		return (int(white>>shift)&most - int(black>>shift)&most) * 32 / most
	}
	return uint8(max(min(part(11, 31), part(5, 63), part(0, 31)), 0))
}

// Over lays the layer over m, whose Rect is the picture's.
func (l *Layer) Over(m *Image) {
	for _, r := range l.runs {
		from, to := max(r.x, m.Rect.Min.X), min(r.x+r.to-r.from, m.Rect.Max.X)
		if r.y < m.Rect.Min.Y || r.y >= m.Rect.Max.Y || from >= to {
			continue
		}
		layerRow(m.row(from, to, r.y), l.pix[r.from+from-r.x:r.from+to-r.x])
	}
}

// layerRow lays pixels over dst.
func layerRow(dst []Color, pix []layerPixel) {
	dst = dst[:len(pix)]
	for i, p := range pix {
		if p.left == 0 {
			dst[i] = p.own
			continue
		}
		v := (spread(p.own)<<5 + spread(dst[i])*uint32(p.left) + spreadHalf) >> 5 & spreadMask
		dst[i] = Color(v | v>>16)
	}
}
