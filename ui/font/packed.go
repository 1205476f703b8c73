package font

import (
	"bytes"
	"compress/flate"
	"image"
	"io"
	"sync"

	"linnet/ui/gal/rgb565"
)

// packed is a prepared font whose masks are compressed. Its file is like a
// plain one (format.go), but for its first word, "LFZ1", and its masks:
//
//	u32 number of blocks, and for each u32 its offset behind this table; one
//	more, where the last ends
//	blocks, each deflated by itself (RFC 1951): up to 4096 bytes of masks
//
// A record's offset of a mask is its block times 4096 plus its place in it; no
// mask lies in two blocks.
//
// A block is inflated when a character of it is drawn, and the mask is kept
// among a few hundred others, so that a page that is drawn again costs no
// more than any. Measuring needs the records only.
type packed struct {
	file file

	mu     sync.Mutex
	in     io.ReadCloser // a flate reader, made when it is needed first
	src    bytes.Reader
	block  [packedBlock]byte
	have   int // one more than the block's number; 0 is none
	masks  [packedSets][packedWays]keptMask
	oldest [packedSets]uint8 // where in a set the next mask goes
}

const (
	packedBlock = 4096
	packedSets  = 64
	packedWays  = 4
	packedMask  = 144 // bytes of the largest mask: 16 by 18 pixels
)

// keptMask is a mask that was drawn of late.
type keptMask struct {
	at   int // one more than the record's offset; 0 is none
	n    int
	mask [packedMask]byte
}

// find loads a character's glyph, but for its mask, and says whether there is
// one.
func (p *packed) find(c rune, g *glyph) bool {
	at := p.file.record(c)
	if at == 0 {
		return false
	}
	r := p.file[at : at+recordSize]
	g.mask, g.packed, g.at = nil, p, int(r[0])|int(r[1])<<8|int(r[2])<<16
	g.advance, g.left, g.top = int(r[3]), int(int8(r[4])), int(int8(r[5]))
	g.w, g.h, g.missing = int(r[6]), int(r[7]), false
	return true
}

// draw draws a glyph with its top left corner at at.
func (p *packed) draw(dst *rgb565.Image, at image.Point, g *glyph, fg rgb565.Color, curve Curve) {
	n := (g.w + 1) / 2 * g.h
	p.mu.Lock()
	defer p.mu.Unlock()
	k := p.kept(g.at)
	if k == nil {
		if n > packedMask || !p.inflate(g.at/packedBlock) {
			return
		}
		k = p.keep(g.at)
		k.at, k.n = g.at+1, copy(k.mask[:n], p.block[g.at%packedBlock:])
	}
	dst.DrawGlyph(at.X, at.Y, g.w, g.h, k.mask[:k.n], fg, curve)
}

// set is where a mask is kept, if it is.
func set(at int) int { return int(uint32(at)*2654435761>>16) % packedSets }

// kept is the mask of a record's offset, if it was drawn of late.
func (p *packed) kept(at int) *keptMask {
	s := &p.masks[set(at)]
	for i := range s {
		if s[i].at == at+1 {
			return &s[i]
		}
	}
	return nil
}

// keep is the place for a mask: the one that was filled first in its set.
func (p *packed) keep(at int) *keptMask {
	i := set(at)
	way := p.oldest[i] % packedWays
	p.oldest[i]++
	return &p.masks[i][way]
}

// inflate brings a block into p.block, unless it is there.
func (p *packed) inflate(i int) bool {
	if p.have == i+1 {
		return true
	}
	table := int(p.file.u32(8))
	n := int(p.file.u32(table))
	if i >= n {
		return false
	}
	first := table + 4*(n+2)
	from, to := int(p.file.u32(table+4+4*i)), int(p.file.u32(table+8+4*i))
	p.src.Reset(p.file[first+from : first+to])
	if p.in == nil {
		p.in = flate.NewReader(&p.src)
	} else if err := p.in.(flate.Resetter).Reset(&p.src, nil); err != nil {
		return false
	}
	p.have = 0
	if _, err := io.ReadFull(p.in, p.block[:]); err != nil && err != io.ErrUnexpectedEOF {
		return false
	}
	p.have = i + 1
	return true
}
