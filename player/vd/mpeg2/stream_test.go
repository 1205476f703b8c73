package mpeg2

import (
	"math/rand/v2"

	"linnet/player/internal/mpegvideo"
)

// An encoder writes streams of random macroblocks of all kinds that 13818-2
// allows, in frames and in fields. It keeps vectors within the picture. It has
// no picture in mind: what matters is that two decoders show the same.
type encoder struct {
	random *rand.Rand
	bits   []byte
	free   int // bits not used of the last byte

	pic           mpegvideo.Picture
	columns, rows int
	x, y          int
	pmv           [2][2]vector
	lastIntra     bool
	lastFlags     uint8
}

const (
	testWidth, testHeight = 96, 64
	testCode              = 2                    // f_code everywhere
	testRange             = 16 << (testCode - 1) // half pixels
)

func (e *encoder) put(v uint32, n int) {
	for i := n - 1; i >= 0; i-- {
		if e.free == 0 {
			e.bits, e.free = append(e.bits, 0), 8
		}
		e.free--
		e.bits[len(e.bits)-1] |= byte(v>>i&1) << e.free
	}
}

func (e *encoder) flag(f bool) {
	if f {
		e.put(1, 1)
	} else {
		e.put(0, 1)
	}
}

func (e *encoder) start(code byte) {
	e.free = 0
	e.bits = append(e.bits, 0, 0, 1, code)
}

// code writes the word that a look-up gives value for.
func (e *encoder) code(table []uint16, width, value int) {
	for i, c := range table {
		if c != 0 && int(c>>4) == value {
			n := int(c & 15)
			e.put(uint32(i)>>(width-n), n)
			return
		}
	}
	panic("no code")
}

func (e *encoder) header() {
	e.start(mpegvideo.SequenceStart)
	e.put(testWidth, 12)
	e.put(testHeight, 12)
	e.put(1, 4)
	e.put(3, 4)
	e.put(10000, 18)
	e.put(1, 1)
	e.put(100, 10)
	e.put(0, 3)
	e.start(mpegvideo.Extension)
	e.put(mpegvideo.SequenceExtension, 4)
	e.put(0x48, 8) // main profile, main level
	e.put(0, 1)    // interlaced
	e.put(1, 2)
	e.put(0, 4+12)
	e.put(1, 1)
	e.put(0, 8+1+7)
}

// picture writes a picture, or a field of one.
func (e *encoder) picture(p mpegvideo.Picture) {
	e.pic = p
	e.columns, e.rows = testWidth/16, testHeight/16
	if p.Structure != mpegvideo.Frame {
		e.rows /= 2
	}
	e.start(mpegvideo.PictureStart)
	e.put(uint32(p.TemporalReference), 10)
	e.put(uint32(p.Type), 3)
	e.put(0xffff, 16)
	for i := mpegvideo.P; i <= p.Type && p.Type != mpegvideo.I; i++ {
		e.put(7, 4)
	}
	e.put(0, 1)
	e.start(mpegvideo.Extension)
	e.put(mpegvideo.PictureExtension, 4)
	for i := range 2 {
		code := uint32(15)
		if p.Type == mpegvideo.P && i == 0 || p.Type == mpegvideo.B || p.ConcealVectors && i == 0 {
			code = testCode
		}
		e.put(code, 4)
		e.put(code, 4)
	}
	e.put(uint32(p.DCPrecision-8), 2)
	e.put(uint32(p.Structure), 2)
	for _, f := range []bool{p.TopFirst, p.FrameOnly, p.ConcealVectors, p.NonLinear, p.IntraTable, p.Alternate, false, p.ProgressiveFrame, p.ProgressiveFrame, false} {
		e.flag(f)
	}
	for y := range e.rows {
		e.slice(y)
	}
}

func (e *encoder) slice(y int) {
	e.start(byte(mpegvideo.FirstSlice + y))
	e.put(uint32(1+e.random.IntN(8)), 5)
	e.put(0, 1)
	e.pmv = [2][2]vector{}
	skipped := 0
	for x := range e.columns {
		e.x, e.y = x, y
		edge := x == 0 || x == e.columns-1
		if !edge && e.pic.Type != mpegvideo.I && e.random.IntN(4) == 0 && e.mayStay() {
			skipped++
			if e.pic.Type == mpegvideo.P {
				e.pmv = [2][2]vector{}
				e.lastFlags = forward
			}
			continue
		}
		e.code(increments[:], 11, 1+skipped)
		skipped = 0
		e.macroblock()
	}
	e.put(0, 23) // and zeros up to the next start code
}

// mayStay says whether a macroblock may be skipped here: in pictures B the
// vectors of the last one must not lead out of the picture.
func (e *encoder) mayStay() bool {
	if e.pic.Type == mpegvideo.P {
		return true
	}
	if e.lastIntra {
		return false
	}
	for s := range 2 {
		if v := e.pmv[s][0]; e.lastFlags&(forward<<s) != 0 && !e.inside(v, 16) {
			return false
		}
	}
	return true
}

