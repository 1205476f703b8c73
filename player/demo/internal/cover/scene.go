package cover

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// The demonstration clip's size and length.
const (
	SceneWidth, SceneHeight = 320, 240
	SceneRate               = 25
	SceneFrames             = 20 * SceneRate
)

// A Scene draws the pictures of the clip: the cover comes to life. The moon
// rises, the hills go by, leaves fall, and the bird hops on its perch.
type Scene struct {
	sky   *image.RGBA
	perch canvas
	bird  canvas
}

// NewScene draws what does not change.
func NewScene() *Scene {
	blank := func() canvas { return canvas{image.NewRGBA(image.Rect(0, 0, Size, Size))} }
	s := &Scene{sky: image.NewRGBA(image.Rect(0, 0, SceneWidth, SceneHeight)), perch: blank(), bird: blank()}
	for y := range SceneHeight {
		t := min(float64(y)/190, 1)
		row := image.NewUniform(blend(night, dusk, t*t))
		draw.Draw(s.sky, image.Rect(0, y, SceneWidth, y+1), row, image.Point{}, draw.Src)
	}
	s.perch.perch()
	s.bird.bird()
	return s
}

// Frame is the n-th picture.
func (s *Scene) Frame(n int) *image.RGBA {
	m := image.NewRGBA(s.sky.Rect)
	draw.Draw(m, m.Rect, s.sky, image.Point{}, draw.Src)
	t := float64(n) / SceneRate
	moon := canvas{image.NewRGBA(image.Rect(0, 0, Size, Size))}
	moon.disc(float32(120+4*t), float32(150-5*t), 40, cream)
	draw.Draw(m, m.Rect, moon, image.Point{}, draw.Over)
	for i, c := range []color.RGBA{ridge, hill, earth} {
		hills(m, c, 150+26*float64(i), 14-2*float64(i), t*(6+9*float64(i)), float64(i))
	}
	for _, end := range []image.Rectangle{image.Rect(0, 212, 10, 221), image.Rect(310, 207, SceneWidth, 213)} {
		draw.Draw(m, end, image.NewUniform(night), image.Point{}, draw.Src)
	}
	at := image.Pt(10, -12)
	draw.Draw(m, s.perch.Rect.Add(at), s.perch, image.Point{}, draw.Over)
	draw.Draw(m, s.bird.Rect.Add(at).Add(image.Pt(0, -hop(t))), s.bird, image.Point{}, draw.Over)
	for i := range 9 {
		leaf(m, t, float64(i))
	}
	return m
}

// hills is a range of hills that has gone by for so many pixels.
func hills(m *image.RGBA, c color.RGBA, top, high, gone, kind float64) {
	for x := range SceneWidth {
		a := (float64(x) + gone) / 50
		y := int(top + high*(math.Sin(a+kind)+0.5*math.Sin(2.3*a+2*kind)))
		draw.Draw(m, image.Rect(x, y, x+1, SceneHeight), image.NewUniform(c), image.Point{}, draw.Src)
	}
}

// hop is how high the bird is above its perch: two hops every four seconds.
func hop(t float64) int {
	t = math.Mod(t, 4)
	if t < 2 || t >= 3 {
		return 0
	}
	return int(math.Round(14 * math.Abs(math.Sin((t-2)*2*math.Pi))))
}

// leaf draws one of the leaves, each with a way of its own.
func leaf(m *image.RGBA, t, kind float64) {
	y := math.Mod(kind*61+t*(18+3*kind), SceneHeight+20) - 10
	x := math.Mod(kind*97+t*12, SceneWidth+20) - 10 + 9*math.Sin(t*1.7+kind)
	for d, w := range []int{1, 2, 3, 2, 1} {
		draw.Draw(m, image.Rect(int(x)-w, int(y)+d, int(x)+w, int(y)+d+1), image.NewUniform(crimson), image.Point{}, draw.Src)
	}
}
