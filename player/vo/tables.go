package vo

import "unsafe"

// A hue is where in the tables of levels the pixels of one chroma sample look:
// twice luma is added to it. The three are offsets into levels, plus its base.
type hue struct{ b, r, g uint32 }

// A part is what one of the two chroma samples gives to a hue: the place of its
// own channel, and its share of green's.
type part struct{ own, green uint32 }

// tables turn one range of samples into pixels.
type tables struct {
	levels [4 * span]uint8 // five, then six: for each value that of light fields, then that of dark ones
	cb, cr [257]part       // one more than there are values, for the dither
	base   uint32          // added to each place
}

const (
	// span is how many values a table of levels has. Its middle, zero, is where
	// luma 0 without colour looks.
	span = 1024
	zero = 256
	// onFive and onSix are by how much dark fields look further on: half a step of
	// the channel, in units of luma.
	onFive, onSix = 4, 2
)

// A scale says what BT.601 makes of samples, in parts of 65,536: a step of
// luma, and what a step of Cb or Cr adds, in steps of luma.
type scale struct {
	black              int
	step               int // of luma, in 255ths of the range of RGB
	red, blue          int
	greenRed, greenBlu int
}

// The ranges: 16 to 235 with colour to 240, and 0 to 255. Red is 1.402 of what
// Cr is of full range, blue 1.772 of Cb, green less 0.344136 of Cb and 0.714136
// of Cr; limited ranges are stretched by 255/219 and 255/224.
var scales = [2]scale{
	{black: 16, step: 76309, red: 89831, blue: 113538, greenRed: 45757, greenBlu: 22050},
	{black: 0, step: 65536, red: 91881, blue: 116130, greenRed: 46802, greenBlu: 22554},
}

// newTables fills the tables of a range. What it makes is kept for the life of
// a Painter.
func newTables(full bool) *tables {
	s := &scales[0]
	if full {
		s = &scales[1]
	}
	t := &tables{}
	s.levels(t.levels[:2*span], 31, onFive)
	s.levels(t.levels[2*span:], 63, onSix)
	t.relocate()
	for i := range t.cb {
		c := i - 128
		t.cb[i] = part{t.base + uint32(2*(zero+rounded(s.blue*c))), uint32(2 * (zero - rounded(s.greenBlu*c)))}
		t.cr[i] = part{t.base + uint32(2*(zero+rounded(s.red*c))), t.base + uint32(2*(span-rounded(s.greenRed*c)))}
	}
	return t
}

// relocate has places be addresses, for kernels that want them. Values on the
// heap stay where they are.
func (t *tables) relocate() {
	if addressed {
		t.base = uint32(uintptr(unsafe.Pointer(&t.levels[0])))
	}
}

// rounded is n parts of 65,536, to the nearest whole.
func rounded(n int) int { return (n + 1<<15) >> 16 }

// levels fills the table of a channel that has most+1 levels. A value v of 255
// is level v*most/255; the four thresholds of the dither lie around the middle of
// a step, so that black and white are even.
func (s *scale) levels(table []uint8, most, on int) {
	// In parts of 65,536 of a level: what the two dithers add on average, which
	// is to be one half.
	further := on
	on = on * s.step / 255 * most
	quarter := 1 << 14
	if most == 63 {
		quarter = -quarter
	}
	bias := 1<<15 - (on+quarter)/2
	for i := range table {
		value := i >> 1
		if i&1 == 1 {
			value = min(value+further, span-1)
		}
		v := ((value-zero-s.black)*s.step/255)*most + bias
		table[i] = uint8(min(max(v>>16, 0), most))
	}
}