// inside says whether a block of height lines from the macroblock's place
// stays within the picture, or field.
func (e *encoder) inside(v vector, height int) bool {
	limit := e.rows * 16
	y := e.y * 16
	if height == 8 {
		// Of a frame's field; or half a macroblock, which has more room.
		if e.pic.Structure == mpegvideo.Frame {
			limit, y = limit/2, y/2
		}
	}
	x0, y0 := 2*e.x*16+int(v.x), 2*y+int(v.y)
	return x0 >= 0 && x0 <= 2*(e.columns*16-16) && y0 >= 0 && y0 <= 2*(limit-height)
}

var kinds = map[mpegvideo.Type][]uint8{
	mpegvideo.I: {intra, intra | quant},
	mpegvideo.P: {forward | pattern, pattern, forward, intra, forward | pattern | quant, pattern | quant, intra | quant},
	mpegvideo.B: {forward | backward, forward | backward | pattern, backward, backward | pattern, forward, forward | pattern,
		intra, forward | backward | pattern | quant, forward | pattern | quant, backward | pattern | quant, intra | quant},
}

func (e *encoder) macroblock() {
	of := kinds[e.pic.Type]
	flags := of[e.random.IntN(len(of))]
	types := map[mpegvideo.Type][]uint16{mpegvideo.I: intraTypes[:], mpegvideo.P: forwardTypes[:], mpegvideo.B: bothTypes[:]}[e.pic.Type]
	e.code(types, 6, int(flags))
	frame := e.pic.Structure == mpegvideo.Frame
	how := byFrame
	if flags&(forward|backward) != 0 {
		how = e.motionType()
	}
	if frame && !e.pic.FrameOnly && flags&(intra|pattern) != 0 {
		e.put(uint32(e.random.IntN(2)), 1) // dct_type
	}
	if flags&quant != 0 {
		e.put(uint32(1+e.random.IntN(8)), 5)
	}
	e.lastIntra, e.lastFlags = flags&intra != 0, flags
	if flags&intra != 0 {
		e.intra()
		return
	}
	if flags&(forward|backward) == 0 {
		e.pmv = [2][2]vector{}
	}
	for s := range 2 {
		if flags&(forward<<s) != 0 {
			e.vectors(s, how)
		}
	}
	if flags&pattern == 0 {
		return
	}
	coded := 1 + e.random.IntN(63)
	e.code(patterns[:], 9, coded)
	for i := range 6 {
		if coded&(32>>i) != 0 {
			e.block(0, false)
		}
	}
}

// motionType chooses and writes one. Dual prime is for pictures P, and where
// derived vectors stay within the picture.
func (e *encoder) motionType() motionType {
	if e.pic.Structure == mpegvideo.Frame {
		if e.pic.FrameOnly {
			return byFrame
		}
	}
	n := 1 + e.random.IntN(3)
	if n == 3 && (e.pic.Type != mpegvideo.P || e.x == 0 || e.x == e.columns-1 || e.y == 0 || e.y == e.rows-1) {
		n = 1
	}
	e.put(uint32(n), 2)
	if e.pic.Structure == mpegvideo.Frame {
		return [4]motionType{0, byField, byFrame, dualPrime}[n]
	}
	return [4]motionType{0, byFrame, by16x8, dualPrime}[n]
}

func (e *encoder) vectors(s int, how motionType) {
	frame := e.pic.Structure == mpegvideo.Frame
	switch {
	case how == dualPrime:
		e.vector(s, 0, frame, 16, true, 4)
		e.pmv[s][1] = e.pmv[s][0]
	case frame && how == byField:
		for i := range 2 {
			e.put(uint32(e.random.IntN(2)), 1)
			e.vector(s, i, true, 8, false, testRange)
		}
	case how == by16x8:
		for i := range 2 {
			e.put(uint32(e.random.IntN(2)), 1)
			e.vector(s, i, false, 16, false, testRange)
		}
	default:
		if !frame {
			e.put(uint32(e.random.IntN(2)), 1)
		}
		e.vector(s, 0, false, 16, false, testRange)
		e.pmv[s][1] = e.pmv[s][0]
	}
}

// vector chooses a vector of at most limit and writes it. In a field of a
// frame, what is predicted and kept counts lines of the frame.
func (e *encoder) vector(s, i int, fieldInFrame bool, height int, dual bool, limit int) {
	var v vector
	for {
		v = vector{int32(e.random.IntN(2*limit) - limit), int32(e.random.IntN(2*limit) - limit)}
		if fieldInFrame {
			v.y /= 2
			height = 8
		}
		if e.inside(v, height) {
			break
		}
	}
	p := &e.pmv[s][i]
	e.component(v.x - p.x)
	if dual {
		e.dual()
	}
	y := p.y
	if fieldInFrame {
		y >>= 1
	}
	e.component(v.y - y)
	if dual {
		e.dual()
	}
	if fieldInFrame {
		v.y *= 2
	}
	*p = v
}

