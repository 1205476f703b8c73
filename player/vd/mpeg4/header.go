package mpeg4

import (
	"math/bits"

	reader "linnet/player/internal/bits"
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
)

// Start codes' last bytes (table 6-3).
const (
	firstLayer  = 0x20
	lastLayer   = 0x2f
	userData    = 0xb2
	groupStart  = 0xb3
	planeStart  = 0xb6
	maxMacros   = 120 * 72 // macroblocks: 1920x1152
	rectangular = 0
)

// The types of plane (table 6-20).
const (
	typeI = iota
	typeP
	typeB
	typeS
)

// A layer is a video object layer (6.2.3).
type layer struct {
	width, height int
	aspect        media.Rational
	resolution    int // ticks in a second
	timeBits      int // of vop_time_increment
	interlaced    bool
	sprite        bool // planes S have global motion
	points        int  // of that
	accuracy      uint // of that: 0 to 3 for halves to sixteenths
	mpegQuant     bool
	intra, inter  mpegvideo.Matrix
	quarter       bool
	resync        bool
	partitioned   bool // video packets of planes I and P have their data in parts
	reversible    bool // their coefficients have codes that can be read from both ends
	lowDelay      bool
	short         bool // there is no layer: planes have short headers
	verid         uint32
}

var intraDefault = mpegvideo.Matrix{
	8, 17, 18, 19, 21, 23, 25, 27, 17, 18, 19, 21, 23, 25, 27, 28,
	20, 21, 22, 23, 24, 26, 28, 30, 21, 22, 23, 24, 26, 28, 30, 32,
	22, 23, 24, 26, 28, 30, 32, 35, 23, 24, 26, 28, 30, 32, 35, 38,
	25, 26, 28, 30, 32, 35, 38, 41, 27, 28, 30, 32, 35, 38, 41, 45,
}

var interDefault = mpegvideo.Matrix{
	16, 17, 18, 19, 20, 21, 22, 23, 17, 18, 19, 20, 21, 22, 23, 24,
	18, 19, 20, 21, 22, 23, 24, 25, 19, 20, 21, 22, 23, 24, 26, 27,
	20, 21, 22, 23, 25, 26, 27, 28, 21, 22, 23, 24, 26, 27, 28, 30,
	22, 23, 24, 26, 27, 28, 30, 31, 23, 24, 25, 27, 28, 30, 31, 33,
}

// aspects are aspect_ratio_info 1 to 5 (table 6-12).
var aspects = [...]media.Rational{{}, {Num: 1, Den: 1}, {Num: 12, Den: 11}, {Num: 10, Den: 11}, {Num: 16, Den: 11}, {Num: 40, Den: 33}}

// parseLayer reads a layer's header behind its start code.
func parseLayer(data []byte) (l layer, err error) {
	r := reader.NewReader(data)
	r.Skip(1 + 8)
	l.verid = 1
	if r.Flag() {
		l.verid = r.Bits(4)
		r.Skip(3)
	}
	if n := r.Bits(4); n == 15 {
		l.aspect = media.Rational{Num: int(r.Bits(8)), Den: int(r.Bits(8))}
	} else if int(n) < len(aspects) {
		l.aspect = aspects[n]
	}
	if r.Flag() { // vol_control_parameters
		if r.Bits(2) != 1 {
			return l, unsupported("colour that is not 4:2:0")
		}
		l.lowDelay = r.Flag()
		if r.Flag() {
			r.Skip(79) // vbv_parameters
		}
	}
	if r.Bits(2) != rectangular {
		return l, unsupported("pictures that are not rectangular")
	}
	r.Skip(1)
	l.resolution = int(r.Bits(16))
	r.Skip(1)
	l.timeBits = max(1, bits.Len(uint(max(l.resolution, 1)-1)))
	if r.Flag() {
		r.Skip(l.timeBits) // fixed_vop_time_increment
	}
	r.Skip(1)
	l.width = int(r.Bits(13))
	r.Skip(1)
	l.height = int(r.Bits(13))
	r.Skip(1)
	l.interlaced = r.Flag()
	r.Skip(1) // obmc_disable
	if err := l.parseSprite(&r); err != nil {
		return l, err
	}
	if r.Flag() {
		return l, unsupported("samples that are not of 8 bits")
	}
	l.intra, l.inter = intraDefault, interDefault
	if l.mpegQuant = r.Flag(); l.mpegQuant {
		readMatrix(&r, &l.intra)
		readMatrix(&r, &l.inter)
	}
	if l.verid != 1 {
		l.quarter = r.Flag()
	}
	if !r.Flag() {
		return l, unsupported("estimates of complexity")
	}
	l.resync = !r.Flag()
	if l.partitioned = r.Flag(); l.partitioned {
		l.reversible = r.Flag()
	}
	if l.verid != 1 {
		if r.Flag() {
			return l, unsupported("newpred")
		}
		if r.Flag() {
			return l, unsupported("reduced resolution")
		}
	}
	switch {
	case r.Over() || l.width == 0 || l.height == 0 || l.resolution == 0:
		return l, malformed("a video object layer says what none may")
	case (l.width+15)/16*((l.height+15)/16) > maxMacros:
		return l, unsupported("a picture of %d by %d; at most 1920 by 1152 are played", l.width, l.height)
	}
	return l, nil
}

