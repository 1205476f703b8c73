package evdev

import (
	"image"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFitted compares with the definition: the range is cut into as many equal
// pieces as the panel has pixels, and the picture lies turned on it.
func TestFitted(t *testing.T) {
	for _, s := range []span{{0, 1023}, {0, 32767}, {-512, 511}, {100, 3999}} {
		for quarters := range 4 {
			size := image.Pt(320, 240)
			panel := size
			if quarters&1 == 1 {
				panel = image.Pt(240, 320)
			}
			c := fitted(s, s, size, quarters)
			for x := int(s.min); x <= int(s.max); x += 7 {
				y := int(s.max) - (x - int(s.min))
				px, py := (x-int(s.min))*panel.X/int(s.max-s.min+1), (y-int(s.min))*panel.Y/int(s.max-s.min+1)
				want := [4]image.Point{{px, py}, {py, panel.X - 1 - px}, {panel.X - 1 - px, panel.Y - 1 - py}, {panel.Y - 1 - py, px}}[quarters]
				d := c.apply(image.Pt(x, y)).Sub(want)
				if max(d.X, -d.X, d.Y, -d.Y) > 1 || s.max == 32767 && d != (image.Point{}) {
					t.Fatalf("%v, %d quarters: %d,%d is off by %v", s, quarters, x, y, d)
				}
			}
			for _, corner := range []image.Point{{int(s.min), int(s.min)}, {int(s.max), int(s.max)}} {
				p := c.apply(corner)
				if !p.In(image.Rectangle{Max: size}.Inset(-1)) {
					t.Errorf("%v, %d quarters: the corner %v is %v", s, quarters, corner, p)
				}
			}
		}
	}
}

// marks are where a calibration asks to touch.
var marks = []image.Point{{32, 24}, {287, 24}, {287, 215}, {32, 215}, {160, 120}}

// TestCalibrate makes up panels, turned, sheared, mirrored, of any range, has
// them touched, and looks whether all places are found again.
func TestCalibrate(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for range 2000 {
		n := 3 + rng.IntN(3)
		p := randomPanel(rng)
		var raw []image.Point
		for _, m := range marks[:n] {
			raw = append(raw, p.says(m))
		}
		c, err := Calibrate(raw, marks[:n])
		if err != nil {
			t.Fatalf("%+v: %v", p, err)
		}
		for range 20 {
			at := image.Pt(rng.IntN(320), rng.IntN(240))
			if d := c.apply(p.says(at)).Sub(at); max(d.X, -d.X, d.Y, -d.Y) > 1 {
				t.Fatalf("%+v by %d marks: %v is off by %v", p, n, at, d)
			}
		}
	}
}

// glass is what a panel says, in 1/1000: m * (x, y, 1).
type glass [6]int

// randomPanel has at least two units a pixel.
func randomPanel(rng *rand.Rand) glass {
	sign := func() int { return rng.IntN(2)*2 - 1 }
	big := 2500 + rng.IntN(100000)
	small := func() int { return sign() * rng.IntN(big/5) }
	a, b := sign()*big, sign()*(big-rng.IntN(big/10))
	m := glass{a, small(), rng.IntN(1000000), small(), b, rng.IntN(1000000)}
	if rng.IntN(2) == 0 { // stands upright
		m = glass{m[1], m[0], m[2], m[4], m[3], m[5]}
	}
	return m
}

func (m glass) says(p image.Point) image.Point {
	return image.Pt((m[0]*p.X+m[1]*p.Y+m[2])/1000, (m[3]*p.X+m[4]*p.Y+m[5])/1000)
}

// TestCalibrateBalances: with five marks a finger that is a little beside each
// of them does little harm.
func TestCalibrateBalances(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for range 500 {
		p := randomPanel(rng)
		var raw []image.Point
		for _, m := range marks {
			raw = append(raw, p.says(m.Add(image.Pt(rng.IntN(7)-3, rng.IntN(7)-3))))
		}
		c, err := Calibrate(raw, marks)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range marks {
			if d := c.apply(p.says(at)).Sub(at); max(d.X, -d.X, d.Y, -d.Y) > 6 {
				t.Fatalf("%v is off by %v", at, d)
			}
		}
	}
}

func TestCalibrateRefuses(t *testing.T) {
	line := []image.Point{{10, 10}, {20, 20}, {500, 500}}
	good := []image.Point{{100, 100}, {900, 100}, {900, 700}, {100, 700}, {500, 400}}
	missed := append([]image.Point{}, good...)
	missed[2] = image.Pt(600, 650)
	for _, c := range []struct {
		raw, screen []image.Point
		says        string
	}{
		{line, marks[:3], "in one line"},
		{good[:2], marks[:2], "three"},
		{good[:3], marks[:4], "3 places and 4 marks"},
		{[]image.Point{{5, 5}, {5, 5}, {5, 5}}, marks[:3], "in one line"},
		{missed, marks, "beside"},
	} {
		if _, err := Calibrate(c.raw, c.screen); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v, want %q", c.raw, err, c.says)
		}
	}
}
