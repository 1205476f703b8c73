package evdev

import (
	"errors"
	"fmt"
	"image"
	"math/big"
)

// Calibration turns what a touch panel says into a place on the screen, in
// pixels of the picture as it is drawn:
//
//	x = (C[0]*X + C[1]*Y + C[2]) / 2^20
//	y = (C[3]*X + C[4]*Y + C[5]) / 2^20
//
// rounded down.
type Calibration [6]int64

// fraction is how many bits of a Calibration's numbers are behind the point.
const fraction = 20

// Usable says whether c can have come from Calibrate: it tells places apart, and
// its numbers are none that would run over.
func (c *Calibration) Usable() bool {
	const most = 1 << 42
	for _, v := range c {
		if v > most || v < -most {
			return false
		}
	}
	a, b := new(big.Int).Mul(big.NewInt(c[0]), big.NewInt(c[4])), new(big.Int).Mul(big.NewInt(c[1]), big.NewInt(c[3]))
	return a.Cmp(b) != 0
}

// apply turns one point.
func (c *Calibration) apply(p image.Point) image.Point {
	x, y := int64(p.X), int64(p.Y)
	return image.Pt(int((c[0]*x+c[1]*y+c[2])>>fraction), int((c[3]*x+c[4]*y+c[5])>>fraction))
}

// span is the range of an axis, both ends included.
type span struct{ min, max int32 }

// fitted is the calibration of a panel that lies exactly on the glass: its
// ranges are the panel's width and height. size is the picture's, which is
// turned clockwise by quarters to be shown.
func fitted(x, y span, size image.Point, quarters int) Calibration {
	panel := size
	if quarters&1 == 1 {
		panel = image.Pt(size.Y, size.X)
	}
	ax, bx := axis(x, panel.X)
	ay, by := axis(y, panel.Y)
	// What grows to the left or up counts from the far end; the smallest
	// part less, so that the far edge of a pixel belongs to the next one.
	fx, fy := int64(panel.X)<<fraction-1-bx, int64(panel.Y)<<fraction-1-by
	switch quarters & 3 {
	case 1:
		return Calibration{0, ay, by, -ax, 0, fx}
	case 2:
		return Calibration{-ax, 0, fx, 0, -ay, fy}
	case 3:
		return Calibration{0, -ay, fy, ax, 0, bx}
	}
	return Calibration{ax, 0, bx, 0, ay, by}
}

// axis is the factor and the offset that stretch a range over pixels.
func axis(s span, pixels int) (factor, offset int64) {
	n := int64(s.max) - int64(s.min) + 1
	factor = (int64(pixels)<<fraction + n/2) / n
	return factor, -factor * int64(s.min)
}

// maxOff is by how many pixels a touched mark may be off from what the others
// say: a finger is not more exact.
const maxOff = 12

// Calibrate computes the calibration of a panel that said raw[i] when the mark
// at screen[i] was touched. It takes three marks or more that are not in one
// line; more than three are balanced by least squares, and a mark that was
// missed is an error.
func Calibrate(raw, screen []image.Point) (Calibration, error) {
	if len(raw) != len(screen) || len(raw) < 3 {
		return Calibration{}, fmt.Errorf("evdev: calibrate: %d places and %d marks; three of both are needed", len(raw), len(screen))
	}
	xs, ys := coords(raw)
	us, vs := coords(screen)
	var c Calibration
	for i, marks := range [][]int64{us, vs} {
		for k, u := range marks {
			marks[k] = u<<fraction + 1<<(fraction-1) // the middle of the pixel
		}
		a, b, ok := slopes(xs, ys, marks)
		if !ok {
			return c, errors.New("evdev: calibrate: the touched places lie in one line")
		}
		c[3*i], c[3*i+1] = a, b
		c[3*i+2] = (sum(marks) - a*sum(xs) - b*sum(ys)) / int64(len(marks))
	}
	for i, p := range raw {
		if d := c.apply(p).Sub(screen[i]); max(d.X, -d.X, d.Y, -d.Y) > maxOff {
			return Calibration{}, fmt.Errorf("evdev: calibrate: mark %d was touched %d, %d pixels beside itself", i+1, d.X, d.Y)
		}
	}
	return c, nil
}

func coords(points []image.Point) (x, y []int64) {
	for _, p := range points {
		x, y = append(x, int64(p.X)), append(y, int64(p.Y))
	}
	return x, y
}

func sum(v []int64) (s int64) {
	for _, x := range v {
		s += x
	}
	return s
}

// slopes solves the normal equations of u = a*x + b*y + c for a and b. Their
// products have more than 64 bits.
func slopes(x, y, u []int64) (a, b int64, ok bool) {
	x, y, u = centred(x), centred(y), centred(u)
	xx, xy, yy, xu, yu := dot(x, x), dot(x, y), dot(y, y), dot(x, u), dot(y, u)
	det := cross(xx, xy, xy, yy)
	if det.Sign() == 0 {
		return 0, 0, false
	}
	return divide(cross(xu, yu, xy, yy), det), divide(cross(xx, xy, xu, yu), det), true
}

// centred is values counted from their mean, times their number to stay whole.
func centred(v []int64) []int64 {
	s, c := sum(v), make([]int64, len(v))
	for i, x := range v {
		c[i] = x*int64(len(v)) - s
	}
	return c
}

func dot(a, b []int64) *big.Int {
	s, p := new(big.Int), new(big.Int)
	for i := range a {
		s.Add(s, p.Mul(big.NewInt(a[i]), big.NewInt(b[i])))
	}
	return s
}

// cross is a*d - b*c.
func cross(a, b, c, d *big.Int) *big.Int {
	ad, bc := new(big.Int).Mul(a, d), new(big.Int).Mul(b, c)
	return ad.Sub(ad, bc)
}

// divide rounds to the nearest.
func divide(n, d *big.Int) int64 {
	twice := new(big.Int).Add(new(big.Int).Lsh(n, 1), d)
	return twice.Div(twice, new(big.Int).Lsh(d, 1)).Int64()
}
