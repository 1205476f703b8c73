package mc

// A Half says by which halves of a pixel a block is moved.
type Half uint8

// The bits of a Half.
const (
	X Half = 1 << iota // to the right
	Y                  // down
)

// Copy writes the prediction: width (8 or 16) by height samples from src,
// moved by half, to dst. Both have the same stride. src holds one more column
// and one more line where half asks for them. Where down is set, halves are
// rounded down.
func Copy(dst, src []byte, stride, width, height int, half Half, down bool) {
	if copyKernel(dst, src, stride, width, height, half, down) {
		return
	}
	within(dst, src, stride, width, height, half)
	copyGeneric(dst, src, stride, width, height, half, down)
}

// Average is Copy, but for that dst becomes the average of what it was and
// the prediction, rounded up.
func Average(dst, src []byte, stride, width, height int, half Half) {
	if averageKernel(dst, src, stride, width, height, half) {
		return
	}
	within(dst, src, stride, width, height, half)
	averageGeneric(dst, src, stride, width, height, half)
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
