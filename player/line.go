package player

import "linnet/player/media"

// copies is how many pictures wait at most besides the one that the decoder still
// has: so that one which takes long to decode is there in time all the same.
const copies = 2

// mostCopied is how many bytes of samples are kept at most; above that fewer wait.
const mostCopied = 2 << 20

// A line is decoded pictures that wait to be drawn, in the order of display. The
// last one may be the decoder's own, until the next is decoded.
type line struct {
	waiting []*media.Picture
	spare   []*media.Picture // that waited before
	owned   bool             // the last one is the decoder's
}

// first is the picture to be drawn next, nil where there is none.
func (l *line) first() *media.Picture {
	if len(l.waiting) == 0 {
		return nil
	}
	return l.waiting[0]
}

// put takes a picture of the decoder's in.
func (l *line) put(p *media.Picture) {
	l.waiting, l.owned = append(l.waiting, p), true
}

// drop takes the first one out.
func (l *line) drop() {
	if len(l.waiting) > 1 || !l.owned {
		l.spare = append(l.spare, l.waiting[0])
	} else {
		l.owned = false
	}
	n := copy(l.waiting, l.waiting[1:])
	l.waiting = l.waiting[:n]
}

// clear takes all of them out.
func (l *line) clear() {
	for len(l.waiting) > 0 {
		l.drop()
	}
}

// room says whether another one may be decoded.
func (l *line) room() bool {
	n := len(l.waiting)
	if n == 0 {
		return true
	}
	p := l.waiting[n-1]
	size := len(p.Y) + len(p.Cb) + len(p.Cr)
	return n <= copies && n*size <= mostCopied
}

// keep copies the decoder's picture, which is about to decode another one.
func (l *line) keep() {
	if !l.owned {
		return
	}
	l.owned = false
	p := &l.waiting[len(l.waiting)-1]
	if len(l.spare) == 0 {
		l.spare = append(l.spare, &media.Picture{})
	}
	n := len(l.spare) - 1
	c := l.spare[n]
	l.spare = l.spare[:n]
	y, cb, cr := c.Y, c.Cb, c.Cr
	*c = **p
	c.Y, c.Cb, c.Cr = append(y[:0], c.Y...), append(cb[:0], c.Cb...), append(cr[:0], c.Cr...)
	*p = c
}
