// Package cover draws the cover of the demonstration album: a linnet on its
// perch at dusk, in the colours of Linnet's dark theme.
package cover

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// Size is the cover's width and height in pixels.
const Size = 300

var (
	night   = color.RGBA{0x18, 0x14, 0x10, 0xff}
	earth   = color.RGBA{0x29, 0x24, 0x21, 0xff}
	hill    = color.RGBA{0x39, 0x30, 0x29, 0xff}
	ridge   = color.RGBA{0x4a, 0x41, 0x39, 0xff}
	dusk    = color.RGBA{0x7a, 0x4c, 0x40, 0xff}
	cream   = color.RGBA{0xf7, 0xef, 0xde, 0xff}
	feather = color.RGBA{0xc9, 0xb9, 0xa4, 0xff}
	wing    = color.RGBA{0x7b, 0x69, 0x5a, 0xff}
	quill   = color.RGBA{0x4a, 0x3c, 0x33, 0xff}
	crimson = color.RGBA{0xff, 0x69, 0x63, 0xff}
	horn    = color.RGBA{0x8c, 0x82, 0x76, 0xff}
)

// canvas is the picture; coordinates are pixels.
type canvas struct{ *image.RGBA }

// Draw draws the cover.
func Draw() image.Image {
	c := canvas{image.NewRGBA(image.Rect(0, 0, Size, Size))}
	c.sky()
	c.disc(212, 92, 56, cream)
	c.land()
	c.perch()
	c.bird()
	return c
}

// sky goes from night to dusk, in bands too fine to see.
func (c canvas) sky() {
	for y := range Size {
		t := min(float64(y)/210, 1)
		t *= t
		row := image.NewUniform(blend(night, dusk, t))
		draw.Draw(c, image.Rect(0, y, Size, y+1), row, image.Point{}, draw.Src)
	}
}

func blend(a, b color.RGBA, t float64) color.RGBA {
	mix := func(x, y uint8) uint8 { return uint8(math.Round(float64(x)*(1-t) + float64(y)*t)) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}

// land is three ranges of hills, the nearest the darkest.
func (c canvas) land() {
	c.fill(ridge, "M 0 208 C 60 176 110 190 160 206 C 210 186 260 180 300 200 L 300 300 L 0 300 Z")
	c.fill(hill, "M 0 236 C 50 214 90 226 140 240 C 190 226 250 212 300 232 L 300 300 L 0 300 Z")
	c.fill(earth, "M 0 262 C 70 246 150 258 200 264 C 240 258 270 254 300 258 L 300 300 L 0 300 Z")
}

// perch is a twig that crosses the picture, with a bud.
func (c canvas) perch() {
	c.fill(night, "M 0 224 C 90 217 200 213 300 219 L 300 225 C 200 220 90 225 0 233 Z")
	c.fill(night, "M 236 217 C 250 208 258 198 262 186 L 265 187 C 262 201 254 211 244 219 Z")
	c.fill(night, "M 262 189 C 256 180 260 172 267 168 C 271 176 270 184 265 190 Z")
	c.fill(night, "M 40 228 C 30 240 24 250 21 262 L 24 263 C 28 252 36 241 48 229 Z")
}

func (c canvas) bird() {
	c.fill(quill, "M 112 176 L 42 246 L 50 250 L 56 248 L 64 254 L 132 204 Z")                                                                                                          // tail
	c.fill(feather, "M 146 94 C 150 72 176 62 194 74 C 206 82 209 94 207 106 C 216 130 214 168 190 192 C 172 210 138 216 116 206 C 104 198 104 184 110 168 C 118 142 138 124 146 94 Z") // body and head
	c.fill(crimson, "M 207 112 C 215 134 213 167 190 191 C 180 184 170 168 172 148 C 176 128 190 116 207 112 Z")                                                                        // breast
	c.fill(crimson, "M 180 68.5 C 194 69 203 78 206 89 C 197 86 187 80 180 68.5 Z")                                                                                                     // forehead
	c.fill(wing, "M 146 112 C 128 132 112 156 98 190 C 92 204 82 216 70 228 C 98 224 136 212 156 192 C 172 172 170 134 146 112 Z")
	c.fill(quill, "M 98 190 C 92 204 82 216 70 228 C 98 224 122 216 140 205 C 124 208 110 206 98 190 Z") // flight feathers
	c.stroke(cream, 1.1, 92, 203, 126, 207)
	c.stroke(cream, 1.1, 84, 213, 112, 214)
	c.fill(horn, "M 206 92 C 214 94 221 98 225 103 C 219 106 212 107 206.5 106 Z") // beak
	c.stroke(quill, 1, 207, 99.5, 221, 102.5)
	c.disc(193, 92, 4.6, night)
	c.disc(194.6, 90.4, 1.4, cream)
	c.stroke(horn, 3, 150, 206, 153, 219)
	c.stroke(horn, 3, 166, 203, 170, 218)
}

// disc fills a circle.
func (c canvas) disc(x, y, r float32, col color.Color) {
	const k = 0.5523 // a quarter of a circle as a cubic
	v := vector.NewRasterizer(Size, Size)
	v.MoveTo(x+r, y)
	v.CubeTo(x+r, y+k*r, x+k*r, y+r, x, y+r)
	v.CubeTo(x-k*r, y+r, x-r, y+k*r, x-r, y)
	v.CubeTo(x-r, y-k*r, x-k*r, y-r, x, y-r)
	v.CubeTo(x+k*r, y-r, x+r, y-k*r, x+r, y)
	v.ClosePath()
	v.Draw(c, c.Bounds(), image.NewUniform(col), image.Point{})
}

// stroke fills a straight line of a width.
func (c canvas) stroke(col color.Color, width, x0, y0, x1, y1 float32) {
	dx, dy := x1-x0, y1-y0
	n := width / 2 / float32(math.Hypot(float64(dx), float64(dy)))
	dx, dy = dx*n, dy*n
	v := vector.NewRasterizer(Size, Size)
	v.MoveTo(x0-dy, y0+dx)
	v.LineTo(x1-dy, y1+dx)
	v.LineTo(x1+dy, y1-dx)
	v.LineTo(x0+dy, y0-dx)
	v.ClosePath()
	v.Draw(c, c.Bounds(), image.NewUniform(col), image.Point{})
}
