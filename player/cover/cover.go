package cover

import (
	"bytes"
	"fmt"
	"image"

	"linnet/player/media"
)

const (
	stage = "cover"
	// maxArea is how many pixels a picture may have: what they cost is time.
	maxArea = 10000 * 10000
	// maxPixels is how many pixels a thumbnail may have.
	maxPixels = 1 << 18
	// maxKept is how many bytes are kept of a JPEG's coefficients at most.
	maxKept = 4 << 20
)

// Decode makes a thumbnail of a picture: JPEG, PNG, GIF, BMP or WebP. It is reduced
// by a whole number as far as it still covers size, and further where it would have
// more than 262,144 pixels; it is never enlarged. Pixels that a damaged file has not
// told are gray, or transparent.
//
// Errors are *media.FormatError and *media.UnsupportedError. The picture is not nil
// where an error costs only a part of it.
func Decode(data []byte, size image.Point) (*image.RGBA, error) {
	return DecodeInSteps(data, size, func() {})
}

// DecodeInSteps is Decode for work that others go before: rest is called between any
// two steps, of some thousand pixels each, and may take its time. Only the small
// pictures that are decoded whole take more at a step.
func DecodeInSteps(data []byte, size image.Point, rest func()) (*image.RGBA, error) {
	size.X, size.Y = max(size.X, 1), max(size.Y, 1)
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		return decodeJPEG(data, size, rest)
	case bytes.HasPrefix(data, []byte(pngSignature)):
		return decodePNG(data, size, rest)
	}
	for _, f := range wholeFormats {
		if f.is(data) {
			return f.decode(data, size, rest)
		}
	}
	return nil, unsupported("a picture that is neither JPEG, PNG, GIF, BMP nor WebP")
}

// checkArea says whether a picture is none, or too large.
func checkArea(width, height int) error {
	if width <= 0 || height <= 0 {
		return malformed("a picture of %d × %d pixels", width, height)
	}
	if width > maxArea/height {
		return unsupported("a picture of %d × %d pixels, which are too many", width, height)
	}
	return nil
}

// ceil is a/b, rounded up.
func ceil(a, b int) int { return (a + b - 1) / b }

func malformed(format string, args ...any) error {
	return &media.FormatError{Stage: stage, Offset: -1, Msg: fmt.Sprintf(format, args...)}
}

func unsupported(format string, args ...any) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: fmt.Sprintf(format, args...)}
}