// parseSprite reads what the layer says of sprites. Those of pictures that are
// sent once and then moved are not played.
func (l *layer) parseSprite(r *reader.Reader) error {
	const none, global = 0, 2
	kind := uint32(none)
	if l.verid == 1 {
		kind = r.Bits(1)
	} else {
		kind = r.Bits(2)
	}
	switch kind {
	case none:
		return nil
	case global:
		l.sprite = true
	default:
		return unsupported("static sprites (sprite_enable %d)", kind)
	}
	l.points, l.accuracy = int(r.Bits(6)), uint(r.Bits(2))
	if l.points > maxPoints {
		return malformed("global motion by %d points", l.points)
	}
	if r.Flag() {
		return unsupported("sprites whose brightness changes")
	}
	return nil
}

// readMatrix reads a matrix, if there is one: in zigzag order, up to a zero,
// behind which the last value holds.
func readMatrix(r *reader.Reader, m *mpegvideo.Matrix) {
	if !r.Flag() {
		return
	}
	last := uint8(8)
	done := false
	for i, at := range mpegvideo.Zigzag {
		if !done {
			v := uint8(r.Bits(8))
			if v == 0 && i > 0 {
				done = true
			} else {
				last = max(1, v)
			}
		}
		m[at] = last
	}
}

// A plane is a video object plane's header (6.2.5).
type plane struct {
	kind      int  // typeP where there is global motion, too
	global    bool // there is: the stream's type is S
	moves     [maxPoints]vector
	coded     bool
	rounding  bool // halves are rounded down
	threshold uint32
	topFirst  bool
	alternate bool
	quant     int32
	fcode     [2]uint8
	seconds   int64 // since the last picture's
	ticks     int64
}

// parsePlane reads a plane's header from r, which stands behind its start
// code.
func (l *layer) parsePlane(r *reader.Reader) (p plane, ok bool) {
	if p.kind = int(r.Bits(2)); p.kind == typeS {
		p.kind, p.global = typeP, true
	}
	for r.Flag() && !r.Over() {
		p.seconds++
	}
	r.Skip(1)
	p.ticks = int64(r.Bits(l.timeBits))
	r.Skip(1)
	if p.coded = r.Flag(); !p.coded {
		return p, !r.Over()
	}
	if p.kind == typeP {
		p.rounding = r.Flag()
	}
	p.threshold = r.Bits(3)
	if l.interlaced {
		p.topFirst, p.alternate = r.Flag(), r.Flag()
	}
	if p.global {
		p.moves = l.readTrajectory(r)
	}
	p.quant = int32(r.Bits(5))
	p.fcode = [2]uint8{1, 1}
	if p.kind != typeI {
		p.fcode[0] = uint8(r.Bits(3))
	}
	if p.kind == typeB {
		p.fcode[1] = uint8(r.Bits(3))
	}
	return p, !r.Over() && (l.sprite || !p.global) && p.quant > 0 && p.fcode[0] > 0 && p.fcode[1] > 0
}