func (e *encoder) dual() {
	if v := e.random.IntN(3); v == 0 {
		e.put(0, 1)
	} else {
		e.put(uint32(1+v), 2)
	}
}

// component writes a difference of vectors, modulo their range.
func (e *encoder) component(d int32) {
	const size = testCode - 1
	for d < -testRange {
		d += 2 * testRange
	}
	for d >= testRange {
		d -= 2 * testRange
	}
	if d == 0 {
		e.put(1, 1)
		return
	}
	a := max(d, -d) - 1
	e.code(motions[:], 10, int(a>>size)+1)
	e.flag(d < 0)
	e.put(uint32(a&(1<<size-1)), size)
}

func (e *encoder) intra() {
	if e.pic.ConcealVectors {
		if e.pic.Structure != mpegvideo.Frame {
			e.put(uint32(e.random.IntN(2)), 1)
		}
		e.vector(0, 0, false, 16, false, testRange)
		e.pmv[0][1] = e.pmv[0][0]
		e.put(1, 1)
	} else {
		e.pmv = [2][2]vector{}
	}
	for i := range 6 {
		sizes, width := lumaSizes[:], 9
		if i >= 4 {
			sizes, width = chromaSizes[:], 10
		}
		// Small differences to and fro keep the sum within its range.
		size := e.random.IntN(3)
		e.code(sizes, width, size)
		if size > 0 {
			e.put(uint32(e.random.IntN(1<<size)), size)
		}
		e.block(1, e.pic.IntraTable)
	}
}

// block writes coefficients from the n-th on.
func (e *encoder) block(n int, one bool) {
	short, end := &zeroShort, uint32(0b10)
	endLength := 2
	if one {
		short, end, endLength = &oneShort, 0b0110, 4
	}
	first := n == 0
	for e.random.IntN(4) != 0 || first {
		if e.random.IntN(8) == 0 {
			run := e.random.IntN(4)
			if n += run + 1; n > 64 {
				break
			}
			e.put(1, 6)
			e.put(uint32(run), 6)
			level := 1 + e.random.IntN(20)
			if e.random.IntN(2) == 0 {
				level = -level
			}
			e.put(uint32(level)&0xfff, 12)
			first = false
			continue
		}
		at := 8 + e.random.IntN(len(short)-8)
		c := short[at]
		run, length, level := int(c>>8&127)-1, int(c&31), int32(c>>16)
		if level == 0 || level > 20 { // no sum is to be clipped: FFmpeg does not
			continue
		}
		if n+run+1 > 64 {
			break
		}
		n += run + 1
		if first && run == 0 && level == 1 {
			e.put(uint32(0b10|at>>(9-length)&1), 2)
		} else {
			e.put(uint32(at)>>(9-length), length)
		}
		first = false
	}
	e.put(end, endLength)
}

// randomPicture chooses how a picture is coded.
func (e *encoder) randomPicture(t mpegvideo.Type, reference int) mpegvideo.Picture {
	flip := func() bool { return e.random.IntN(2) == 0 }
	return mpegvideo.Picture{
		TemporalReference: reference, Type: t, DCPrecision: uint8(8 + e.random.IntN(3)), Structure: mpegvideo.Frame,
		TopFirst: flip(), FrameOnly: e.random.IntN(3) == 0, ConcealVectors: t != mpegvideo.B && flip(),
		NonLinear: flip(), IntraTable: flip(), Alternate: flip(),
	}
}

// randomStream writes frames in the order I P B B P B B, every other one as two
// fields.
func randomStream(seed uint64, frames int) []byte {
	e := &encoder{random: rand.New(rand.NewPCG(seed, 13818))}
	e.header()
	for i := range frames {
		t, reference := mpegvideo.P, i
		switch {
		case i == 0:
			t = mpegvideo.I
		case i%3 == 1:
			reference = min(i+2, frames-1)
			if i%2 == 1 {
				t = mpegvideo.I
			}
		default:
			t, reference = mpegvideo.B, i-1
		}
		p := e.randomPicture(t, reference)
		if e.random.IntN(2) == 0 {
			e.picture(p)
			continue
		}
		p.FrameOnly = false
		p.Structure = mpegvideo.TopField + mpegvideo.Structure(e.random.IntN(2))
		p.TopFirst = false
		e.picture(p)
		if t == mpegvideo.I && i > 0 {
			p.Type = mpegvideo.P
		}
		p.Structure = other(p.Structure)
		e.picture(p)
	}
	e.start(mpegvideo.SequenceEnd)
	return e.bits
}
