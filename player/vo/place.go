package vo

import (
	"image"

	"linnet/player/media"
)

// A Layout says how a picture is laid on a surface.
type Layout struct {
	Turn   Turn
	Fill   bool           // all of the surface, what is too much is cut off; else all of the picture, in the middle
	Aspect media.Rational // a sample's width to its height; not known is square
}

// place finds the part of a picture of w x h samples that is seen, and where on
// a surface of width x height pixels. Both are empty where anything is. The
// place begins at even numbers, as kernels want it.
func place(w, h int, l Layout, width, height int) (from, to image.Rectangle) {
	if w <= 0 || h <= 0 || width <= 0 || height <= 0 {
		return from, to
	}
	num, den := int64(1), int64(1)
	if l.Aspect.Known() {
		num, den = int64(l.Aspect.Num), int64(l.Aspect.Den)
	}
	// The picture is wide x tall, of square samples: wide/tall = w*num/(h*den).
	wide, tall := int64(w)*num, int64(h)*den
	from = image.Rect(0, 0, w, h)
	to = image.Rect(0, 0, width, height)
	if wide*int64(height) >= int64(width)*tall { // wider than the surface
		if l.Fill {
			seen := max(int(nearest(int64(width)*tall, int64(height)*num)), 1)
			from.Min.X = min((w-seen)/2, w-1) &^ 1
			from.Max.X = min(from.Min.X+seen, w)
			return from, to
		}
		seen := max(int(nearest(int64(width)*tall, wide)), 1)
		to.Min.Y = (height - seen) / 2 &^ 1
		to.Max.Y = to.Min.Y + seen
		return from, to
	}
	if l.Fill {
		seen := max(int(nearest(int64(height)*wide, int64(width)*den)), 1)
		from.Min.Y = min((h-seen)/2, h-1) &^ 1
		from.Max.Y = min(from.Min.Y+seen, h)
		return from, to
	}
	seen := max(int(nearest(int64(height)*wide, tall)), 1)
	to.Min.X = (width - seen) / 2 &^ 1
	to.Max.X = to.Min.X + seen
	return from, to
}

// nearest is a/b, to the nearest whole.
func nearest(a, b int64) int64 { return (a + b/2) / b }
