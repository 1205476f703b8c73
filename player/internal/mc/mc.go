package mc

// A Half says by which halves of a pixel a block is moved.
type Half uint8

// The bits of a Half.
const (
	X Half = 1 << iota // to the right
	Y                  // down
)

// A Way is what becomes of a prediction.
type Way uint8

// The ways. The kernels know their numbers.
const (
	Up   Way = iota // it is written; halves are rounded up
	Down            // it is written; halves are rounded down
	Mean            // rounded up, it is averaged with what is there, and that is rounded up
)

// A View is where the samples of a picture lie, 4:2:0, or those of one field of
// it: planes of Y, Cb and Cr, and the strides of luma and of colour.
type View struct {
	Planes [3][]byte
	Stride [2]int
}

// A Move takes a block from one place in a plane to another, and by halves of a
// sample.
type Move struct {
	To, From int
	Half     uint32
}

// Macroblock predicts 16 by lines samples of luma, lines being 8 or 16, and
// the colour that belongs to them. dst and src have the same strides. It panics
// where a block is not within its plane.
func Macroblock(dst, src *View, luma, colour *Move, lines int, way Way) {
	for i := macroblockKernel(dst, src, luma, colour, lines, way); i < len(dst.Planes); i++ {
		m, stride, width, height := luma, dst.Stride[0], 16, lines
		if i > 0 {
			m, stride, width, height = colour, dst.Stride[1], 8, lines/2
		}
		Block(dst.Planes[i][m.To:], src.Planes[i][m.From:], stride, width, height, Half(m.Half), way)
	}
}

// Block predicts width (8 or 16) by height (even) samples from src, moved by
// half, at dst. Both have the same stride. src holds one more column and one more
// line where half asks for them.
func Block(dst, src []byte, stride, width, height int, half Half, way Way) {
	if blockKernel(dst, src, stride, width, height, half, way) {
		return
	}
	within(dst, src, stride, width, height, half)
	if way == Mean {
		averageGeneric(dst, src, stride, width, height, half)
		return
	}
	copyGeneric(dst, src, stride, width, height, half, way == Down)
}

// Extend repeats the edges of a plane into its borders. Lines of width samples
// lie in p behind border others, and are followed by as many before the next
// line, stride bytes on, may begin; border lines are before the first and behind
// the last.
func Extend(p []byte, stride, width, lines, border int) {
	inner := p[border*stride:]
	if !extendKernel(inner, stride, lines, width, border) {
		extendGeneric(inner, stride, lines, width, border)
	}
	size := width + 2*border
	first, last := inner[:size], inner[(lines-1)*stride:][:size]
	for y := range border {
		copy(p[y*stride:][:size], first)
		copy(inner[(lines+y)*stride:][:size], last)
	}
}

// within panics here where a kernel would write or read out of bounds.
func within(dst, src []byte, stride, width, height int, half Half) {
	last := (height-1)*stride + width - 1
	_ = dst[last]
	if half&X != 0 {
		last++
	}
	if half&Y != 0 {
		last += stride
	}
	_ = src[last]
}
