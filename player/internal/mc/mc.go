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
	within(dst, src, stride, width, height, half)
	switch {
	case down:
		copyDown(dst, src, stride, width, height, half)
	default:
		copyUp(dst, src, stride, width, height, half)
	}
}

// Average is Copy, but for that dst becomes the average of what it was and
// the prediction, rounded up.
func Average(dst, src []byte, stride, width, height int, half Half) {
	within(dst, src, stride, width, height, half)
	average(dst, src, stride, width, height, half)
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
